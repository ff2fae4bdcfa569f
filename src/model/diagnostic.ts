/** `error` fails a build, `warning` fails it only under `--strict`, `hint` never does. */
export type Severity = "error" | "warning" | "hint";

/**
 * One problem, stated so that its reader can fix it.
 * `line` and `column` count from 1; `column` counts UTF-16 code units, as editors do.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  /** Path as the person would type it: relative to the project root where possible, with `/`. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** What is wrong: names the thing and the value that was found. */
  readonly message: string;
  /** What to write instead. */
  readonly hint?: string;
}

/** A place in a text file; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Turns an offset in UTF-16 code units into a line and a column. CRLF, LF and CR each end one line. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, Math.max(0, Math.min(offset, text.length)));
  const lines = before.split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}
