// In come diagnostics; out goes one JSON object for programs: `{ "diagnostics": [...] }`.
import type { Finding } from "../finding.ts";

/** Members stand in one order; absent ones are left out. */
export function reportJson(diagnostics: readonly Finding[]): string {
  const plain = diagnostics.map(({ code, severity, file, line, column, message, hint, document }) => ({
    code,
    severity,
    file,
    line,
    column,
    message,
    hint,
    document,
  }));
  return `${JSON.stringify({ diagnostics: plain }, null, 2)}\n`;
}
