// What the browser tests show: a site in a language of choice, its feeds by kind, and posts with whatever titles.
import type { FeedHead } from "../../src/formats/site/site-documents.ts";
import type { Config } from "../../src/model/config.ts";
import type { Post } from "../../src/model/post.ts";
import { samplePlan, samplePost, siteConfig } from "../formats/samples.ts";

export function siteFeedHead(fields: Partial<FeedHead> = {}): FeedHead {
  const { content: _, posts: __, ...head } = samplePlan([]);
  return { ...head, ...fields };
}

/** The feed of one tag, author and so on. */
export function headOf(kind: string, name: string, fields: Partial<FeedHead> = {}): FeedHead {
  const folders: Record<string, string> = {
    tag: "tags",
    author: "authors",
    section: "sections",
    language: "languages",
  };
  const slug = encodeURIComponent(name.toLowerCase().replaceAll(" ", "-"));
  return siteFeedHead({
    key: `${kind}/${name}`,
    folder: `${folders[kind] ?? "feeds"}/${slug}/`,
    title: name,
    description: "",
    ...fields,
  });
}

export const mixedFeeds: readonly FeedHead[] = [
  siteFeedHead(),
  headOf("custom", "Just the photos"),
  headOf("section", "Harbour"),
  headOf("author", "Sari Dewi"),
  headOf("tag", "ferry"),
  headOf("tag", "قهوة", { language: "ar" }),
];

export function somePosts(count: number, fields: (i: number) => Partial<Post> = () => ({})): Post[] {
  return Array.from({ length: count }, (_, i) =>
    samplePost({
      file: `post-${i}.md`,
      id: `tag:example.org,2026:post-${i}`,
      url: `https://example.org/post-${i}/`,
      title: `Post number ${i}`,
      date: Date.UTC(2026, 10, 22 - i, 2),
      language: "en",
      ...fields(i),
    }),
  );
}

export function siteIn(
  language: string,
  site: Partial<Config["site"]> = {},
  more: Partial<Config> = {},
): Config {
  return siteConfig({ language, ...site }, more);
}
