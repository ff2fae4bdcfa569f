import type { FeedEntry } from "../../check/compare/read-entries.ts";
import { compareEditions, type Edition, type PublishedRecord, recordPath } from "../deploy/record.ts";
import { compareFeeds, type FeedBytes, postFinder } from "./compare.ts";
import { readPublicEntries } from "./entries.ts";
import type { EntryNote, FeedChange, PostName } from "./feed-change.ts";
import {
  comparePublishOrder,
  fileKindOf,
  isFeedDocument,
  type SetFile,
  type Topic,
  topicOf,
} from "./file-set.ts";
import { addShown, boundKnown, type KnownEntries } from "./known-entries.ts";
import { type DocumentVersions, findNewlyShown, type NewlyShown } from "./newly-shown.ts";
import { fingerprint } from "./reader-kinds.ts";

/** A path of the new set as it is public. */
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
  /** There is a file in the record's place that is no record. */
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
  /** In the order of publishing. */
  readonly put: readonly PlannedFile[];
  readonly remove: readonly { readonly path: string; readonly expected: string }[];
  /** Files of others that would be overwritten. */
  readonly foreign: readonly string[];
  /** Feed documents whose bytes change. */
  readonly topics: readonly Topic[];
  /** Permalinks of posts that are new, edited or retracted; each once. */
  readonly urls: readonly string[];
  readonly unchanged: number;
  /** Without a record it is unknown which files are ours, and whether a newer set is public. */
  readonly recordUnreadable: boolean;
  /** What each kind of readers would show as new, document by document. */
  readonly newlyShown: readonly NewlyShown[];
  /** What every feed has shown once this set is public. */
  readonly known: KnownEntries;
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
      // Bytes other than those we wrote belong to somebody else: they stay.
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
  const documents = listShownDocuments(changed, current, input);
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
    topics: changed.filter(({ path }) => isFeedDocument(path)).map((file) => topicOf(file, siteUrl)),
    urls: listChangedUrls(input, current, feeds),
    unchanged: files.length - changed.length,
    recordUnreadable: current.recordUnreadable === true,
    newlyShown: documents.flatMap(findNewlyShown),
    known: rememberShown(documents, input, current),
    ...(current.record !== undefined &&
      compareEditions(current.record.edition, edition) > 0 && { newerEdition: current.record.edition }),
  };
}

/** The feeds that change, before and after; archives have no subscribers. */
function listShownDocuments(
  changed: readonly SetFile[],
  { feeds, record }: PublicSet,
  { posts }: PlanInput,
): DocumentVersions[] {
  const findPost = postFinder(posts);
  const publicFeeds = new Map(feeds.map((feed) => [feed.path, feed.bytes]));
  return changed.filter(isSubscribed).map((file) => {
    const { path } = file;
    const bytes = publicFeeds.get(path);
    const read = bytes && readPublicEntries(bytes, path);
    const before = read?.problem === undefined ? read?.entries : undefined;
    const after = readPublicEntries(file.read(), path).entries;
    const ids = new Set(after.map(({ id }) => id));
    const takenBack = before?.filter((entry) => !ids.has(entry.id) && findPost(entry)?.takenBack) ?? [];
    const known = record?.known?.get(path) ?? [];
    return { path, before, after, known, takenBack: takenBack.length };
  });
}

/** Adds what is and will be public to what is known; a feed of which nothing is known yet is read for it. */
function rememberShown(
  documents: readonly DocumentVersions[],
  { files }: PlanInput,
  { record }: PublicSet,
): KnownEntries {
  const known = new Map(record?.known);
  for (const { path, before, after, known: earlier } of documents) {
    const old = addShown(earlier, (before ?? []).map(fingerprint));
    known.set(path, addShown(old, after.map(fingerprint)));
  }
  for (const file of files.filter((file) => isSubscribed(file) && !known.has(file.path)))
    known.set(file.path, addShown([], readPublicEntries(file.read(), file.path).entries.map(fingerprint)));
  const paths = new Set(files.map(({ path }) => path));
  return boundKnown(known, (path) => paths.has(path));
}

function isSubscribed({ path }: { readonly path: string }): boolean {
  return isFeedDocument(path) && fileKindOf(path) !== "archive";
}

/** A site that moves here from another generator replaces its feeds and sitemaps; the guard compares their entries. */
function isReplaceable(path: string): boolean {
  return isFeedDocument(path) || fileKindOf(path) === "sitemap";
}

/**
 * The permalinks of posts that are new, edited or retracted, sorted. That a feed comes or goes changes no page: its entries
 * count only where another feed shows the change too.
 */
function listChangedUrls(input: PlanInput, current: PublicSet, feeds: readonly FeedChange[]): string[] {
  const isNew = newEntryTest(input, current);
  const visible = new Set(input.posts.filter(({ hidden }) => hidden !== true).map(({ url }) => url));
  const notes = feeds.flatMap((feed) => [
    ...feed.new.filter(isNew(feed)),
    ...feed.edited,
    ...feed.retracted.filter(({ url }) => feed.standing !== "removed" || !visible.has(url)),
    ...feed.reappearing,
  ]);
  return [...new Set(notes.map(({ url }) => url).filter((url) => /^https?:\/\//i.test(url)))].sort();
}

/**
 * An entry may be new to a tag or an archive while its post is old. What the main feeds showed is not new, and neither is,
 * in a feed that only now appears, what is older than everything that they had room for.
 */
function newEntryTest(
  { files, limit }: PlanInput,
  current: PublicSet,
): (feed: FeedChange) => (note: EntryNote) => boolean {
  const isMain = ({ path }: { path: string }) => fileKindOf(path) === "feed";
  const shown = [
    ...current.feeds.filter(isMain),
    ...files
      .filter((file) => isMain(file) && current.files.get(file.path)?.same === true)
      .map((file) => ({ path: file.path, bytes: file.read() })),
  ].map(({ path, bytes }) => readPublicEntries(bytes, path).entries);
  const known = new Set(shown.flat().map(({ url }) => url));
  const oldest = Math.min(...shown.flat().map(dateOf));
  const isFull = shown.some(({ length }) => length >= limit);
  return (feed) => {
    if (known.size === 0 || (feed.standing === "changed" && isMain(feed))) return () => true;
    if (feed.standing === "changed" || !isFull) return ({ url }) => !known.has(url);
    const file = files.find(({ path }) => path === feed.path);
    const entries = file === undefined ? [] : readPublicEntries(file.read(), file.path).entries;
    const dates = new Map(entries.map((entry) => [entry.id, dateOf(entry)]));
    return ({ id, url }) => !known.has(url) && (dates.get(id) ?? oldest) >= oldest;
  };
}

function dateOf({ date, updated }: FeedEntry): number {
  return date ?? updated ?? Number.POSITIVE_INFINITY;
}
