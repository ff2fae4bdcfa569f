import { createHash, randomBytes } from "node:crypto";
import { uptime } from "node:os";
import { join } from "node:path";
import { ColumnWriter } from "../cache/column-writer.ts";
import type { EntryColumns, SiteColumns } from "../cache/columns.ts";
import { EntryLog, type LogPosition, removeStrays } from "../cache/entry-log.ts";
import { deltaName } from "../cache/snapshot-file.ts";
import { digestConfig } from "../config/load-config.ts";
import { placeRows } from "../feeds/index/placement.ts";
import type { PostRow } from "../feeds/post-row.ts";
import type { FileState } from "../files/file-state.ts";
import type { FileTable } from "../files/file-table.ts";
import { readStamp, type Stamp, sameStamp } from "../files/stamp.ts";
import type { Config } from "../model/config.ts";
import { readVersion } from "../model/package-file.ts";
import {
  type CachedChange,
  type CachedFacts,
  type CachedSite,
  openCachedSite,
  writeCachedChanges,
  writeCachedSite,
} from "./cache-schema.ts";
import type { EntryStore } from "./entry-store.ts";
import type { FirstScan } from "./first-scan.ts";
import type { SiteState } from "./state.ts";

/** A log that is larger than twice its living entries by this much is written anew. Bytes. */
const deadBytes = 32 << 20;

/** Changes are written beside the snapshot until they are more than this many, or than this part of all posts. */
const mostChanges = 256;
const mostChangedPart = 1 / 16;

/** Two measurements of when the machine was started may differ by this much. Milliseconds. */
const bootTolerance = 60_000;

/** Changes whenever what is kept does between two versions of the program: an older cache is not read. */
const cacheForm = 2;

/** The part of a site's state that is cached. */
type CachedState = Pick<SiteState, "files" | "index" | "entries">;

/** Facts that only the updater knows. */
type UpdateFacts = Omit<CachedFacts, "dependencies" | "lookups" | "log" | "booted">;

/** `.feedwright/cache`: what one run leaves for the next. If it is lost, the next run starts cold, with the same output. */
export class SiteCache {
  readonly #dir: string;
  readonly #key: string;
  readonly #out: string;
  #log: EntryLog | undefined;
  /** The id of the snapshot that changes can be added to. */
  #snapshot: string | undefined;
  #opened: CachedSite | undefined;
  /** A first scan whose columns are not saved yet. */
  #first: FirstScan | undefined;

  constructor(config: Config, options: { readonly drafts?: boolean }) {
    this.#dir = join(config.root, ".feedwright", "cache");
    this.#out = config.out;
    const parts = [readVersion(), cacheForm, digestConfig(config), config.out, options.drafts === true];
    this.#key = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  }

  /** Opens what the last run left, and fills the table of files; the rest follows with {@link SiteCache.recall}. Called once. */
  open(files: FileTable): CachedSite | undefined {
    const cached = openCachedSite(this.#dir, this.#key);
    this.#opened = cached;
    if (cached !== undefined) files.restore(cached.files, cached.changes);
    return cached;
  }

  /** Begins without anything from an earlier run. */
  begin(entries: EntryStore): void {
    this.#log = createLog(this.#dir);
    entries.useLog(this.#log, []);
  }

  /** Fills the index and the entries. False when the cache is damaged: then the table of files is empty. */
  recall(cached: CachedSite, { files, index, entries }: CachedState): boolean {
    const { facts, changes } = cached;
    const posts = cached.posts();
    if (posts === undefined) {
      files.clear();
      return false;
    }
    entries.restoreDependencies(facts.dependencies);
    entries.lookups.restore(facts.lookups);
    this.#snapshot = cached.id;
    this.#log = new EntryLog(this.#dir, facts.log);
    const changed = changes.flatMap(({ file, row, entry }) =>
      entry && row?.version ? [[file, { version: row.version, position: entry }] as const] : [],
    );
    entries.useLog(this.#log, [...posts.entries(), ...changed]);
    index.restore(posts, changes, facts.now);
    return true;
  }

  /** The documents that were changed or removed since the last run wrote them. */
  findTouchedOutputs({ booted, outputs, documents }: CachedFacts): Set<string> {
    const wasRebooted = Math.abs(booted - bootTime()) > bootTolerance;
    const paths = documents.flatMap(([, all]) => all);
    return wasRebooted ? new Set(paths) : findTouched(this.#out, paths, new Map(outputs));
  }

  /** The next save writes the columns of a first scan, and beside them what changed since. */
  useColumns(first: FirstScan): void {
    this.#first = first;
  }

  /** Saves a site whose documents are all written: what changed since the snapshot, or, where that is much, everything. */
  save(state: CachedState, broken: ReadonlySet<string>, facts: UpdateFacts): void {
    const { files, index, entries } = state;
    if (this.#log === undefined) return;
    const isLogFull = this.#log.size > 2 * entries.loggedBytes() + deadBytes;
    const isFirst = this.#first !== undefined;
    const changed = new Set([...files.unsaved, ...index.unsaved, ...broken]);
    if (!isFirst) for (const file of entries.unsaved) changed.add(file);
    const areFew = changed.size <= Math.max(mostChanges, index.size * mostChangedPart);
    if (isLogFull || !areFew || (this.#snapshot ?? this.#first) === undefined) {
      this.#saveAll(this.#log, isLogFull, state, broken, facts);
      return;
    }
    this.#log.flush();
    const all = this.#complete(facts, this.#log, state);
    if (this.#first !== undefined) this.#saveFirst(this.#first, entries, all);
    if (this.#snapshot === undefined || (isFirst && changed.size === 0)) return;
    this.#writeChanges(changed, state, broken, all);
    removeStrays(this.#dir);
  }

  close(): void {
    this.#log?.close();
    this.#opened?.close();
  }

  #saveFirst(first: FirstScan, entries: EntryStore, facts: CachedFacts): void {
    this.#write(addEntries(first, entries), facts);
    if (this.#snapshot === undefined) return;
    entries.markSaved();
    removeStrays(this.#dir, [facts.log, deltaName(this.#snapshot)]);
  }

  #saveAll(
    old: EntryLog,
    isLogFull: boolean,
    state: CachedState,
    broken: ReadonlySet<string>,
    facts: UpdateFacts,
  ): void {
    const { files, index, entries } = state;
    const rows = sortByFile(index.rows());
    const log = isLogFull ? this.#renewLog(old, rows, entries) : old;
    const good = broken.size === 0 ? rows : rows.filter(({ file }) => !broken.has(file));
    const columns = writeColumns(good, files, entries, facts.now);
    if (columns === undefined) return;
    log.flush();
    const all = this.#complete(facts, log, state);
    this.#write(columns, all);
    if (this.#snapshot === undefined) return;
    for (const part of [files, index, entries]) part.markSaved();
    if (broken.size > 0) this.#writeChanges(broken, state, broken, all);
    removeStrays(this.#dir, [log.name, deltaName(this.#snapshot)]);
  }

  #writeChanges(
    files: ReadonlySet<string>,
    state: CachedState,
    broken: ReadonlySet<string>,
    facts: CachedFacts,
  ): void {
    if (this.#snapshot === undefined) return;
    const changes = Array.from(files, (file) => describeChange(file, state, broken));
    writeCachedChanges(this.#dir, this.#snapshot, changes, facts);
  }

  #write(columns: SiteColumns, facts: CachedFacts): void {
    this.#snapshot = writeCachedSite(this.#dir, this.#key, columns, facts);
    if (this.#snapshot !== undefined) this.#first = undefined;
  }

  #complete(facts: UpdateFacts, log: EntryLog, { files, entries }: CachedState): CachedFacts {
    const dependencies = [...entries.dependencies].filter(([file]) => files.has(file));
    const lookups = entries.lookups.facts((file) => files.has(file));
    return { ...facts, dependencies, lookups, log: log.name, booted: bootTime() };
  }

  /** Writes the living entries to a new log. */
  #renewLog(old: EntryLog, rows: readonly PostRow[], entries: EntryStore): EntryLog {
    const log = createLog(this.#dir);
    const logged = rows.flatMap((row) => {
      const before = entries.positionOf(row);
      const text = before && old.read(before);
      const position = text === undefined ? undefined : log.append(text);
      return position && row.version !== undefined
        ? [[row.file, { version: row.version, position }] as const]
        : [];
    });
    entries.useLog(log, logged);
    old.close();
    this.#log = log;
    return log;
  }
}

/** Those of the documents at `paths` that are not as they were written. */
export function findTouched(
  out: string,
  paths: Iterable<string>,
  outputs: ReadonlyMap<string, Stamp>,
): Set<string> {
  return new Set([...paths].filter((path) => !sameStamp(outputs.get(path), readStamp(join(out, path)))));
}

/** The snapshot's columns are in this order, in which the folder is listed too. */
function sortByFile(rows: Iterable<PostRow>): PostRow[] {
  const sorted = [...rows];
  const isSorted = sorted.every((row, i) => i === 0 || (sorted[i - 1] as PostRow).file < row.file);
  return isSorted ? sorted : sorted.sort((a, b) => (a.file < b.file ? -1 : 1));
}

function createLog(dir: string): EntryLog {
  return new EntryLog(dir, `entries-${randomBytes(6).toString("hex")}`);
}

/** Milliseconds since the epoch. */
function bootTime(): number {
  return Date.now() - uptime() * 1000;
}

/** A broken post is read again by the next run, and has the row of its last good version, or none. */
function describeChange(
  file: string,
  { files, index, entries }: CachedState,
  broken: ReadonlySet<string>,
): CachedChange {
  const row = index.get(file);
  const state = broken.has(file) ? row && unreadState : files.get(file);
  const entry = row && entries.positionOf(row);
  return { file, ...(row && { row }), ...(state && { state }), ...(entry && { entry }) };
}

/** The state of a file of which the present bytes are unknown. */
const unreadState: FileState = {
  stamp: { size: 0, mtimeMs: 0, ctimeMs: 0, ino: 0 },
  settled: false,
  digest: "",
  endDigest: 0,
  failed: false,
  diagnostics: [],
};

/** Columns of posts, in order of the files' names; undefined when one does not fit into columns. */
function writeColumns(
  rows: readonly PostRow[],
  files: FileTable,
  entries: EntryStore,
  now: number,
): SiteColumns | undefined {
  const writer = new ColumnWriter(rows.length);
  const positions: NumberedPosition[] = [];
  for (const [number, row] of rows.entries()) {
    const state = files.get(row.file);
    if (state === undefined || !writer.add(row, state)) return undefined;
    const position = entries.positionOf(row);
    if (position !== undefined) positions.push([number, position]);
  }
  const { files: fileColumns, rows: columns } = writer.finish();
  const posts = { ...columns, ...placeRows(columns, now), entries: writeEntryColumns(positions) };
  return { files: fileColumns, posts };
}

/** The columns of a first scan, with the entries that were made since. */
function addEntries({ columns, posts }: FirstScan, entries: EntryStore): SiteColumns {
  const positions = [...entries.logged()].flatMap(([file, { version, position }]): NumberedPosition[] => {
    const number = posts.find(file);
    return number >= 0 && posts.digest(number) === version ? [[number, position]] : [];
  });
  return { ...columns, posts: { ...columns.posts, entries: writeEntryColumns(positions) } };
}

/** Of a post by its number, in order of the files' names. */
type NumberedPosition = readonly [number: number, position: LogPosition];

function writeEntryColumns(entries: readonly NumberedPosition[]): EntryColumns {
  return {
    rows: Uint32Array.from(entries, ([number]) => number),
    offset: Float64Array.from(entries, ([, { offset }]) => offset),
    length: Float64Array.from(entries, ([, { length }]) => length),
  };
}
