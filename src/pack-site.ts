// In come the posts of a site, row by row or all at once, and where their entries are; out come the columns in which they are kept.
import type { EntryStore } from "./entries.ts";
import { placeRows } from "./feeds/place-rows.ts";
import type { PostRow } from "./feeds/post-row.ts";
import type { EntryColumns } from "./kept-posts.ts";
import type { KnownFiles } from "./known-files.ts";
import type { NewPosts } from "./new-posts.ts";
import type { LogPlace } from "./output/record-log.ts";
import { PostPacker } from "./pack-posts.ts";
import type { SiteColumns } from "./site-cache.ts";

interface PlacedEntry {
  /** Of the post, in order of the files' names. */
  readonly number: number;
  readonly place: LogPlace;
}

/**
 * Posts row by row, in order of the files' names, at `now` (milliseconds since the epoch). Undefined where one has words
 * that have no place in columns.
 */
export function packRows(
  rows: readonly PostRow[],
  files: KnownFiles,
  entries: EntryStore,
  now: number,
): SiteColumns | undefined {
  const packer = new PostPacker(rows.length);
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
export function packNew({ columns, posts }: NewPosts, entries: EntryStore): SiteColumns {
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
