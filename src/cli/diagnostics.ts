// In come diagnostics of a project; out go the lines people read: place, problem, the source line with a caret, and what to write.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import pc from "picocolors";
import { reportHuman } from "../check/report/human.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { note } from "./print.ts";

const shownProblems = 50;

/** Prints problems with their excerpts to standard error. With `quiet`, hints are left out. */
export function reportDiagnostics(
  diagnostics: readonly Diagnostic[],
  root: string,
  options: { quiet: boolean },
): void {
  const told = options.quiet ? diagnostics.filter(({ severity }) => severity !== "hint") : diagnostics;
  if (told.length === 0) return;
  const sources = readSources(told.slice(0, shownProblems), root);
  note(reportHuman(told, sources, { color: pc.isColorSupported, limit: shownProblems }).trimEnd());
}

/** The texts of the files that diagnostics are about, by their names; what cannot be read is left out. */
export function readSources(diagnostics: readonly Diagnostic[], root: string): Map<string, string> {
  const sources = new Map<string, string>();
  for (const file of new Set(diagnostics.map((one) => one.file))) {
    try {
      sources.set(file, readFileSync(resolve(root, file), "utf8"));
    } catch {
      // Told without an excerpt.
    }
  }
  return sources;
}
