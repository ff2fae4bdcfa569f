import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BuiltEntry, Workplace } from "./built-entry.ts";
import { run } from "./run.ts";

/** In place of the home page: every page of the main sections, in every language, that Hugo lists. */
const listing = `{{- $rows := slice -}}
{{- range where site.AllPages "Kind" "page" -}}
{{- if in site.Params.mainSections .Section -}}
{{- $authors := .Params.authors | default (slice (.Params.author | default site.Params.author.name)) -}}
{{- $rows = $rows | append (dict "file" .File.Path "title" .Title "url" .Permalink "authors" $authors
  "date" (.Date.Format "2006-01-02T15:04:05Z07:00") "updated" (.Lastmod.Format "2006-01-02T15:04:05Z07:00")
  "categories" (.Params.categories | default slice) "tags" (.Params.tags | default slice) "html" .Content) -}}
{{- end -}}{{- end -}}
{{- $rows | jsonify (dict "noHTMLEscape" true) -}}
`;

interface Row {
  file: string;
  title: string;
  url: string;
  authors: (string | false)[];
  date: string;
  updated: string;
  categories: string[];
  tags: string[];
  html: string;
}

export function buildHugo({ project }: Workplace): BuiltEntry[] {
  writeFileSync(join(project, "layouts/index.html"), listing);
  run(project, "hugo", ["--destination", "built"]);
  const rows = JSON.parse(readFileSync(join(project, "built/index.html"), "utf8")) as Row[];
  return rows.map(({ file, updated, categories, tags, ...row }) => ({
    ...row,
    file: `content/${file}`,
    // `author: false` stays false.
    authors: row.authors.map((author) => author || "Rara Muara"),
    updated: updated <= row.date ? undefined : updated,
    categories: [...categories, ...tags],
  }));
}
