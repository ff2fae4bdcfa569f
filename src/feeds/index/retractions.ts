// In come rows of posts that were taken back; out goes which of them a feed still has to name.
import type { Deletion } from "../../model/plan.ts";
import type { PostRow } from "../post-row.ts";

/** So many a feed names at most: readers ask far more often than posts are taken back. */
const most = 50;

/** The posts that are taken back at the index's time. */
export class Retractions {
  readonly #rows = new Set<PostRow>();

  /** Whether a row's post has been shown and was then taken back. */
  static isGone({ retracted, date, expires, hidden }: PostRow, now: number): boolean {
    return retracted === true && hidden === undefined && date < expires && expires <= now;
  }

  /** Takes a row in, or lets it go; says whether that made a difference. */
  set(row: PostRow, gone: boolean): boolean {
    if (!gone) return this.#rows.delete(row);
    if (this.#rows.has(row)) return false;
    this.#rows.add(row);
    return true;
  }

  /**
   * The posts that a feed would show if they were still there, the last taken back first. What has long left the feed
   * is not named: what a document says depends on the posts alone, never on when it was written before.
   */
  of(key: string, wouldShow: (row: PostRow) => boolean): Deletion[] {
    const rows = [...this.#rows].filter(
      (row) => row.feeds.some((name) => name.key === key) && wouldShow(row),
    );
    rows.sort((a, b) => b.expires - a.expires || (a.file < b.file ? -1 : 1));
    return rows.slice(0, most).map(({ id, expires }) => ({ ref: id, when: expires }));
  }
}
