import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BuiltEntry, Workplace } from "./built-entry.ts";
import { run } from "./run.ts";

/** A plugin that says of each article what Pelican's feed says, and which file it is. */
const listing = `
import json
from pelican import signals

def write(generator, writer):
    rows = []
    for article in generator.articles + generator.translations:
        category = [article.category.name]
        rows.append({
            "file": "content/" + article.relative_source_path,
            "title": article.title,
            "url": article.settings["SITEURL"] + "/" + article.url,
            "date": article.date.isoformat(),
            "updated": article.modified.isoformat() if hasattr(article, "modified") else None,
            "authors": [author.name for author in article.authors],
            "categories": category + [tag.name for tag in getattr(article, "tags", [])],
            "html": article.content,
        })
    with open("listing.json", "w") as file:
        json.dump(rows, file)

def register():
    signals.article_writer_finalized.connect(write)
`;

export function buildPelican({ project }: Workplace): BuiltEntry[] {
  writeFileSync(join(project, "listing.py"), listing);
  const extra = ["-e", 'PLUGINS=["listing"]', 'PLUGIN_PATHS=["."]'];
  run(project, "pelican", ["content", "-s", "publishconf.py", ...extra], {
    TZ: "UTC",
    PYTHONDONTWRITEBYTECODE: "1",
  });
  type Row = BuiltEntry & { updated: string | null };
  const rows = JSON.parse(readFileSync(join(project, "listing.json"), "utf8")) as Row[];
  return rows.map((row) => ({ ...row, updated: row.updated ?? undefined }));
}
