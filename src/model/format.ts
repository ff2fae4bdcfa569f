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
