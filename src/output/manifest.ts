import { readFileSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import type { PublishedFeed } from "../model/plan.ts";
import { takeLock } from "./lock.ts";
import { replaceFile } from "./replace-file.ts";

/** What a written file is recognised by. */
export interface FileFacts {
  /** SHA-256, hexadecimal. */
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
  /** Set for a copy that was there before we would have made it: it may be another program's, so it is never removed. */
  readonly found?: true;
}

/** An entry of the site's feed, as its subscribers know it. */
export interface PublishedEntry {
  readonly id: string;
  /** The id under which readers know it, where that differs. */
  readonly knownAs?: string;
  readonly url: string;
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly date: number;
  /** The post's path below the posts folder. Manifests of older versions have none. */
  readonly file?: string;
}

/** What the next build has to know about the last one: its files, and what subscribers have. */
export interface Manifest {
  /** Files below the output folder, by path. */
  readonly files: Readonly<Record<string, FileFacts>>;
  /** Entries of the site's feed. */
  readonly entries: readonly PublishedEntry[];
  /** Entries that it had before their posts were left out because of an error. */
  readonly leftOut?: readonly PublishedEntry[];
  /** Feeds of tags, authors, sections and languages. */
  readonly feeds?: readonly PublishedFeed[];
  /** Broken posts, by their paths as in diagnostics, sorted. */
  readonly broken?: BrokenFiles;
}

export interface BrokenFiles {
  /** Posts that are in no feed. */
  readonly leftOut: readonly string[];
  /** Posts that stay at their last good version. */
  readonly held: readonly string[];
}

const version = 1;

/** Reads the manifest of an output folder; undefined when it is missing, unreadable or of another folder. */
export function readManifest(stateDir: string, out: string): Manifest | undefined {
  try {
    const data = JSON.parse(readFileSync(join(stateDir, "manifest.json"), "utf8")) as Record<string, unknown>;
    if (data.version !== version || data.out !== out || typeof data.files !== "object") return undefined;
    if (!Array.isArray(data.entries)) return undefined;
    return {
      files: Object.fromEntries(Object.entries(data.files as Manifest["files"]).filter(isOwnFile)),
      entries: data.entries.filter(isPublishedEntry),
      ...(Array.isArray(data.leftOut) && { leftOut: data.leftOut.filter(isPublishedEntry) }),
      feeds: Array.isArray(data.feeds) ? data.feeds.filter(isPublishedFeed) : [],
      ...(isBrokenFiles(data.broken) && { broken: data.broken }),
    };
  } catch {
    return undefined;
  }
}

function isBrokenFiles(value: unknown): value is BrokenFiles {
  const { leftOut, held } = (value ?? {}) as Record<string, unknown>;
  return [leftOut, held].every((all) => Array.isArray(all) && all.every((one) => typeof one === "string"));
}

/** Whether an entry of the manifest names a file below the output folder: whoever wrote it, nothing else is ours. */
function isOwnFile([path, facts]: readonly [string, Partial<FileFacts> | null]): boolean {
  const parts = path.split("/");
  const isBelow = !/[\\\0]|^[a-z]:/i.test(path) && !parts.some((part) => /^\.{0,2}$/.test(part));
  return isBelow && typeof facts?.digest === "string" && typeof facts.size === "number";
}

function isPublishedEntry(value: unknown): value is PublishedEntry {
  const { id, knownAs, url, title, date, file } = (value ?? {}) as Record<string, unknown>;
  const isWhole = [id, knownAs ?? "", url, title, file ?? ""].every((one) => typeof one === "string");
  return isWhole && typeof date === "number";
}

function isPublishedFeed(value: unknown): value is PublishedFeed {
  const { kind, name } = (value ?? {}) as Record<string, unknown>;
  return typeof kind === "string" && typeof name === "string";
}

/** The manifest of an output folder, read again only when another process wrote it. Use it under the lock. */
export class ManifestFile {
  readonly #stateDir: string;
  readonly #out: string;
  readonly #path: string;
  /** The file as this process left it. */
  #seen: Stats | undefined;
  #manifest: Manifest | undefined;

  constructor(stateDir: string, out: string) {
    this.#stateDir = stateDir;
    this.#out = out;
    this.#path = join(stateDir, "manifest.json");
  }

  read(): Manifest | undefined {
    const stat = statSync(this.#path, { throwIfNoEntry: false });
    if (!isSameFile(stat, this.#seen)) {
      this.#manifest = readManifest(this.#stateDir, this.#out);
      this.#seen = stat;
    }
    return this.#manifest;
  }

  write(manifest: Manifest): void {
    const text = `${JSON.stringify({ version, out: this.#out, ...manifest }, undefined, 1)}\n`;
    if (!holds(this.#path, text)) replaceFile(this.#path, text);
    this.#manifest = manifest;
    this.#seen = statSync(this.#path, { throwIfNoEntry: false });
  }
}

function holds(path: string, text: string): boolean {
  try {
    return readFileSync(path, "utf8") === text;
  } catch {
    return false;
  }
}

function isSameFile(a: Stats | undefined, b: Stats | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.ino === b.ino && a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs;
}

/** The id under which readers know an entry; undefined where that is not known. */
export type KnownIdLookup = (entry: PublishedEntry) => string | undefined;

/**
 * Writes into the manifest under which ids readers know the entries of the last build; does nothing without a last build.
 * @throws Failure `locked`
 */
export async function recordKnownIds(
  stateDir: string,
  out: string,
  findKnownId: KnownIdLookup,
): Promise<void> {
  const { entries = [], leftOut = [] } = readManifest(stateDir, out) ?? {};
  if (![...entries, ...leftOut].some((entry) => hasOtherId(entry, findKnownId(entry)))) return;
  const lock = await takeLock(stateDir);
  try {
    const file = new ManifestFile(stateDir, out);
    const manifest = file.read();
    if (manifest === undefined) return;
    const update = (entry: PublishedEntry) => withKnownId(entry, findKnownId(entry));
    const { entries, leftOut = [] } = manifest;
    file.write({ ...manifest, entries: entries.map(update), leftOut: leftOut.map(update) });
  } finally {
    lock.release();
  }
}

function hasOtherId({ id, knownAs }: PublishedEntry, known: string | undefined): boolean {
  return known !== undefined && known !== (knownAs ?? id);
}

function withKnownId(entry: PublishedEntry, known: string | undefined): PublishedEntry {
  if (known === undefined) return entry;
  const { knownAs: _, ...rest } = entry;
  return known === entry.id ? rest : { ...rest, knownAs: known };
}
