// In comes what people call a tag, an author or a section; out goes the one name by which the index knows its feed.

/** What makes a feed a feed. `news` is the window of the news sitemap. */
export type FeedKind = "site" | "tag" | "author" | "section" | "language" | "custom" | "archive" | "news";

/** Ages at which a post is in a feed, in milliseconds: from the first (included) to the second (not included). */
export type Ages = readonly (readonly [from: number, until: number])[];

/** A feed that posts can be in. Made once a spelling, so a hundred thousand rows share few of them. */
export interface FeedName {
  /** Unique in the site: `site`, `tag/<name in small letters>`, … */
  readonly key: string;
  readonly kind: FeedKind;
  /** As people write it: the tag's text, the author's name; the month of an archive. */
  readonly name: string;
  /** Absent where posts stay for good. */
  readonly ages?: Ages;
}

/** The feed of everything. */
export const siteFeed: FeedName = { key: "site", kind: "site", name: "" };

const folded = new Map<string, string>();

/** Names that differ in case, spaces or composition alone are one. */
export function foldName(name: string): string {
  let fold = folded.get(name);
  if (fold === undefined) {
    fold = name.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();
    if (folded.size > 50_000) folded.clear();
    folded.set(name, fold);
  }
  return fold;
}

/** Gives the same object for the same words. */
export class FeedNames {
  readonly #names = new Map<FeedKind, Map<string, FeedName>>();

  get(kind: FeedKind, name: string): FeedName {
    let ofKind = this.#names.get(kind);
    if (ofKind === undefined) {
      ofKind = new Map();
      this.#names.set(kind, ofKind);
    }
    let found = ofKind.get(name);
    if (found === undefined) {
      found = { key: `${kind}/${foldName(name)}`, kind, name };
      ofKind.set(name, found);
    }
    return found;
  }
}
