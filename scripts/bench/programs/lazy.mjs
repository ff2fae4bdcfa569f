// The usual script, improved: renders the newest 50 posts only.
import { readdirSync, readFileSync, watch } from "node:fs";
import { join } from "node:path";
import matter from "gray-matter";
import { render, writeFeeds } from "./feeds.mjs";

const [dir, out, ...flags] = process.argv.slice(2);

// Without options gray-matter keeps every file it has parsed: good for watching, a waste in a single run.
const options = flags.includes("--watch") ? undefined : {};

function build() {
  const posts = readdirSync(dir, { recursive: true })
    .filter((name) => name.endsWith(".md"))
    .map((name) => {
      const { data, content } = matter(readFileSync(join(dir, name), "utf8"), options);
      return { data, content, time: Date.parse(data.date) };
    })
    .sort((a, b) => b.time - a.time)
    .slice(0, 50);
  writeFeeds(
    out,
    posts.map(({ data, content }) => ({ data, html: render(content) })),
  );
}

build();
if (flags.includes("--watch")) {
  let timer;
  const again = (_event, name) => {
    if (!name?.endsWith(".md")) return;
    clearTimeout(timer);
    timer = setTimeout(build, 20);
  };
  watch(dir, again);
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true }))
    if (entry.isDirectory()) watch(join(entry.parentPath, entry.name), again);
}
