// In comes what a site knows after an update; out it comes in the next process, in columns that are read only as far as they are needed.
import type { BuildResult } from "./build-result.ts";
import type { Dependency } from "./entries.ts";
import type { FeedName, PostRow } from "./feeds/post-row.ts";
import { hiddenWords, KeptPosts, type PostColumns, rowMark, type Words } from "./kept-posts.ts";
import { KeptSources, type SourceColumns } from "./kept-sources.ts";
import type { Source } from "./known-files.ts";
import type { Diagnostic } from "./model/diagnostic.ts";
import type { LogPlace } from "./output/record-log.ts";
import { readDelta, readSnapshot, writeDelta, writeSnapshot } from "./output/snapshot.ts";
import type { Stamp } from "./stamp.ts";

/** A post that is there, or whatever is left of one that has gone. */
export interface KeptPost {
  readonly file: string;
  readonly row?: PostRow;
  readonly source?: Source;
  /** Its rendered entry in the log. */
  readonly entry?: LogPlace;
}

/** A site as it was when its output was last brought in step: a snapshot, and what changed since. */
export interface KeptSite {
  /** Of the snapshot. */
  readonly id: string;
  readonly sources: KeptSources;
  /** Undefined when that part of the cache is damaged. */
  readonly posts: () => KeptPosts | undefined;
  readonly changes: readonly KeptPost[];
  /** Everything that is not one value a post. Small. */
  readonly rest: KeptRest;
  readonly close: () => void;
}

export interface KeptRest {
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
  /** When the machine was started, milliseconds since the epoch: a power cut may have torn what was written before it. */
  readonly booted: number;
}

/** Every post of a site, in order of the files' names, and its feeds. */
export interface WholeSite {
  readonly posts: readonly Required<Pick<KeptPost, "row" | "source">>[];
  readonly entryOf: (row: PostRow) => LogPlace | undefined;
  readonly isSpecial: (row: PostRow) => boolean;
  readonly orders: Iterable<{ readonly name: FeedName; readonly rows: readonly PostRow[] }>;
  readonly rest: KeptRest;
}

interface Head {
  readonly sources: SourceColumns;
  readonly rest: KeptRest;
}

interface Delta {
  readonly changes: readonly KeptPost[];
  readonly rest: KeptRest;
}

/** Keeps a whole site; returns the id under which {@link saveChanges} adds to it. Nothing is kept where words hold line breaks. */
export function saveSite(cacheDir: string, key: string, site: WholeSite): string | undefined {
  const sources = packSources(site.posts);
  const posts = packPosts(site);
  if (sources === undefined || posts === undefined) return undefined;
  return writeSnapshot(cacheDir, key, { sources, rest: site.rest } satisfies Head, posts);
}

/** Keeps all that is another since the snapshot with this id was made. */
export function saveChanges(
  cacheDir: string,
  id: string,
  changes: readonly KeptPost[],
  rest: KeptRest,
): void {
  writeDelta(cacheDir, id, { changes, rest } satisfies Delta);
}

export function loadSite(cacheDir: string, key: string): KeptSite | undefined {
  const snapshot = readSnapshot(cacheDir, key);
  if (snapshot === undefined) return undefined;
  const { id, close } = snapshot;
  const head = snapshot.head as Head;
  const delta = readDelta(cacheDir, id) as Delta | undefined;
  let posts: KeptPosts | undefined;
  let isRead = false;
  const readPosts = () => {
    if (isRead) return posts;
    isRead = true;
    const columns = snapshot.body() as PostColumns | undefined;
    if (columns !== undefined) posts = new KeptPosts(columns, sources);
    return posts;
  };
  const sources = new KeptSources(head.sources, readPosts);
  const { changes, rest } = delta ?? { changes: [], rest: head.rest };
  return { id, sources, posts: readPosts, changes, rest, close };
}

function packSources(posts: WholeSite["posts"]): SourceColumns | undefined {
  const names = posts.map(({ row }) => row.file);
  if (names.some((name) => name.includes("\n"))) return undefined;
  const column = (of: (source: Source) => number) => Float64Array.from(posts, ({ source }) => of(source));
  return {
    files: names.join("\n"),
    size: column(({ stamp }) => stamp.size),
    mtimeMs: column(({ stamp, settled }) => (settled ? stamp.mtimeMs : Number.NaN)),
    ctimeMs: column(({ stamp }) => stamp.ctimeMs),
    ino: column(({ stamp }) => stamp.ino),
    noted: posts.flatMap(({ row, source: { diagnostics } }) =>
      diagnostics.length > 0 ? [[row.file, diagnostics] as const] : [],
    ),
  };
}

function packPosts({ posts, entryOf, isSpecial, orders, rest }: WholeSite): PostColumns | undefined {
  const texts: string[] = [];
  const textEnds = new Uint32Array(posts.length);
  const numbers = new Map<PostRow, number>();
  let length = 0;
  for (const [i, { row, source }] of posts.entries()) {
    const words: Words = [row.id, row.url, source.digest, row.language ?? "", packExtra(row)];
    if (words.some((word) => word.includes("\n"))) return undefined;
    const text = `${rowMark}${words.join("\n")}`;
    texts.push(text);
    length += text.length;
    textEnds[i] = length;
    numbers.set(row, i);
  }
  const numbersOf = (rows: readonly PostRow[]) => Uint32Array.from(rows, (row) => numbers.get(row) as number);
  const rows = posts.map(({ row }) => row);
  const entries = rows.flatMap((row, i) => {
    const place = entryOf(row);
    return place === undefined ? [] : [{ i, ...place }];
  });
  return {
    text: texts.join(""),
    textEnds,
    date: Float64Array.from(rows, ({ date }) => date),
    expires: Float64Array.from(rows, ({ expires }) => expires),
    hidden: Uint8Array.from(rows, ({ hidden }) => hiddenWords.indexOf(hidden)),
    end: Int32Array.from(posts, ({ source }) => source.end),
    ...packFeeds(rows),
    orders: [...orders].map((feed) => ({ name: feed.name, rows: numbersOf(feed.rows) })),
    special: numbersOf(rows.filter(isSpecial)),
    entries: {
      rows: Uint32Array.from(entries, ({ i }) => i),
      offset: Float64Array.from(entries, ({ offset }) => offset),
      length: Float64Array.from(entries, (entry) => entry.length),
    },
    now: rest.now,
  };
}

const columnFields: ReadonlySet<string> = new Set<keyof PostRow>([
  "file",
  "version",
  "id",
  "url",
  "date",
  "expires",
  "language",
  "hidden",
  "feeds",
]);

/** Fields of a row that have no column of their own: absent from nearly every row. */
function packExtra(row: PostRow): string {
  let extra: Record<string, unknown> | undefined;
  for (const field in row) {
    if (columnFields.has(field)) continue;
    extra ??= {};
    extra[field] = row[field as keyof PostRow];
  }
  return extra === undefined ? "" : JSON.stringify(extra);
}

function packFeeds(rows: readonly PostRow[]): Pick<PostColumns, "feedNames" | "feedEnds" | "feedRefs"> {
  const numbers = new Map<FeedName, number>();
  const refs: number[] = [];
  const feedEnds = new Uint32Array(rows.length);
  for (const [i, row] of rows.entries()) {
    for (const name of row.feeds) {
      let number = numbers.get(name);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(name, number);
      }
      refs.push(number);
    }
    feedEnds[i] = refs.length;
  }
  return { feedNames: [...numbers.keys()], feedEnds, feedRefs: Uint32Array.from(refs) };
}
