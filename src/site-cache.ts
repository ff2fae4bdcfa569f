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
  const count = posts.length;
  const files: string[] = new Array(count);
  const size = new Float64Array(count);
  const mtimeMs = new Float64Array(count);
  const ctimeMs = new Float64Array(count);
  const ino = new Float64Array(count);
  const noted: [string, readonly Diagnostic[]][] = [];
  for (let i = 0; i < count; i += 1) {
    const { row, source } = posts[i] as WholeSite["posts"][number];
    const { stamp, diagnostics } = source;
    if (row.file.includes("\n")) return undefined;
    files[i] = row.file;
    size[i] = stamp.size;
    mtimeMs[i] = source.settled ? stamp.mtimeMs : Number.NaN;
    ctimeMs[i] = stamp.ctimeMs;
    ino[i] = stamp.ino;
    if (diagnostics.length > 0) noted.push([row.file, diagnostics]);
  }
  return { files: files.join("\n"), size, mtimeMs, ctimeMs, ino, noted };
}

function packPosts({ posts, entryOf, isSpecial, orders, rest }: WholeSite): PostColumns | undefined {
  const count = posts.length;
  const texts: string[] = new Array(count);
  const textEnds = new Uint32Array(count);
  const date = new Float64Array(count);
  const expires = new Float64Array(count);
  const hidden = new Uint8Array(count);
  const end = new Int32Array(count);
  const numbers = new Map<PostRow, number>();
  const special: number[] = [];
  const entries: (LogPlace & { readonly row: number })[] = [];
  let length = 0;
  for (let i = 0; i < count; i += 1) {
    const { row, source } = posts[i] as WholeSite["posts"][number];
    const text = packWords([row.id, row.url, source.digest, row.language ?? "", packExtra(row)]);
    if (text === undefined) return undefined;
    texts[i] = text;
    length += text.length;
    textEnds[i] = length;
    date[i] = row.date;
    expires[i] = row.expires;
    if (row.hidden !== undefined) hidden[i] = hiddenWords.indexOf(row.hidden);
    end[i] = source.end;
    numbers.set(row, i);
    if (isSpecial(row)) special.push(i);
    const place = entryOf(row);
    if (place !== undefined) entries.push({ row: i, ...place });
  }
  return {
    text: texts.join(""),
    textEnds,
    date,
    expires,
    hidden,
    end,
    ...packFeeds(posts),
    orders: Array.from(orders, ({ name, rows }) => ({
      name,
      rows: Uint32Array.from(rows, (row) => numbers.get(row) as number),
    })),
    special: Uint32Array.from(special),
    entries: {
      rows: Uint32Array.from(entries, ({ row }) => row),
      offset: Float64Array.from(entries, ({ offset }) => offset),
      length: Float64Array.from(entries, (entry) => entry.length),
    },
    now: rest.now,
  };
}

/** Undefined for words with a line break, which would end them. */
function packWords(words: Words): string | undefined {
  const [id, url, digest, language, extra] = words;
  if (id.includes("\n") || url.includes("\n") || language.includes("\n")) return undefined;
  return `${rowMark}${id}\n${url}\n${digest}\n${language}\n${extra}`;
}

/** Fields of a row that have no column of their own: absent from nearly every row. */
type Extra = Omit<
  PostRow,
  "file" | "version" | "id" | "url" | "date" | "expires" | "language" | "hidden" | "feeds"
>;

/** JSON of what a row has besides its columns; empty for nothing. */
function packExtra({ retracted, group, translations, updated, canonical }: PostRow): string {
  const isPlain =
    retracted === undefined &&
    group === undefined &&
    translations === undefined &&
    updated === undefined &&
    canonical === undefined;
  if (isPlain) return "";
  const extra: { [Field in keyof Required<Extra>]: Extra[Field] } = {
    retracted,
    group,
    translations,
    updated,
    canonical,
  };
  return JSON.stringify(extra);
}

function packFeeds(posts: WholeSite["posts"]): Pick<PostColumns, "feedNames" | "feedEnds" | "feedRefs"> {
  const numbers = new Map<FeedName, number>();
  const refs: number[] = [];
  const feedEnds = new Uint32Array(posts.length);
  for (let i = 0; i < posts.length; i += 1) {
    for (const name of (posts[i] as WholeSite["posts"][number]).row.feeds) {
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
