// In comes what a site knows after an update; out it comes in the next process, in columns that need no parsing.
import type { BuildResult } from "./build-result.ts";
import type { Dependency } from "./entries.ts";
import type { FeedName, PostRow } from "./feeds/post-row.ts";
import type { Diagnostic } from "./model/diagnostic.ts";
import { type LogPlace, readSnapshot, writeSnapshot } from "./output/cache.ts";
import type { Source } from "./sources.ts";
import type { Stamp } from "./stamp.ts";

/** What is remembered of one source beside its row. */
export interface KeptSource {
  readonly source: Source;
  /** Its rendered entry in the log. */
  readonly entry?: LogPlace;
}

/** A site as it was when its output was last brought in step. */
export interface KeptSite {
  readonly rows: readonly PostRow[];
  readonly sources: readonly KeptSource[];
  /** Everything that is not one value a post. Small. */
  readonly rest: KeptRest;
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

interface Columns {
  readonly text: Readonly<Record<"file" | "id" | "url" | "digest" | "language" | "hidden" | "extra", string>>;
  readonly numbers: Readonly<
    Record<
      "date" | "expires" | "size" | "mtimeMs" | "ctimeMs" | "ino" | "end" | "offset" | "length",
      Float64Array
    >
  >;
  readonly feedNames: readonly FeedName[];
  /** For each row the end of its part of `feedRefs`. */
  readonly feedEnds: Uint32Array;
  readonly feedRefs: Uint32Array;
  readonly diagnostics: readonly (readonly [number, readonly Diagnostic[]])[];
  readonly rest: KeptRest;
}

/** Separates values in a text column; no path, id or URL holds it. */
const separator = "\n";

export function saveSite(cacheDir: string, key: string, site: KeptSite): void {
  const { rows, sources } = site;
  const texts = (of: (row: PostRow, i: number) => string) => rows.map(of).join(separator);
  const numbers = (of: (row: PostRow, kept: KeptSource) => number) => {
    const column = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i += 1) column[i] = of(rows[i] as PostRow, sources[i] as KeptSource);
    return column;
  };
  const feeds = packFeeds(rows);
  const columns: Columns = {
    text: {
      file: texts((row) => row.file),
      id: texts((row) => row.id),
      url: texts((row) => row.url),
      digest: texts((_, i) => sources[i]?.source.digest ?? ""),
      language: texts((row) => row.language ?? ""),
      hidden: texts((row) => row.hidden ?? ""),
      extra: texts(packExtra),
    },
    numbers: {
      date: numbers((row) => row.date),
      expires: numbers((row) => row.expires),
      size: numbers((_, { source }) => source.stamp.size),
      mtimeMs: numbers((_, { source }) => (source.settled ? source.stamp.mtimeMs : Number.NaN)),
      ctimeMs: numbers((_, { source }) => source.stamp.ctimeMs),
      ino: numbers((_, { source }) => source.stamp.ino),
      end: numbers((_, { source }) => source.end),
      offset: numbers((_, { entry }) => entry?.offset ?? -1),
      length: numbers((_, { entry }) => entry?.length ?? 0),
    },
    ...feeds,
    diagnostics: sources.flatMap(({ source: { diagnostics } }, i) =>
      diagnostics.length > 0 ? [[i, diagnostics] as const] : [],
    ),
    rest: site.rest,
  };
  writeSnapshot(cacheDir, key, columns);
}

export function loadSite(cacheDir: string, key: string): KeptSite | undefined {
  const columns = readSnapshot(cacheDir, key) as Columns | undefined;
  if (columns === undefined) return undefined;
  const { text, numbers, feedNames, feedEnds, feedRefs, rest } = columns;
  const count = numbers.date.length;
  const split = (column: string) => (count === 0 ? [] : column.split(separator));
  const [files, ids, urls, digests] = [split(text.file), split(text.id), split(text.url), split(text.digest)];
  const [languages, hidden, extra] = [split(text.language), split(text.hidden), split(text.extra)];
  const diagnostics = new Map(columns.diagnostics);
  const rows: PostRow[] = [];
  const sources: KeptSource[] = [];
  let at = 0;
  let shared: readonly FeedName[] = [];
  for (let i = 0; i < count; i += 1) {
    const end = feedEnds[i] as number;
    // Many rows in a row are in the same feeds: one list serves them.
    if (!sameRefs(shared, feedNames, feedRefs, at, end)) {
      shared = Array.from(feedRefs.subarray(at, end), (ref) => feedNames[ref] as FeedName);
    }
    at = end;
    const row = {
      file: files[i] as string,
      version: digests[i] as string,
      id: ids[i] as string,
      url: urls[i] as string,
      date: numbers.date[i] as number,
      expires: numbers.expires[i] as number,
      feeds: shared,
      ...(languages[i] !== "" && { language: languages[i] as string }),
      ...(hidden[i] !== "" && { hidden: hidden[i] as NonNullable<PostRow["hidden"]> }),
      ...(extra[i] !== "" && (JSON.parse(extra[i] as string) as object)),
    };
    rows.push(row);
    const [offset, length] = [numbers.offset[i] as number, numbers.length[i] as number];
    const stamp = {
      size: numbers.size[i] as number,
      mtimeMs: numbers.mtimeMs[i] as number,
      ctimeMs: numbers.ctimeMs[i] as number,
      ino: numbers.ino[i] as number,
    };
    const settled = !Number.isNaN(stamp.mtimeMs);
    const source = {
      stamp,
      settled,
      digest: digests[i] as string,
      end: numbers.end[i] as number,
      failed: false,
      diagnostics: diagnostics.get(i) ?? none,
    };
    sources.push(offset >= 0 ? { source, entry: { offset, length } } : { source });
  }
  return { rows, sources, rest };
}

const none: readonly Diagnostic[] = [];

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

function packFeeds(rows: readonly PostRow[]): Pick<Columns, "feedNames" | "feedEnds" | "feedRefs"> {
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

function sameRefs(
  shared: readonly FeedName[],
  names: readonly FeedName[],
  refs: Uint32Array,
  start: number,
  end: number,
): boolean {
  if (shared.length !== end - start) return false;
  for (let i = start; i < end; i += 1) if (shared[i - start] !== names[refs[i] as number]) return false;
  return true;
}
