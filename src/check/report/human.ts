// In come diagnostics and the texts they are about; out goes what a person reads in a terminal.
import type { Diagnostic, Severity } from "../../model/diagnostic.ts";
import { byFile, countBySeverity, printable } from "./grouping.ts";

const MARKS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", hint: "hint" };
const COLOURS: Readonly<Record<Severity, string>> = {
  error: "\u001b[31m",
  warning: "\u001b[33m",
  hint: "\u001b[36m",
};
const RESET = "\u001b[39m";
/** Longer lines are shown around the column only. */
const WIDTH = 100;

/** Groups by file, shows the line with a caret, and ends with a count. `sources` are texts by file name. */
export function reportHuman(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string> = new Map(),
  options: { readonly color?: boolean } = {},
): string {
  const out: string[] = [];
  for (const [file, found] of byFile(diagnostics)) {
    const lines = sources.get(file)?.split(/\r\n|\r|\n/);
    out.push(printable(file));
    for (const diagnostic of found) out.push(...describe(diagnostic, lines, options.color ?? false));
    out.push("");
  }
  out.push(countBySeverity(diagnostics));
  return `${out.join("\n")}\n`;
}

function describe(diagnostic: Diagnostic, lines: readonly string[] | undefined, color: boolean): string[] {
  const { severity, line, column, code, message, hint } = diagnostic;
  const mark = color ? `${COLOURS[severity]}${MARKS[severity]}${RESET}` : MARKS[severity];
  const place = line === undefined ? "" : `${line}:${column ?? 1}  `;
  const out = [`  ${place}${mark}  ${printable(message)}  (${code})`];
  const source = line === undefined ? undefined : lines?.[line - 1];
  if (source !== undefined) out.push(...excerpt(source, column ?? 1));
  if (hint !== undefined) out.push(`      ${printable(hint)}`);
  return out;
}

function excerpt(source: string, column: number): string[] {
  const from = column > WIDTH - 20 ? column - 40 : 0;
  const shown = printable(source.slice(from, from + WIDTH));
  const before = printable(source.slice(from, column - 1));
  const lead = from > 0 ? "…" : "";
  return [
    `      ${lead}${shown}${source.length > from + WIDTH ? "…" : ""}`,
    `      ${" ".repeat(lead.length + before.length)}^`,
  ];
}
