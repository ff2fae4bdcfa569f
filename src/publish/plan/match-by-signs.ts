import { parseUrl } from "../../model/url.ts";

/** Reads the same sign off an old and a new item. An empty text is no sign. */
export interface Sign<Old, New> {
  readonly old: (item: Old) => string;
  readonly new: (item: New) => string;
}

/**
 * Pairs new items with old ones that are the same thing, by the surest sign first. A sign counts only where one item on
 * either side has it; where several have it, `ambiguous` lists the old ones.
 */
export function matchBySigns<Old, New>(
  olds: readonly Old[],
  news: readonly New[],
  signs: readonly Sign<Old, New>[],
): { pairs: Map<New, Old>; ambiguous: Map<New, readonly Old[]> } {
  const pairs = new Map<New, Old>();
  const paired = new Set<Old>();
  const ambiguous = new Map<New, readonly Old[]>();
  for (const sign of signs) {
    const oldsBySign = groupBy(
      olds.filter((item) => !paired.has(item)),
      sign.old,
    );
    const newsBySign = groupBy(
      news.filter((item) => !pairs.has(item)),
      sign.new,
    );
    for (const [key, same] of newsBySign) {
      const candidates = key === "" ? [] : (oldsBySign.get(key) ?? []);
      const [item, match] = [same[0], candidates[0]];
      if (item === undefined || match === undefined) continue;
      if (same.length === 1 && candidates.length === 1) {
        pairs.set(item, match);
        paired.add(match);
      } else for (const each of same) if (!ambiguous.has(each)) ambiguous.set(each, candidates);
    }
  }
  return { pairs, ambiguous };
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** What a new host, `www`, query, `index.html` or slash at the end leaves alone in a URL. */
export function addressPath(url: string): string {
  if (!/^https?:/i.test(url) || !parseUrl(url)) return "";
  return new URL(url).pathname.replace(/\/index\.html?$/, "").replace(/^\/+|\/+$/g, "");
}

export function lastSegment(url: string): string {
  return addressPath(url).split("/").at(-1) ?? "";
}
