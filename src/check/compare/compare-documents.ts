import { type FeedDocument, type FeedEntry, readFeedDocument } from "./read-entries.ts";

/** What publishing would mean to people who subscribed. */
export interface FeedComparison {
  /** Neither id nor address nor words are known. */
  readonly added: readonly FeedEntry[];
  /** Under the same id with other words, title or address. */
  readonly edited: readonly { readonly before: FeedEntry; readonly after: FeedEntry }[];
  /** Not in the new document any more. */
  readonly gone: readonly FeedEntry[];
  /** The same entry under another id: every subscriber would see it as new again. */
  readonly reappearing: readonly { readonly before: FeedEntry; readonly after: FeedEntry }[];
}

/** Compares by id first; what is left is the same entry when its address, or its title and words, are the same. */
export function compareEntries(before: readonly FeedEntry[], after: readonly FeedEntry[]): FeedComparison {
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
    added: [] as FeedEntry[],
    edited: [] as { before: FeedEntry; after: FeedEntry }[],
    reappearing: [] as { before: FeedEntry; after: FeedEntry }[],
  };
  const matched = new Set<FeedEntry>();
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

function isEdited(before: FeedEntry, after: FeedEntry): boolean {
  return before.digest !== after.digest || before.title !== after.title || before.url !== after.url;
}

function wordsKey(entry: FeedEntry): string {
  return `${entry.title}\n${entry.digest}`;
}

/** Scheme, `www.` and a final slash are what sites change without changing the page. */
function plainUrl(url: string): string {
  return url.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");
}

/** The comparison in words, one line an entry, most alarming first. */
export function describeComparison(
  comparison: FeedComparison,
  name: (entry: FeedEntry) => string = ({ title, url, id }) => title || url || id,
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

export interface ComparedDocument {
  /** Path below the folder, or the name of a single document. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

interface NamedFeed extends FeedDocument {
  readonly path: string;
}

/**
 * Compares two sets of documents as one: an entry that only moved from one feed to another is neither gone nor new.
 * A single old document is compared with the one new document that replaces it. Never throws.
 */
export function compareDocuments(
  before: readonly ComparedDocument[],
  after: readonly ComparedDocument[],
): FeedComparison {
  const old = readAll(before);
  const made = readAll(after);
  const [only] = old;
  if (only !== undefined && old.length === 1) {
    const counterpart = findCounterpart(only, made);
    return compareEntries(only.entries, counterpart?.entries ?? []);
  }
  return compareEntries(unite(old, made), unite(made, old));
}

function readAll(documents: readonly ComparedDocument[]): NamedFeed[] {
  return documents
    .map(({ path, bytes }) => ({ path, ...readFeedDocument(bytes, path) }))
    .filter(({ kind }) => kind === "rss" || kind === "atom" || kind === "json")
    .sort((a, b) => depthOf(a.path) - depthOf(b.path) || (a.path < b.path ? -1 : 1));
}

function depthOf(path: string): number {
  return path.split("/").length;
}

/** By address, by file name, by format, or by being the only one. */
function findCounterpart(old: NamedFeed, documents: readonly NamedFeed[]): NamedFeed | undefined {
  const name = (path: string) => path.slice(path.lastIndexOf("/") + 1);
  return (
    documents.find(({ self }) => self !== undefined && self === old.self) ??
    documents.find(({ path, kind }) => kind === old.kind && name(path) === name(old.path)) ??
    documents.find(({ kind }) => kind === old.kind) ??
    documents[0]
  );
}

/** Each entry once, preferably from a document that has it on both sides: feeds carry it whole or as a summary. */
function unite(ours: readonly NamedFeed[], theirs: readonly NamedFeed[]): FeedEntry[] {
  const byPath = new Map(theirs.map((document) => [document.path, document]));
  const found = new Map<string, FeedEntry>();
  for (const { path, entries } of ours) {
    const ids = new Set(byPath.get(path)?.entries.map(({ id }) => id));
    for (const entry of entries) if (ids.has(entry.id) && !found.has(entry.id)) found.set(entry.id, entry);
  }
  for (const entry of ours.flatMap(({ entries }) => entries)) {
    if (!found.has(entry.id)) found.set(entry.id, entry);
  }
  return [...found.values()];
}
