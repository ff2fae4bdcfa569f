// In come the bytes of a feed document; out goes what subscribers can tell of its entries.
import { digestOf } from "./file-set.ts";

/** An entry as the reader of feeds gives it. Instants are milliseconds since the epoch. */
export interface FeedEntry {
  readonly id: string;
  readonly url?: string;
  readonly title?: string;
  readonly published?: number;
  readonly updated?: number;
  /** Whatever the entry shows: content and summary as written. */
  readonly content?: string;
}

/** Reads a feed document by its bytes and file name; never throws. */
export type EntryReader = (
  bytes: Uint8Array,
  name: string,
) => { readonly entries: readonly FeedEntry[]; readonly problem?: string };

/** An entry in a comparison. */
export interface EntryView {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly published?: number;
  readonly updated?: number;
  /** Of the content alone; empty when there is none to speak of. */
  readonly contentDigest: string;
  /** Of everything that readers show. */
  readonly digest: string;
}

/** Prepares an entry for comparing. */
export function viewEntry(entry: FeedEntry): EntryView {
  const content = entry.content ?? "";
  const { id, url = "", title = "", published, updated } = entry;
  return {
    id,
    url,
    title,
    ...(published !== undefined && { published }),
    ...(updated !== undefined && { updated }),
    contentDigest: content.trim().length < 40 ? "" : digestOf(content),
    digest: digestOf(JSON.stringify([url, title, published, updated, content])),
  };
}
