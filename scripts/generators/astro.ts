import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BuiltEntry, Workplace } from "./built-entry.ts";
import { nodeOf, run } from "./run.ts";

/** An endpoint that says of each post what the site's own feed says, and what its page shows. */
const listing = `import { loadRenderers } from "astro:container";
import { getCollection, getEntry, render } from "astro:content";
import { getContainerRenderer } from "@astrojs/mdx/container-renderer";
import { experimental_AstroContainer } from "astro/container";

export async function GET({ site }) {
  const posts = await getCollection("blog", ({ data }) => !data.draft);
  const container = await experimental_AstroContainer.create({ renderers: await loadRenderers([getContainerRenderer()]) });
  const rows = await Promise.all(posts.map(async (post) => {
    const { data } = post;
    const { Content } = await render(post);
    return {
      file: post.filePath, title: data.title ?? "", url: new URL("/jejak/blog/" + post.id + "/", site).href,
      date: data.pubDate, updated: data.updatedDate, authors: [(await getEntry(data.author)).data.name],
      categories: [data.category ?? [], data.tags].flat(), html: await container.renderToString(Content),
    };
  }));
  return new Response(JSON.stringify(rows));
}
`;

export function buildAstro({ project, tools }: Workplace): BuiltEntry[] {
  writeFileSync(join(project, "src/pages/listing.json.js"), listing);
  run(project, nodeOf(tools), ["node_modules/astro/bin/astro.mjs", "build"], {
    TZ: "UTC",
    ASTRO_TELEMETRY_DISABLED: "1",
  });
  return JSON.parse(readFileSync(join(project, "dist/listing.json"), "utf8")) as BuiltEntry[];
}
