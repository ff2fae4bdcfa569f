// In come diagnostics; out goes one JSON object for programs: `{ "diagnostics": [...] }`.
import type { Diagnostic } from "../../model/diagnostic.ts";

/** Members stand in one order; absent ones are left out. */
export function reportJson(diagnostics: readonly Diagnostic[]): string {
  const plain = diagnostics.map(({ code, severity, file, line, column, message, hint }) => ({
    code,
    severity,
    file,
    line,
    column,
    message,
    hint,
  }));
  return `${JSON.stringify({ diagnostics: plain }, null, 2)}\n`;
}
