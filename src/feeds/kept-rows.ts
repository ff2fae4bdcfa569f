// What an earlier process knew of the posts and their feeds, as an index takes it over: rows come out one by one, when asked for.
import type { FeedName } from "./feed-name.ts";
import type { PostRow } from "./post-row.ts";

/** Rows by number. The same number gives the same row, as an object. */
export interface KeptRows {
  readonly count: number;
  /** The time they were last placed at, milliseconds since the epoch. */
  readonly now: number;
  row(number: number): PostRow;
  /** The number of a file's row; -1 when there is none. */
  find(file: string): number;
  /** The number of the row with the id or permalink of this one; -1 when there is none. No two rows share one. */
  findClaim(kind: "id" | "url", row: PostRow): number;
  /** Where every row stands in time, without making rows. */
  standing(number: number): Standing;
  /** Every feed with posts, newest first. */
  readonly feeds: readonly { readonly name: FeedName; readonly rows: Uint32Array }[];
  /** Rows that change with the time, were taken back, or have translations. */
  readonly special: Uint32Array;
}

/** What decides whether readers see a post. */
export type Standing = Pick<PostRow, "date" | "expires" | "hidden">;
