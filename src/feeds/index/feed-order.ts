import type { Config } from "../../model/config.ts";
import type { FeedName } from "../feed-name.ts";
import { settingsOf } from "../feed-settings.ts";
import { compareRows, type PostRow } from "../post-row.ts";
import type { CachedRows, PlacedFeed } from "./placement.ts";

/** Up to this many changes in a feed are made one by one; for more, the whole order is merged once. */
const fewChanges = 64;

/** What a profile rejects is known only after rendering: the window of a feed with a profile is so many times its limit. */
const spares = 10;

/** The posts of one feed, newest first. Moves are collected and taken in together. */
export class FeedOrder {
  #name: FeedName;
  /** Newest first. */
  #rows: PostRow[] = [];
  /** Older rows that no one has asked for. */
  #older: CachedOrder | undefined;
  readonly #added = new Set<PostRow>();
  readonly #removed = new Set<PostRow>();
  /** Rows in it that will leave it, or come back, at some age. */
  readonly #inside = new Set<PostRow>();
  /** The size of its window. */
  readonly #windowSize: number;
  readonly #oldestFirst: boolean;
  /** Whether its documents change though its rows do not. */
  #touched = false;

  constructor(name: FeedName, config: Config) {
    const { limit, order, profile } = settingsOf(name, config);
    this.#name = name;
    this.#windowSize = profile === undefined ? limit : limit * spares;
    this.#oldestFirst = order === "oldest";
  }

  /** In the spelling of the newest post; without posts, of the last one. */
  get name(): FeedName {
    return this.#name;
  }

  get size(): number {
    return this.#rows.length + (this.#older?.size ?? 0);
  }

  /** Takes over a whole order, for a feed without rows. */
  restore({ name, rows, isAged }: PlacedFeed, cached: CachedRows): void {
    this.#name = name;
    this.#older = new CachedOrder(cached, rows);
    if (!isAged) return;
    for (const row of this.all())
      if (row.feeds.some(({ key, ages }) => key === name.key && ages !== undefined)) this.#inside.add(row);
  }

  /** Every row, newest first. */
  all(): readonly PostRow[] {
    return this.#made(Number.POSITIVE_INFINITY);
  }

  /** A row comes in or leaves; one that does both has not moved. */
  move(row: PostRow, into: boolean): void {
    const [to, from] = into ? [this.#added, this.#removed] : [this.#removed, this.#added];
    if (!from.delete(row)) to.add(row);
  }

  /** Moves a row that belongs to the feed at certain ages. Says whether that was a move. */
  moveByAge(row: PostRow, belongs: boolean): boolean {
    if (belongs === this.#inside.has(row)) return false;
    if (belongs) this.#inside.add(row);
    else this.#inside.delete(row);
    this.move(row, belongs);
    return true;
  }

  /** The rows that its documents may show. */
  window(): readonly PostRow[] {
    if (this.#oldestFirst) return this.all().slice(-this.#windowSize).reverse();
    const rows = this.#made(this.#windowSize);
    return rows.length <= this.#windowSize ? rows.slice() : rows.slice(0, this.#windowSize);
  }

  /** Its documents change though its rows do not. */
  touch(): void {
    this.#touched = true;
  }

  /** Whether the window would contain a row that is not in it. */
  wouldShow(row: PostRow): boolean {
    if (this.#oldestFirst) return false;
    const last = this.#made(this.#windowSize)[this.#windowSize - 1];
    return last === undefined || compareRows(row, last) < 0;
  }

  /** Takes the moves in. Says whether its documents may change. */
  settle(): boolean {
    const touched = this.#touched;
    this.#touched = false;
    if (this.#added.size + this.#removed.size === 0) return touched;
    const whole = this.#windowSize === Number.POSITIVE_INFINITY;
    const before = whole ? [] : this.window();
    if (this.#added.size + this.#removed.size <= fewChanges) this.#moveRows();
    else this.#mergeRows();
    this.#added.clear();
    this.#removed.clear();
    const { key } = this.#name;
    this.#name = this.#made(1)[0]?.feeds.find((name) => name.key === key) ?? this.#name;
    return whole || touched || !areSame(before, this.window());
  }

  /** The rows, at least `count` of them if there are as many. */
  #made(count: number): readonly PostRow[] {
    this.#older?.fill(this.#rows, count);
    if (this.#older?.size === 0) this.#older = undefined;
    return this.#rows;
  }

  #moveRows(): void {
    for (const row of this.#removed) this.#rows.splice(this.#indexOf(row), 1);
    for (const row of this.#added) this.#rows.splice(this.#indexOf(row), 0, row);
  }

  /** Index of the first row that is not before `row`; older rows are fetched as far as needed. */
  #indexOf(row: PostRow): number {
    for (;;) {
      const index = findIndex(this.#rows, row);
      if (index < this.#rows.length || this.#older === undefined) return index;
      this.#made(2 * this.#rows.length + 1);
    }
  }

  #mergeRows(): void {
    const gone = this.#removed;
    const rest = gone.size === 0 ? this.all() : this.all().filter((row) => !gone.has(row));
    this.#rows = mergeRows(rest, [...this.#added].sort(compareRows));
  }
}

function areSame(a: readonly PostRow[], b: readonly PostRow[]): boolean {
  return a.length === b.length && a.every((row, i) => row === b[i]);
}

/** Index of the first row that is not before `row`. */
function findIndex(rows: readonly PostRow[], row: PostRow): number {
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

/** Rows are fetched at least so many at once. */
const step = 64;

/** The older part of a feed, as numbers of cached rows. */
class CachedOrder {
  readonly #cached: CachedRows;
  readonly #numbers: Uint32Array;
  #next = 0;

  constructor(cached: CachedRows, numbers: Uint32Array) {
    this.#cached = cached;
    this.#numbers = numbers;
  }

  get size(): number {
    return this.#numbers.length - this.#next;
  }

  /** Appends the newest rows to `rows` until it has `count` of them, or none are left. */
  fill(rows: PostRow[], count: number): void {
    if (rows.length >= count) return;
    const end = Math.min(this.#numbers.length, this.#next + Math.max(step, count - rows.length));
    for (; this.#next < end; this.#next += 1)
      rows.push(this.#cached.row(this.#numbers[this.#next] as number));
  }
}
