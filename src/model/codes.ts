// The one table of what can be wrong in posts, their files and the configuration: code -> severity and title.
import type { Diagnostic, Position, Severity } from "./diagnostic.ts";

/** Room by room, alphabetical within a room. Codes are stable: scripts and ignore lists name them. */
export const codes = {
  // configuration
  "config/unknown-key": { severity: "error", title: "A key the configuration does not know" },
  "config/unreadable": { severity: "error", title: "A configuration that cannot be read" },
  "config/wrong-value": { severity: "error", title: "A value the configuration cannot use" },
  // posts as files
  "file/too-large": { severity: "error", title: "A post larger than the limit" },
  "file/unreadable": { severity: "error", title: "A post that cannot be read" },
  // one post against the others
  "site/duplicate-id": { severity: "error", title: "Two posts with one id" },
  "site/duplicate-permalink": { severity: "error", title: "Two posts with one permalink" },
  "site/id-changed": { severity: "warning", title: "A post that readers know under another id" },
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
