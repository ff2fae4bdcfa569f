// What the tests of this room write: one site, posts with every fact a post can have, and plans of them.
import type { Config } from "../../src/model/config.ts";
import type { FeedPlan } from "../../src/model/plan.ts";
import type { Post, PostContent } from "../../src/model/post.ts";

export function siteConfig(site: Partial<Config["site"]> = {}, more: Partial<Config> = {}): Config {
  return {
    root: "/site",
    site: {
      url: "https://example.org/",
      title: "Teluk & Bukit",
      description: "Notes from the bay",
      language: "en",
      timeZone: "Asia/Jakarta",
      authors: { sari: { name: "Sari Dewi", email: "sari@example.org", url: "https://example.org/sari/" } },
      copyright: "© Teluk & Bukit",
      image: "https://example.org/logo.png",
      icon: "https://example.org/icon.png",
      authority: "example.org,2026",
      ...site,
    },
    posts: { dir: "/site/posts", include: [], exclude: [] },
    out: "/site/dist",
    permalink: "/:slug/",
    assets: { copy: false },
    markdown: { plugins: [], key: "", allow: {} },
    dates: { updated: "front-matter" },
    feeds: { formats: ["rss", "atom", "json"], limit: 50, content: "full", sourceMarkdown: false },
    publish: { verify: false, guard: { maxNew: 50, maxBytes: 2_097_152, maxRemoved: 256 } },
    websub: { hubs: ["https://hub.example.net/", "https://second.example.net/hub"] },
    ...more,
  };
}

export function samplePost(fields: Partial<Post> = {}): Post {
  return {
    file: "harbour.md",
    id: "tag:example.org,2026:harbour",
    idSource: "authority",
    url: "https://example.org/harbour/",
    title: "Fish & chips: 1 < 2",
    date: Date.UTC(2026, 4, 6, 7, 8, 9),
    draft: false,
    visibility: "public",
    slug: "harbour",
    authors: [{ name: "Sari Dewi" }, { name: "Bayu", url: "https://example.org/bayu/" }],
    tags: ["harbour", "R&D"],
    language: "id",
    attachments: [],
    markup: "markdown",
    extra: {},
    ...fields,
  };
}

export function sampleContent(fields: Partial<PostContent> = {}): PostContent {
  return {
    html: '<p>The harbour &amp; the <a href="https://example.org/bay/">bay</a>.</p>',
    summary: "The harbour & the bay.",
    attachments: [],
    ...fields,
  };
}

export function samplePlan(posts: readonly Post[], fields: Partial<FeedPlan> = {}): FeedPlan {
  return {
    key: "site",
    folder: "",
    title: "Teluk & Bukit",
    description: "Notes from the bay",
    language: "en",
    homePage: "https://example.org/",
    formats: ["rss", "atom", "json"],
    content: "full",
    posts,
    ...fields,
  };
}
