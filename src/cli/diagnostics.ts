// In come diagnostics; out go the lines people read: place, problem, the source line with a caret, and what to write.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import pc from "picocolors";
import type { Diagnostic, Severity } from "../model/diagnostic.ts";
import { note } from "./print.ts";

const paint: Record<Severity, (text: string) => string> = {
  error: pc.red,
  warning: pc.yellow,
  hint: pc.cyan,
};

/** Above this many problems the rest are counted: a screen that scrolls away helps nobody. */
const shownProblems = 50;

/** A source line longer than this is cut around the caret. */
const excerptWidth = 100;

/** Prints problems with their excerpts to standard error. With `quiet`, hints are left out. */
export function reportDiagnostics(
  diagnostics: readonly Diagnostic[],
  root: string,
  options: { quiet: boolean },
): void {
  const told = options.quiet ? diagnostics.filter(({ severity }) => severity !== "hint") : diagnostics;
  const sources = new Map<string, readonly string[]>();
  for (const diagnostic of told.slice(0, shownProblems)) {
    if (!sources.has(diagnostic.file))
      sources.set(diagnostic.file, readLines(resolve(root, diagnostic.file)));
    note(describeDiagnostic(diagnostic, sources.get(diagnostic.file) ?? []));
  }
  if (told.length > shownProblems) note(`… and ${told.length - shownProblems} more; --json lists all.`);
  if (told.length > 0) note(countProblems(told));
}

/** One problem as people read it. */
export function describeDiagnostic(diagnostic: Diagnostic, lines: readonly string[]): string {
  const { file, line, column, severity, code, message, hint } = diagnostic;
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  const told = [`${pc.bold(place)}  ${paint[severity](severity)}  ${message}  ${pc.dim(code)}`];
  const source = line === undefined ? undefined : lines[line - 1];
  if (line !== undefined && source !== undefined) told.push(...drawExcerpt(source, line, column ?? 1));
  if (hint !== undefined) told.push(`    ${hint}`);
  return `${told.join("\n")}\n`;
}

function drawExcerpt(source: string, line: number, column: number): string[] {
  const start = column > excerptWidth - 20 ? column - 40 : 0;
  const shown = source.slice(start, start + excerptWidth).replace(/[\p{Cc}\p{Cf}]/gu, " ");
  const gutter = `  ${line} | `;
  const caret = " ".repeat(Math.max(0, Math.min(column - 1 - start, shown.length)));
  return [pc.dim(gutter) + shown, `${" ".repeat(gutter.length)}${caret}${pc.bold("^")}`];
}

function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, "utf8").split(/\r\n|\r|\n/);
  } catch {
    return [];
  }
}

function countProblems(diagnostics: readonly Diagnostic[]): string {
  const counted = (["error", "warning", "hint"] as const).map((severity) => {
    const count = diagnostics.filter((one) => one.severity === severity).length;
    return count === 0 ? undefined : paint[severity](`${count} ${severity}${count === 1 ? "" : "s"}`);
  });
  return counted.filter((part) => part !== undefined).join(", ");
}
