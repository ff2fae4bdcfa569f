// Many posts and their feeds at once, as an index takes them over: rows come out one by one, when asked for.

import type { PostRow } from "../post-row.ts";
import type { Placement } from "./placement.ts";
import type { RowTimes } from "./row-times.ts";

/** Rows by number. The same number gives the same row, as an object. */
export interface CachedRows {
  readonly count: number;
  /** The time they were placed at, milliseconds since the epoch. */
  readonly now: number;
  row(number: number): PostRow;
  /** The number of a file's row; -1 when there is none. */
  find(file: string): number;
  /** The number of the row with the id or permalink of this one; -1 when there is none. No two rows share one. */
  findClaim(kind: "id" | "url", row: PostRow): number;
  /** Where every row stands in time, without making rows. */
  standing(number: number): RowTimes;
  readonly feeds: Placement["orders"];
  readonly special: Placement["special"];
}
