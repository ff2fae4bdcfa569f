import type { Diagnostic } from "../../model/diagnostic.ts";
import { defineProblem, diagnose, type Problem } from "../../model/problem.ts";
import { specs } from "../rules/specs.ts";
import { compareEntries, type FeedComparison } from "./compare-documents.ts";
import { type FeedDocument, type FeedEntry, readFeedDocument } from "./read-entries.ts";

interface Placed {
  /** Path below the output folder; `file` of the diagnostics. */
  readonly path: string;
  /** Where it will be served; its self link is compared with it. */
  readonly url?: string;
}

export interface UnreadDocument extends Placed {
  readonly bytes: Uint8Array;
}

export interface SetFeed extends Placed {
  /** Bytes. */
  readonly size: number;
  readonly feed: FeedDocument;
}

export type SetDocument = UnreadDocument | SetFeed;

export interface SetOptions {
  /** The documents that are public now, by the same paths. */
  readonly previous?: readonly SetDocument[];
  /** Milliseconds since the epoch; what counts as the future. Default: the clock, read once. */
  readonly now?: number;
}

/** A finding about a document, and about one of its entries where it is about one. */
export interface SetFinding extends Diagnostic {
  readonly entry?: { readonly id: string; readonly url: string };
}

/** Google's limit for a feed, the lowest that a consumer states. */
const mostBytes = 2 * 1024 * 1024;

/** Checks what no single document can show: ids, self links, sizes, dates. Pure; never throws. */
export function checkSet(documents: readonly SetDocument[], options: SetOptions = {}): SetFinding[] {
  const now = options.now ?? Date.now();
  const read = documents.toSorted((a, b) => (a.path < b.path ? -1 : 1)).map(readDocument);
  const previous = new Map((options.previous ?? []).map((document) => [document.path, document]));
  return [
    ...read.flatMap((document) => checkOne(document, now)),
    ...checkIdsAcross(read),
    ...checkFormats(read),
    ...read.flatMap((document) => checkAgainst(document, previous.get(document.path))),
  ];
}

function readDocument(document: SetDocument): SetFeed {
  if ("feed" in document) return document;
  const { bytes, ...place } = document;
  return { ...place, size: bytes.length, feed: readFeedDocument(bytes, place.path) };
}

/** A finding about one entry of a document. */
function diagnoseEntry(
  problem: Problem,
  file: string,
  entry: FeedEntry,
  message: string,
  hint?: string,
): SetFinding {
  const { id, url } = entry;
  return { ...diagnose(problem, file, message, hint === undefined ? {} : { hint }), entry: { id, url } };
}

function quoteEntry(entry: FeedEntry): string {
  return `"${entry.title || entry.url || entry.id}"`;
}

const wrongSelf = defineProblem("set/self", {
  severity: "error",
  title: "A self link that is not the document's address",
  why: "FreshRSS moves subscriptions to the self address; WebSub notifies that one only.",
  fix: "Correct `site.url`, or the place of the document.",
  spec: specs.atom,
});

const tooLarge = defineProblem("set/size", {
  severity: "warning",
  title: "A document larger than readers like",
  why: "Feedbin stops at 10 MiB, Miniflux at 15 MB; phones fetch the whole file each time.",
  fix: "Lower `feeds.limit`, or write summaries.",
  spec: specs.json,
});

export const entryInFuture = defineProblem("set/future", {
  severity: "warning",
  title: "An entry from the future",
  why: "Readers keep it on top until its day, or show a wrong date.",
  fix: "Publish it when it is due.",
  spec: specs.profile,
});

function checkOne({ path, size, url, feed }: SetFeed, now: number): SetFinding[] {
  const { self, kind, entries } = feed;
  const found: SetFinding[] = [];
  if (url !== undefined && self !== undefined && self !== url) {
    const message = `The self link is "${self}", but the document will be at "${url}".`;
    found.push(diagnose(wrongSelf, path, message, { hint: `Write \`${url}\`.` }));
  }
  if (kind !== "sitemap" && size > mostBytes) {
    const message = `The document has ${size} bytes; ${mostBytes} is as much as all consumers read.`;
    found.push(diagnose(tooLarge, path, message));
  }
  for (const entry of entries) {
    if (entry.date === undefined || entry.date <= now) continue;
    const date = new Date(entry.date).toISOString();
    const message = `${quoteEntry(entry)} is dated ${date}, which is yet to come.`;
    found.push(diagnoseEntry(entryInFuture, path, entry, message));
  }
  return found;
}

const idShared = defineProblem("set/id-shared", {
  severity: "error",
  title: "One id for two entries",
  why: "Thunderbird and others keep one of the two.",
  fix: "Give each entry an id of its own.",
  spec: specs.atom,
});

/** One id is one entry in every document of the set. */
function checkIdsAcross(documents: readonly SetFeed[]): SetFinding[] {
  const found: SetFinding[] = [];
  const owners = new Map<string, { entry: FeedEntry; path: string }>();
  for (const { path, feed } of documents) {
    if (feed.kind === "sitemap") continue;
    for (const entry of feed.entries) {
      const owner = owners.get(entry.id);
      if (!owner) owners.set(entry.id, { entry, path });
      else if (owner.entry.url !== "" && entry.url !== "" && owner.entry.url !== entry.url) {
        const other = `${quoteEntry(owner.entry)} in ${owner.path}`;
        const message = `The id "${entry.id}" is that of ${quoteEntry(entry)} here and of ${other}.`;
        found.push(diagnoseEntry(idShared, path, entry, message));
      }
    }
  }
  return found;
}

const formatsDiffer = defineProblem("set/formats-differ", {
  severity: "warning",
  title: "The formats of one feed hold different entries",
  why: "People who change the format see entries again or miss some.",
  fix: "Build all formats from the same posts.",
  spec: specs.profile,
});

/** The formats of one folder hold the same entries. */
function checkFormats(documents: readonly SetFeed[]): SetFinding[] {
  const found: SetFinding[] = [];
  const first = new Map<string, SetFeed>();
  for (const document of documents) {
    const { kind, entries } = document.feed;
    if (kind === "sitemap" || kind === "other") continue;
    const folder = document.path.slice(0, document.path.lastIndexOf("/") + 1);
    const other = first.get(folder);
    if (!other) {
      first.set(folder, document);
      continue;
    }
    const theirs = new Set(other.feed.entries.map(({ id }) => id));
    const ours = new Set(entries.map(({ id }) => id));
    const only = [...ours].find((id) => !theirs.has(id)) ?? [...theirs].find((id) => !ours.has(id));
    if (only === undefined) continue;
    const message = `"${only}" is in only one of ${document.path} and ${other.path}.`;
    found.push(diagnose(formatsDiffer, document.path, message));
  }
  return found;
}

export const entryIdChanged = defineProblem("set/id-changed", {
  severity: "error",
  title: "An entry whose id changed",
  why: "Every subscriber would see it as new again.",
  fix: "Keep the old id: write it into the post as `id:`.",
  spec: specs.atom,
});

/** No entry returns under another id. */
function checkAgainst(document: SetFeed, previous: SetDocument | undefined): SetFinding[] {
  if (!previous) return [];
  const before = readDocument(previous).feed.entries;
  return compareEntries(before, document.feed.entries).reappearing.map((pair) =>
    describeIdChange(pair, document.path),
  );
}

/** An entry that subscribers would see as new. */
export function describeIdChange(
  { before, after }: FeedComparison["reappearing"][number],
  file: string,
): SetFinding {
  const known = `readers know it as "${before.id}" and would show it as new`;
  return diagnoseEntry(
    entryIdChanged,
    file,
    after,
    `${quoteEntry(after)} has the id "${after.id}"; ${known}.`,
    `Write \`id: ${JSON.stringify(before.id)}\` into the post.`,
  );
}
