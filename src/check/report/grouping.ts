// In come diagnostics; out go the same by file, in the order of the text, and counted.
import type { Diagnostic } from "../../model/diagnostic.ts";

/** Files in the order of the alphabet, their findings in the order of the text. */
export function byFile(diagnostics: readonly Diagnostic[]): [string, Diagnostic[]][] {
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const group = groups.get(diagnostic.file);
    if (group) group.push(diagnostic);
    else groups.set(diagnostic.file, [diagnostic]);
  }
  for (const group of groups.values()) {
    group.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** `2 errors, 1 warning in 2 files`, or `Nothing found.` */
export function countBySeverity(diagnostics: readonly Diagnostic[]): string {
  if (diagnostics.length === 0) return "Nothing found.";
  const parts = (["error", "warning", "hint"] as const).flatMap((severity) => {
    const count = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? "" : "s"}`];
  });
  const files = new Set(diagnostics.map(({ file }) => file)).size;
  return `${parts.join(", ")} in ${files} file${files === 1 ? "" : "s"}`;
}

/** Text that cannot move the cursor or turn the line around. */
export function printable(text: string): string {
  return text
    .replaceAll("\t", " ")
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "\ufffd");
}
