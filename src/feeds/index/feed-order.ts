// In come rows that enter and leave one feed; out goes its order, newest first, and the part of it that is shown.
import type { Config } from "../../model/config.ts";
import type { FeedName } from "../feed-name.ts";
import { settingsOf } from "../feed-settings.ts";
import { compareRows, type PostRow } from "../post-row.ts";
import type { CachedRows } from "./cached-rows.ts";
import type { PlacedFeed } from "./placement.ts";

/** Below this many changes in a feed, rows are moved one by one; above it the whole order is merged once. */
const fewChanges = 64;

/** Which posts a profile leaves out is known only once they are rendered: this many stand ready for each that is shown. */
const spares = 10;

/** One feed's posts. Moves are collected and taken in together. */
export class FeedOrder {
  #name: FeedName;
  /** Newest first. */
  #rows: PostRow[] = [];
  /** The rows that follow, taken over as numbers. */
  #older: CachedOrder | undefined;
  readonly #added = new Set<PostRow>();
  readonly #removed = new Set<PostRow>();
  /** Rows in it that leave it, or come back, with their age. */
  readonly #inside = new Set<PostRow>();
  /** How many rows its documents may show. */
  readonly #reach: number;
  readonly #oldestFirst: boolean;
  /** Whether its documents differ though its rows do not. */
  #touched = false;

  constructor(name: FeedName, config: Config) {
    const { limit, order, profile } = settingsOf(name, config);
    this.#name = name;
    this.#reach = profile === undefined ? limit : limit * spares;
    this.#oldestFirst = order === "oldest";
  }

  /** In the newest post's spelling; without posts, in the last one's. */
  get name(): FeedName {
    return this.#name;
  }

  get size(): number {
    return this.#rows.length + (this.#older?.size ?? 0);
  }

  /** Takes over a whole order; for a feed without rows. */
  restore({ name, rows, isAged }: PlacedFeed, kept: CachedRows): void {
    this.#name = name;
    this.#older = new CachedOrder(kept, rows);
    if (!isAged) return;
    for (const row of this.all())
      if (row.feeds.some(({ key, ages }) => key === name.key && ages !== undefined)) this.#inside.add(row);
  }

  /** Every row, newest first. */
  all(): readonly PostRow[] {
    return this.#made(Number.POSITIVE_INFINITY);
  }

  /** A row comes in, or leaves; a row that does both in turn has not moved. */
  move(row: PostRow, into: boolean): void {
    const [to, from] = into ? [this.#added, this.#removed] : [this.#removed, this.#added];
    if (!from.delete(row)) to.add(row);
  }

  /** Moves a row whose age decides; says whether that was a move. */
  moveByAge(row: PostRow, belongs: boolean): boolean {
    if (belongs === this.#inside.has(row)) return false;
    if (belongs) this.#inside.add(row);
    else this.#inside.delete(row);
    this.move(row, belongs);
    return true;
  }

  /** The rows its documents show. */
  window(): readonly PostRow[] {
    if (this.#oldestFirst) return this.all().slice(-this.#reach).reverse();
    const rows = this.#made(this.#reach);
    return rows.length <= this.#reach ? rows.slice() : rows.slice(0, this.#reach);
  }

  /** Its documents say something else now, whatever its rows. */
  touch(): void {
    this.#touched = true;
  }

  /** Whether the window would hold a row that is not in it. */
  wouldShow(row: PostRow): boolean {
    if (this.#oldestFirst) return false;
    const last = this.#made(this.#reach)[this.#reach - 1];
    return last === undefined || compareRows(row, last) < 0;
  }

  /** Takes the moves in, and says whether its documents may differ for them. */
  settle(): boolean {
    const touched = this.#touched;
    this.#touched = false;
    if (this.#added.size + this.#removed.size === 0) return touched;
    const whole = this.#reach === Number.POSITIVE_INFINITY;
    const before = whole ? [] : this.window();
    if (this.#added.size + this.#removed.size <= fewChanges) this.#moveRows();
    else this.#mergeRows();
    this.#added.clear();
    this.#removed.clear();
    const { key } = this.#name;
    this.#name = this.#made(1)[0]?.feeds.find((name) => name.key === key) ?? this.#name;
    return whole || touched || !areSame(before, this.window());
  }

  /** The rows, of which at least `count` are made where there are as many. */
  #made(count: number): readonly PostRow[] {
    this.#older?.fill(this.#rows, count);
    if (this.#older?.size === 0) this.#older = undefined;
    return this.#rows;
  }

  #moveRows(): void {
    for (const row of this.#removed) this.#rows.splice(this.#placeOf(row), 1);
    for (const row of this.#added) this.#rows.splice(this.#placeOf(row), 0, row);
  }

  /** Index of the first row that does not stand before `row`; rows are made as far down as that. */
  #placeOf(row: PostRow): number {
    for (;;) {
      const place = findPlace(this.#rows, row);
      if (place < this.#rows.length || this.#older === undefined) return place;
      this.#made(2 * this.#rows.length + 1);
    }
  }

  #mergeRows(): void {
    const gone = this.#removed;
    const kept = gone.size === 0 ? this.all() : this.all().filter((row) => !gone.has(row));
    this.#rows = mergeRows(kept, [...this.#added].sort(compareRows));
  }
}

function areSame(a: readonly PostRow[], b: readonly PostRow[]): boolean {
  return a.length === b.length && a.every((row, i) => row === b[i]);
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

/** Rows are made in steps of this many at least. */
const step = 64;

/** The older part of a feed that no process has looked at since it was kept. */
export class CachedOrder {
  readonly #kept: CachedRows;
  readonly #numbers: Uint32Array;
  #next = 0;

  constructor(kept: CachedRows, numbers: Uint32Array) {
    this.#kept = kept;
    this.#numbers = numbers;
  }

  get size(): number {
    return this.#numbers.length - this.#next;
  }

  /** Moves rows, the newest first, to the end of `rows` until it has `count` of them, or none are left. */
  fill(rows: PostRow[], count: number): void {
    if (rows.length >= count) return;
    const end = Math.min(this.#numbers.length, this.#next + Math.max(step, count - rows.length));
    for (; this.#next < end; this.#next += 1) rows.push(this.#kept.row(this.#numbers[this.#next] as number));
  }
}
