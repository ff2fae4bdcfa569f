import { createHash } from "node:crypto";
import type { FeedEntry } from "../../check/compare/read-entries.ts";
import { addressPath } from "./match-by-signs.ts";

/** What readers compare. A new host is no new address: sites move, and their ids stay. */
const signs = {
  id: ({ id }: FeedEntry) => id,
  address: ({ id, url }: FeedEntry) => addressPath(url) || url || id,
  titleAndDate: (entry: FeedEntry) => `${entry.title || entry.id}\n${secondOf(entry) ?? ""}`,
  everything: (entry: FeedEntry) => `${entry.id}\n${entry.title}\n${addressPath(entry.url) || entry.url}`,
} satisfies Record<string, (entry: FeedEntry) => string>;

type Sign = keyof typeof signs;
const signNames = Object.keys(signs) as Sign[];

/** Letters of a fingerprint that one sign takes up. */
const signLength = 6;
export const fingerprintLength = signLength * signNames.length;

/** An entry as it is remembered: a short digest of each sign. */
export function fingerprint(entry: FeedEntry): string {
  return signNames.map((name) => shortDigest(signs[name](entry))).join("");
}

/** 36 bits: among a thousand entries, two of a hundred million new ones are taken for known ones. */
function shortDigest(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, signLength);
}

/** One sign of a fingerprint. */
export function signOf(print: string, sign: Sign): string {
  const at = signNames.indexOf(sign) * signLength;
  return print.slice(at, at + signLength);
}

/** Whether an entry is known by any sign. */
export function isKnownByAny(print: string, known: ReadonlySet<string>): boolean {
  return signNames.some((name) => known.has(`${name} ${signOf(print, name)}`));
}

/** All signs of some fingerprints, for {@link isKnownByAny}. */
export function allSigns(prints: readonly string[]): ReadonlySet<string> {
  return new Set(prints.flatMap((print) => signNames.map((name) => `${name} ${signOf(print, name)}`)));
}

export function secondOf({ date, updated }: FeedEntry): number | undefined {
  const instant = date ?? updated;
  return instant === undefined ? undefined : Math.floor(instant / 1000);
}

/** A kind of readers, by what makes two entries the same for them. */
export interface ReaderKind {
  /** For a message: who shows such entries as new. */
  readonly who: string;
  readonly sign: Sign;
  /** Whether an entry that left the feed is still known when it comes back. */
  readonly remembers: boolean;
}

/**
 * As readers' own code has it, for feeds whose entries have ids. Miniflux, NetNewsWire, FreshRSS, Feedbin, Newsboat and
 * rss2email go by the id, and so does Thunderbird, which forgets an entry a day after it left the feed. Readers that do not
 * trust a feed's ids go by the link, or by title and date. sfeed compares id, title and link.
 */
export const readerKinds: readonly ReaderKind[] = [
  { who: "readers that go by the id", sign: "id", remembers: true },
  { who: "readers that forget what left the feed, as Thunderbird does", sign: "id", remembers: false },
  { who: "readers that go by the address", sign: "address", remembers: true },
  { who: "readers that go by title and date", sign: "titleAndDate", remembers: true },
  { who: "readers that compare id, title and address, as sfeed does", sign: "everything", remembers: true },
];
