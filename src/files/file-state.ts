import type { Diagnostic } from "../model/diagnostic.ts";
import type { Stamp } from "./stamp.ts";

/** What is known about one file of the posts folder. */
export interface FileState {
  readonly stamp: Stamp;
  /** Whether the stamp proves the content: the file was not written in the moment it was read. */
  readonly settled: boolean;
  /** SHA-256 of its bytes, with its date in Git where that counts. */
  readonly digest: string;
  /** See {@link digestEnd}. */
  readonly endDigest: number;
  /** Whether the file gives no post because of an error. */
  readonly failed: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** What is known about many files, in order of their names. The rest of their state is in the columns of their posts. */
export interface FileColumns {
  /** One name a line: no name of a post contains a line break. */
  readonly names: string;
  readonly size: Float64Array;
  /** NaN where the stamp does not prove the content. */
  readonly mtimeMs: Float64Array;
  readonly ctimeMs: Float64Array;
  readonly ino: Float64Array;
  /** What was found in reading, by file. Most have nothing. */
  readonly diagnostics: readonly (readonly [string, readonly Diagnostic[]])[];
}
