import type { Diagnostic } from "../model/diagnostic.ts";
import type { Stamp } from "./stamp.ts";

/** What is known of one file. */
export interface Source {
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
