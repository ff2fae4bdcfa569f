import { type EntryParts, readEntryParts } from "../../check/compare/entry-parts.ts";
import { type FeedEntry, readFeedDocument } from "../../check/compare/read-entries.ts";

/** The entries of a feed document as readers know them. */
export interface PublicEntries {
  readonly entries: readonly FeedEntry[];
  /** Why the document, or what follows some place in it, could not be read. */
  readonly problem?: string;
  /** The parts of each entry, in the same order; read when they are asked for. */
  parts?(): readonly EntryParts[];
}

/** Reads RSS, Atom and JSON Feed; never throws. */
export function readPublicEntries(bytes: Uint8Array, path: string): PublicEntries {
  const { kind, entries, broken } = readFeedDocument(bytes, path);
  if (kind === "other" || kind === "sitemap")
    return { entries: [], problem: "it is neither RSS nor Atom nor JSON Feed" };
  if (kind === "json" && entries.length === 0 && !isJson(bytes))
    return { entries: [], problem: "it is not JSON" };
  const problem = broken && { problem: `it is broken: ${broken}` };
  return { entries, ...problem, parts: () => readEntryParts(bytes, path) };
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder().decode(bytes));
    return true;
  } catch {
    return false;
  }
}
