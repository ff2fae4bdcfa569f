// In comes a site after an update; out it comes in the next process, ready to take in what changed meanwhile.
import { createHash, randomBytes } from "node:crypto";
import { uptime } from "node:os";
import { join } from "node:path";
import { ColumnWriter } from "../cache/column-writer.ts";
import type { EntryColumns, SiteColumns } from "../cache/columns.ts";
import { EntryLog, type LogPosition, removeStrays } from "../cache/entry-log.ts";
import { deltaName } from "../cache/snapshot-file.ts";
import { digestConfig } from "../config/load-config.ts";
import { placeRows } from "../feeds/index/placement.ts";
import type { PostIndex } from "../feeds/index/post-index.ts";
import type { PostRow } from "../feeds/post-row.ts";
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
import type { EntryStore } from "./entries.ts";
import type { FirstScan } from "./first-scan.ts";

/** A log this much larger than twice what is alive in it is begun anew. Bytes. */
const deadBytes = 32 << 20;

/** Changes are added to a snapshot until they are more than this many, or than this part of all posts. */
const mostChanges = 256;
const mostChangedPart = 1 / 16;

/** Two readings of when the machine started may differ by this much. Milliseconds. */
const bootTolerance = 60_000;

/** What a site is made of, as far as it is kept. */
export interface SiteParts {
  readonly files: FileTable;
  readonly index: PostIndex;
  readonly entries: EntryStore;
}

/** What the site alone can say about itself. */
export type SiteFacts = Omit<CachedFacts, "dependencies" | "outputs" | "log" | "booted">;

/** What is handed over from run to run. It may be lost at any time: the next run then starts cold, with the same output. */
export class SiteCache {
  readonly #dir: string;
  readonly #key: string;
  readonly #out: string;
  #log: EntryLog | undefined;
  /** The snapshot that changes can be added to. */
  #snapshot: string | undefined;
  #kept: CachedSite | undefined;
  /** Posts that came all at once and are not kept yet. */
  #fresh: FirstScan | undefined;

  constructor(config: Config, options: { readonly drafts?: boolean }) {
    this.#dir = join(config.root, ".feedwright", "cache");
    this.#out = config.out;
    const parts = [readVersion(), digestConfig(config), config.out, options.drafts === true];
    this.#key = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  }

  /** What the last run left: the files are told at once, the others with {@link SiteCache.recall}. Called once. */
  open(files: FileTable): CachedSite | undefined {
    const kept = openCachedSite(this.#dir, this.#key);
    this.#kept = kept;
    if (kept !== undefined) files.restore(kept.sources, kept.changes);
    return kept;
  }

  /** Begins with nothing but what is made from now on. */
  begin(entries: EntryStore): void {
    this.#log = makeLog(this.#dir);
    entries.useLog(this.#log, []);
  }

  /** Hands the rest over. Says whether it could: a cache that is damaged there is as good as none, and the files are forgotten. */
  recall(kept: CachedSite, { files, index, entries }: SiteParts): boolean {
    const posts = kept.posts();
    if (posts === undefined) {
      files.forget();
      this.begin(entries);
      return false;
    }
    entries.restoreDependencies(kept.rest.dependencies);
    this.#snapshot = kept.id;
    this.#log = new EntryLog(this.#dir, kept.rest.log);
    const changed = kept.changes.flatMap(({ file, row, entry }) =>
      entry && row?.version ? [[file, { version: row.version, place: entry }] as const] : [],
    );
    entries.useLog(this.#log, [...posts.entries(), ...changed]);
    index.restore(posts, kept.changes, kept.rest.now);
    return true;
  }

  /** The documents that are no longer as the last run left them. */
  findTouchedOutputs(kept: CachedSite): Set<string> {
    const rebooted = Math.abs(kept.rest.booted - bootTime()) > bootTolerance;
    const touched = kept.rest.outputs.filter(
      ([path, stamp]) => rebooted || !sameStamp(stamp, readStamp(join(this.#out, path))),
    );
    return new Set(touched.map(([path]) => path));
  }

  /** Posts that came all at once: they are kept in the columns that they came in. */
  takeOver(fresh: FirstScan): void {
    this.#fresh = fresh;
  }

  /** Keeps a site whose documents are all written: what changed since the snapshot, or, where that is much, all of it. */
  save(parts: SiteParts, facts: SiteFacts): void {
    const { files, index, entries } = parts;
    if (this.#log === undefined) return;
    const isLogFull = this.#log.size > 2 * entries.logged() + deadBytes;
    const isNew = this.#fresh !== undefined;
    const changed = new Set([...files.changed, ...index.changed]);
    if (!isNew) for (const file of entries.changed) changed.add(file);
    const isFew = changed.size <= Math.max(mostChanges, index.size * mostChangedPart);
    if (isLogFull || !isFew || (this.#snapshot ?? this.#fresh) === undefined) {
      this.#saveWhole(this.#log, isLogFull, parts, facts);
      return;
    }
    this.#log.flush();
    const rest = this.#describe(this.#log, parts, facts);
    if (this.#fresh !== undefined) this.#saveNew(this.#fresh, entries, rest);
    if (this.#snapshot === undefined || (isNew && changed.size === 0)) return;
    const changes = Array.from(changed, (file) => this.#keptPost(file, parts));
    writeCachedChanges(this.#dir, this.#snapshot, changes, rest);
    removeStrays(this.#dir);
  }

  /** Keeps posts in the columns that they came in. */
  #saveNew(fresh: FirstScan, entries: EntryStore, rest: CachedFacts): void {
    this.#keep(packNew(fresh, entries), rest);
    if (this.#snapshot === undefined) return;
    entries.markSaved();
    removeStrays(this.#dir, [rest.log, deltaName(this.#snapshot)]);
  }

  #saveWhole(old: EntryLog, isLogFull: boolean, parts: SiteParts, facts: SiteFacts): void {
    const { files, index, entries } = parts;
    const rows = sortByFile(index.rows());
    const log = isLogFull ? this.#renew(old, rows, entries) : old;
    const site = packRows(rows, files, entries, facts.now);
    if (site === undefined) return;
    log.flush();
    this.#keep(site, this.#describe(log, parts, facts));
    if (this.#snapshot === undefined) return;
    for (const part of [files, index, entries]) part.markSaved();
    removeStrays(this.#dir, [log.name, deltaName(this.#snapshot)]);
  }

  #keep(site: SiteColumns, rest: CachedFacts): void {
    this.#snapshot = writeCachedSite(this.#dir, this.#key, site, rest);
    if (this.#snapshot !== undefined) this.#fresh = undefined;
  }

  close(): void {
    this.#log?.close();
    this.#kept?.close();
  }

  #keptPost(file: string, { files, index, entries }: SiteParts): CachedChange {
    const row = index.get(file);
    const source = files.get(file);
    const entry = row && entries.placeOf(row);
    return { file, ...(row && { row }), ...(source && { source }), ...(entry && { entry }) };
  }

  #describe(log: EntryLog, { files, entries }: SiteParts, facts: SiteFacts): CachedFacts {
    const paths = [...new Set(facts.documents.flatMap(([, all]) => all))];
    const outputs = paths.flatMap((path): [string, Stamp][] => {
      const stamp = readStamp(join(this.#out, path));
      return stamp ? [[path, stamp]] : [];
    });
    const dependencies = [...entries.dependencies].filter(([file]) => files.has(file));
    return { ...facts, dependencies, outputs, log: log.name, booted: bootTime() };
  }

  /** Begins the log anew, with what is alive. */
  #renew(old: EntryLog, rows: readonly PostRow[], entries: EntryStore): EntryLog {
    const log = makeLog(this.#dir);
    const places = rows.flatMap((row) => {
      const place = entries.placeOf(row);
      const text = place && old.read(place);
      const moved = text === undefined ? undefined : log.append(text);
      return moved && row.version !== undefined
        ? [[row.file, { version: row.version, place: moved }] as const]
        : [];
    });
    entries.useLog(log, places);
    old.close();
    this.#log = log;
    return log;
  }
}

/** The snapshot's columns are in this order, in which the folder is listed too. */
function sortByFile(rows: Iterable<PostRow>): PostRow[] {
  const sorted = [...rows];
  const isSorted = sorted.every((row, i) => i === 0 || (sorted[i - 1] as PostRow).file < row.file);
  return isSorted ? sorted : sorted.sort((a, b) => (a.file < b.file ? -1 : 1));
}

function makeLog(dir: string): EntryLog {
  return new EntryLog(dir, `entries-${randomBytes(6).toString("hex")}`);
}

function bootTime(): number {
  return Date.now() - uptime() * 1000;
}

interface PlacedEntry {
  /** Of the post, in order of the files' names. */
  readonly number: number;
  readonly place: LogPosition;
}

/**
 * Posts row by row, in order of the files' names, at `now` (milliseconds since the epoch). Undefined where one has words
 * that have no place in columns.
 */
export function packRows(
  rows: readonly PostRow[],
  files: FileTable,
  entries: EntryStore,
  now: number,
): SiteColumns | undefined {
  const packer = new ColumnWriter(rows.length);
  const placed: PlacedEntry[] = [];
  for (const [number, row] of rows.entries()) {
    const source = files.get(row.file);
    if (source === undefined || !packer.add(row, source)) return undefined;
    const place = entries.placeOf(row);
    if (place !== undefined) placed.push({ number, place });
  }
  const { sources, rows: columns } = packer.pack();
  return { sources, posts: { ...columns, ...placeRows(columns, now), entries: packEntries(placed) } };
}

/** Posts as they came all at once, with the entries that were made of them since. */
export function packNew({ columns, posts }: FirstScan, entries: EntryStore): SiteColumns {
  const placed = [...entries.places()].flatMap(([file, { version, place }]) => {
    const number = posts.find(file);
    return number >= 0 && posts.digest(number) === version ? [{ number, place }] : [];
  });
  return { ...columns, posts: { ...columns.posts, entries: packEntries(placed) } };
}

function packEntries(entries: readonly PlacedEntry[]): EntryColumns {
  return {
    rows: Uint32Array.from(entries, ({ number }) => number),
    offset: Float64Array.from(entries, ({ place }) => place.offset),
    length: Float64Array.from(entries, ({ place }) => place.length),
  };
}
