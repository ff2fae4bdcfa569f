import type { FeedEntry } from "../../check/compare/read-entries.ts";
import { parseUrl } from "../../model/url.ts";

/** What makes two entries with different ids the same post, the surest sign first. An empty key is no sign. */
const signs: readonly ((entry: FeedEntry) => string)[] = [
  (entry) => entry.url,
  (entry) => addressPath(entry.url),
  (entry) => addressPath(entry.id),
  (entry) => (entry.date === undefined ? "" : `${entry.digest}\n${entry.date}`),
  (entry) => entry.title && `${entry.title}\n${addressPath(entry.url).split("/").at(-1) ?? ""}`,
  (entry) => (entry.title && entry.date !== undefined ? `${entry.title}\n${entry.date}` : ""),
];

/** Pairs new entries with vanished ones that are the same post. A sign counts only where it singles one out on either side. */
export function matchEntries(
  gone: readonly FeedEntry[],
  fresh: readonly FeedEntry[],
): Map<FeedEntry, FeedEntry> {
  const pairs = new Map<FeedEntry, FeedEntry>();
  const taken = new Set<FeedEntry>();
  for (const sign of signs) {
    const was = groupBy(
      gone.filter((entry) => !taken.has(entry)),
      sign,
    );
    const is = groupBy(
      fresh.filter((entry) => !pairs.has(entry)),
      sign,
    );
    for (const [key, entries] of is) {
      const [entry, ...others] = entries;
      const [match, ...rivals] = was.get(key) ?? [];
      if (key === "" || !entry || !match || others.length > 0 || rivals.length > 0) continue;
      pairs.set(entry, match);
      taken.add(match);
    }
  }
  return pairs;
}

function groupBy(
  entries: readonly FeedEntry[],
  sign: (entry: FeedEntry) => string,
): Map<string, FeedEntry[]> {
  const groups = new Map<string, FeedEntry[]>();
  for (const entry of entries) {
    const key = sign(entry);
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return groups;
}

/** The path of a URL without scheme, host, `www`, query, `index.html` and slashes at its ends: what a new host or slash leaves alone. */
function addressPath(url: string): string {
  if (!/^https?:/i.test(url) || !parseUrl(url)) return "";
  return new URL(url).pathname.replace(/\/index\.html?$/, "").replace(/^\/+|\/+$/g, "");
}
