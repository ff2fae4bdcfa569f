import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BuiltEntry, Workplace } from "./built-entry.ts";
import { run } from "./run.ts";

/** Says of each post what jekyll-feed says, by the same rules, and which file it is. */
const listing = `---
layout: null
---
[{% for post in site.posts %}{% unless post.draft == true %}
{% assign author = post.author | default: post.authors[0] | default: site.author %}
{% assign author = site.data.authors[author] | default: author %}
{"file":{{ post.path | jsonify }},"title":{{ post.title | jsonify }},"url":{{ post.url | absolute_url | jsonify }},
"date":{{ post.date | date_to_xmlschema | jsonify }},"updated":{{ post.last_modified_at | date_to_xmlschema | jsonify }},
"author":{{ author.name | default: author | jsonify }},"category":{{ post.category | jsonify }},
"categories":{{ post.categories | jsonify }},"tags":{{ post.tags | jsonify }},"html":{{ post.content | jsonify }}},
{% endunless %}{% endfor %}null]
`;

interface Row {
  file: string;
  title: string | null;
  url: string;
  date: string;
  updated: string | null;
  author: string;
  category: string | null;
  categories: string[] | null;
  tags: string[] | null;
  html: string;
}

export function buildJekyll({ project }: Workplace): BuiltEntry[] {
  writeFileSync(join(project, "listing.json"), listing);
  run(project, "jekyll", ["build", "--destination", "built"], { JEKYLL_ENV: "production" });
  const rows = JSON.parse(readFileSync(join(project, "built/listing.json"), "utf8")) as (Row | null)[];
  return rows
    .filter((row) => row !== null)
    .map((row) => ({
      file: row.file,
      title: row.title ?? "",
      url: row.url,
      date: row.date,
      updated: row.updated ?? undefined,
      authors: [row.author],
      categories: [...(row.category !== null ? [row.category] : (row.categories ?? [])), ...(row.tags ?? [])],
      html: row.html,
    }));
}
