// In comes what a test cares about; out go a Post and a Config with plain values for the rest.
import type { Config } from "../../src/model/config.ts";
import type { Post } from "../../src/model/post.ts";

type Changes = Partial<Omit<Config, "markdown" | "feeds">> & {
  markdown?: Partial<Config["markdown"]>;
  feeds?: Partial<Config["feeds"]>;
};

export function makeConfig(root = "/nowhere", changes: Changes = {}): Config {
  return {
    root,
    site: {
      url: "https://example.org/",
      title: "Example",
      description: "",
      language: "en",
      timeZone: "UTC",
      authors: {},
    },
    posts: { dir: `${root}/posts`, include: [], exclude: [] },
    out: `${root}/dist`,
    permalink: "/:slug/",
    assets: { copy: false },
    dates: { updated: "front-matter" },
    websub: { hubs: [] },
    ...changes,
    markdown: { plugins: [], key: "", allow: {}, ...changes.markdown },
    feeds: {
      formats: ["rss"],
      limit: 50,
      content: "full",
      sourceMarkdown: false,
      tags: false,
      authors: false,
      sections: false,
      languages: false,
      archives: false,
      custom: [],
      namespaces: {},
      elements: {},
      accounts: {},
      ...changes.feeds,
    },
  } as Config;
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
