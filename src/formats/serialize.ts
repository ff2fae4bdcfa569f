import type { Config } from "../model/config.ts";
import type { Format } from "../model/format.ts";
import {
  type DocumentFrame,
  type FeedPlan,
  type Fragment,
  type FragmentFacts,
  nameVariant,
  type OutputFile,
  type PackedFile,
  type PackedFragment,
  type Variant,
} from "../model/plan.ts";
import type { Post, PostContent } from "../model/post.ts";
import { entryOf, headOf } from "./document.ts";
import { fillFrame } from "./format.ts";
import { feedFormats } from "./formats.ts";
import type { CleanEntry } from "./input/clean-entry.ts";

/** A post in one format. Pure; the fragment is the same in every feed of the variant, so it can be stored and used again. */
export function serializeEntry(
  post: Post,
  content: PostContent,
  format: Format,
  variant: Variant,
  config: Config,
): Fragment {
  return feedFormats[format].serializeEntry(lastEntryOf(post, content, variant, config));
}

/** The entry that was made last: each format of a post is written from the same one. */
let last: CleanEntry | undefined;

function lastEntryOf(post: Post, content: PostContent, variant: Variant, config: Config): CleanEntry {
  const made = last?.origin;
  const isSame =
    made?.post === post &&
    made.content === content &&
    made.config === config &&
    nameVariant(made.variant) === nameVariant(variant);
  if (last === undefined || !isSame) last = entryOf(post, content, variant, config);
  return last;
}

/** The document of a plan in one format: head, the fragments of its posts in order, end. */
export function serializeFeed(
  plan: FeedPlan,
  format: Format,
  fragments: readonly Fragment[],
  config: Config,
): OutputFile {
  const content = fillFrame(frameFeed(plan, format, fragments, config), fragments);
  return { ...fileOf(plan, format), content };
}

/** The same in UTF-8, in parts: the fragments are used as they are. */
export function packFeed(
  plan: FeedPlan,
  format: Format,
  fragments: readonly PackedFragment[],
  config: Config,
): PackedFile {
  const frame = frameFeed(plan, format, fragments, config);
  const between = Buffer.from(frame.between);
  const content: Uint8Array[] = [Buffer.from(frame.start)];
  for (const [i, { bytes }] of fragments.entries()) {
    if (i > 0 && between.length > 0) content.push(between);
    content.push(bytes);
  }
  content.push(Buffer.from(frame.end));
  return { ...fileOf(plan, format), content };
}

function frameFeed(
  plan: FeedPlan,
  format: Format,
  fragments: readonly FragmentFacts[],
  config: Config,
): DocumentFrame {
  return feedFormats[format].frameDocument(headOf(plan, config), fragments);
}

function fileOf({ folder }: FeedPlan, format: Format): Omit<OutputFile, "content"> {
  const { fileName, mediaType } = feedFormats[format];
  return { path: folder + fileName, mediaType };
}
