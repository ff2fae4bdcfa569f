// In come the public feed documents and the new ones; out goes what subscribers of each will see. Pure.

import type { Entry } from "../check/read-entries.ts";
import { parseUrl } from "../model/url.ts";
import { type EntryReader, isEdited } from "./entries.ts";

/** A feed document by its path and bytes. */
export interface FeedBytes {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What a post is called; `file` is its path as the author types it. */
export interface PostName {
  readonly file: string;
  readonly id: string;
  readonly url: string;
}

/** An entry in a report. */
export interface EntryNote {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  /** The post it comes from, where that is known. */
  readonly post?: string;
}

/** An entry that readers know under another id and will show again as unread. */
export interface ReappearingNote extends EntryNote {
  /** The id under which readers know it. */
  readonly knownAs: string;
}

/** An entry whose date went back. Milliseconds since the epoch. */
export interface MovedDateNote extends EntryNote {
  readonly field: "date" | "updated";
  readonly before: number;
  readonly after: number;
}

/** What changes in one document. */
export interface FeedChange {
  readonly path: string;
  /** Where the document stands: nobody subscribes to what is only now appearing. */
  readonly standing: "changed" | "added" | "removed";
  readonly new: readonly EntryNote[];
  readonly edited: readonly EntryNote[];
  /** Gone although the window still has room for them. */
  readonly retracted: readonly EntryNote[];
  /** Fell off the end of the window, as old entries do. */
  readonly dropped: readonly EntryNote[];
  readonly reappearing: readonly ReappearingNote[];
  readonly movedBack: readonly MovedDateNote[];
  /** Entries before and after. */
  readonly before: number;
  readonly after: number;
  /** Bytes before and after. */
  readonly sizeBefore: number;
  readonly sizeAfter: number;
  /** Why the public document could not be read, when it could not. */
  readonly unreadable?: string;
}

export interface CompareOptions {
  readonly readEntries: EntryReader;
  /** Entries that a feed may hold. */
  readonly limit: number;
  readonly posts?: readonly PostName[];
}

/** Compares document by document; those with the same bytes are left out. */
export function compareSets(
  oldSet: readonly FeedBytes[],
  newSet: readonly FeedBytes[],
  options: CompareOptions,
): FeedChange[] {
  const before = new Map(oldSet.map((file) => [file.path, file.bytes]));
  const after = new Map(newSet.map((file) => [file.path, file.bytes]));
  const nameOf = postNamer(options.posts ?? []);
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .filter((path) => !sameBytes(before.get(path), after.get(path)))
    .map((path) => compareFeed(path, before.get(path), after.get(path), options, nameOf));
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
}

type Namer = (entry: Entry) => EntryNote;

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
  nameOf: Namer,
): FeedChange {
  const oldRead = oldBytes && options.readEntries(oldBytes, path);
  const newRead = newBytes && options.readEntries(newBytes, path);
  const older = indexById(oldRead?.entries ?? []);
  const newer = indexById(newRead?.entries ?? []);
  const gone = [...older.values()].filter(({ id }) => !newer.has(id));
  const fresh = [...newer.values()].filter(({ id }) => !older.has(id));
  const pairs = pairUp(gone, fresh);
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
    new: fresh.filter((entry) => !pairs.has(entry)).map(nameOf),
    edited: kept.filter(({ was, entry }) => isEdited(was, entry)).map(({ entry }) => nameOf(entry)),
    retracted: left.filter((entry) => !fell.has(entry)).map(nameOf),
    dropped: left.filter((entry) => fell.has(entry)).map(nameOf),
    reappearing: [...pairs].map(([entry, was]) => ({ ...nameOf(entry), knownAs: was.id })),
    movedBack: [...kept, ...[...pairs].map(([entry, was]) => ({ was, entry }))].flatMap(({ was, entry }) =>
      movesBack(was, entry, nameOf),
    ),
    before: older.size,
    after: newer.size,
    sizeBefore: oldBytes?.length ?? 0,
    sizeAfter: newBytes?.length ?? 0,
    ...(oldRead?.problem !== undefined && { unreadable: oldRead.problem }),
  };
}

function indexById(entries: readonly Entry[]): Map<string, Entry> {
  return new Map(entries.map((entry) => [entry.id, entry]));
}

function movesBack(was: Entry, entry: Entry, nameOf: Namer): MovedDateNote[] {
  return (["date", "updated"] as const).flatMap((field) => {
    const before = was[field];
    const after = entry[field];
    return before !== undefined && after !== undefined && after < before
      ? [{ ...nameOf(entry), field, before, after }]
      : [];
  });
}

/** What makes two entries with different ids the same post, the surest sign first. An empty key is no sign. */
const signs: readonly ((entry: Entry) => string)[] = [
  (entry) => entry.url,
  (entry) => addressPath(entry.url),
  (entry) => addressPath(entry.id),
  (entry) => (entry.date === undefined ? "" : `${entry.digest}\n${entry.date}`),
  (entry) => entry.title && `${entry.title}\n${addressPath(entry.url).split("/").at(-1) ?? ""}`,
  (entry) => (entry.title && entry.date !== undefined ? `${entry.title}\n${entry.date}` : ""),
];

/** Pairs new entries with vanished ones that are the same post. A sign counts only where it singles one out on either side. */
function pairUp(gone: readonly Entry[], fresh: readonly Entry[]): Map<Entry, Entry> {
  const pairs = new Map<Entry, Entry>();
  const taken = new Set<Entry>();
  for (const sign of signs) {
    const was = groupBy(
      gone.filter((entry) => !taken.has(entry)),
      sign,
    );
    const is = groupBy(
      fresh.filter((entry) => !pairs.has(entry)),
      sign,
    );
    for (const [key, entries] of is) {
      const [entry, ...others] = entries;
      const [match, ...rivals] = was.get(key) ?? [];
      if (key === "" || !entry || !match || others.length > 0 || rivals.length > 0) continue;
      pairs.set(entry, match);
      taken.add(match);
    }
  }
  return pairs;
}

function groupBy(entries: readonly Entry[], sign: (entry: Entry) => string): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = sign(entry);
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return groups;
}

/** The path of a URL without scheme, host, `www`, query, `index.html` and slashes at its ends: what a new host or slash leaves alone. */
function addressPath(url: string): string {
  if (!/^https?:/i.test(url) || !parseUrl(url)) return "";
  return new URL(url).pathname.replace(/\/index\.html?$/, "").replace(/^\/+|\/+$/g, "");
}

/** The tail of the old order that is gone, when the window is as full as before or as full as it may be. */
function fellOff(
  older: readonly Entry[],
  newer: readonly Entry[],
  left: readonly Entry[],
  limit: number,
): ReadonlySet<Entry> {
  if (newer.length < Math.min(older.length, limit)) return new Set();
  const goneNow = new Set(left);
  const oldest = Math.min(...newer.map((entry) => entry.date ?? entry.updated ?? Number.POSITIVE_INFINITY));
  const fell = new Set<Entry>();
  for (const entry of older.toReversed()) {
    const date = entry.date ?? entry.updated;
    if (goneNow.has(entry) && (date === undefined || date <= oldest || !Number.isFinite(oldest)))
      fell.add(entry);
    else if (newer.some(({ id }) => id === entry.id)) break;
  }
  return fell;
}
