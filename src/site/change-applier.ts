// In come changes of posts; out go the feeds whose documents they touch, and posts left out for a fault that others share in.

import type { FeedCatalog } from "../feeds/feed-catalog.ts";
import type { CachedRows } from "../feeds/index/cached-rows.ts";
import type { FeedWindow, PostIndex, RowChange } from "../feeds/index/post-index.ts";
import type { PostRow } from "../feeds/post-row.ts";
import type { FileTable } from "../files/file-table.ts";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { SiteDiagnostics } from "./site-diagnostics.ts";
import { describeConflicts } from "./site-diagnostics.ts";

/** What posts are taken into. */
export interface Places {
  readonly files: FileTable;
  readonly index: PostIndex;
  readonly catalog: FeedCatalog;
  readonly findings: SiteDiagnostics;
}

/** Takes posts into the index, and out of it again when they cannot be shown. */
export class ChangeApplier {
  /** Feeds whose documents on disk do not show what the index says. */
  readonly stale = new Set<string>();
  /** Posts left out for a fault that may lie elsewhere (a missing picture, another post's id): tried again each time. */
  readonly leftOut = new Map<string, PostRow>();
  /** Whether a post that has a fault keeps its last good version. */
  keepsLast = false;
  readonly #config: Config;
  readonly #places: Places;
  /** Rows as they were before this update, of the posts it changed. */
  readonly #before = new Map<string, PostRow | undefined>();
  #now = 0;

  constructor(config: Config, places: Places) {
    this.#config = config;
    this.#places = places;
  }

  /** Takes many posts in at once, while there are none. */
  takeOver(posts: CachedRows, now: number): void {
    const { index } = this.#places;
    index.restore(posts, [], now);
    this.#mark(index.windows());
  }

  /** Begins an update at `now` (milliseconds since the epoch) with what has changed since the last one. */
  start(all: readonly RowChange[], now: number): void {
    const { index, findings } = this.#places;
    const changes = this.#keepable(all);
    this.#now = now;
    this.#before.clear();
    for (const { file } of changes) this.leftOut.delete(file);
    // New rows, for they have to be rendered anew: what was missing may be there.
    const again = [...this.leftOut].map(([file, row]) => ({ file, row: { ...row } }));
    this.leftOut.clear();
    for (const { file } of [...again, ...changes]) {
      this.#before.set(file, index.get(file));
      findings.forget(file);
    }
    this.#apply([...again, ...changes]);
  }

  /** A post turned out to be another one than was read: it is taken in again, or, where nothing is left of it, out. */
  takeAgain(file: string, changes: readonly RowChange[]): void {
    const kept = this.#keepable(changes);
    this.#apply(kept.length > 0 ? kept : [{ file }]);
  }

  /** Takes a post with a fault out of the index, or back to its last good version where that is asked for. */
  leaveOut(file: string, found: readonly Diagnostic[]): void {
    const { index, findings } = this.#places;
    const row = index.get(file);
    if (row === undefined) return;
    findings.add(file, found);
    this.leftOut.set(file, row);
    const last = this.keepsLast ? this.#before.get(file) : undefined;
    const change = last === undefined || last === row ? { file } : { file, row: last };
    this.#mark(index.apply([change], this.#now));
  }

  /** Changes the index and marks the feeds this touches; of posts that claim one id or permalink, one stays. */
  #apply(changes: readonly RowChange[]): void {
    const { index } = this.#places;
    this.#mark(index.apply(changes, this.#now));
    for (const conflict of index.conflicts()) {
      const unchanged = conflict.files.filter((file) => !this.#before.has(file));
      const winner = unchanged[0] ?? conflict.files[0];
      const found = describeConflicts(conflict, this.#config);
      for (const file of conflict.files) if (file !== winner) this.leaveOut(file, found.get(file) ?? []);
    }
  }

  /** Marks the feeds whose posts changed, and those that begin, end or move for it. */
  #mark(windows: readonly FeedWindow[]): void {
    const { index, catalog, findings } = this.#places;
    for (const { name } of windows) this.stale.add(name.key);
    for (const key of catalog.settle(index)) this.stale.add(key);
    findings.note("*", catalog.diagnostics());
  }

  /** Leaves out the changes by which a post that no longer reads would go. */
  #keepable(changes: readonly RowChange[]): readonly RowChange[] {
    if (!this.keepsLast) return changes;
    return changes.filter(({ file, row }) => row !== undefined || !this.#places.files.isFailed(file));
  }
}
