// In come changed posts and the time; out go the feeds whose documents those changes touch.
import type { Config } from "../../model/config.ts";
import type { Deletion } from "../../model/plan.ts";
import type { FeedName } from "../feed-name.ts";
import type { PostRow } from "../post-row.ts";
import type { CachedRows } from "./cached-rows.ts";
import { FeedOrders, type FeedWindow } from "./feed-orders.ts";
import { type Duplicate, IdentityIndex } from "./identity-index.ts";
import { Retractions } from "./retractions.ts";
import { RowTable } from "./row-table.ts";
import { isOfAge, isVisible, nextChange, type RowTimes } from "./row-times.ts";
import { Translations } from "./translations.ts";

export type { FeedWindow } from "./feed-orders.ts";
export type { Duplicate } from "./identity-index.ts";

/** One post that was added, changed (`row` is new) or removed (`row` is absent). */
export interface RowChange {
  readonly file: string;
  readonly row?: PostRow;
}

/**
 * Which post belongs to which feed, in order. A cold build and a kept cache hand over every post at once, as columns; a
 * save applies one. The work of `apply` grows with the feeds that the changed posts are in.
 */
export class PostIndex {
  readonly #rows = new RowTable();
  /** Whether readers see a row; those that were kept and never placed since stand as they stood then. */
  readonly #shown = new Map<PostRow, boolean>();
  #keptAt: number | undefined;
  readonly #feeds: FeedOrders;
  /** Rows whose standing has yet to change with the time. */
  readonly #timed = new Set<PostRow>();
  readonly #translations: Translations;
  readonly #retractions = new Retractions();
  readonly #identities = new IdentityIndex((kind, row) => this.#rows.findKept(kind, row));
  #now = Number.NEGATIVE_INFINITY;

  constructor(config: Config, standing: readonly FeedName[]) {
    this.#translations = new Translations(config.site.language);
    this.#feeds = new FeedOrders(config, standing);
  }

  get size(): number {
    return this.#rows.size;
  }

  /** Another number whenever some feed has more or fewer posts than before. */
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

  /** Where every row stands, in no order. */
  standings(): IterableIterator<RowTimes> {
    return this.#rows.standings();
  }

  /** Files whose row changed, or came or went, since the last call of {@link PostIndex.markSaved}. */
  get changed(): ReadonlySet<string> {
    return this.#rows.changed;
  }

  /** Says that all rows are kept as they are now. */
  markSaved(): void {
    this.#rows.markSaved();
  }

  /** Whether readers see this post at the index's time. */
  isShown(row: PostRow): boolean {
    const shown = this.#shown.get(row);
    if (shown !== undefined || this.#keptAt === undefined) return shown === true;
    return isVisible(row, this.#keptAt);
  }

  /**
   * Takes changes in and moves the clock to `now` (milliseconds since the epoch).
   * Returns the windows that differ from before, in order of their keys.
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

  /** Every feed's window as it stands, in order of the keys. */
  windows(): FeedWindow[] {
    return this.#feeds.windows();
  }

  /** Every feed there has been a post in, and how many there are now; in no order. */
  sizes(): IterableIterator<{ readonly name: FeedName; readonly size: number }> {
    return this.#feeds.sizes();
  }

  /** The next instant at which some post appears or leaves, in milliseconds; absent when there is none. */
  nextDue(): number | undefined {
    let due = Number.POSITIVE_INFINITY;
    for (const row of this.#timed) due = Math.min(due, nextChange(row, this.#now));
    return due === Number.POSITIVE_INFINITY ? undefined : due;
  }

  /** Ids and permalinks that more than one post claims, in order of the first post's path. */
  conflicts(): Duplicate[] {
    return this.#identities.conflicts();
  }

  /** One feed's window as it stands. */
  window(key: string): FeedWindow | undefined {
    return this.#feeds.window(key);
  }

  /**
   * The posts that were taken back and that a feed would show otherwise, the last one first. A feed without posts names
   * none: whether it is known here depends on what it held before.
   */
  retracted(key: string): Deletion[] {
    const feed = this.#feeds.get(key);
    return feed && feed.size > 0 ? this.#retractions.of(key, (row) => feed.wouldShow(row)) : [];
  }

  /** Takes over, into an empty index, many rows at once; then what has changed since they were placed, up to `now`. */
  restore(kept: CachedRows, changes: readonly RowChange[], now: number): void {
    this.#rows.restore(kept);
    this.#keptAt = kept.now;
    this.#now = kept.now;
    for (const feed of kept.feeds) this.#feeds.of(feed.name).restore(feed, kept);
    for (const number of kept.special) {
      const row = kept.row(number);
      this.#translations.add(row);
      if (row.retracted) this.#retract(row, Retractions.isGone(row, this.#now));
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
    if (row.retracted) this.#retract(row, Retractions.isGone(row, this.#now));
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
      this.#feeds.open(feed);
    }
  }

  /** Feeds that name a post which was taken back, or name it no more, say something else now. */
  #retract(row: PostRow, gone: boolean): void {
    if (!this.#retractions.set(row, gone)) return;
    for (const { key } of row.feeds) {
      const feed = this.#feeds.get(key);
      if (feed === undefined) continue;
      feed.touch();
      this.#feeds.open(feed);
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
