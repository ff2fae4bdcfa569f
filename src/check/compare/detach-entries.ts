// In comes what a document says of itself and its entries; out goes the same without a hold on the document's text.
import type { FeedDocument } from "./read-entries.ts";

/** Copies what is kept of many documents: a piece of a text keeps all of that text in memory. What they say alike is kept once. */
export class EntryDetacher {
  readonly #words = new Map<string, string>();

  detach(feed: FeedDocument): FeedDocument {
    const entries = feed.entries.map((entry) => ({
      ...entry,
      id: this.#copy(entry.id),
      title: this.#copy(entry.title),
      url: this.#copy(entry.url),
    }));
    return { ...feed, ...(feed.self !== undefined && { self: this.#copy(feed.self) }), entries };
  }

  #copy(word: string): string {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    const copy = Buffer.from(word, "utf16le").toString("utf16le");
    this.#words.set(copy, copy);
    return copy;
  }
}
