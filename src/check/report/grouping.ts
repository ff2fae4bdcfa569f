import type { Diagnostic } from "../../model/diagnostic.ts";

/** Files in the order of the alphabet, their findings in the order of the text. */
export function byFile<One extends Diagnostic>(diagnostics: readonly One[]): [string, One[]][] {
  const groups = new Map<string, One[]>();
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

/** Text that cannot move the cursor or turn the line around. */
export function printable(text: string): string {
  return text
    .replaceAll("\t", " ")
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "\ufffd");
}
