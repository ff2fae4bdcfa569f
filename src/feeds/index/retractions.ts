import type { Deletion } from "../../model/plan.ts";
import type { PostRow } from "../post-row.ts";

/** A feed names at most so many: readers fetch it far more often than posts are retracted. */
const most = 50;

/** The posts that are retracted at the index's time. */
export class Retractions {
  readonly #rows = new Set<PostRow>();

  /** Whether a post is retracted and would be shown otherwise. */
  static isGone({ retracted, date, expires, hidden }: PostRow, now: number): boolean {
    return retracted !== undefined && hidden === undefined && date <= expires && expires <= now;
  }

  /** Adds or removes a row. Says whether that changed anything. */
  set(row: PostRow, gone: boolean): boolean {
    if (!gone) return this.#rows.delete(row);
    if (this.#rows.has(row)) return false;
    this.#rows.add(row);
    return true;
  }

  /**
   * The posts that a feed would show if they were not retracted, the last retracted first. Older posts are not named: a
   * document depends on the posts alone, and never on when it was written before.
   */
  of(key: string, wouldShow: (row: PostRow) => boolean): Deletion[] {
    const rows = [...this.#rows].filter(
      (row) => row.feeds.some((name) => name.key === key) && wouldShow(row),
    );
    const since = ({ retracted = 0 }: PostRow) => retracted;
    rows.sort((a, b) => since(b) - since(a) || (a.file < b.file ? -1 : 1));
    return rows.slice(0, most).map((row) => ({ ref: row.id, when: since(row) }));
  }
}
