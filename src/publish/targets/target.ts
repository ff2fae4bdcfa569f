import type { Failure } from "../../model/failure.ts";
import type { SetFile } from "../plan/file-set.ts";

/** Somebody changed the target since it was read: read again, plan again, try again. */
export class WriteConflict extends Error {}

/** The way to the target failed as ways do for a moment; `failure` is what to say when it goes on failing. */
export class TransientFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** A file in a target; `version` changes when its bytes do and guards conditional writes. */
export interface RemoteFile {
  readonly version: string;
}

/** One look at a target with the changes that follow from it. */
export interface TargetSession {
  /** The versions of these paths, where they exist. */
  list(paths: ReadonlySet<string>): Promise<ReadonlyMap<string, RemoteFile>>;
  get(path: string): Promise<{ readonly bytes: Uint8Array; readonly version: string } | undefined>;
  /** The version that a file with these bytes would have. */
  versionOf(bytes: Uint8Array): string;
  /**
   * Writes one file whole. `expected` is the version it replaces, undefined where there was none.
   * @returns the new version
   * @throws Conflict when something else stands there by now
   */
  put(file: Pick<SetFile, "path" | "mediaType" | "read">, expected: string | undefined): Promise<string>;
  /** Removes one file of that version. @throws Conflict */
  remove(path: string, expected: string): Promise<void>;
  /** Makes everything above public, where the target does so in one step; `summary` is for people. @throws Conflict */
  commit(summary: string): Promise<void>;
  /** What was odd about what was read; grows while reading. */
  readonly notices?: readonly string[];
}

export interface Target {
  /** For messages, without secrets: `branch gh-pages of …`. */
  readonly name: string;
  /**
   * `atomic`: `commit` makes a session's changes public at once. `locked`: files change one by one, one publisher at a time.
   * `shared`: files change one by one while others may do the same.
   */
  readonly writes: "atomic" | "locked" | "shared";
  /** Runs `work` with a fresh look at the target, and cleans up after it. With `readOnly`, nothing changes anywhere. */
  session<Result>(work: (session: TargetSession) => Promise<Result>, readOnly?: boolean): Promise<Result>;
  /**
   * Replaces the record alone, if it still has the version `expected`, so that it says what is left to tell.
   * Absent where that cannot be done. @throws Conflict
   */
  amendRecord?(record: Uint8Array, expected: string): Promise<void>;
}
