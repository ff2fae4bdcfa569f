import { CachedPosts } from "../cache/cached-posts.ts";
import { ColumnWriter } from "../cache/column-writer.ts";
import type { EntryColumns, SiteColumns } from "../cache/columns.ts";
import { placeRows } from "../feeds/index/placement.ts";
import type { PostRow } from "../feeds/post-row.ts";
import { CachedFiles } from "../files/cached-files.ts";
import type { FileState } from "../files/file-state.ts";

/** The posts of a folder about which nothing was known, in the columns in which the cache keeps them. */
export interface FirstScan {
  readonly columns: SiteColumns;
  readonly files: CachedFiles;
  readonly posts: CachedPosts;
  /** Posts whose id or permalink another post has too. */
  readonly duplicates: readonly PostRow[];
}

const noEntries: EntryColumns = {
  rows: new Uint32Array(),
  offset: new Float64Array(),
  length: new Float64Array(),
};

/** Collects posts, in order of the files' names. */
export class FirstScanBuilder {
  readonly #writer: ColumnWriter;
  readonly #ids: RepeatFinder;
  readonly #permalinks: RepeatFinder;

  /** @param most is how many posts may be added */
  constructor(most: number) {
    this.#writer = new ColumnWriter(most);
    this.#ids = new RepeatFinder(most);
    this.#permalinks = new RepeatFinder(most);
  }

  /** Adds a post. False when it does not fit into columns, see {@link ColumnWriter.add}. */
  add(row: PostRow, state: FileState): boolean {
    const number = this.#writer.count;
    if (!this.#writer.add(row, state)) return false;
    // Hidden posts may share ids and permalinks.
    if (row.hidden !== undefined) return true;
    this.#ids.add(row.id, number);
    this.#permalinks.add(row.url, number);
    return true;
  }

  /** Places all posts in their feeds at `now` (milliseconds since the epoch). */
  finish(now: number): FirstScan {
    const { names, files, rows } = this.#writer.finish();
    const columns = { ...rows, ...placeRows(rows, now), entries: noEntries };
    const cachedFiles = new CachedFiles(files, () => posts, names);
    const posts: CachedPosts = new CachedPosts(columns, cachedFiles);
    const duplicates = new Set([
      ...findDuplicates(this.#ids, posts, ({ id }) => id),
      ...findDuplicates(this.#permalinks, posts, ({ url }) => url),
    ]);
    return { columns: { files, posts: columns }, files: cachedFiles, posts, duplicates: [...duplicates] };
  }
}

function findDuplicates(
  { candidates }: RepeatFinder,
  posts: CachedPosts,
  getValue: (row: PostRow) => string,
): PostRow[] {
  const byValue = new Map<string, PostRow[]>();
  for (const row of Array.from(candidates, (number) => posts.row(number))) {
    const others = byValue.get(getValue(row));
    if (others === undefined) byValue.set(getValue(row), [row]);
    else others.push(row);
  }
  return [...byValue.values()].flatMap((rows) => (rows.length > 1 ? rows : []));
}

/** Finds values that come twice. It keeps a hash of each and not the value, so a few of the rows that it finds may differ. */
class RepeatFinder {
  /** Numbers of rows that may share their value with another one. */
  readonly candidates = new Set<number>();
  /** A hash table with open addressing: a row's number plus one, and the hash of its value. */
  readonly #rows: Int32Array;
  readonly #hashes: Int32Array;

  /** @param most is how many values may be added */
  constructor(most: number) {
    const places = 2 ** Math.ceil(Math.log2(2 * most + 2));
    this.#rows = new Int32Array(places);
    this.#hashes = new Int32Array(places);
  }

  add(value: string, row: number): void {
    const hash = hashEnd(value);
    const last = this.#rows.length - 1;
    for (let at = hash & last; ; at = (at + 1) & last) {
      const other = this.#rows[at] as number;
      if (other === 0) {
        this.#rows[at] = row + 1;
        this.#hashes[at] = hash;
        return;
      }
      if (this.#hashes[at] !== hash) continue;
      this.candidates.add(other - 1).add(row);
      return;
    }
  }
}

/** Ids and addresses of one site begin alike and differ in their last characters. */
const suffixLength = 48;

/** FNV-1a of the last characters, mixed once more so that the low bits are as good as the high ones. */
function hashEnd(value: string): number {
  let hash = 0x811c9dc5 ^ value.length;
  for (let i = Math.max(0, value.length - suffixLength); i < value.length; i += 1)
    hash = Math.imul(hash ^ value.charCodeAt(i), 0x01000193);
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
}
