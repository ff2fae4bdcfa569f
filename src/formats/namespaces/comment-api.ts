// In comes an entry; out goes the feed of its comments, as the Comment API names it (rssboard.org/comment-api).
import type { CleanEntry } from "../input/clean-entry.ts";
import { element, type XmlElement } from "../xml.ts";

/** RSS alone: in Atom a `replies` link whose media type is not said is taken for Atom (RFC 4685, section 4). */
export function commentFeed({ commentsFeed }: CleanEntry): XmlElement[] {
  return commentsFeed === undefined ? [] : [element("wfw:commentRss", commentsFeed)];
}
