// DOOR. In come posts and plans; out go fragments, one a post and format, and the documents made of them.
import type { Config } from "../model/config.ts";
import { type Format, formatFiles } from "../model/format.ts";
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
import { atomWriter } from "./atom.ts";
import { toFeed, toItem } from "./document.ts";
import { type FormatWriter, fillFrame } from "./format-writer.ts";
import { type CleanEntry, cleanEntry } from "./input/clean-entry.ts";
import { jsonWriter } from "./json.ts";
import { rssWriter } from "./rss.ts";

const writers: Readonly<Record<Format, FormatWriter>> = {
  rss: rssWriter,
  atom: atomWriter,
  json: jsonWriter,
};

/** A post in one format. Pure; the fragment is the same in every feed of the variant, so it may be kept and used again. */
export function serializeEntry(
  post: Post,
  content: PostContent,
  format: Format,
  variant: Variant,
  config: Config,
): Fragment {
  const { namespaces } = config.feeds;
  return writers[format].serializeEntry(entryOf(post, content, variant, config), { namespaces });
}

/** The entry that was made last: each format of a post is written from the same one. */
let last:
  | {
      readonly post: Post;
      readonly content: PostContent;
      readonly variant: string;
      readonly config: Config;
      readonly entry: CleanEntry;
    }
  | undefined;

function entryOf(post: Post, content: PostContent, variant: Variant, config: Config): CleanEntry {
  const name = nameVariant(variant);
  if (last?.post === post && last.content === content && last.variant === name && last.config === config)
    return last.entry;
  const entry = cleanEntry(toItem(post, content, variant, config));
  last = { post, content, variant: name, config, entry };
  return entry;
}

/** The document of a plan in one format: head, the fragments of its posts in order, end. */
export function serializeFeed(
  plan: FeedPlan,
  format: Format,
  fragments: readonly Fragment[],
  config: Config,
): OutputFile {
  const content = fillFrame(frameFeed(plan, format, fragments, config), fragments);
  return { ...placeOf(plan, format), content };
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
  return { ...placeOf(plan, format), content };
}

function frameFeed(
  plan: FeedPlan,
  format: Format,
  fragments: readonly FragmentFacts[],
  config: Config,
): DocumentFrame {
  return writers[format].frameDocument(toFeed(plan, config), fragments);
}

function placeOf(plan: FeedPlan, format: Format): Omit<OutputFile, "content"> {
  const { name, mediaType } = formatFiles[format];
  return { path: plan.folder + name, mediaType };
}
