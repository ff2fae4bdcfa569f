/** The feed formats, as `feeds.formats` names them. */
export const formatNames = ["rss", "atom", "json"] as const;
export type Format = (typeof formatNames)[number];

/** How much of each post a feed carries. */
export type ContentMode = "full" | "summary";
