// In comes what a site knows after an update; out it comes in the next process, in columns that are read only as far as they are needed.

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

/** A post that is there, or whatever is left of one that has gone. */
export interface CachedChange {
  readonly file: string;
  readonly row?: PostRow;
  readonly source?: FileState;
  /** Its rendered entry in the log. */
  readonly entry?: LogPosition;
}

/** A site as it was when its output was last brought in step: a snapshot, and what changed since. */
export interface CachedSite {
  /** Of the snapshot. */
  readonly id: string;
  readonly sources: CachedFiles;
  /** Undefined when that part of the cache is damaged. */
  readonly posts: () => CachedPosts | undefined;
  readonly changes: readonly CachedChange[];
  /** Everything that is not one value a post. Small. */
  readonly rest: CachedFacts;
  readonly close: () => void;
}

export interface CachedFacts {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly result: BuildResult;
  /** What rendering found, by post. */
  readonly findings: readonly (readonly [string, readonly Diagnostic[]])[];
  /** Which files each feed is made of. */
  readonly documents: readonly (readonly [string, readonly string[]])[];
  /** The feeds as the documents about the whole site list them. */
  readonly listed: string;
  /** Files beside the posts that entries depend on, by post. */
  readonly dependencies: readonly (readonly [string, readonly Dependency[]])[];
  /** The documents as they were written, by path below the output folder. */
  readonly outputs: readonly (readonly [string, Stamp])[];
  /** Name of the log that the entries' places are of. */
  readonly log: string;
  /** What proves that Git would tell the same dates again, where it was asked for any. */
  readonly history?: string;
  /** When the machine was started, milliseconds since the epoch: a power cut may have torn what was written before it. */
  readonly booted: number;
}

interface Head {
  readonly sources: FileColumns;
  readonly rest: CachedFacts;
}

interface Delta {
  readonly changes: readonly CachedChange[];
  readonly rest: CachedFacts;
}

/** Keeps a whole site; returns the id under which {@link writeCachedChanges} adds to it, unless nothing could be kept. */
export function writeCachedSite(
  cacheDir: string,
  key: string,
  { sources, posts }: SiteColumns,
  rest: CachedFacts,
): string | undefined {
  return writeSnapshot(cacheDir, key, { sources, rest } satisfies Head, posts);
}

/** Keeps all that is another since the snapshot with this id was made. */
export function writeCachedChanges(
  cacheDir: string,
  id: string,
  changes: readonly CachedChange[],
  rest: CachedFacts,
): void {
  writeDelta(cacheDir, id, { changes, rest } satisfies Delta);
}

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
    if (columns !== undefined) posts = new CachedPosts(columns, sources);
    return posts;
  };
  const sources = new CachedFiles(head.sources, readPosts);
  const { changes, rest } = delta ?? { changes: [], rest: head.rest };
  return { id, sources, posts: readPosts, changes, rest, close };
}
