// In comes a Post; out goes the little that the index must keep of it: when, whether, and in which feeds.
import type { Post } from "../model/post.ts";

/** A feed that posts can be in. `name` is what people call it: the tag's text, the author's name. */
export interface FeedName {
  /** Unique in the site: `site`, `tag/<slug>`, … */
  readonly key: string;
  readonly kind: "site";
  readonly name: string;
}

/** One post in the index. A changed post gets a new row, so rows are compared by identity. */
export interface PostRow {
  readonly file: string;
  readonly id: string;
  readonly url: string;
  /** Milliseconds since the epoch. */
  readonly date: number;
  /** Milliseconds since the epoch; infinite when the post never leaves. */
  readonly expires: number;
  /** Why it is in no feed whatever the time; absent otherwise. */
  readonly hidden?: "draft" | "unlisted" | "private";
  readonly feeds: readonly FeedName[];
}

/** The feed of everything. */
export const siteFeed: FeedName = { key: "site", kind: "site", name: "" };

const siteOnly: readonly FeedName[] = [siteFeed];

/** Makes the row of a post. With `drafts`, drafts count as ready. */
export function makeRow(post: Post, options: { drafts?: boolean } = {}): PostRow {
  const hidden = post.draft && !options.drafts ? "draft" : post.visibility;
  return {
    file: post.file,
    id: post.id,
    url: post.url,
    date: post.date,
    expires: post.expires ?? Number.POSITIVE_INFINITY,
    ...(hidden !== "public" && { hidden }),
    feeds: siteOnly,
  };
}

/** Newest first; posts of one instant in order of their paths, so that the order never depends on the folder's. */
export function compareRows(a: PostRow, b: PostRow): number {
  return b.date - a.date || (a.file < b.file ? -1 : a.file > b.file ? 1 : 0);
}
