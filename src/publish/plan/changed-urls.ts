// In come the changes of each feed and what the main feeds showed; out go the permalinks to tell: of posts that are new, edited or retracted, and no others. Pure.
import type { Entry } from "../../check/compare/read-entries.ts";
import type { EntryNote, FeedChange, PostName } from "./feed-change.ts";
import { kindOf } from "./file-set.ts";

export interface UrlInput {
  readonly feeds: readonly FeedChange[];
  /** The entries of each main feed as it is public. */
  readonly shown: readonly (readonly Entry[])[];
  /** The entries of a document of the new set. */
  readonly readNew: (path: string) => readonly Entry[];
  /** Entries in a feed. */
  readonly limit: number;
  readonly posts: readonly PostName[];
}

/** Each once, sorted. That a feed comes or goes changes no page: its entries are news only where they are news elsewhere too. */
export function listChangedUrls(input: UrlInput): string[] {
  const isNew = judgeNew(input);
  const standing = new Set(input.posts.filter(({ hidden }) => hidden !== true).map(({ url }) => url));
  const notes = input.feeds.flatMap((feed) => [
    ...feed.new.filter(isNew(feed)),
    ...feed.edited,
    ...feed.retracted.filter(({ url }) => feed.standing !== "removed" || !standing.has(url)),
    ...feed.reappearing,
  ]);
  return [...new Set(notes.map(({ url }) => url).filter((url) => /^https?:\/\//i.test(url)))].sort();
}

/**
 * An entry may be new to a tag or an archive while its post is old. The main feeds show what is new, so what they showed is not,
 * nor, in a feed that only now appears, what is older than all they had room for.
 */
function judgeNew({ shown, readNew, limit }: UrlInput): (feed: FeedChange) => (note: EntryNote) => boolean {
  const known = new Set(shown.flat().map(({ url }) => url));
  const oldest = Math.min(...shown.flat().map(dateOf));
  const full = shown.some(({ length }) => length >= limit);
  return ({ path, standing }) => {
    if (known.size === 0 || (standing === "changed" && kindOf(path) === "feed")) return () => true;
    if (standing === "changed" || !full) return ({ url }) => !known.has(url);
    const dates = new Map(readNew(path).map((entry) => [entry.id, dateOf(entry)]));
    return ({ id, url }) => !known.has(url) && (dates.get(id) ?? oldest) >= oldest;
  };
}

function dateOf({ date, updated }: Entry): number {
  return date ?? updated ?? Number.POSITIVE_INFINITY;
}
