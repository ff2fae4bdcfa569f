import { type EntryParts, partNames } from "../../check/compare/entry-parts.ts";
import type { FeedEntry } from "../../check/compare/read-entries.ts";
import { type PublicEntries, readPublicEntries } from "./entries.ts";
import type { EditedNote, EntryNote, FeedChange, MovedDateNote, PostName } from "./feed-change.ts";
import { addressPath, lastSegment, matchBySigns, type Sign } from "./match-by-signs.ts";

/** A feed document by its path and bytes. */
export interface FeedBytes {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface CompareOptions {
  /** Entries that a feed may hold. */
  readonly limit: number;
  readonly posts?: readonly PostName[];
}

/** Compares document by document; those with the same bytes are left out. */
export function compareFeeds(
  oldSet: readonly FeedBytes[],
  newSet: readonly FeedBytes[],
  { limit, posts = [] }: CompareOptions,
): FeedChange[] {
  const before = new Map(oldSet.map((file) => [file.path, file.bytes]));
  const after = new Map(newSet.map((file) => [file.path, file.bytes]));
  const toNote = entryNoter(posts);
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((path) => {
    const [old, now] = [before.get(path), after.get(path)];
    return old && now && Buffer.compare(old, now) === 0 ? [] : [compareFeed(path, [old, now], limit, toNote)];
  });
}

/** Signs that two entries with different ids are the same post, the surest first. */
const signs: readonly Sign<FeedEntry, FeedEntry>[] = [
  (entry: FeedEntry) => entry.url,
  (entry: FeedEntry) => addressPath(entry.url),
  (entry: FeedEntry) => addressPath(entry.id),
  ({ digest, date }: FeedEntry) => (date === undefined ? "" : `${digest}\n${date}`),
  ({ title, url }: FeedEntry) => title && `${title}\n${lastSegment(url)}`,
  ({ title, date }: FeedEntry) => (title && date !== undefined ? `${title}\n${date}` : ""),
].map((sign) => ({ old: sign, new: sign }));

type EntryNoter = (entry: FeedEntry) => EntryNote;

/** Finds the post of an entry by id, else by URL. */
export function postFinder(posts: readonly PostName[]): (entry: FeedEntry) => PostName | undefined {
  const byId = new Map(posts.map((post) => [post.id, post]));
  const byUrl = new Map(posts.map((post) => [post.url, post]));
  return ({ id, url }) => byId.get(id) ?? byUrl.get(url);
}

function entryNoter(posts: readonly PostName[]): EntryNoter {
  const findPost = postFinder(posts);
  return (entry) => {
    const { id, title, url } = entry;
    const { file: post, takenBack } = findPost(entry) ?? {};
    return { id, title, url, ...(post !== undefined && { post }), ...(takenBack && { takenBack: true }) };
  };
}

function compareFeed(
  path: string,
  [oldBytes, newBytes]: readonly [Uint8Array | undefined, Uint8Array | undefined],
  limit: number,
  toNote: EntryNoter,
): FeedChange {
  const oldRead = oldBytes && readPublicEntries(oldBytes, path);
  const newRead = newBytes && readPublicEntries(newBytes, path);
  const before = indexById(oldRead);
  const after = indexById(newRead);
  const missing = [...before.values()].filter(({ id }) => !after.has(id));
  const added = [...after.values()].filter(({ id }) => !before.has(id));
  const { pairs } = matchBySigns(missing, added, signs);
  const renamed = [...pairs].map(([entry, was]) => ({ was, entry }));
  const matched = new Set(pairs.values());
  const gone = missing.filter((entry) => !matched.has(entry));
  const dropped = findDropped([...before.values()], [...after.values()], new Set(gone), limit);
  const same = [...after.values()].flatMap((entry) => {
    const was = before.get(entry.id);
    return was === undefined ? [] : [{ was, entry }];
  });
  return {
    path,
    standing: oldBytes === undefined ? "added" : newBytes === undefined ? "removed" : "changed",
    new: added.filter((entry) => !pairs.has(entry)).map(toNote),
    edited: listEdited(same, [oldRead, newRead], toNote),
    retracted: gone.filter((entry) => !dropped.has(entry)).map(toNote),
    dropped: gone.filter((entry) => dropped.has(entry)).map(toNote),
    reappearing: renamed.map(({ was, entry }) => ({ ...toNote(entry), knownAs: was.id })),
    movedBack: [...same, ...renamed].flatMap(({ was, entry }) => listMovedBack(was, entry, toNote)),
    before: before.size,
    after: after.size,
    sizeBefore: oldBytes?.length ?? 0,
    sizeAfter: newBytes?.length ?? 0,
    ...(oldRead?.problem !== undefined && { unreadable: oldRead.problem }),
  };
}

function listEdited(
  same: readonly { was: FeedEntry; entry: FeedEntry }[],
  [before, after]: readonly (PublicEntries | undefined)[],
  toNote: EntryNoter,
): EditedNote[] {
  const [oldParts, newParts] = [partsReader(before), partsReader(after)];
  return same.flatMap(({ was, entry }) => {
    const dates = (["date", "updated"] as const).filter((key) => was[key] !== entry[key]);
    const [old, now] = [oldParts(was), newParts(entry)];
    const changed = [...dates, ...partNames.filter((name) => old?.get(name) !== now?.get(name))];
    return changed.length === 0 ? [] : [{ ...toNote(entry), changed }];
  });
}

/** Finds the parts of an entry: all that readers could show differently, without white space that does not show. */
function partsReader(read: PublicEntries | undefined): (entry: FeedEntry) => EntryParts | undefined {
  const parts = read?.parts?.() ?? [];
  const byEntry = new Map(read?.entries.map((entry, at) => [entry, parts[at]]));
  return (entry) => byEntry.get(entry);
}

function indexById(read: PublicEntries | undefined): Map<string, FeedEntry> {
  return new Map(read?.entries.map((entry) => [entry.id, entry]));
}

function listMovedBack(was: FeedEntry, entry: FeedEntry, toNote: EntryNoter): MovedDateNote[] {
  return (["date", "updated"] as const).flatMap((field) => {
    const before = was[field];
    const after = entry[field];
    return before !== undefined && after !== undefined && after < before
      ? [{ ...toNote(entry), field, before, after }]
      : [];
  });
}

/** The oldest entries, if they left a feed that is as full as before or as full as it may be. */
function findDropped(
  before: readonly FeedEntry[],
  after: readonly FeedEntry[],
  gone: ReadonlySet<FeedEntry>,
  limit: number,
): ReadonlySet<FeedEntry> {
  if (after.length < Math.min(before.length, limit)) return new Set();
  const oldest = Math.min(...after.map(({ date, updated }) => date ?? updated ?? Number.POSITIVE_INFINITY));
  const dropped = new Set<FeedEntry>();
  for (const entry of before.toReversed()) {
    const date = entry.date ?? entry.updated;
    if (gone.has(entry) && (date === undefined || date <= oldest || !Number.isFinite(oldest)))
      dropped.add(entry);
    else if (after.some(({ id }) => id === entry.id)) break;
  }
  return dropped;
}
