import type { FeedEntry } from "../../check/compare/read-entries.ts";
import { changedParts, type EntryReader, type WholeEntry } from "./entries.ts";
import type { EditedNote, EntryNote, FeedChange, MovedDateNote, PostName } from "./feed-change.ts";
import { matchEntries } from "./pair-entries.ts";

/** A feed document by its path and bytes. */
export interface FeedBytes {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface CompareOptions {
  readonly readEntries: EntryReader;
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
  const oldRead = oldBytes && options.readEntries(oldBytes, path);
  const newRead = newBytes && options.readEntries(newBytes, path);
  const older = indexById(oldRead?.entries ?? []);
  const newer = indexById(newRead?.entries ?? []);
  const gone = [...older.values()].filter(({ id }) => !newer.has(id));
  const fresh = [...newer.values()].filter(({ id }) => !older.has(id));
  const pairs = matchEntries(gone, fresh);
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
    edited: listEdited(kept, { oldRead, newRead }, toNote),
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

type Read = ReturnType<EntryReader>;

function listEdited(
  kept: readonly { was: FeedEntry; entry: FeedEntry }[],
  { oldRead, newRead }: { oldRead: Read | undefined; newRead: Read | undefined },
  toNote: Namer,
): EditedNote[] {
  const [oldWhole, newWhole] = [makeWhole(oldRead), makeWhole(newRead)];
  return kept.flatMap(({ was, entry }) => {
    const changed = changedParts(oldWhole(was), newWhole(entry));
    return changed.length === 0 ? [] : [{ ...toNote(entry), changed }];
  });
}

/** Gives an entry of a document its parts. */
function makeWhole(read: Read | undefined): (entry: FeedEntry) => WholeEntry {
  const parts = read?.parts?.() ?? [];
  const byEntry = new Map(read?.entries.map((entry, at) => [entry, parts[at]]));
  return (entry) => ({ entry, parts: byEntry.get(entry) ?? new Map() });
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
