// In come the new set and what is public; out goes the plan: what subscribers will see, what is written and removed, whom to tell. Pure.

import { compareEditions, type Edition, type PublishedRecord, recordPath } from "../deploy/record.ts";
import { listChangedUrls } from "./changed-urls.ts";
import { compareSets, type FeedBytes } from "./compare.ts";
import type { EntryReader } from "./entries.ts";
import type { FeedChange, PostName } from "./feed-change.ts";
import { compareInOrder, isFeedDocument, kindOf, type SetFile } from "./file-set.ts";

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

/** A feed document at its public address. */
export interface Topic {
  readonly path: string;
  readonly url: string;
  /** SHA-256 of the new bytes, hexadecimal. */
  readonly digest: string;
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
  const changed = files.filter(({ path }) => current.files.get(path)?.same !== true).sort(compareInOrder);
  const wanted = new Set(files.map(({ path }) => path));
  const owned = current.record?.files ?? {};
  const remove = Object.keys(owned)
    .filter((path) => !wanted.has(path) && path !== recordPath)
    .flatMap((path) => {
      const version = current.files.get(path)?.version;
      // Bytes that are no longer those we put are somebody else's: they stay.
      return version !== undefined && version === owned[path]?.version ? [{ path, expected: version }] : [];
    })
    .sort(compareInOrder);
  const removed = new Set(remove.map(({ path }) => path));
  const feeds = compareSets(
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
  return isFeedDocument(path) || kindOf(path) === "sitemap";
}

/** The public address of a path. */
export function publicUrl(siteUrl: string, path: string): string {
  return new URL(path.split("/").map(encodeURIComponent).join("/"), siteUrl).href;
}

/** The permalinks of posts that are new, edited or retracted. */
function changedUrls(input: PlanInput, current: PublicSet, feeds: readonly FeedChange[]): string[] {
  const { files, readEntries } = input;
  const isMain = ({ path }: { path: string }) => kindOf(path) === "feed";
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
