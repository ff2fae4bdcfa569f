import { readFileSync } from "node:fs";
import { join } from "node:path";
import { distance } from "fastest-levenshtein";
import { findPackageRoot } from "../model/package-file.ts";
import type { Problem } from "../model/problem.ts";

let problems: readonly Problem[] | undefined;

/** Every kind of problem that any part of the program can find, by code: what `npm run problems` wrote down. */
export function listProblems(): readonly Problem[] {
  problems ??= JSON.parse(
    readFileSync(join(findPackageRoot(), "docs/diagnostics/problems.json"), "utf8"),
  ) as Problem[];
  return problems;
}

/** The problem with that code; undefined where no problem has it. */
export function findProblem(code: string): Problem | undefined {
  return listProblems().find((problem) => problem.code === code);
}

/** What a code means, as Markdown; undefined for a code that does not exist. */
export function explainCode(code: string): string | undefined {
  const problem = findProblem(code);
  return problem && explainProblem(problem);
}

/** What a problem means, why it matters, how to fix it and where it is specified, as Markdown. */
export function explainProblem({ code, title, severity, why, fix, spec }: Problem): string {
  return [
    `# ${code}\n\n${title}. Severity: ${severity}.\n`,
    `## Why it matters\n\n${why}\n`,
    `## How to fix it\n\n${fix}\n`,
    ...(spec ? [`## Where it is written\n\n<${spec}>\n`] : []),
  ].join("\n");
}

/** The existing code that somebody most likely meant; undefined when none is near. */
export function findNearestCode(code: string): string | undefined {
  const word = code.toLowerCase();
  const codes = listProblems().map((problem) => problem.code);
  const same = codes.find((one) => one.slice(one.indexOf("/") + 1) === word.slice(word.indexOf("/") + 1));
  if (same !== undefined) return same;
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 4)) + 1;
  for (const one of codes) {
    const apart = distance(word, one);
    if (apart < least) {
      best = one;
      least = apart;
    }
  }
  return best;
}
