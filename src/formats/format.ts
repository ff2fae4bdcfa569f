import type { Feed } from "feed";
import type { Format } from "../model/format.ts";
import type { DocumentFrame, Fragment, FragmentFacts } from "../model/plan.ts";
import { type CleanEntry, cleanEntry } from "./input/clean-entry.ts";
import { type CleanHead, cleanHead, itemsOf } from "./input/clean-head.ts";

/** A format of feeds: entries one by one, then documents made of them. */
export interface FeedFormat {
  readonly format: Format;
  /** What people call it. */
  readonly label: string;
  /** Of its documents, the same in every folder. */
  readonly fileName: string;
  readonly mediaType: string;
  /** What OPML calls it; absent where OPML has no word for it. */
  readonly opmlVersion?: string;
  /** Never throws. Depends on the entry alone, so one fragment serves every feed the post is in. */
  serializeEntry(entry: CleanEntry): Fragment;
  /** What is around these fragments: the feed's head, and the end. Never throws. */
  frameDocument(head: CleanHead, fragments: readonly FragmentFacts[]): DocumentFrame;
}

/** A whole document of a `Feed`, no matter which program made it. */
export function writeFeed(format: FeedFormat, feed: Feed): string {
  const head = cleanHead(feed);
  const fragments = itemsOf(feed).map((item) => format.serializeEntry(cleanEntry(item, head.namespaces)));
  return fillFrame(format.frameDocument(head, fragments), fragments);
}

/** A whole document as text. */
export function fillFrame({ start, between, end }: DocumentFrame, fragments: readonly Fragment[]): string {
  return `${start}${fragments.map((one) => one.text).join(between)}${end}`;
}
