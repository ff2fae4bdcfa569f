import { urlOf } from "../input/read-values.ts";
import { optional } from "../xml.ts";
import { defineNamespace } from "./define-namespace.ts";

/**
 * The feed of an entry's comments (rssboard.org/comment-api). RSS alone: in Atom a `replies` link without a media type
 * is taken for Atom (RFC 4685, section 4).
 */
export const commentApi = defineNamespace({
  prefix: "wfw",
  formats: ["rss"],
  entry: ({ of }) => optional("wfw:commentRss", urlOf(of("commentsFeed"))),
});
