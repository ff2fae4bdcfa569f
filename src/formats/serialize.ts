// DOOR. In come posts and plans; out go fragments, one a post and format, and the documents made of them.
import type { Config } from "../model/config.ts";
import {
  type FeedPlan,
  type Format,
  type Fragment,
  formatFiles,
  nameVariant,
  type OutputFile,
  type Variant,
} from "../model/plan.ts";
import type { Post, PostContent } from "../model/post.ts";
import { atomWriter } from "./atom.ts";
import { type CleanEntry, cleanEntry } from "./clean-entry.ts";
import { toFeed, toItem } from "./document.ts";
import type { FormatWriter } from "./format-writer.ts";
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
  const { name, mediaType } = formatFiles[format];
  const content = writers[format].assembleDocument(toFeed(plan, config), fragments);
  return { path: plan.folder + name, mediaType, content };
}
