// In come the bytes of a feed document; out go its entries as readers know them, or why there are none.
import { type Entry, readFeedDocument } from "../check/read-entries.ts";

/** Reads a feed document by its bytes and path; never throws. `problem` says why nothing could be read. */
export type EntryReader = (
  bytes: Uint8Array,
  path: string,
) => { readonly entries: readonly Entry[]; readonly problem?: string };

/** Whether readers would show two versions of an entry differently; markup around the same words does not count. */
export function isEdited(before: Entry, after: Entry): boolean {
  return (["title", "url", "date", "updated", "digest"] as const).some((key) => before[key] !== after[key]);
}

/** Reads RSS, Atom and JSON Feed. */
export const readPublicEntries: EntryReader = (bytes, path) => {
  const { kind, entries } = readFeedDocument(bytes, path);
  if (kind === "other" || kind === "sitemap")
    return { entries: [], problem: "it is neither RSS nor Atom nor JSON Feed" };
  if (kind === "json" && entries.length === 0 && !isJson(bytes))
    return { entries: [], problem: "it is not JSON" };
  return { entries };
};

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder().decode(bytes));
    return true;
  } catch {
    return false;
  }
}
