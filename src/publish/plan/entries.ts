import { type EntryParts, partNames, readEntryParts } from "../../check/compare/entry-parts.ts";
import { type FeedEntry, readFeedDocument } from "../../check/compare/read-entries.ts";

/** Reads a feed document by its bytes and path; never throws. `problem` says why nothing could be read. */
export type EntryReader = (
  bytes: Uint8Array,
  path: string,
) => {
  readonly entries: readonly FeedEntry[];
  readonly problem?: string;
  /** The parts of each entry, in the same order; read when they are asked for. */
  parts?(): readonly EntryParts[];
};

/** An entry with its parts. */
export interface WholeEntry {
  readonly entry: FeedEntry;
  readonly parts: EntryParts;
}

/** What readers could show differently in two versions of an entry: words, markup, links, pictures, dates. White space that shows nowhere does not count. */
export function changedParts(before: WholeEntry, after: WholeEntry): string[] {
  const dates = (["date", "updated"] as const).filter((key) => before.entry[key] !== after.entry[key]);
  return [...dates, ...partNames.filter((name) => before.parts.get(name) !== after.parts.get(name))];
}

/** Reads RSS, Atom and JSON Feed. */
export const readPublicEntries: EntryReader = (bytes, path) => {
  const { kind, entries, broken } = readFeedDocument(bytes, path);
  if (kind === "other" || kind === "sitemap")
    return { entries: [], problem: "it is neither RSS nor Atom nor JSON Feed" };
  if (kind === "json" && entries.length === 0 && !isJson(bytes))
    return { entries: [], problem: "it is not JSON" };
  const problem = broken && { problem: `it is broken: ${broken}` };
  return { entries, ...problem, parts: () => readEntryParts(bytes, path) };
};

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder().decode(bytes));
    return true;
  } catch {
    return false;
  }
}
