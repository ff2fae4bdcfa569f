import type { Diagnostic } from "../model/diagnostic.ts";

/** One value a file, in order of the files' names. */
export interface SourceColumns {
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
