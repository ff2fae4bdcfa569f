// In come changed posts and the time; out go the feeds whose documents those changes touch.
import type { Config } from "../model/config.ts";
import { compareRows, type FeedName, type PostRow } from "./post-row.ts";

/** One post that was added, changed (`row` is new) or removed (`row` is absent). */
export interface Change {
  readonly file: string;
  readonly row?: PostRow;
}

/** Posts that claim the same id or permalink; the first by path keeps it. */
export interface Conflict {
  readonly kind: "id" | "permalink";
  readonly value: string;
  readonly files: readonly string[];
}

/** A feed's window: the rows its documents show, newest first. */
export interface FeedWindow {
  readonly name: FeedName;
  readonly rows: readonly PostRow[];
}

interface FeedOrder {
  name: FeedName;
  rows: PostRow[];
  added: PostRow[];
  removed: Set<PostRow>;
}

/** Below this many changes in a feed, rows are moved one by one; above it the whole order is merged once. */
const fewChanges = 64;

/**
 * Which post belongs to which feed, in order. A cold build applies every post to an empty index; a save applies one.
 * The work of `apply` grows with the feeds that the changed posts are in.
 */
export class PostIndex {
  readonly #rows = new Map<string, PostRow>();
  readonly #shown = new Set<PostRow>();
  readonly #feeds = new Map<string, FeedOrder>();
  /** Rows whose standing depends on the time. */
  readonly #timed = new Set<PostRow>();
  readonly #ids = new Claims();
  readonly #permalinks = new Claims();
  readonly #config: Config;
  #now = Number.NEGATIVE_INFINITY;

  constructor(config: Config, standing: readonly FeedName[]) {
    this.#config = config;
    for (const name of standing) this.#feedOf(name);
  }

  get size(): number {
    return this.#rows.size;
  }

  get(file: string): PostRow | undefined {
    return this.#rows.get(file);
  }

  rows(): IterableIterator<PostRow> {
    return this.#rows.values();
  }

  /** Every row, newest first: the order in which an index is rebuilt fastest. */
  ordered(): PostRow[] {
    return [...this.#rows.values()].sort(compareRows);
  }

  /** Whether readers see this post at the index's time. */
  isShown(row: PostRow): boolean {
    return this.#shown.has(row);
  }

  /**
   * Takes changes in and moves the clock to `now` (milliseconds since the epoch).
   * Returns the windows that differ from before, in order of their keys.
   */
  apply(changes: readonly Change[], now: number): FeedWindow[] {
    for (const { file, row } of changes) {
      const old = this.#rows.get(file);
      if (old !== undefined) this.#forget(old);
      if (row !== undefined) this.#remember(row);
    }
    const clockWentBack = now < this.#now;
    this.#now = now;
    for (const row of clockWentBack ? this.#rows.values() : this.#timed) this.#place(row);
    return this.#settle();
  }

  /** Every feed's window as it stands, in order of the keys. */
  windows(): FeedWindow[] {
    return this.#sortedFeeds().map((feed) => this.#windowOf(feed));
  }

  /** The next instant at which some post appears or leaves, in milliseconds; absent when there is none. */
  nextDue(): number | undefined {
    let due = Number.POSITIVE_INFINITY;
    for (const row of this.#timed) {
      if (row.date > this.#now) due = Math.min(due, row.date);
      else if (row.expires > this.#now) due = Math.min(due, row.expires);
    }
    return due === Number.POSITIVE_INFINITY ? undefined : due;
  }

  /** Ids and permalinks that more than one post claims, in order of the first post's path. */
  conflicts(): Conflict[] {
    const found = [
      ...this.#ids.disputed().map(([value, rows]) => makeConflict("id", value, rows)),
      ...this.#permalinks.disputed().map(([value, rows]) => makeConflict("permalink", value, rows)),
    ];
    return found.sort((a, b) => ((a.files[0] ?? "") < (b.files[0] ?? "") ? -1 : 1));
  }

  /** One feed's window as it stands. */
  window(key: string): FeedWindow | undefined {
    const feed = this.#feeds.get(key);
    return feed && this.#windowOf(feed);
  }

  #remember(row: PostRow): void {
    this.#rows.set(row.file, row);
    if (row.hidden !== undefined) return;
    this.#ids.add(row.id, row);
    this.#permalinks.add(row.url, row);
    this.#place(row);
    if (row.expires !== Number.POSITIVE_INFINITY || row.date > this.#now) this.#timed.add(row);
  }

  #forget(row: PostRow): void {
    this.#rows.delete(row.file);
    this.#timed.delete(row);
    if (row.hidden !== undefined) return;
    this.#ids.remove(row.id, row);
    this.#permalinks.remove(row.url, row);
    this.#hide(row);
  }

  #place(row: PostRow): void {
    const visible = row.hidden === undefined && row.date <= this.#now && row.expires > this.#now;
    if (!visible) {
      if (row.hidden === undefined) this.#timed.add(row);
      this.#hide(row);
    } else if (!this.#shown.has(row)) {
      this.#shown.add(row);
      for (const name of row.feeds) this.#feedOf(name).added.push(row);
    }
  }

  #hide(row: PostRow): void {
    if (!this.#shown.delete(row)) return;
    for (const name of row.feeds) this.#feedOf(name).removed.add(row);
  }

  #feedOf(name: FeedName): FeedOrder {
    let feed = this.#feeds.get(name.key);
    if (feed === undefined) {
      feed = { name, rows: [], added: [], removed: new Set() };
      this.#feeds.set(name.key, feed);
    }
    return feed;
  }

  #settle(): FeedWindow[] {
    const touched: FeedWindow[] = [];
    for (const feed of this.#sortedFeeds()) {
      if (feed.added.length === 0 && feed.removed.size === 0) continue;
      const before = this.#windowOf(feed).rows;
      updateOrder(feed);
      const after = this.#windowOf(feed);
      if (!sameRows(before, after.rows)) touched.push(after);
    }
    return touched;
  }

  #sortedFeeds(): FeedOrder[] {
    return [...this.#feeds.values()].sort((a, b) => (a.name.key < b.name.key ? -1 : 1));
  }

  #windowOf(feed: FeedOrder): FeedWindow {
    const rows = feed.rows.slice(0, this.#config.feeds.limit);
    const newest = rows[0]?.feeds.find((name) => name.key === feed.name.key);
    return { name: newest ?? feed.name, rows };
  }
}

function updateOrder(feed: FeedOrder): void {
  // A row that came and went between two calls is in both lists and cancels out.
  const added = feed.added.filter((row) => !feed.removed.delete(row));
  if (added.length + feed.removed.size <= fewChanges) {
    for (const row of feed.removed) feed.rows.splice(findPlace(feed.rows, row), 1);
    for (const row of added) feed.rows.splice(findPlace(feed.rows, row), 0, row);
  } else {
    const kept = feed.removed.size === 0 ? feed.rows : feed.rows.filter((row) => !feed.removed.has(row));
    feed.rows = mergeRows(kept, added.sort(compareRows));
  }
  feed.added = [];
  feed.removed = new Set();
}

/** Index of the first row that does not stand before `row`. */
function findPlace(rows: readonly PostRow[], row: PostRow): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareRows(rows[middle] as PostRow, row) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function mergeRows(a: readonly PostRow[], b: PostRow[]): PostRow[] {
  if (a.length === 0) return b;
  const merged: PostRow[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const [left, right] = [a[i] as PostRow, b[j] as PostRow];
    if (compareRows(left, right) <= 0) {
      merged.push(left);
      i += 1;
    } else {
      merged.push(right);
      j += 1;
    }
  }
  while (i < a.length) merged.push(a[i++] as PostRow);
  while (j < b.length) merged.push(b[j++] as PostRow);
  return merged;
}

function sameRows(a: readonly PostRow[], b: readonly PostRow[]): boolean {
  return a.length === b.length && a.every((row, i) => row === b[i]);
}

function makeConflict(kind: Conflict["kind"], value: string, rows: readonly PostRow[]): Conflict {
  return { kind, value, files: rows.map((row) => row.file).sort() };
}

/** Who claims which value; nearly always one row a value, so only disputes cost an array. */
class Claims {
  readonly #owners = new Map<string, PostRow>();
  readonly #disputes = new Map<string, PostRow[]>();

  add(value: string, row: PostRow): void {
    const owner = this.#owners.get(value);
    if (owner === undefined) this.#owners.set(value, row);
    else this.#disputes.set(value, [...(this.#disputes.get(value) ?? [owner]), row]);
  }

  remove(value: string, row: PostRow): void {
    const rest = (this.#disputes.get(value) ?? []).filter((other) => other !== row);
    if (rest.length > 1) this.#disputes.set(value, rest);
    else this.#disputes.delete(value);
    if (rest[0] !== undefined) this.#owners.set(value, rest[0]);
    else if (this.#owners.get(value) === row) this.#owners.delete(value);
  }

  disputed(): [string, PostRow[]][] {
    return [...this.#disputes];
  }
}
