// The one table of what can be wrong in posts, their files and the configuration: code -> severity and title.
import type { Diagnostic, Position, Severity } from "./diagnostic.ts";

/** Room by room, alphabetical within a room. Codes are stable: scripts and ignore lists name them. */
export const codes = {
  // configuration
  "config/unknown-code": { severity: "hint", title: "A code of check that does not exist" },
  "config/unused-ignore": { severity: "hint", title: "An ignore of check that nothing needs" },
  // one feed
  "feed/over-limit": { severity: "hint", title: "A document larger than feeds.maxBytes" },
  "feed/profile": { severity: "warning", title: "A feed that its consumer would not take as it is" },
  "feed/rejected": { severity: "warning", title: "A post that a feed's consumer would reject" },
  // one post against the others
  "site/duplicate-id": { severity: "error", title: "Two posts with one id" },
  "site/duplicate-permalink": { severity: "error", title: "Two posts with one permalink" },
  "site/emptied": { severity: "error", title: "A feed that had posts would be empty" },
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
