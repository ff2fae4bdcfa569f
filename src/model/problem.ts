// What can be wrong with a file. A problem is defined once, beside the code that finds it.
import type { Diagnostic, Position, Severity } from "./diagnostic.ts";

/** A kind of problem: how bad it is, and the words for it. */
export interface Problem {
  /** `room/name`. Stable: scripts and ignore lists name it. */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong, in a few words. */
  readonly title: string;
  /**
   * A sentence about several of its kind, without its full stop, in which `{count}` is how many there are and `{posts}`
   * in how many posts (`12 posts`). Without it the title is said with a number.
   */
  readonly many?: string;
  /** What happens to readers because of it. */
  readonly why: string;
  /** What to write instead. */
  readonly fix: string;
  /** Where it is written down: an address. */
  readonly spec?: string;
}

const problems = new Map<string, Problem>();

/** Defines a kind of problem. `npm run problems` makes `explain`, the pages under docs/diagnostics/ and SARIF's words from all of them. */
export function defineProblem(code: string, words: Omit<Problem, "code">): Problem {
  if (problems.has(code)) throw new Error(`The problem ${code} is defined twice.`);
  const problem = Object.freeze({ code, ...words });
  problems.set(code, problem);
  return problem;
}

/** Every problem that the modules loaded so far define, by code. */
export function definedProblems(): ReadonlyMap<string, Problem> {
  return problems;
}

/** Makes a diagnostic of a problem that was found. Without a hint of its own it says how the problem is fixed in general. */
export function diagnose(
  { code, severity, fix }: Problem,
  file: string,
  message: string,
  { at, hint = fix }: { readonly at?: Position; readonly hint?: string } = {},
): Diagnostic {
  return { code, severity, file, ...(at && { line: at.line, column: at.column }), message, hint };
}
