import type { Diagnostic, Position } from "../../model/diagnostic.ts";
import { defineProblem, diagnose, type Problem } from "../../model/problem.ts";
import { specs } from "./specs.ts";

/** How many findings of one problem are listed for a document. */
const listed = 100;

const moreFindings = defineProblem("check/more", {
  severity: "hint",
  title: "Further findings of one rule",
  why: "A rule that is broken everywhere would hide the others, so the list of each ends after some.",
  fix: "Fix the ones that are listed and check again.",
  spec: specs.xml,
});

interface Found {
  readonly problem: Problem;
  readonly offset: number | undefined;
  readonly message: string;
  readonly hint: string;
}

/** What was found in one document, at offsets of its text. */
export class DocumentFindings {
  readonly #file: string;
  readonly #text: string;
  readonly #found: Found[] = [];
  readonly #counts = new Map<Problem, number>();
  readonly #seen = new Set<string>();

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
  }

  /** Adds a finding, unless the same was found at the same place. A costly offset is computed only when it is needed. */
  add(
    problem: Problem,
    offset: number | (() => number) | undefined,
    message: string,
    hint: string = problem.fix,
  ): void {
    const count = (this.#counts.get(problem) ?? 0) + 1;
    if (count > listed) {
      this.#counts.set(problem, count);
      return;
    }
    const at = typeof offset === "function" ? offset() : offset;
    const key = `${problem.code} ${at} ${message}`;
    if (this.#seen.has(key)) return;
    this.#counts.set(problem, count);
    this.#seen.add(key);
    this.#found.push({ problem, offset: at, message, hint });
  }

  /** Whether no further finding of a problem would be listed: what is costly to find out may then be left out. */
  isFull(problem: Problem): boolean {
    return (this.#counts.get(problem) ?? 0) >= listed;
  }

  /** The findings in the order of the text, with a note for each problem that was found more often than is listed. */
  list(): Diagnostic[] {
    const starts = lineStarts(this.#text, this.#found.length > 0);
    const sorted = this.#found.toSorted((a, b) => (a.offset ?? -1) - (b.offset ?? -1));
    const diagnostics = sorted.map(({ problem, offset, message, hint }) => {
      const at = offset === undefined ? undefined : positionIn(starts, Math.min(offset, this.#text.length));
      return diagnose(problem, this.#file, cut(message, 400), { ...(at && { at }), hint: cut(hint, 400) });
    });
    for (const [{ code }, count] of this.#counts) {
      if (count <= listed) continue;
      const message = `${code}: ${count - listed} more like these are not listed.`;
      diagnostics.push(diagnose(moreFindings, this.#file, message));
    }
    return diagnostics;
  }
}

function lineStarts(text: string, wanted: boolean): number[] {
  const starts = [0];
  if (!wanted) return starts;
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return starts;
}

function positionIn(starts: readonly number[], offset: number): Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** Shortens to at most `length` characters without splitting one. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = /[\ud800-\udbff]/.test(text[length - 2] ?? "") ? length - 2 : length - 1;
  return `${text.slice(0, end)}…`;
}
