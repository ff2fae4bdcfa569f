// In come the documents that belong together, and the ones they replace; out go findings about them as a set.
import type { Diagnostic } from "../../model/diagnostic.ts";
import { type RuleCode, rules } from "../rules/table.ts";
import { compareEntries } from "./compare-documents.ts";
import { type FeedDocument, type FeedEntry, readFeedDocument } from "./read-entries.ts";

interface PlacedDocument {
  /** Path below the output folder; `file` of the diagnostics. */
  readonly path: string;
  /** Where it will be served; its self link is compared with it. */
  readonly url?: string;
}

export interface UnreadDocument extends PlacedDocument {
  readonly bytes: Uint8Array;
}

export interface ParsedFeed extends PlacedDocument {
  /** Bytes. */
  readonly size: number;
  readonly feed: FeedDocument;
}

export type SetDocument = UnreadDocument | ParsedFeed;

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
const MAX_BYTES = 2 * 1024 * 1024;

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

function readDocument(document: SetDocument): ParsedFeed {
  if ("feed" in document) return document;
  const { bytes, ...place } = document;
  return { ...place, size: bytes.length, feed: readFeedDocument(bytes, place.path) };
}

function report(code: RuleCode, file: string, message: string, hint?: string, entry?: FeedEntry): SetFinding {
  return {
    code,
    severity: rules[code].severity,
    file,
    message,
    hint: hint ?? rules[code].mend,
    ...(entry && { entry: { id: entry.id, url: entry.url } }),
  };
}

function quoteEntry(entry: FeedEntry): string {
  return `"${entry.title || entry.url || entry.id}"`;
}

function checkOne(document: ParsedFeed, now: number): SetFinding[] {
  const { path, size, url, feed } = document;
  const { self, kind, entries } = feed;
  const found: SetFinding[] = [];
  if (url !== undefined && self !== undefined && self !== url) {
    found.push(
      report(
        "set/self",
        path,
        `The self link is "${self}", but the document will be at "${url}".`,
        `Write \`${url}\`.`,
      ),
    );
  }
  if (kind !== "sitemap" && size > MAX_BYTES) {
    found.push(
      report(
        "set/size",
        path,
        `The document has ${size} bytes; ${MAX_BYTES} is as much as all consumers read.`,
      ),
    );
  }
  for (const entry of entries) {
    if (entry.date !== undefined && entry.date > now) {
      found.push(
        report(
          "set/future",
          path,
          `${quoteEntry(entry)} is dated ${new Date(entry.date).toISOString()}, which is yet to come.`,
          undefined,
          entry,
        ),
      );
    }
  }
  return found;
}

/** One id is one entry in every document of the set. */
function checkIdsAcross(documents: readonly ParsedFeed[]): SetFinding[] {
  const found: SetFinding[] = [];
  const owners = new Map<string, { entry: FeedEntry; path: string }>();
  for (const { path, feed } of documents) {
    if (feed.kind === "sitemap") continue;
    for (const entry of feed.entries) {
      const owner = owners.get(entry.id);
      if (!owner) owners.set(entry.id, { entry, path });
      else if (owner.entry.url !== "" && entry.url !== "" && owner.entry.url !== entry.url) {
        found.push(
          report(
            "set/id-shared",
            path,
            `The id "${entry.id}" is that of ${quoteEntry(entry)} here and of ${quoteEntry(owner.entry)} in ${owner.path}.`,
            undefined,
            entry,
          ),
        );
      }
    }
  }
  return found;
}

/** The formats of one folder hold the same entries. */
function checkFormats(documents: readonly ParsedFeed[]): SetFinding[] {
  const found: SetFinding[] = [];
  const first = new Map<string, ParsedFeed>();
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
    if (only !== undefined) {
      found.push(
        report(
          "set/formats-differ",
          document.path,
          `"${only}" is in only one of ${document.path} and ${other.path}.`,
        ),
      );
    }
  }
  return found;
}

/** No entry returns under another id. */
function checkAgainst(document: ParsedFeed, previous: SetDocument | undefined): SetFinding[] {
  if (!previous) return [];
  const before = readDocument(previous).feed.entries;
  return compareEntries(before, document.feed.entries).reappearing.map(({ before: old, after }) =>
    report(
      "set/id-changed",
      document.path,
      `${quoteEntry(after)} has the id "${after.id}"; readers know it as "${old.id}" and would show it as new.`,
      `Write \`id: ${JSON.stringify(old.id)}\` into the post.`,
      after,
    ),
  );
}
