// In come a posts folder and an output folder; out go three feeds: the usual script, which renders every post. `--all` puts all into the feeds.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import matter from "gray-matter";
import { render, writeFeeds } from "./feeds.mjs";

const [dir, out, ...flags] = process.argv.slice(2);
const posts = readdirSync(dir, { recursive: true })
  .filter((name) => name.endsWith(".md"))
  .map((name) => {
    const { data, content } = matter(readFileSync(join(dir, name), "utf8"));
    return { data, html: render(content) };
  })
  .sort((a, b) => new Date(b.data.date) - new Date(a.data.date));
writeFeeds(out, flags.includes("--all") ? posts : posts.slice(0, 50));
