import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import pc from "picocolors";
import { reportHuman } from "../check/report/human.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { note } from "./print.ts";

const mostProblems = 50;

/** Prints problems with the lines they are at. With `quiet`, hints are left out. */
export function reportDiagnostics(
  diagnostics: readonly Diagnostic[],
  root: string,
  options: { quiet: boolean },
): void {
  const shown = options.quiet ? diagnostics.filter(({ severity }) => severity !== "hint") : diagnostics;
  if (shown.length === 0) return;
  const sources = readSources(shown.slice(0, mostProblems), root);
  note(reportHuman(shown, sources, { color: pc.isColorSupported, limit: mostProblems }).trimEnd());
}

/** The texts of the files that diagnostics are about, by name. A file that cannot be read is shown without its lines. */
export function readSources(diagnostics: readonly Diagnostic[], root: string): Map<string, string> {
  const sources = new Map<string, string>();
  for (const file of new Set(diagnostics.map((one) => one.file))) {
    try {
      sources.set(file, readFileSync(resolve(root, file), "utf8"));
    } catch {}
  }
  return sources;
}
