// TAP 14: a test for each file.
import type { Diagnostic } from "../../model/diagnostic.ts";
import { byFile } from "./grouping.ts";
import { printable, printableJson } from "./printable.ts";

/** A file without errors is `ok`; `sources` names the files that were checked. */
export function reportTap(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string> = new Map(),
): string {
  const groups = new Map(byFile(diagnostics));
  const files = [...new Set([...groups.keys(), ...sources.keys()])].sort();
  const tests = files.map((file, index) => describeFile(file, index + 1, groups.get(file) ?? []));
  return `TAP version 14\n1..${files.length}\n${tests.join("")}`;
}

function describeFile(file: string, number: number, found: readonly Diagnostic[]): string {
  const failed = found.some(({ severity }) => severity === "error");
  const name = printable(file).replaceAll("\\", "\\\\").replaceAll("#", "\\#");
  const head = `${failed ? "not ok" : "ok"} ${number} - ${name}\n`;
  if (found.length === 0) return head;
  const lines = found.map((diagnostic) => `    - ${printableJson(diagnostic)}\n`);
  return `${head}  ---\n  findings:\n${lines.join("")}  ...\n`;
}
