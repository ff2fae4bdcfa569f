import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BuiltEntry, Workplace } from "./built-entry.ts";
import { nodeOf, run } from "./run.ts";

/** What the blog plugin writes about a post. */
interface Metadata {
  permalink: string;
  source: string;
  title: string;
  date: string;
  tags: { label: string }[];
  authors: { name?: string }[];
  frontMatter: { last_update?: { date?: string } };
}

interface FeedItem {
  url: string;
  content_html: string;
}

/** Docusaurus asks Git when a post without a date began, and stops where there is no repository. */
function commitAll(project: string): void {
  const date = "2026-01-01T00:00:00Z";
  const identity = ["-c", "user.name=Reef", "-c", "user.email=reef@karang.example"];
  run(project, "git", ["init", "-q"]);
  run(project, "git", ["add", "."]);
  run(project, "git", [...identity, "commit", "-q", "-m", "reef"], {
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_DATE: date,
  });
}

export function buildDocusaurus({ project, tools }: Workplace): BuiltEntry[] {
  commitAll(project);
  run(project, nodeOf(tools), ["node_modules/@docusaurus/core/bin/docusaurus.mjs", "build"], {
    TZ: "UTC",
    CI: "true",
  });
  const folder = join(project, ".docusaurus/docusaurus-plugin-content-blog/default");
  const posts = readdirSync(folder)
    .filter((name) => name.startsWith("site-blog-"))
    .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Metadata);
  const feed = JSON.parse(readFileSync(join(project, "build/blog/feed.json"), "utf8")) as {
    items: FeedItem[];
  };
  return feed.items.map(({ url, content_html }) => {
    const post = posts.find(({ permalink }) => new URL(permalink, url).href === new URL(url).href);
    if (post === undefined) throw new Error(`no post is at ${url}`);
    return {
      file: post.source.replace("@site/", ""),
      title: post.title,
      url,
      date: post.date,
      updated: post.frontMatter.last_update?.date,
      authors: post.authors.flatMap(({ name }) => name ?? []),
      categories: post.tags.map(({ label }) => label),
      html: content_html,
    };
  });
}
