import pc from "picocolors";
import type { Diagnostic, Severity } from "../../model/diagnostic.ts";
import type { Finding } from "./finding.ts";
import { byFile, printable } from "./grouping.ts";

/** Longer lines are shown around the column only. */
const excerptWidth = 100;

export interface HumanOptions {
  readonly color?: boolean;
  /** Further findings are only counted: a screen that scrolls away does not help. */
  readonly limit?: number;
}

type Palette = ReturnType<typeof pc.createColors>;

/** Shows each finding with its line and a caret, and ends with a count. `sources` are texts by file name. */
export function reportHuman(
  diagnostics: readonly Finding[],
  sources: ReadonlyMap<string, string> = new Map(),
  options: HumanOptions = {},
): string {
  const colors = pc.createColors(options.color ?? false);
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  const out: string[] = [];
  let shown = 0;
  for (const [file, found] of byFile(diagnostics)) {
    const some = found.slice(0, Math.max(0, limit - shown));
    shown += some.length;
    const lines = some.length > 0 ? sources.get(file)?.split(/\r\n|\r|\n/) : undefined;
    for (const finding of some) out.push(...describe(finding, lines, colors), "");
  }
  if (diagnostics.length > shown) out.push(`… and ${diagnostics.length - shown} more; --json lists all.`);
  out.push(countFindings(diagnostics, colors));
  return `${out.join("\n")}\n`;
}

function describe(finding: Finding, lines: readonly string[] | undefined, colors: Palette): string[] {
  const { severity, line, column, code, message, hint, document } = finding;
  const origin = document ? `${code}  ${placeOf(document)}` : code;
  const out = [
    `${colors.bold(placeOf(finding))}  ${paint(severity, severity, colors)}  ${printable(message)}  ${colors.dim(origin)}`,
  ];
  const source = line === undefined ? undefined : lines?.[line - 1];
  if (line !== undefined && source !== undefined) out.push(...drawExcerpt(source, line, column ?? 1, colors));
  if (hint !== undefined) out.push(`    ${printable(hint)}`);
  return out;
}

function placeOf({ file, line, column }: Pick<Diagnostic, "file" | "line" | "column">): string {
  return [printable(file), line, column].filter((part) => part !== undefined).join(":");
}

function drawExcerpt(source: string, line: number, column: number, colors: Palette): string[] {
  const start = column > excerptWidth - 20 ? column - 40 : 0;
  const shown = printable(source.slice(start, start + excerptWidth));
  const gutter = `  ${line} | `;
  const caret = " ".repeat(Math.max(0, Math.min(column - 1 - start, shown.length)));
  return [colors.dim(gutter) + shown, `${" ".repeat(gutter.length)}${caret}${colors.bold("^")}`];
}

function paint(text: string, severity: Severity, colors: Palette): string {
  return { error: colors.red, warning: colors.yellow, hint: colors.cyan }[severity](text);
}

function countFindings(diagnostics: readonly Diagnostic[], colors: Palette): string {
  const counted = (["error", "warning", "hint"] as const).flatMap((severity) => {
    const count = diagnostics.filter((one) => one.severity === severity).length;
    return count === 0 ? [] : [paint(`${count} ${severity}${count === 1 ? "" : "s"}`, severity, colors)];
  });
  return counted.length === 0 ? "Nothing found." : counted.join(", ");
}
