// Three feeds of posts, newest first, by the package `feed` as its manual shows.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Feed } from "feed";
import markdownIt from "markdown-it";

const markdown = markdownIt({ html: true, linkify: true });

export function render(body) {
  return markdown.render(body);
}

export function writeFeeds(out, posts) {
  const feed = new Feed({
    title: "Bench",
    description: "Bench",
    id: "https://bench.example/",
    link: "https://bench.example/",
    copyright: "Bench",
    feedLinks: {},
  });
  for (const { data, html } of posts) {
    const link = `https://bench.example/${new Date(data.date).toISOString().slice(0, 7).replace("-", "/")}/${data.slug}/`;
    feed.addItem({
      title: data.title,
      id: link,
      link,
      date: new Date(data.updated ?? data.date),
      published: new Date(data.date),
      description: data.description,
      content: html,
      author: data.authors.map((author) => ({ name: author.name ?? author })),
      category: data.tags.map((name) => ({ name })),
    });
  }
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "rss.xml"), feed.rss2());
  writeFileSync(join(out, "atom.xml"), feed.atom1());
  writeFileSync(join(out, "feed.json"), feed.json1());
}
