import { CachedPosts } from "../cache/cached-posts.ts";
import type { PostColumns, SiteColumns } from "../cache/columns.ts";
import type { LogPosition } from "../cache/entry-log.ts";
import { readDelta, readSnapshot, writeDelta, writeSnapshot } from "../cache/snapshot-file.ts";
import type { PostRow } from "../feeds/post-row.ts";
import { CachedFiles } from "../files/cached-files.ts";
import type { FileColumns, FileState } from "../files/file-state.ts";
import type { Stamp } from "../files/stamp.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Dependency } from "./entry.ts";
import type { BuildResult } from "./options.ts";
import type { PostLookupFacts } from "./post-lookups.ts";

/** One post as it is now; without a row and a state, it is gone. */
export interface CachedChange {
  readonly file: string;
  readonly row?: PostRow;
  readonly state?: FileState;
  /** Its rendered entry in the log. */
  readonly entry?: LogPosition;
}

/** A site after its last update: a snapshot, and what changed since the snapshot. */
export interface CachedSite {
  /** Identifies the snapshot. */
  readonly id: string;
  readonly files: CachedFiles;
  /** Undefined when that part of the cache is damaged. */
  readonly posts: () => CachedPosts | undefined;
  readonly changes: readonly CachedChange[];
  readonly facts: CachedFacts;
  readonly close: () => void;
}

/** Everything in the cache that is not one value per post. Small. */
export interface CachedFacts {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly result: BuildResult;
  /** What was found beyond reading, by post or subject. */
  readonly findings: readonly (readonly [string, readonly Diagnostic[]])[];
  /** Which files each feed consists of. */
  readonly documents: readonly (readonly [string, readonly string[]])[];
  /** The feeds that the documents about the whole site list. */
  readonly listed: string;
  /** Files beside the posts that entries depend on, by post. */
  readonly dependencies: readonly (readonly [string, readonly Dependency[]])[];
  /** What entries were told about other posts. */
  readonly lookups: PostLookupFacts;
  /** The documents with their stamps from when they were written, by path below the output folder. */
  readonly outputs: readonly (readonly [string, Stamp])[];
  /** Name of the log of entries. */
  readonly log: string;
  /** Identifies the Git history that dates are from, where Git was asked for any. */
  readonly history?: string;
  /** When the machine was started, milliseconds since the epoch: a power cut may have damaged what was written before. */
  readonly booted: number;
}

interface Head {
  readonly files: FileColumns;
  readonly facts: CachedFacts;
}

interface Delta {
  readonly changes: readonly CachedChange[];
  readonly facts: CachedFacts;
}

/** Writes a whole site. Returns the snapshot's id for {@link writeCachedChanges}; undefined when it could not be written. */
export function writeCachedSite(
  cacheDir: string,
  key: string,
  { files, posts }: SiteColumns,
  facts: CachedFacts,
): string | undefined {
  return writeSnapshot(cacheDir, key, { files, facts } satisfies Head, posts);
}

/** Writes everything that changed since the snapshot with this id. */
export function writeCachedChanges(
  cacheDir: string,
  id: string,
  changes: readonly CachedChange[],
  facts: CachedFacts,
): void {
  writeDelta(cacheDir, id, { changes, facts } satisfies Delta);
}

/** Reads what was written under `key`, except for the posts' columns, which are read when they are needed. */
export function openCachedSite(cacheDir: string, key: string): CachedSite | undefined {
  const snapshot = readSnapshot(cacheDir, key);
  if (snapshot === undefined) return undefined;
  const { id, close } = snapshot;
  const head = snapshot.head as Head;
  const delta = readDelta(cacheDir, id) as Delta | undefined;
  let posts: CachedPosts | undefined;
  let isRead = false;
  const readPosts = () => {
    if (isRead) return posts;
    isRead = true;
    const columns = snapshot.body() as PostColumns | undefined;
    if (columns !== undefined) posts = new CachedPosts(columns, files);
    return posts;
  };
  const files = new CachedFiles(head.files, readPosts);
  const { changes, facts } = delta ?? { changes: [], facts: head.facts };
  return { id, files, posts: readPosts, changes, facts, close };
}
