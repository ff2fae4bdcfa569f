// In comes what a test cares about; out go a Post and a Config with plain values for the rest.
import { resolveConfig } from "../../src/config/load-config.ts";
import type { Config } from "../../src/model/config.ts";
import type { Post } from "../../src/model/post.ts";

type Changes = Partial<Omit<Config, "markdown" | "feeds">> & {
  markdown?: Partial<Config["markdown"]>;
  feeds?: Partial<Config["feeds"]>;
};

const site = { url: "https://example.org/", title: "Example" };

export function makeConfig(root = "/nowhere", changes: Changes = {}): Config {
  const { config } = resolveConfig({ site, feeds: { formats: ["rss"] } }, { root });
  if (config === undefined) throw new Error("the configuration of the tests does not resolve");
  return {
    ...config,
    ...changes,
    markdown: { ...config.markdown, ...changes.markdown },
    feeds: { ...config.feeds, ...changes.feeds },
  };
}

export function makePost(changes: Partial<Post> = {}): Post {
  return {
    file: "2026/hello.md",
    id: "https://example.org/hello/",
    idSource: "permalink",
    url: "https://example.org/hello/",
    title: "Hello",
    date: 0,
    draft: false,
    visibility: "public",
    slug: "hello",
    authors: [],
    tags: [],
    language: "en",
    attachments: [],
    markup: "markdown",
    extra: {},
    ...changes,
  };
}
