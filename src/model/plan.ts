// The nouns of writing: which posts make one feed, and the files that come of it.
import type { Post } from "./post.ts";

/** The feed formats; also the names in `feeds.formats`. */
export type Format = "rss" | "atom" | "json";

/** File name and media type of each format, the same in every folder. */
export const formatFiles = {
  rss: { name: "rss.xml", mediaType: "application/rss+xml" },
  atom: { name: "atom.xml", mediaType: "application/atom+xml" },
  json: { name: "feed.json", mediaType: "application/feed+json" },
} as const satisfies Record<Format, { name: string; mediaType: string }>;

/** How much of each post a feed carries. */
export type ContentMode = "full" | "summary";

/** One feed, in every format it is written in: its head and its window of posts, newest first. */
export interface FeedPlan {
  /** Unique in the site: `site`, `tag/<slug>`, … */
  readonly key: string;
  /** Folder of its documents below the output folder: empty, or ending in `/`. */
  readonly folder: string;
  readonly title: string;
  readonly description: string;
  /** BCP 47. */
  readonly language: string;
  /** The page this feed is about, absolute. */
  readonly homePage: string;
  readonly formats: readonly Format[];
  readonly content: ContentMode;
  readonly posts: readonly Post[];
}

/** A document to be written. */
export interface OutputFile {
  /** Path below the output folder, with `/`. */
  readonly path: string;
  readonly mediaType: string;
  readonly content: string | Uint8Array;
}

/** A post's part of one document, already serialised, with the namespace prefixes it uses. */
export interface Fragment {
  readonly text: string;
  readonly prefixes: readonly string[];
}
