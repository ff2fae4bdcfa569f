// In come changed posts and the time; out go the feeds whose documents those changes touch.
import type { Config } from "../model/config.ts";
import type { Deletion } from "../model/plan.ts";
import { Claims, type Conflict, makeConflict } from "./claims.ts";
import type { Ages, FeedName } from "./feed-name.ts";
import { FeedOrder } from "./feed-order.ts";
import { compareRows, type PostRow } from "./post-row.ts";
import { Retractions } from "./retractions.ts";
import { Translations } from "./translations.ts";

export type { Conflict } from "./claims.ts";

/** One post that was added, changed (`row` is new) or removed (`row` is absent). */
export interface Change {
  readonly file: string;
  readonly row?: PostRow;
}

/** A feed's window: the rows its documents show, newest first. */
export interface FeedWindow {
  readonly name: FeedName;
  readonly rows: readonly PostRow[];
}

/**
 * Which post belongs to which feed, in order. A cold build applies every post to an empty index; a save applies one.
 * The work of `apply` grows with the feeds that the changed posts are in.
 */
export class PostIndex {
  readonly #rows = new Map<string, PostRow>();
  readonly #shown = new Set<PostRow>();
  readonly #feeds = new Map<string, FeedOrder>();
  /** Feeds with rows that came or went since they were last settled. */
  readonly #open = new Set<FeedOrder>();
  /** Rows whose standing has yet to change with the time. */
  readonly #timed = new Set<PostRow>();
  readonly #translations: Translations;
  readonly #retractions = new Retractions();
  readonly #ids = new Claims((row) => row.id);
  readonly #permalinks = new Claims((row) => row.url);
  readonly #config: Config;
  #now = Number.NEGATIVE_INFINITY;
  #population = 0;

  constructor(config: Config, standing: readonly FeedName[]) {
    this.#config = config;
    this.#translations = new Translations(config.site.language);
    for (const name of standing) this.#feedOf(name);
  }

  get size(): number {
    return this.#rows.size;
  }

  /** Another number whenever some feed has more or fewer posts than before. */
  get population(): number {
    return this.#population;
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
    const clockWentBack = now < this.#now;
    this.#now = now;
    for (const { file, row } of changes) {
      const old = this.#rows.get(file);
      if (old !== undefined) this.#forget(old);
      if (row !== undefined) this.#remember(row);
    }
    for (const row of clockWentBack ? this.#rows.values() : this.#timed) this.#place(row);
    this.#translate();
    return this.#settle();
  }

  /** Every feed's window as it stands, in order of the keys. */
  windows(): FeedWindow[] {
    return sortByKey(this.#feeds.values()).map((feed) => this.#windowOf(feed));
  }

  /** Every feed there has been a post in, and how many there are now; in no order. */
  *sizes(): IterableIterator<{ readonly name: FeedName; readonly size: number }> {
    for (const { name, size } of this.#feeds.values()) yield { name, size };
  }

  /** The next instant at which some post appears or leaves, in milliseconds; absent when there is none. */
  nextDue(): number | undefined {
    let due = Number.POSITIVE_INFINITY;
    for (const row of this.#timed) due = Math.min(due, nextChange(row, this.#now));
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

  /**
   * The posts that were taken back and that a feed would show otherwise, the last one first. A feed without posts names
   * none: whether it is known here depends on what it held before.
   */
  retracted(key: string): Deletion[] {
    const feed = this.#feeds.get(key);
    return feed && feed.size > 0 ? this.#retractions.of(key, (row) => feed.wouldShow(row)) : [];
  }

  /** Fills an empty index with rows that an index held at `now`: what it had settled is not settled again. */
  restore(rows: readonly PostRow[], now: number): void {
    this.#now = now;
    for (const row of rows) {
      this.#rows.set(row.file, row);
      if (row.hidden !== undefined) continue;
      this.#ids.trust(row);
      this.#permalinks.trust(row);
      this.#translations.add(row);
      this.#place(row);
    }
    this.#translate();
    this.#settle();
  }

  #remember(row: PostRow): void {
    this.#rows.set(row.file, row);
    if (row.hidden !== undefined) return;
    this.#ids.add(row);
    this.#permalinks.add(row);
    this.#translations.add(row);
    this.#place(row);
  }

  #forget(row: PostRow): void {
    this.#rows.delete(row.file);
    this.#timed.delete(row);
    if (row.hidden !== undefined) return;
    this.#ids.remove(row);
    this.#permalinks.remove(row);
    this.#translations.remove(row);
    this.#show(row, false);
    this.#retract(row, false);
  }

  #place(row: PostRow): void {
    if (row.hidden !== undefined) return;
    this.#show(row, row.date <= this.#now && row.expires > this.#now);
    if (row.retracted) this.#retract(row, Retractions.isGone(row, this.#now));
    if (nextChange(row, this.#now) === Number.POSITIVE_INFINITY) this.#timed.delete(row);
    else this.#timed.add(row);
  }

  #show(row: PostRow, visible: boolean): void {
    const changed = visible !== this.#shown.has(row);
    if (changed) {
      if (visible) this.#shown.add(row);
      else this.#shown.delete(row);
      this.#translations.touch(row);
    }
    for (const name of row.feeds) {
      if (name.ages === undefined && !changed) continue;
      const feed = this.#feedOf(name);
      if (name.ages === undefined) feed.move(row, visible);
      else if (!feed.moveByAge(row, visible && isOfAge(name.ages, this.#now - row.date))) continue;
      this.#open.add(feed);
    }
  }

  /** Feeds that name a post which was taken back, or name it no more, say something else now. */
  #retract(row: PostRow, gone: boolean): void {
    if (!this.#retractions.set(row, gone)) return;
    for (const { key } of row.feeds) {
      const feed = this.#feeds.get(key);
      if (feed === undefined) continue;
      feed.touch();
      this.#open.add(feed);
    }
  }

  /** Gives rows whose translations changed a new row, as if their files had been saved. */
  #translate(): void {
    const changed = this.#translations.settle(
      (file) => this.#rows.get(file),
      (row) => this.#shown.has(row),
    );
    for (const [row, translations] of changed) {
      this.#forget(row);
      this.#remember({ ...row, translations });
    }
    if (changed.length > 0) this.#translate();
  }

  #feedOf(name: FeedName): FeedOrder {
    let feed = this.#feeds.get(name.key);
    if (feed === undefined) {
      feed = new FeedOrder(name, this.#config);
      this.#feeds.set(name.key, feed);
    }
    return feed;
  }

  #settle(): FeedWindow[] {
    const touched = sortByKey(this.#open).filter((feed) => {
      const before = feed.size;
      const differs = feed.settle();
      if (feed.size !== before) this.#population += 1;
      return differs;
    });
    this.#open.clear();
    return touched.map((feed) => this.#windowOf(feed));
  }

  #windowOf(feed: FeedOrder): FeedWindow {
    return { name: feed.name, rows: feed.window() };
  }
}

function sortByKey(feeds: Iterable<FeedOrder>): FeedOrder[] {
  return [...feeds].sort((a, b) => (a.name.key < b.name.key ? -1 : 1));
}

function isOfAge(ages: Ages, age: number): boolean {
  return ages.some(([from, until]) => age >= from && age < until);
}

/** The next instant after `now` at which a row appears, leaves, or changes feeds; infinite when there is none. */
function nextChange(row: PostRow, now: number): number {
  if (row.hidden !== undefined || row.expires <= now) return Number.POSITIVE_INFINITY;
  if (row.date > now) return row.date;
  let next = row.expires;
  for (const { ages } of row.feeds) {
    if (ages === undefined) continue;
    for (const age of ages.flat()) {
      const instant = row.date + age;
      if (instant > now && instant < next) next = instant;
    }
  }
  return next;
}
