// The script that people usually write: renders every post for three feeds. `--all` puts all posts into the feeds.
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
