// In come the documents that subscribers have and those that would be published; out goes what subscribers would experience.
import { type Comparison, compareEntries } from "./compare-documents.ts";
import { type Entry, type FeedDocument, readFeedDocument } from "./read-entries.ts";

export interface ComparedDocument {
  /** Path below the folder, or the name of a single document. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

interface ReadDocument extends FeedDocument {
  readonly path: string;
}

/**
 * Compares two sets of documents as one: an entry that only moved from one feed to another is neither gone nor new.
 * A single old document is compared with the one new document that stands for it. Never throws.
 */
export function compareSets(
  before: readonly ComparedDocument[],
  after: readonly ComparedDocument[],
): Comparison {
  const old = readAll(before);
  const made = readAll(after);
  const [only] = old;
  if (only !== undefined && old.length === 1) {
    const counterpart = findCounterpart(only, made);
    return compareEntries(only.entries, counterpart?.entries ?? []);
  }
  return compareEntries(unite(old, made), unite(made, old));
}

function readAll(documents: readonly ComparedDocument[]): ReadDocument[] {
  return documents
    .map(({ path, bytes }) => ({ path, ...readFeedDocument(bytes, path) }))
    .filter(({ kind }) => kind === "rss" || kind === "atom" || kind === "json")
    .sort((a, b) => depthOf(a.path) - depthOf(b.path) || (a.path < b.path ? -1 : 1));
}

function depthOf(path: string): number {
  return path.split("/").length;
}

/** By address, by file name, by format, or by being the only one. */
function findCounterpart(old: ReadDocument, documents: readonly ReadDocument[]): ReadDocument | undefined {
  const name = (path: string) => path.slice(path.lastIndexOf("/") + 1);
  return (
    documents.find(({ self }) => self !== undefined && self === old.self) ??
    documents.find(({ path, kind }) => kind === old.kind && name(path) === name(old.path)) ??
    documents.find(({ kind }) => kind === old.kind) ??
    documents[0]
  );
}

/** Each entry once, if it can be as a document has it that has it on both sides: feeds carry it whole or as a summary. */
function unite(ours: readonly ReadDocument[], theirs: readonly ReadDocument[]): Entry[] {
  const byPath = new Map(theirs.map((document) => [document.path, document]));
  const found = new Map<string, Entry>();
  for (const { path, entries } of ours) {
    const ids = new Set(byPath.get(path)?.entries.map(({ id }) => id));
    for (const entry of entries) if (ids.has(entry.id) && !found.has(entry.id)) found.set(entry.id, entry);
  }
  for (const entry of ours.flatMap(({ entries }) => entries)) {
    if (!found.has(entry.id)) found.set(entry.id, entry);
  }
  return [...found.values()];
}
