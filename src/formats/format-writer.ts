// What a feed format is to the rest of the room: entries one by one, then documents made of them.
import type { Feed } from "feed";
import type { Format } from "../model/format.ts";
import type { DocumentFrame, Fragment, FragmentFacts } from "../model/plan.ts";
import { type CleanEntry, cleanEntry } from "./input/clean-entry.ts";
import type { Namespaces } from "./namespaces/registry.ts";

/** What entries may know of where they go: only what is the same for every feed of a site. */
export interface EntryContext {
  /** Prefixes beside the known ones that extensions may use, and the URIs they stand for. */
  readonly namespaces?: Namespaces;
}

/** Both functions are total: they never throw, and the same input gives the same text. */
export interface FormatWriter {
  readonly format: Format;
  /** Depends on the entry alone, so one fragment serves every feed the post is in. */
  serializeEntry(entry: CleanEntry, context?: EntryContext): Fragment;
  /** What stands around these fragments: the feed's head, and the end. Items of `feed` are not written. */
  frameDocument(feed: Feed, fragments: readonly FragmentFacts[]): DocumentFrame;
}

/** All of a feed that holds its items, whoever made it. */
export function writeWhole(
  writer: FormatWriter,
  feed: Feed,
  items: readonly unknown[],
  namespaces: Namespaces,
): string {
  const fragments = items.map((item) => writer.serializeEntry(cleanEntry(item), { namespaces }));
  return fillFrame(writer.frameDocument(feed, fragments), fragments);
}

/** A whole document as text. */
export function fillFrame({ start, between, end }: DocumentFrame, fragments: readonly Fragment[]): string {
  return `${start}${fragments.map((one) => one.text).join(between)}${end}`;
}
