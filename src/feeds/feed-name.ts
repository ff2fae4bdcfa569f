import type { FeedHistory } from "../model/plan.ts";

/** How a feed chooses its posts. `news` is the window of the news sitemap. */
export type FeedKind = "site" | "tag" | "author" | "section" | "language" | "custom" | "archive" | "news";

/** Ages at which a post is in a feed, in milliseconds: from the first (included) to the second (not included). */
export type Ages = readonly (readonly [from: number, until: number])[];

/** A feed that posts can be in. One object for each spelling, so a hundred thousand rows share few of them. */
export interface FeedName {
  /** Unique in the site: `site`, `tag/<name in small letters>`, … */
  readonly key: string;
  readonly kind: FeedKind;
  /** As people write it: the tag's text, the author's name; the month of an archive. */
  readonly name: string;
  /** Absent if posts stay for good. */
  readonly ages?: Ages;
}

/** Where the documents of a feed are. */
export interface FeedLocation {
  readonly name: FeedName;
  /** Below the output folder: empty, or ending in `/`. */
  readonly folder: string;
  /** Its name as a word in paths; empty for the site. */
  readonly slug: string;
  readonly history?: FeedHistory;
}

/** The feed of all posts. */
export const siteFeed: FeedName = { key: "site", kind: "site", name: "" };

const folded = new Map<string, string>();

/** The same text for names that differ only in case, spaces or Unicode composition. */
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
