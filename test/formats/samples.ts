// What the tests of this room write: one site, posts with every fact a post can have, and plans of them.
import { resolveConfig } from "../../src/config/load-config.ts";
import type { Config } from "../../src/model/config.ts";
import type { FeedPlan } from "../../src/model/plan.ts";
import type { Post, PostContent } from "../../src/model/post.ts";

/** Completed by the program itself, then changed: `site` and `more` win. */
export function siteConfig(site: Partial<Config["site"]> = {}, more: Partial<Config> = {}): Config {
  const user = {
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
    },
    websub: { hubs: ["https://hub.example.net/", "https://second.example.net/hub"] },
  };
  const { config, diagnostics } = resolveConfig(user, { root: "/site" });
  if (config === undefined) throw new Error(JSON.stringify(diagnostics));
  return { ...config, site: { ...config.site, ...site }, ...more };
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
