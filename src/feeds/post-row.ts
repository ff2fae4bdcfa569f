import type { FeedName } from "./feed-name.ts";

export { type FeedName, siteFeed } from "./feed-name.ts";

/** One post in the index. A changed post gets a new row, so rows are compared by identity. */
export interface PostRow {
  readonly file: string;
  /** Digest of the source it was made from. */
  readonly version?: string | undefined;
  readonly id: string;
  readonly url: string;
  /** Milliseconds since the epoch. */
  readonly date: number;
  /** Milliseconds since the epoch; infinite when the post never leaves. */
  readonly expires: number;
  /** Set if it leaves because its author takes it back: since when. Milliseconds since the epoch. */
  readonly retracted?: number;
  /** BCP 47; absent for the site's own language. */
  readonly language?: string;
  /** Why it is in no feed at any time; absent otherwise. */
  readonly hidden?: "draft" | "unlisted" | "private";
  readonly feeds: readonly FeedName[];
  /** When it was changed, and where it first appeared; only for a sitemap. */
  readonly updated?: number;
  readonly canonical?: string;
  /** What it has in common with its translations; absent if only the name of another file shows it. */
  readonly group?: string;
  /** The same text in other languages, in order of the languages; the index updates it. */
  readonly translations?: readonly Translation[];
}

/** A post in another language. */
export interface Translation {
  /** BCP 47. */
  readonly language: string;
  /** Permalink. */
  readonly url: string;
}

/** Newest first; posts of one instant in order of their paths, so that the order never depends on the file system. */
export function compareRows(a: PostRow, b: PostRow): number {
  return b.date - a.date || (a.file < b.file ? -1 : a.file > b.file ? 1 : 0);
}
