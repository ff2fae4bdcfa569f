// feedparser, the Python library: it fetches and parses; what it is told to remember is handed back to it.
//
// Known quirks:
// - It cleans HTML of its own accord: attributes come sorted, and `role` is gone.
// - From RSS's `address (name)` it cuts an address after the fourth letter of the top-level domain, so that
//   `author_detail` of `sari@muara.example (Sari)` is mangled. `author` has the text as it was.
// - `summary_detail` is the description of an image where Media RSS has one; `summary` is the item's.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Entry, nameIn, type Place, python, type Reader, run, type Subscription } from "./reader.ts";

const fetchFeed = `
import calendar, feedparser, json, os, sys
url, memory = sys.argv[1:]
kept = json.load(open(memory)) if os.path.exists(memory) else {"entries": {}}
feed = feedparser.parse(url, etag=kept.get("etag"), modified=kept.get("modified"))
if feed.bozo:
    sys.exit("cannot be parsed: %r" % feed.bozo_exception)
if feed.status == 200:
    kept["etag"], kept["modified"] = feed.get("etag"), feed.get("modified")
for entry in feed.entries:
    kept["entries"][entry.id] = {
        "id": entry.id,
        "title": entry.get("title", ""),
        "link": entry.link,
        "date": calendar.timegm(entry.published_parsed) * 1000,
        "authors": [entry.author] if len(entry.authors) == 1 else [one.name for one in entry.authors],
        "content": entry.content[0].value,
        "enclosures": [
            {"url": one.href, "type": one.type, "length": int(one.length)} for one in entry.enclosures
        ],
    }
json.dump(kept, open(memory, "w"))
`;

export const feedparser: Reader = {
  name: "feedparser",
  package: "python3-feedparser",
  present: [python, "-c", "import feedparser"],
  feeds: ["rss.xml", "atom.xml", "feeds/suara-dermaga/rss.xml"],
  leavesOut: [],
  cleansHtml: true,
  asksFrom: 2,
  edited: "replaced",
  subscribe(place: Place): Subscription {
    const memory = join(place.folder, "memory.json");
    return {
      async refresh() {
        await run([python, "-c", fetchFeed, place.url, memory], place);
        const { entries } = JSON.parse(readFileSync(memory, "utf8"));
        return Object.values<Entry & { authors: string[] }>(entries)
          .map((entry) => ({ ...entry, authors: entry.authors.map(nameIn) }))
          .sort((a, b) => b.date - a.date);
      },
    };
  },
};
