import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BuiltEntry, Workplace } from "./built-entry.ts";
import { run } from "./run.ts";

/** Says of each post what hexo-generator-feed says, and which file it is. */
const listing = `hexo.extend.generator.register("listing", ({ posts }) => ({
  path: "listing.json",
  data: JSON.stringify(posts.toArray().map((post) => ({
    file: "source/" + post.source, title: post.title ?? "", url: post.permalink,
    date: post.date.toISOString(), updated: post.updated?.toISOString(),
    authors: [post.author ?? hexo.config.author], html: post.content,
    categories: [...post.categories.toArray(), ...post.tags.toArray()].map(({ name }) => name),
  }))),
}));
`;

export function buildHexo({ project }: Workplace): BuiltEntry[] {
  writeFileSync(join(project, "scripts/listing.js"), listing);
  // Hexo takes days from the machine's zone: the author's, not that of whoever compares.
  run(project, process.execPath, ["node_modules/hexo/bin/hexo", "generate", "--bail"], {
    TZ: "Asia/Jakarta",
  });
  return JSON.parse(readFileSync(join(project, "public/listing.json"), "utf8")) as BuiltEntry[];
}
