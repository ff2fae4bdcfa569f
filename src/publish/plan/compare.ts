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
  options: CompareOptions,
): FeedChange[] {
  const before = new Map(oldSet.map((file) => [file.path, file.bytes]));
  const after = new Map(newSet.map((file) => [file.path, file.bytes]));
  const toNote = postNamer(options.posts ?? []);
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .filter((path) => !sameBytes(before.get(path), after.get(path)))
    .map((path) => compareFeed(path, before.get(path), after.get(path), options, toNote));
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
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

type Namer = (entry: FeedEntry) => EntryNote;

function postNamer(posts: readonly PostName[]): Namer {
  const byId = new Map(posts.map((post) => [post.id, post.file]));
  const byUrl = new Map(posts.map((post) => [post.url, post.file]));
  return (entry) => {
    const post = byId.get(entry.id) ?? byUrl.get(entry.url);
    return { id: entry.id, title: entry.title, url: entry.url, ...(post !== undefined && { post }) };
  };
}

function compareFeed(
  path: string,
  oldBytes: Uint8Array | undefined,
  newBytes: Uint8Array | undefined,
  options: CompareOptions,
  toNote: Namer,
): FeedChange {
  const oldRead = oldBytes && readPublicEntries(oldBytes, path);
  const newRead = newBytes && readPublicEntries(newBytes, path);
  const older = indexById(oldRead?.entries ?? []);
  const newer = indexById(newRead?.entries ?? []);
  const gone = [...older.values()].filter(({ id }) => !newer.has(id));
  const fresh = [...newer.values()].filter(({ id }) => !older.has(id));
  const { pairs } = matchBySigns(gone, fresh, signs);
  const again = new Set([...pairs.values()]);
  const left = gone.filter((entry) => !again.has(entry));
  const fell = fellOff([...older.values()], [...newer.values()], left, options.limit);
  const kept = [...newer.values()].flatMap((entry) => {
    const was = older.get(entry.id);
    return was === undefined ? [] : [{ was, entry }];
  });
  return {
    path,
    standing: oldBytes === undefined ? "added" : newBytes === undefined ? "removed" : "changed",
    new: fresh.filter((entry) => !pairs.has(entry)).map(toNote),
    edited: listEdited(kept, [oldRead, newRead], toNote),
    retracted: left.filter((entry) => !fell.has(entry)).map(toNote),
    dropped: left.filter((entry) => fell.has(entry)).map(toNote),
    reappearing: [...pairs].map(([entry, was]) => ({ ...toNote(entry), knownAs: was.id })),
    movedBack: [...kept, ...[...pairs].map(([entry, was]) => ({ was, entry }))].flatMap(({ was, entry }) =>
      movesBack(was, entry, toNote),
    ),
    before: older.size,
    after: newer.size,
    sizeBefore: oldBytes?.length ?? 0,
    sizeAfter: newBytes?.length ?? 0,
    ...(oldRead?.problem !== undefined && { unreadable: oldRead.problem }),
  };
}

function listEdited(
  kept: readonly { was: FeedEntry; entry: FeedEntry }[],
  [before, after]: readonly (PublicEntries | undefined)[],
  toNote: Namer,
): EditedNote[] {
  const [oldParts, newParts] = [partsReader(before), partsReader(after)];
  return kept.flatMap(({ was, entry }) => {
    const dates = (["date", "updated"] as const).filter((key) => was[key] !== entry[key]);
    const [old, now] = [oldParts(was), newParts(entry)];
    const changed = [...dates, ...partNames.filter((name) => old?.get(name) !== now?.get(name))];
    return changed.length === 0 ? [] : [{ ...toNote(entry), changed }];
  });
}

/** Gives the parts of an entry of a document: what readers could show differently, without white space that shows nowhere. */
function partsReader(read: PublicEntries | undefined): (entry: FeedEntry) => EntryParts | undefined {
  const parts = read?.parts?.() ?? [];
  const byEntry = new Map(read?.entries.map((entry, at) => [entry, parts[at]]));
  return (entry) => byEntry.get(entry);
}

function indexById(entries: readonly FeedEntry[]): Map<string, FeedEntry> {
  return new Map(entries.map((entry) => [entry.id, entry]));
}

function movesBack(was: FeedEntry, entry: FeedEntry, toNote: Namer): MovedDateNote[] {
  return (["date", "updated"] as const).flatMap((field) => {
    const before = was[field];
    const after = entry[field];
    return before !== undefined && after !== undefined && after < before
      ? [{ ...toNote(entry), field, before, after }]
      : [];
  });
}

/** The tail of the old order that is gone, when the window is as full as before or as full as it may be. */
function fellOff(
  older: readonly FeedEntry[],
  newer: readonly FeedEntry[],
  left: readonly FeedEntry[],
  limit: number,
): ReadonlySet<FeedEntry> {
  if (newer.length < Math.min(older.length, limit)) return new Set();
  const goneNow = new Set(left);
  const oldest = Math.min(...newer.map((entry) => entry.date ?? entry.updated ?? Number.POSITIVE_INFINITY));
  const fell = new Set<FeedEntry>();
  for (const entry of older.toReversed()) {
    const date = entry.date ?? entry.updated;
    if (goneNow.has(entry) && (date === undefined || date <= oldest || !Number.isFinite(oldest)))
      fell.add(entry);
    else if (newer.some(({ id }) => id === entry.id)) break;
  }
  return fell;
}
