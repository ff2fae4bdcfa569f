import type { ResolvedTarget } from "../../model/config.ts";
import type { Failure } from "../../model/failure.ts";
import type { GuardedFetch } from "../../net/guarded-fetch.ts";
import type { SetFile } from "../plan/file-set.ts";

/** Somebody changed the target since it was read: everything has to be read and planned again. */
export class WriteConflict extends Error {}

/** The target could not be reached, but may be in a moment; `failure` is reported when it goes on failing. */
export class TransientFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** One reading of a target and the changes that follow from it. A file's `version` changes when its bytes do; writes are conditional on it. */
export interface TargetSession {
  /** The versions of these paths, where they exist. */
  list(paths: ReadonlySet<string>): Promise<ReadonlyMap<string, { readonly version: string }>>;
  get(path: string): Promise<{ readonly bytes: Uint8Array; readonly version: string } | undefined>;
  /** The version that a file with these bytes would have. */
  versionOf(bytes: Uint8Array): string;
  /**
   * Writes one file whole. `expected` is the version it replaces, undefined where there was none.
   * @returns the new version
   * @throws WriteConflict when the target holds another version by now
   */
  put(file: Pick<SetFile, "path" | "mediaType" | "read">, expected: string | undefined): Promise<string>;
  /** Removes one file of that version. @throws WriteConflict */
  remove(path: string, expected: string): Promise<void>;
  /** Makes everything above public, where the target does so in one step; `summary` is for people. @throws WriteConflict */
  commit(summary: string): Promise<void>;
  /** What is unusual about what was read; grows while reading. */
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
  /** Reads the target anew, runs `work`, and cleans up after it. With `readOnly`, nothing changes anywhere. */
  session<Result>(work: (session: TargetSession) => Promise<Result>, readOnly?: boolean): Promise<Result>;
  /**
   * Replaces the record alone, if it still has the version `expected`, so that it lists what is pending.
   * Absent where that is impossible. @throws WriteConflict
   */
  amendRecord?(record: Uint8Array, expected: string): Promise<void>;
}

/** What every target may use, beside its own keys of the configuration. */
export interface TargetContext {
  /** Project root. */
  readonly root: string;
  /** Ends with `/`. */
  readonly siteUrl: string;
  /** The whole set, changed or not. */
  readonly files: readonly SetFile[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly allowPrivate: boolean;
  /** Reaches the site's own host. */
  readonly fetchSite: GuardedFetch;
}

/** A type of `publish.target`; its schema is in `config/publish-schema.ts`. */
export interface TargetType<Type extends ResolvedTarget["type"]> {
  readonly type: Type;
  /** @throws Failure `target` */
  open(options: Extract<ResolvedTarget, { type: Type }>, context: TargetContext): Target | Promise<Target>;
}
