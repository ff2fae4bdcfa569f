import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BuiltEntry, Workplace } from "./built-entry.ts";
import { nodeOf, run } from "./run.ts";

/** A template that says of each post what a feed would. */
const listing = `export const data = { permalink: "/listing.json", eleventyExcludeFromCollections: true, layout: null };
export function render({ collections, metadata }) {
  return JSON.stringify(collections.posts.map(({ inputPath, url, date, data, content }) => ({
    file: inputPath.replace(/^\\.\\//, ""), title: data.title ?? "", url, date, html: content,
    updated: data.updated, authors: [data.author || metadata.author.name],
    category: data.category, tags: data.tags ?? [], base: metadata.url,
  })));
}
`;

interface Row extends Omit<BuiltEntry, "url"> {
  url: string | false;
  base: string;
  category?: string;
  tags: string[];
}

/** Tags that name collections. */
const collections = new Set(["posts", "post", "all", "nav"]);

export function buildEleventy({ project, tools }: Workplace): BuiltEntry[] {
  writeFileSync(join(project, "content/listing.11ty.js"), listing);
  run(project, nodeOf(tools), ["node_modules/@11ty/eleventy/cmd.cjs", "--quiet"], { TZ: "UTC" });
  const rows = JSON.parse(readFileSync(join(project, "_site/listing.json"), "utf8")) as (Row & {
    url: string | false;
  })[];
  return rows.flatMap(({ url, base, category, tags, ...row }) =>
    url === false
      ? []
      : {
          ...row,
          url: new URL(url.slice(1), base).href,
          categories: [category ?? [], tags].flat().filter((tag) => !collections.has(tag)),
        },
  );
}
