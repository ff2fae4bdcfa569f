// In come findings at offsets of one text; out go Diagnostics with line and column, a bounded number of each rule.
import type { Diagnostic } from "../../model/diagnostic.ts";
import { type RuleCode, rules } from "./table.ts";

/** How many findings of one rule a document lists. */
const LISTED = 100;

/** Collects what is wrong with one document. */
export class DocumentFindings {
  readonly file: string;
  readonly #text: string;
  readonly #found: { code: RuleCode; offset: number | undefined; message: string; hint: string }[] = [];
  readonly #counts = new Map<RuleCode, number>();
  readonly #seen = new Set<string>();

  constructor(file: string, text: string) {
    this.file = file;
    this.#text = text;
  }

  /** Adds a finding; one rule speaks once about one place. */
  add(code: RuleCode, offset: number | (() => number) | undefined, message: string, hint?: string): void {
    const count = (this.#counts.get(code) ?? 0) + 1;
    if (count > LISTED) {
      this.#counts.set(code, count);
      return;
    }
    const at = typeof offset === "function" ? offset() : offset;
    const key = `${code} ${at} ${message}`;
    if (this.#seen.has(key)) return;
    this.#counts.set(code, count);
    this.#seen.add(key);
    this.#found.push({ code, offset: at, message, hint: hint ?? rules[code].mend });
  }

  /** Whether a rule has said as much as is listed: what is costly to find out may then be left out. */
  isFull(code: RuleCode): boolean {
    return (this.#counts.get(code) ?? 0) >= LISTED;
  }

  /** The findings in the order of the text, with a note for each rule that found more than is listed. */
  list(): Diagnostic[] {
    const starts = lineStarts(this.#text, this.#found.length > 0);
    const sorted = this.#found.toSorted((a, b) => (a.offset ?? -1) - (b.offset ?? -1));
    const diagnostics = sorted.map(({ code, offset, message, hint }): Diagnostic => {
      const at = offset === undefined ? undefined : placeOf(starts, Math.min(offset, this.#text.length));
      return {
        code,
        severity: rules[code].severity,
        file: this.file,
        ...at,
        message: cut(message, 400),
        hint: cut(hint, 400),
      };
    });
    for (const [code, count] of this.#counts) {
      if (count <= LISTED) continue;
      diagnostics.push({
        code: "check/more",
        severity: rules["check/more"].severity,
        file: this.file,
        message: `${code}: ${count - LISTED} more like these are not listed.`,
        hint: rules["check/more"].mend,
      });
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

function placeOf(starts: readonly number[], offset: number): { line: number; column: number } {
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
