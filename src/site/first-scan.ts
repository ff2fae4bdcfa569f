// In come posts as they are read for the first time; out come all of them at once, as a cache would have kept them.

import { CachedPosts } from "../cache/cached-posts.ts";
import { ColumnWriter } from "../cache/column-writer.ts";
import type { EntryColumns, SiteColumns } from "../cache/columns.ts";
import { placeRows } from "../feeds/index/placement.ts";
import { RepeatFinder } from "../feeds/index/repeat-finder.ts";
import type { PostRow } from "../feeds/post-row.ts";
import { CachedFiles } from "../files/cached-files.ts";
import type { FileState } from "../files/file-state.ts";

/** The posts of a folder of which nothing was known. */
export interface FirstScan {
  readonly columns: SiteColumns;
  readonly sources: CachedFiles;
  readonly posts: CachedPosts;
  /** Posts whose id or permalink another one has too: they have to come to terms one by one. */
  readonly rivals: readonly PostRow[];
}

const noEntries: EntryColumns = {
  rows: new Uint32Array(),
  offset: new Float64Array(),
  length: new Float64Array(),
};

/** Collects posts, in order of their files' names. */
export class FirstScanBuilder {
  readonly #packer: ColumnWriter;
  readonly #ids: RepeatFinder;
  readonly #permalinks: RepeatFinder;

  /** @param most is how many posts may come */
  constructor(most: number) {
    this.#packer = new ColumnWriter(most);
    this.#ids = new RepeatFinder(most);
    this.#permalinks = new RepeatFinder(most);
  }

  /** Takes a post in, and says whether it could. */
  add(row: PostRow, source: FileState): boolean {
    const number = this.#packer.count;
    if (!this.#packer.add(row, source)) return false;
    // Hidden posts claim nothing.
    if (row.hidden !== undefined) return true;
    this.#ids.add(row.id, number);
    this.#permalinks.add(row.url, number);
    return true;
  }

  /** All that came, placed at `now` (milliseconds since the epoch). */
  finish(now: number): FirstScan {
    const { names, sources, rows } = this.#packer.pack();
    const columns = { ...rows, ...placeRows(rows, now), entries: noEntries };
    const kept = new CachedFiles(sources, () => posts, names);
    const posts: CachedPosts = new CachedPosts(columns, kept);
    const rivals = new Set([
      ...findRivals(this.#ids, posts, ({ id }) => id),
      ...findRivals(this.#permalinks, posts, ({ url }) => url),
    ]);
    return { columns: { sources, posts: columns }, sources: kept, posts, rivals: [...rivals] };
  }
}

function findRivals(
  { suspects }: RepeatFinder,
  posts: CachedPosts,
  claimOf: (row: PostRow) => string,
): PostRow[] {
  const byClaim = new Map<string, PostRow[]>();
  for (const row of Array.from(suspects, (number) => posts.row(number))) {
    const others = byClaim.get(claimOf(row));
    if (others === undefined) byClaim.set(claimOf(row), [row]);
    else others.push(row);
  }
  return [...byClaim.values()].flatMap((rows) => (rows.length > 1 ? rows : []));
}
