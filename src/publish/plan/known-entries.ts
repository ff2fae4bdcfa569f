// What each feed ever showed, as the target's record remembers it: fingerprints only, bounded.
import { fingerprintLength } from "./reader-kinds.ts";

/** Fingerprints by path of a feed document, what was shown last at the end. */
export type KnownEntries = ReadonlyMap<string, readonly string[]>;

const version = 1;
/** Entries of one document; fewer where there are many documents. */
const mostEntries = 1000;
const fewestEntries = 100;
const mostInAll = 40_000;
/** Documents that are no longer published. */
const mostGone = 200;

/** Adds what a document shows now, in the order of the document, to what is known of it. */
export function addShown(known: readonly string[], shown: readonly string[]): readonly string[] {
  const now = new Set(shown);
  return [...known.filter((print) => !now.has(print)), ...[...now].reverse()];
}

/** Forgets the oldest; `isPublished` says which documents the set has. */
export function boundKnown(known: KnownEntries, isPublished: (path: string) => boolean): KnownEntries {
  const paths = [...known.keys()].sort();
  const gone = new Set(paths.filter((path) => !isPublished(path)).slice(mostGone));
  const kept = paths.filter((path) => !gone.has(path));
  const most = Math.min(mostEntries, Math.max(fewestEntries, Math.floor(mostInAll / kept.length)));
  return new Map(kept.map((path) => [path, (known.get(path) ?? []).slice(-most)]));
}

/** For the record, as JSON: documents that showed the same, such as the formats of one feed, are together. */
export function printKnown(known: KnownEntries) {
  const groups = new Map<string, string[]>();
  for (const path of [...known.keys()].sort()) {
    const entries = (known.get(path) ?? []).join("");
    const group = groups.get(entries);
    if (group) group.push(path);
    else groups.set(entries, [path]);
  }
  return { version, feeds: [...groups].map(([entries, paths]) => ({ paths, entries })) };
}

/** Empty for what cannot be read, or is of another version: then what is public now is all that is known. */
export function parseKnown(data: unknown): KnownEntries {
  const known = new Map<string, readonly string[]>();
  const { version: own, feeds } = (data ?? {}) as { version?: unknown; feeds?: unknown };
  if (own !== version || !Array.isArray(feeds)) return known;
  for (const feed of feeds) {
    const { paths, entries } = (feed ?? {}) as { paths?: unknown; entries?: unknown };
    if (!Array.isArray(paths) || typeof entries !== "string") continue;
    const length = Math.min(Math.floor(entries.length / fingerprintLength), mostEntries);
    const prints = Array.from({ length }, (_, at) =>
      entries.slice(at * fingerprintLength, (at + 1) * fingerprintLength),
    );
    for (const path of paths) if (typeof path === "string") known.set(path, prints);
  }
  return known;
}
