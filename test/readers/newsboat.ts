// newsboat, by itself in a terminal: it fetches, keeps everything in an SQLite file, and that is read.
//
// Known quirks:
// - It knows entries by their id alone, in all feeds together: a post that is in two feeds is shown in one of them.
//   Here every subscription has a cache of its own.
// - Of the enclosures it keeps one, with its type and without its length.
// - Of several authors it shows the last one in RSS; in Atom it makes one text of them.
// - An item without a title gets one from the last part of its link.
// - It remembers validators from the second fetch on, as only then the feed is in its cache: the third one asks.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Entry, type Place, python, type Reader, run, type Subscription } from "./reader.ts";

interface Row {
  readonly guid: string;
  readonly title: string;
  readonly url: string;
  readonly author: string;
  readonly pubDate: number;
  readonly content: string;
  readonly enclosure_url: string;
  readonly enclosure_type: string;
}

const readCache = `
import json, sqlite3, sys
cache = sqlite3.connect(sys.argv[1])
cache.row_factory = sqlite3.Row
rows = cache.execute("select * from rss_item where deleted = 0 order by pubDate desc, id")
print(json.dumps([dict(row) for row in rows]))
`;

export const newsboat: Reader = {
  name: "newsboat",
  package: "newsboat python3",
  present: ["sh", "-c", `newsboat --version && ${python} -c "import sqlite3"`],
  feeds: ["rss.xml", "atom.xml", "feeds/suara-dermaga/rss.xml"],
  leavesOut: ["length"],
  authorsShown: (names, format) => (format === "RSS" ? names.slice(-1) : [names.join(", ")]),
  cleansHtml: false,
  untitled: ({ link }) => titleFrom(link),
  asksFrom: 3,
  edited: "replaced",
  subscribe(place: Place): Subscription {
    const path = (name: string): string => join(place.folder, name);
    writeFileSync(path("config"), "download-retries 1\ndownload-timeout 10\n");
    writeFileSync(path("urls"), `${place.url}\n`);
    return {
      async refresh() {
        const files = ["-C", path("config"), "-u", path("urls"), "-c", path("cache.db")];
        await run(["newsboat", ...files, "-x", "reload"], place);
        if (!existsSync(path("cache.db"))) throw new Error("newsboat wrote no cache");
        const rows: Row[] = JSON.parse(await run([python, "-c", readCache, path("cache.db")], place));
        return rows.map(toEntry);
      },
    };
  },
};

/** `…/2026/09/first-rain/` becomes `First rain`. */
function titleFrom(link: string): string {
  const words = (link.split("/").at(-2) ?? "").replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function toEntry(row: Row): Entry {
  return {
    id: row.guid,
    title: row.title,
    link: row.url,
    date: row.pubDate * 1000,
    authors: [row.author],
    content: row.content,
    enclosures: row.enclosure_url ? [{ url: row.enclosure_url, type: row.enclosure_type }] : [],
  };
}
