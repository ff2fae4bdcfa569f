// The one table of what can be wrong in posts, their files and the configuration: code -> severity and title.
import type { Diagnostic, Position, Severity } from "./diagnostic.ts";

/** Room by room, alphabetical within a room. Codes are stable: scripts and ignore lists name them. */
export const codes = {
  // configuration
  "config/unknown-code": { severity: "hint", title: "A code of check that does not exist" },
  "config/unused-ignore": { severity: "hint", title: "An ignore of check that nothing needs" },
} as const satisfies Record<string, { severity: Severity; title: string }>;

export type Code = keyof typeof codes;

/** Makes a diagnostic with the severity that the table gives its code. */
export function diagnose(
  code: Code,
  file: string,
  message: string,
  details: { at?: Position; hint?: string } = {},
): Diagnostic {
  return {
    code,
    severity: codes[code].severity,
    file,
    ...(details.at && { line: details.at.line, column: details.at.column }),
    message,
    ...(details.hint !== undefined && { hint: details.hint }),
  };
}
