import type { Feed } from "feed";
import { atom1 } from "../../src/formats/atom.ts";
import type { EntryItem, FeedHeadOptions } from "../../src/formats/document.ts";
import { jsonFeed11 } from "../../src/formats/json.ts";
import { rss2 } from "../../src/formats/rss.ts";
import { serializeEntry, serializeFeed } from "../../src/formats/serialize.ts";
import type { Config } from "../../src/model/config.ts";
import type { Format } from "../../src/model/format.ts";
import { type FeedPlan, variantOf } from "../../src/model/plan.ts";
import type { Post, PostContent } from "../../src/model/post.ts";
import { sampleContent, samplePlan, samplePost, siteConfig } from "./samples.ts";

export type Texts = Record<Format, string>;

/** One plan with its posts' contents, through the room's door. */
export function writePlan(
  plan: FeedPlan,
  contents: readonly PostContent[],
  config: Config = siteConfig(),
): Texts {
  const write = (format: Format): string => {
    const fragments = plan.posts.map((post, index) =>
      serializeEntry(post, contents[index] ?? sampleContent(), format, variantOf(plan), config),
    );
    return String(serializeFeed(plan, format, fragments, config).content);
  };
  return { rss: write("rss"), atom: write("atom"), json: write("json") };
}

/** One post in a feed of its own. */
export function writePost(
  fields: Partial<Post> = {},
  content: Partial<PostContent> = {},
  config: Config = siteConfig(),
): Texts {
  return writePlan(samplePlan([samplePost(fields)]), [sampleContent(content)], config);
}

/** A Feed as another program builds it: plain data will do. */
export function writeFeed(options: Partial<FeedHeadOptions>, ...items: Partial<EntryItem>[]): Texts {
  const feed = {
    options: { title: "T", link: "https://example.org/", ...options },
    items,
    categories: [],
    contributors: [],
    extensions: [],
  } as unknown as Feed;
  return { rss: rss2(feed), atom: atom1(feed), json: jsonFeed11(feed) };
}

/** An item with what every item should have. */
export function plainItem(fields: Partial<EntryItem> = {}): Partial<EntryItem> {
  const link = "https://example.org/a/";
  return {
    id: "urn:example:a",
    link,
    title: "A",
    date: new Date(Date.UTC(2026, 0, 2)),
    content: "<p>x</p>",
    ...fields,
  };
}
