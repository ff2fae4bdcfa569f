import type { Diagnostic } from "../model/diagnostic.ts";
import type { Stamp } from "./stamp.ts";

/** What is known of one file. */
export interface FileState {
  readonly stamp: Stamp;
  /** Whether the stamp proves the content: the file was not written in the moment it was read. */
  readonly settled: boolean;
  /** SHA-256 of its bytes, with what only its history knows. */
  readonly digest: string;
  /** How its text ends, see {@link digestEnd}. */
  readonly end: number;
  readonly failed: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** One value a file, in order of the files' names. */
export interface FileColumns {
  /** Names, each on a line of its own: no name of a post holds a line break. */
  readonly files: string;
  readonly size: Float64Array;
  /** NaN where the stamp does not prove the content. */
  readonly mtimeMs: Float64Array;
  readonly ctimeMs: Float64Array;
  readonly ino: Float64Array;
  /** What was found in reading, by file. Most have nothing. */
  readonly noted: readonly (readonly [string, readonly Diagnostic[]])[];
}
