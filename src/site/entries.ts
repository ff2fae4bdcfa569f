// In comes a row of the index; out goes the post it stands for, rendered once and serialised once per format.

import type { EntryLog, LogPosition } from "../cache/entry-log.ts";
import type { PostRow } from "../feeds/post-row.ts";
import type { FileBytes, ReadAhead } from "../files/read-ahead.ts";
import { isRacy, isUnchanged, readStamp } from "../files/stamp.ts";
import { serializeEntry } from "../formats/serialize.ts";
import type { Config } from "../model/config.ts";
import type { Position } from "../model/diagnostic.ts";
import type { Format } from "../model/format.ts";
import { nameVariant, type PackedFragment, type Variant } from "../model/plan.ts";
import type { PostContent } from "../model/post.ts";
import { locateField } from "../posts/fields/trace-post.ts";
import { locateBody } from "../posts/front-matter/front-matter.ts";
import { renderPost } from "../posts/render-post.ts";
import type { Dependency, Entry } from "./entry.ts";
import { EntryCache } from "./entry-cache.ts";
import type { FolderScanner } from "./folder-scanner.ts";

/** A source differs from what the index was told: the step has to take it in again. */
export class FileChanged extends Error {
  readonly file: string;
  constructor(file: string) {
    super(`${file} changed while it was being read`);
    this.file = file;
  }
}

/** Reads and renders one post. @throws FileChanged when the file is not the one the row was made from */
export async function makeEntry(
  row: PostRow,
  sources: FolderScanner,
  config: Config,
  ahead?: FileBytes,
): Promise<Entry> {
  const bytes = sources.open(row, ahead);
  const post = bytes && sources.parse(row.file, bytes).post;
  if (bytes === undefined || post === undefined) throw new FileChanged(row.file);
  const { offset, line } = locateBody(bytes);
  const body = { text: bytes.toString("utf8", offset), line };
  const head = Buffer.from(bytes.subarray(0, offset));
  const started = Date.now();
  const rendered = await renderPost(post, body, config, (field) =>
    locateField({ file: row.file, bytes: head }, [field], config),
  );
  const { content, assets, diagnostics } = rendered;
  const dependencies = rendered.places.map((file) => describePlace(file, started));
  return { post, content, assets, dependencies, diagnostics };
}

/** Makes and keeps entries. A new row means a new entry, so nothing is ever stale. */
export class EntryStore {
  readonly #config: Config;
  readonly #sources: FolderScanner;
  readonly #kept = new EntryCache();
  readonly #expected: RenderReadAhead;
  /** Where the log has the entry of a source's version, by file. */
  readonly #places = new Map<string, { readonly version: string; readonly place: LogPosition }>();
  readonly #changed = new Set<string>();
  /** Files that entries depend on, by post; most posts have none. */
  readonly #dependencies = new Map<string, readonly Dependency[]>();
  #log: EntryLog | undefined;

  constructor(config: Config, sources: FolderScanner) {
    this.#config = config;
    this.#sources = sources;
    this.#expected = new RenderReadAhead(config);
  }

  /** Says which posts will be asked for, in order and as often as they will be, until {@link EntryStore.relax}: it goes faster then. */
  async expect(rows: readonly PostRow[]): Promise<void> {
    this.#kept.expect(rows);
    const missing = rows.filter((row) => !this.#kept.has(row) && this.placeOf(row) === undefined);
    await this.#expected.begin(missing);
  }

  /** Says that no more posts are expected. */
  relax(): void {
    this.#kept.expect([]);
    this.#expected.end();
  }

  /** Uses a log: entries come from it where it has them, and go into it where it has not. */
  useLog(
    log: EntryLog,
    places: Iterable<readonly [string, { readonly version: string; readonly place: LogPosition }]>,
  ): void {
    this.#log = log;
    this.#places.clear();
    for (const [file, place] of places) this.#places.set(file, place);
  }

  /** Takes over what the entries of an earlier process depend on. */
  restoreDependencies(dependencies: Iterable<readonly [string, readonly Dependency[]]>): void {
    for (const [file, all] of dependencies) this.#dependencies.set(file, all);
  }

  /** Posts whose entries went into the log since the last call of {@link EntryStore.markSaved}. */
  get changed(): ReadonlySet<string> {
    return this.#changed;
  }

  /** How much of the log is in use, bytes. */
  logged(): number {
    let bytes = 0;
    for (const { place } of this.#places.values()) bytes += place.length;
    return bytes;
  }

  /** Says that all places are kept. */
  markSaved(): void {
    this.#changed.clear();
  }

  /** The posts, or those among `files`, whose pictures or recordings are no longer as their entries say. */
  findTouched(files: Iterable<string> = this.#dependencies.keys()): string[] {
    return [...files].filter((file) => this.#dependencies.get(file)?.every(isUnchanged) === false);
  }

  /** Where the first of some fields stands that a post has written; its first line where it wrote none, or is another one now. */
  locate(row: PostRow, fields: readonly string[]): Position {
    const bytes = this.#sources.open(row);
    const found = bytes && locateField({ file: row.file, bytes }, fields, this.#config);
    return found ?? { line: 1, column: 1 };
  }

  /** The files that posts' entries depend on, by post. */
  get dependencies(): ReadonlyMap<string, readonly Dependency[]> {
    return this.#dependencies;
  }

  /** Where the log has which version of a post's entry, by file. */
  places(): Iterable<readonly [string, { readonly version: string; readonly place: LogPosition }]> {
    return this.#places;
  }

  /** Where the log has a post's entry. */
  placeOf({ file, version }: PostRow): LogPosition | undefined {
    const known = this.#places.get(file);
    return known !== undefined && known.version === version ? known.place : undefined;
  }

  /** @throws FileChanged when the file is not the one the row was made from */
  async get(row: PostRow): Promise<Entry> {
    const kept = this.#kept.get(row);
    if (kept !== undefined) return kept;
    const entry = withTranslations(this.#recall(row) ?? (await this.#make(row)), row);
    this.#kept.keep(row, entry);
    if (entry.dependencies.length > 0) this.#dependencies.set(row.file, entry.dependencies);
    else this.#dependencies.delete(row.file);
    return entry;
  }

  /** Lets go of entries that nobody but one archive has asked for: it is made once, and seldom again. */
  release(entries: Iterable<Entry>): void {
    this.#kept.release(entries);
  }

  /** The entry's part of one document, made once whatever number of feeds it is in. */
  fragment(entry: Entry, format: Format, variant: Variant): PackedFragment {
    const key = `${format} ${nameVariant(variant)}`;
    const made = this.#kept.fragment(entry, key);
    if (made !== undefined) return made;
    const { text, ...facts } = serializeEntry(entry.post, entry.content, format, variant, this.#config);
    const fragment = { ...facts, bytes: Buffer.from(text) };
    this.#kept.keepFragment(entry, key, fragment);
    return fragment;
  }

  /** An entry that an earlier process made, if nothing it was made from has changed since. */
  #recall(row: PostRow): Entry | undefined {
    const place = this.placeOf(row);
    const text = place && this.#log?.read(place);
    if (!text) return undefined;
    const end = text.indexOf("\n");
    const { file, version, entry } = JSON.parse(text.slice(0, end)) as KeptRecord;
    if (file !== row.file || version !== row.version || !entry.dependencies.every(isUnchanged))
      return undefined;
    return { ...entry, content: { ...entry.content, html: text.slice(end + 1) } };
  }

  async #make(row: PostRow): Promise<Entry> {
    const entry = await makeEntry(row, this.#sources, this.#config, this.#expected.take(row));
    this.#remember(row, entry);
    return entry;
  }

  #remember({ file, version }: PostRow, entry: Entry): void {
    if (this.#log === undefined || version === undefined) return;
    // The HTML stands after the rest as it is: most of a record needs no escaping.
    const { html, ...content } = entry.content;
    const record: KeptRecord = { file, version, entry: { ...entry, content } };
    const place = this.#log.append(`${JSON.stringify(record)}\n`, html);
    if (place === undefined) return;
    this.#places.set(file, { version, place });
    this.#changed.add(file);
  }
}

/** The first line of a record in the log. */
interface KeptRecord {
  readonly file: string;
  readonly version: string;
  readonly entry: Omit<Entry, "content"> & { readonly content: Omit<PostContent, "html"> };
}

/** What only the index knows: a post's source says nothing of its translations. */
function withTranslations(entry: Entry, { translations }: PostRow): Entry {
  return translations === undefined ? entry : { ...entry, post: { ...entry.post, translations } };
}

/** A file as it is; one that was written while it was read, or just before, proves nothing and is as good as changed. */
function describePlace(file: string, readAt: number): Dependency {
  const stamp = readStamp(file);
  if (stamp === undefined) return { file };
  return { file, stamp: isRacy(stamp, readAt) ? { ...stamp, size: -1 } : stamp };
}

/** Below this many posts, a thread that reads ahead costs more than it saves. */
const manyPosts = 1500;

/** Has posts read before they are asked for. Nobody waits for it, and it need not have any of them. */
export class RenderReadAhead {
  readonly #config: Config;
  #ahead: ReadAhead | undefined;
  readonly #numbers = new Map<string, number>();
  /** Numbers below this one cannot be asked for any more. */
  #next = 0;

  constructor(config: Config) {
    this.#config = config;
  }

  /** Begins to read these posts, each once, where they are many. */
  async begin(rows: readonly PostRow[]): Promise<void> {
    this.end();
    for (const { file } of rows) if (!this.#numbers.has(file)) this.#numbers.set(file, this.#numbers.size);
    if (this.#numbers.size < manyPosts) return;
    const { startReadAhead } = await import("../files/read-ahead.ts");
    this.#ahead = startReadAhead(this.#config.posts.dir, [...this.#numbers.keys()]);
  }

  /** A post's file, good until the next call. */
  take({ file }: PostRow): FileBytes | undefined {
    const number = this.#ahead && this.#numbers.get(file);
    if (number === undefined || number < this.#next) return undefined;
    this.#next = number + 1;
    return this.#ahead?.take(number);
  }

  end(): void {
    this.#ahead?.close();
    this.#ahead = undefined;
    this.#numbers.clear();
    this.#next = 0;
  }
}
