import type { FeedEntry } from "../../check/compare/read-entries.ts";
import {
  allSigns,
  fingerprint,
  isKnownByAny,
  type ReaderKind,
  readerKinds,
  secondOf,
  signOf,
} from "./reader-kinds.ts";

/** The entries of one document that a kind of readers would show as new. */
export interface NewlyShown {
  readonly path: string;
  readonly who: string;
  readonly entries: readonly FeedEntry[];
  /** How many of them these readers were shown before, under another id, address, title or date. */
  readonly again: number;
  /** All entries that the document has now. */
  readonly after: number;
}

/** One document before and after. */
export interface DocumentVersions {
  readonly path: string;
  /** What is public now; undefined where there is nothing, or where it cannot be read. */
  readonly before: readonly FeedEntry[] | undefined;
  readonly after: readonly FeedEntry[];
  /** Fingerprints of what it ever showed. */
  readonly known: readonly string[];
  /** Entries that their authors took back, or let expire: as many older ones may take their place. */
  readonly takenBack: number;
}

/** What each kind of readers would show as new. A document that nobody could subscribe to yet has no readers. */
export function findNewlyShown({ path, before, after, known, takenBack }: DocumentVersions): NewlyShown[] {
  if (before === undefined && known.length === 0) return [];
  const shown = (before ?? []).map(fingerprint);
  const everShown = [...known, ...shown];
  const refill = findRefill(before ?? [], after, takenBack);
  const wasShown = isShownAgain(before ?? [], after, everShown);
  const fresh = after
    .filter((entry) => !refill.has(entry))
    .map((entry) => ({ entry, print: fingerprint(entry) }));
  return readerKinds.map(({ who, sign, remembers }: ReaderKind) => {
    const remembered = remembers || before === undefined ? everShown : shown;
    const signs = new Set(remembered.map((print) => signOf(print, sign)));
    const entries = fresh.filter(({ print }) => !signs.has(signOf(print, sign))).map(({ entry }) => entry);
    const again = remembers ? entries.filter(wasShown).length : 0;
    return { path, who, entries, again, after: after.length };
  });
}

/** Whether an entry that looks new was shown before: one of its signs is known, or an entry of the same second is gone. */
function isShownAgain(
  before: readonly FeedEntry[],
  after: readonly FeedEntry[],
  everShown: readonly string[],
): (entry: FeedEntry) => boolean {
  const signs = allSigns(everShown);
  const ids = new Set(after.map(({ id }) => id));
  const gone = new Set(before.filter(({ id }) => !ids.has(id)).map(secondOf));
  gone.delete(undefined);
  return (entry) => isKnownByAny(fingerprint(entry), signs) || gone.has(secondOf(entry));
}

/** The entries, older than all that were there, for which there is room because others were taken back. */
function findRefill(
  before: readonly FeedEntry[],
  after: readonly FeedEntry[],
  takenBack: number,
): ReadonlySet<FeedEntry> {
  const oldest = Math.min(...before.map((entry) => secondOf(entry) ?? Number.POSITIVE_INFINITY));
  const older = after.filter((entry) => (secondOf(entry) ?? Number.POSITIVE_INFINITY) < oldest);
  return new Set(takenBack === 0 ? [] : older.slice(0, takenBack));
}
