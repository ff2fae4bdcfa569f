// In come the entries that subscribers have and those that would be published; out goes what subscribers would see.
import type { Entry } from "./read-entries.ts";

/** What publishing would mean to people who subscribed. */
export interface Comparison {
  /** Under an id nobody has seen, and nothing else known. */
  readonly added: readonly Entry[];
  /** Under the same id with other words, title or address. */
  readonly edited: readonly { readonly before: Entry; readonly after: Entry }[];
  /** Not in the new document any more. */
  readonly gone: readonly Entry[];
  /** The same entry under another id: every subscriber would see it as new again. */
  readonly reappearing: readonly { readonly before: Entry; readonly after: Entry }[];
}

/** Compares by id first; what is left is the same entry when its address, or its title and words, are the same. */
export function compareEntries(before: readonly Entry[], after: readonly Entry[]): Comparison {
  const known = new Map(before.map((entry) => [entry.id, entry]));
  const kept = new Set(after.map((entry) => entry.id));
  const lost = before.filter((entry) => !kept.has(entry.id));
  const byUrl = new Map(
    lost.filter((entry) => entry.url !== "").map((entry) => [plainUrl(entry.url), entry]),
  );
  const byWords = new Map(
    lost.filter((entry) => entry.title !== "").map((entry) => [wordsKey(entry), entry]),
  );
  const result = {
    added: [] as Entry[],
    edited: [] as { before: Entry; after: Entry }[],
    reappearing: [] as { before: Entry; after: Entry }[],
  };
  const matched = new Set<Entry>();
  for (const entry of after) {
    const same = known.get(entry.id);
    if (same) {
      if (isEdited(same, entry)) result.edited.push({ before: same, after: entry });
      continue;
    }
    const old = byUrl.get(plainUrl(entry.url)) ?? byWords.get(wordsKey(entry));
    if (old && !matched.has(old)) {
      matched.add(old);
      result.reappearing.push({ before: old, after: entry });
    } else result.added.push(entry);
  }
  return { ...result, gone: lost.filter((entry) => !matched.has(entry)) };
}

function isEdited(before: Entry, after: Entry): boolean {
  return before.digest !== after.digest || before.title !== after.title || before.url !== after.url;
}

function wordsKey(entry: Entry): string {
  return `${entry.title}\n${entry.digest}`;
}

/** Scheme, `www.` and a final slash are what sites change without changing the page. */
function plainUrl(url: string): string {
  return url.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");
}

/** The comparison in words, one line an entry, most alarming first. */
export function describeComparison(
  comparison: Comparison,
  name: (entry: Entry) => string = ({ title, url, id }) => title || url || id,
): string {
  const { added, edited, gone, reappearing } = comparison;
  const lines = [
    ...reappearing.map(
      ({ before, after }) => `would reappear as new: ${name(after)} (${before.id} becomes ${after.id})`,
    ),
    ...added.map((entry) => `new: ${name(entry)}`),
    ...edited.map(({ after }) => `edited: ${name(after)}`),
    ...gone.map((entry) => `gone: ${name(entry)}`),
  ];
  const counts = `${added.length} new, ${edited.length} edited, ${gone.length} gone, ${reappearing.length} would reappear as new`;
  return `${[...lines, counts].join("\n")}\n`;
}
