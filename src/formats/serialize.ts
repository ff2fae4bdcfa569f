// DOOR. In come posts and plans; out go fragments, one a post and format, and the documents made of them.
import type { Config } from "../model/config.ts";
import {
  type FeedPlan,
  type Format,
  type Fragment,
  formatFiles,
  type OutputFile,
  type Variant,
} from "../model/plan.ts";
import type { Post, PostContent } from "../model/post.ts";
import { atomWriter } from "./atom.ts";
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
  return writers[format].serializeEntry(toItem(post, content, variant, config), { namespaces });
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
