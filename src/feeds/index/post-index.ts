import type { Config } from "../../model/config.ts";
import type { Deletion } from "../../model/plan.ts";
import type { FeedName } from "../feed-name.ts";
import { type PostRow, siteFeed } from "../post-row.ts";
import { FeedOrders, type FeedWindow } from "./feed-orders.ts";
import { type Duplicate, IdentityIndex } from "./identity-index.ts";
import type { CachedRows } from "./placement.ts";
import { Retractions } from "./retractions.ts";
import { RowTable } from "./row-table.ts";
import { isOfAge, isVisible, nextChange, type RowTimes } from "./row-times.ts";
import { Translations } from "./translations.ts";

export type { FeedWindow } from "./feed-orders.ts";

/** One post that was added, changed (`row` is new) or removed (`row` is absent). */
export interface RowChange {
  readonly file: string;
  readonly row?: PostRow;
}

/**
 * Which post belongs to which feed, in order. `restore` takes all posts at once, from a first scan or from the cache;
 * `apply` takes changes, and its work grows with the feeds that the changed posts are in.
 */
export class PostIndex {
  readonly #rows = new RowTable();
  /** Whether readers see a row. A cached row that was not placed since is in the state of `#cachedAt`. */
  readonly #shown = new Map<PostRow, boolean>();
  /** Milliseconds since the epoch. */
  #cachedAt: number | undefined;
  readonly #feeds: FeedOrders;
  /** Rows that will appear, leave or change feeds with the time. */
  readonly #timed = new Set<PostRow>();
  readonly #translations: Translations;
  readonly #retractions = new Retractions();
  readonly #identities = new IdentityIndex((kind, row) => this.#rows.findSame(kind, row));
  #now = Number.NEGATIVE_INFINITY;

  /** @param feeds exist without posts too */
  constructor(config: Config, feeds: readonly FeedName[]) {
    this.#translations = new Translations(config.site.language);
    this.#feeds = new FeedOrders(config, feeds);
  }

  get size(): number {
    return this.#rows.size;
  }

  /** Changes whenever a feed gets more or fewer posts. */
  get population(): number {
    return this.#feeds.population;
  }

  get(file: string): PostRow | undefined {
    return this.#rows.get(file);
  }

  /** Every row, in no order. */
  rows(): IterableIterator<PostRow> {
    return this.#rows.all();
  }

  /** When each post is visible, in no order. */
  times(): IterableIterator<RowTimes> {
    return this.#rows.times();
  }

  /** Files whose row changed since the last call of {@link PostIndex.markSaved}. */
  get unsaved(): ReadonlySet<string> {
    return this.#rows.unsaved;
  }

  /** The cache has the present rows. */
  markSaved(): void {
    this.#rows.markSaved();
  }

  /** Whether readers see this post at the index's time. */
  isShown(row: PostRow): boolean {
    const shown = this.#shown.get(row);
    if (shown !== undefined || this.#cachedAt === undefined) return shown === true;
    return isVisible(row, this.#cachedAt);
  }

  /**
   * Takes changes in and moves the clock to `now` (milliseconds since the epoch). Returns the windows that changed, in order
   * of their keys.
   */
  apply(changes: readonly RowChange[], now: number): FeedWindow[] {
    const clockWentBack = now < this.#now;
    this.#now = now;
    for (const { file, row } of changes) {
      const old = this.get(file);
      if (old !== undefined) this.#forget(old);
      if (row !== undefined) this.#remember(row);
    }
    for (const row of clockWentBack ? this.rows() : this.#timed) this.#place(row);
    this.#translate();
    return this.#feeds.settle();
  }

  /** Every feed's window, in order of the keys. */
  windows(): FeedWindow[] {
    return this.#feeds.windows();
  }

  /** Every feed that has or had a post, and how many it has now; in no order. */
  sizes(): IterableIterator<{ readonly name: FeedName; readonly size: number }> {
    return this.#feeds.sizes();
  }

  /** The next instant at which some post appears or leaves, in milliseconds; undefined when there is none. */
  nextDue(): number | undefined {
    let due = Number.POSITIVE_INFINITY;
    for (const row of this.#timed) due = Math.min(due, nextChange(row, this.#now));
    return due === Number.POSITIVE_INFINITY ? undefined : due;
  }

  /** Ids and permalinks that several posts have, in order of the first post's path. */
  duplicates(): Duplicate[] {
    return this.#identities.duplicates();
  }

  /** One feed's window. */
  window(key: string): FeedWindow | undefined {
    return this.#feeds.window(key);
  }

  /**
   * The retracted posts that a feed would show otherwise, the last one first. A feed without posts names none, except
   * the site's: whether the index knows such a feed depends on what it contained before.
   */
  retracted(key: string): Deletion[] {
    const feed = this.#feeds.get(key);
    const isSite = key === siteFeed.key;
    return feed && (isSite || feed.size > 0) ? this.#retractions.of(key, (row) => feed.wouldShow(row)) : [];
  }

  /** Takes over many rows at once, into an empty index; then what changed since they were placed, at `now`. */
  restore(cached: CachedRows, changes: readonly RowChange[], now: number): void {
    this.#rows.restore(cached);
    this.#cachedAt = cached.now;
    this.#now = cached.now;
    for (const feed of cached.feeds) this.#feeds.of(feed.name).restore(feed, cached);
    for (const number of cached.special) {
      const row = cached.row(number);
      this.#translations.add(row);
      if (row.retracted !== undefined) this.#retract(row, Retractions.isGone(row, this.#now));
      if (nextChange(row, this.#now) !== Number.POSITIVE_INFINITY) this.#timed.add(row);
    }
    this.#translate();
    this.#feeds.settle();
    this.apply(changes, now);
  }

  #remember(row: PostRow): void {
    this.#rows.set(row);
    if (row.hidden !== undefined) return;
    this.#identities.add(row);
    this.#translations.add(row);
    this.#shown.set(row, false);
    this.#place(row);
  }

  #forget(row: PostRow): void {
    this.#rows.delete(row);
    this.#timed.delete(row);
    if (row.hidden !== undefined) return;
    this.#identities.remove(row);
    this.#translations.remove(row);
    this.#show(row, false);
    this.#shown.delete(row);
    this.#retract(row, false);
  }

  #place(row: PostRow): void {
    if (row.hidden !== undefined) return;
    this.#show(row, isVisible(row, this.#now));
    if (row.retracted !== undefined) this.#retract(row, Retractions.isGone(row, this.#now));
    if (nextChange(row, this.#now) === Number.POSITIVE_INFINITY) this.#timed.delete(row);
    else this.#timed.add(row);
  }

  #show(row: PostRow, visible: boolean): void {
    const changed = visible !== this.isShown(row);
    if (changed) {
      this.#shown.set(row, visible);
      this.#translations.touch(row);
    }
    for (const name of row.feeds) {
      if (name.ages === undefined && !changed) continue;
      const feed = this.#feeds.of(name);
      if (name.ages === undefined) feed.move(row, visible);
      else if (!feed.moveByAge(row, visible && isOfAge(name.ages, this.#now - row.date))) continue;
      this.#feeds.markChanged(feed);
    }
  }

  /** The documents of feeds that begin or stop to name a retracted post change. */
  #retract(row: PostRow, gone: boolean): void {
    if (!this.#retractions.set(row, gone)) return;
    for (const { key } of row.feeds) {
      const feed = this.#feeds.get(key);
      if (feed === undefined) continue;
      feed.touch();
      this.#feeds.markChanged(feed);
    }
  }

  /** Gives rows whose translations changed a new row, as if their files had been saved. */
  #translate(): void {
    const changed = this.#translations.settle(
      (file) => this.get(file),
      (row) => this.isShown(row),
    );
    for (const [row, translations] of changed) {
      this.#forget(row);
      this.#remember({ ...row, translations });
    }
    if (changed.length > 0) this.#translate();
  }
}
