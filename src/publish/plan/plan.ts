import type { FeedEntry } from "../../check/compare/read-entries.ts";
import { compareEditions, type Edition, type PublishedRecord, recordPath } from "../deploy/record.ts";
import { compareFeeds, type FeedBytes } from "./compare.ts";
import type { EntryReader } from "./entries.ts";
import type { EntryNote, FeedChange, PostName } from "./feed-change.ts";
import {
  comparePublishOrder,
  fileKindOf,
  isFeedDocument,
  publicUrl,
  type SetFile,
  type Topic,
} from "./file-set.ts";

/** A path of the new set as it stands in public. */
export interface PublicFile {
  /** The target's token for its bytes. */
  readonly version: string;
  /** Whether its bytes are those of the new set. */
  readonly same: boolean;
}

/** What is public now, as far as the new set and the record of the last publish are concerned. */
export interface PublicSet {
  readonly files: ReadonlyMap<string, PublicFile>;
  /** The bytes of the feed documents that differ from the new set or are to go. */
  readonly feeds: readonly FeedBytes[];
  readonly record?: PublishedRecord;
  /** The version of the record itself. */
  readonly recordVersion?: string;
  /** Something stands in the record's place that is no record. */
  readonly recordUnreadable?: boolean;
}

/** A file to be written; `expected` is the version it replaces. */
export interface PlannedFile {
  readonly file: SetFile;
  readonly expected?: string;
}

export interface PublishPlan {
  readonly edition: Edition;
  readonly feeds: readonly FeedChange[];
  /** In the order in which they go out. */
  readonly put: readonly PlannedFile[];
  readonly remove: readonly { readonly path: string; readonly expected: string }[];
  /** Files of others that would be overwritten. */
  readonly foreign: readonly string[];
  /** Feed documents whose bytes change. */
  readonly topics: readonly Topic[];
  /** Permalinks of posts that are new, edited or retracted; each once. */
  readonly urls: readonly string[];
  readonly unchanged: number;
  /** Nobody can tell which files are ours, nor whether a newer set is public. */
  readonly recordUnreadable: boolean;
  /** The edition that is public, when it is newer than this one. */
  readonly newerEdition?: Edition;
}

export interface PlanInput {
  readonly files: readonly SetFile[];
  readonly edition: Edition;
  /** Ends with `/`. */
  readonly siteUrl: string;
  /** Entries in a feed. */
  readonly limit: number;
  readonly posts: readonly PostName[];
  readonly readEntries: EntryReader;
}

/** Says what publishing would do; changes nothing. */
export function planPublish(input: PlanInput, current: PublicSet): PublishPlan {
  const { files, edition, siteUrl } = input;
  const changed = files
    .filter(({ path }) => current.files.get(path)?.same !== true)
    .sort(comparePublishOrder);
  const wanted = new Set(files.map(({ path }) => path));
  const owned = current.record?.files ?? {};
  const remove = Object.keys(owned)
    .filter((path) => !wanted.has(path) && path !== recordPath)
    .flatMap((path) => {
      const version = current.files.get(path)?.version;
      // Bytes that are no longer those we put are somebody else's: they stay.
      return version !== undefined && version === owned[path]?.version ? [{ path, expected: version }] : [];
    })
    .sort(comparePublishOrder);
  const removed = new Set(remove.map(({ path }) => path));
  const feeds = compareFeeds(
    current.feeds.filter(({ path }) => wanted.has(path) || removed.has(path)),
    changed
      .filter(({ path }) => isFeedDocument(path))
      .map((file) => ({ path: file.path, bytes: file.read() })),
    input,
  );
  return {
    edition,
    feeds,
    put: changed.map((file) => {
      const expected = current.files.get(file.path)?.version;
      return { file, ...(expected !== undefined && { expected }) };
    }),
    remove,
    foreign: changed
      .map(({ path }) => path)
      .filter((path) => current.files.has(path) && !Object.hasOwn(owned, path) && !isReplaceable(path)),
    topics: changed
      .filter(({ path }) => isFeedDocument(path))
      .map(({ path, digest }) => ({ path, url: publicUrl(siteUrl, path), digest })),
    urls: changedUrls(input, current, feeds),
    unchanged: files.length - changed.length,
    recordUnreadable: current.recordUnreadable === true,
    ...(current.record !== undefined &&
      compareEditions(current.record.edition, edition) > 0 && { newerEdition: current.record.edition }),
  };
}

/** Feeds and sitemaps of an earlier generator are what a site moves away from; the guard compares their entries. */
function isReplaceable(path: string): boolean {
  return isFeedDocument(path) || fileKindOf(path) === "sitemap";
}

/** The permalinks of posts that are new, edited or retracted. */
function changedUrls(input: PlanInput, current: PublicSet, feeds: readonly FeedChange[]): string[] {
  const { files, readEntries } = input;
  const isMain = ({ path }: { path: string }) => fileKindOf(path) === "feed";
  const unchanged = files.filter((file) => isMain(file) && current.files.get(file.path)?.same === true);
  const mainFeeds = [
    ...current.feeds.filter(isMain),
    ...unchanged.map((file) => ({ path: file.path, bytes: file.read() })),
  ];
  return listChangedUrls({
    ...input,
    feeds,
    shown: mainFeeds.map(({ path, bytes }) => readEntries(bytes, path).entries),
    readNew: (path) => {
      const file = files.find((one) => one.path === path);
      return file === undefined ? [] : readEntries(file.read(), path).entries;
    },
  });
}

export interface UrlInput {
  readonly feeds: readonly FeedChange[];
  /** The entries of each main feed as it is public. */
  readonly shown: readonly (readonly FeedEntry[])[];
  /** The entries of a document of the new set. */
  readonly readNew: (path: string) => readonly FeedEntry[];
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
    if (known.size === 0 || (standing === "changed" && fileKindOf(path) === "feed")) return () => true;
    if (standing === "changed" || !full) return ({ url }) => !known.has(url);
    const dates = new Map(readNew(path).map((entry) => [entry.id, dateOf(entry)]));
    return ({ id, url }) => !known.has(url) && (dates.get(id) ?? oldest) >= oldest;
  };
}

function dateOf({ date, updated }: FeedEntry): number {
  return date ?? updated ?? Number.POSITIVE_INFINITY;
}
