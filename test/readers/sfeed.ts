// sfeed: sfeed_update fetches with curl and keeps a file of lines with tabs for each feed; that is read.
//
// Known quirks:
// - It fetches without validators, so a server never gets to say 304.
// - Lines are the same when id, title and link are: a post with a new title is shown beside the old one, and a post
//   with a new text alone keeps the old text. sfeedrc(5) has a function for those who want it otherwise; both are here.
// - Of authors and enclosures it keeps the first, of the enclosure the address alone.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Entry, nameIn, type Place, type Reader, run, type Subscription } from "./reader.ts";

/** The newest line of an id is the one that stays. */
const mergeById = `merge() {\n\tcat "$3" "$2" | awk -F '\\t' '!seen[$6]++'\n}\n`;

function subscribe(place: Place, functions: string): Subscription {
  const settings = join(place.folder, "sfeedrc");
  const feeds = join(place.folder, "feeds");
  const list = `feeds() {\n\tfeed site "${place.url}"\n}\n`;
  writeFileSync(settings, `sfeedpath="${feeds}"\n${functions}${list}`);
  return {
    async refresh() {
      await run(["sfeed_update", settings], place);
      const lines = readFileSync(join(feeds, "site"), "utf8").split("\n").slice(0, -1);
      return lines.map(toEntry);
    },
  };
}

export const sfeed: Reader = {
  name: "sfeed",
  package: "sfeed",
  present: ["sh", "-c", "command -v sfeed sfeed_update curl"],
  feeds: ["rss.xml", "atom.xml", "feeds/suara-dermaga/rss.xml"],
  leavesOut: ["type", "length"],
  authorsShown: (names) => names.slice(0, 1),
  cleansHtml: false,
  edited: "beside",
  subscribe: (place) => subscribe(place, ""),
};

export const sfeedById: Reader = {
  ...sfeed,
  name: "sfeed that merges by id",
  edited: "replaced",
  subscribe: (place) => subscribe(place, mergeById),
};

function toEntry(line: string): Entry {
  const [time = "", title = "", link = "", content = "", , id = "", author = "", enclosure = ""] =
    line.split("\t");
  return {
    id,
    title,
    link,
    date: Number(time) * 1000,
    authors: [nameIn(author)],
    content: content.replace(/\\([nt\\])/g, (_, letter: string) => ({ n: "\n", t: "\t" })[letter] ?? "\\"),
    enclosures: enclosure ? [{ url: enclosure }] : [],
  };
}
