import type { EntryLog, LoggedEntry, LogPosition } from "../cache/entry-log.ts";
import type { PostRow } from "../feeds/post-row.ts";
import type { FileBytes } from "../files/file-bytes.ts";
import type { ReadAhead } from "../files/read-ahead.ts";
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
import type { KnownPosts } from "./known-posts.ts";
import { isStillTrue, PostLookups } from "./post-lookups.ts";

/** A post's file changed after it was scanned: it has to be scanned again. */
export class FileChanged extends Error {
  constructor(file: string) {
    super(`${file} changed while it was being read`);
  }
}

/** Renders posts. An entry belongs to a row, and a changed post has a new row, so no entry is ever out of date. */
export class EntryStore {
  readonly #config: Config;
  readonly #scanner: FolderScanner;
  readonly #cache = new EntryCache();
  readonly #readAhead: RenderReadAhead;
  /** By file. */
  readonly #logged = new Map<string, LoggedEntry>();
  readonly #unsaved = new Set<string>();
  /** Files that entries depend on, by post; most posts have none. */
  readonly #dependencies = new Map<string, readonly Dependency[]>();
  /** What entries were told about other posts. */
  readonly lookups = new PostLookups();
  readonly #posts: KnownPosts;
  #log: EntryLog | undefined;

  constructor(config: Config, scanner: FolderScanner, posts: KnownPosts) {
    this.#config = config;
    this.#posts = posts;
    this.#scanner = scanner;
    this.#readAhead = new RenderReadAhead(config);
  }

  /** Announces which rows {@link EntryStore.get} will be called with, in order and as often, until {@link EntryStore.relax}. */
  async expect(rows: readonly PostRow[]): Promise<void> {
    this.#cache.expect(rows);
    const missing = rows.filter((row) => !this.#cache.has(row) && this.positionOf(row) === undefined);
    await this.#readAhead.begin(missing);
  }

  /** No more rows are expected. */
  relax(): void {
    this.#cache.expect([]);
    this.#readAhead.end();
  }

  /** Takes entries from a log where it has them, and adds those that it has not. */
  useLog(log: EntryLog, logged: Iterable<readonly [string, LoggedEntry]>): void {
    this.#log = log;
    this.#logged.clear();
    for (const [file, entry] of logged) this.#logged.set(file, entry);
  }

  /** Takes over what the entries of an earlier process depend on. */
  restoreDependencies(dependencies: Iterable<readonly [string, readonly Dependency[]]>): void {
    for (const [file, all] of dependencies) this.#dependencies.set(file, all);
  }

  /** Posts whose entries went into the log since the last call of {@link EntryStore.markSaved}. */
  get unsaved(): ReadonlySet<string> {
    return this.#unsaved;
  }

  /** The positions of all entries in the log are saved. */
  markSaved(): void {
    this.#unsaved.clear();
  }

  /** How much of the log is in use. Bytes. */
  loggedBytes(): number {
    let bytes = 0;
    for (const { position } of this.#logged.values()) bytes += position.length;
    return bytes;
  }

  /** By file. */
  logged(): Iterable<readonly [string, LoggedEntry]> {
    return this.#logged;
  }

  /** Where the log has a post's entry. */
  positionOf({ file, version }: PostRow): LogPosition | undefined {
    const logged = this.#logged.get(file);
    return logged !== undefined && logged.version === version ? logged.position : undefined;
  }

  /** The files that posts' entries depend on, by post. */
  get dependencies(): ReadonlyMap<string, readonly Dependency[]> {
    return this.#dependencies;
  }

  /** The posts, or those of `files`, whose pictures or recordings changed since they were rendered. */
  findTouched(files: Iterable<string> = this.#dependencies.keys()): string[] {
    return [...files].filter((file) => this.#dependencies.get(file)?.every(isUnchanged) === false);
  }

  /** Where a post's front matter has the first of some fields; the first line where it has none of them, or changed. */
  locate(row: PostRow, fields: readonly string[]): Position {
    const bytes = this.#scanner.open(row);
    const found = bytes && locateField({ file: row.file, bytes }, fields, this.#config);
    return found ?? { line: 1, column: 1 };
  }

  /**
   * A post's entry. With `asItWas` it may have been made from pictures and recordings that changed since: the post is
   * broken, and stays at its last good version. @throws FileChanged when the file is not the one that the row was made from
   */
  async get(row: PostRow, asItWas = false): Promise<Entry> {
    const cached = this.#cache.get(row);
    if (cached !== undefined) return cached;
    const entry = withTranslations(this.#readLogged(row, asItWas) ?? (await this.#render(row)), row);
    this.#cache.set(row, entry);
    if (entry.dependencies.length > 0) this.#dependencies.set(row.file, entry.dependencies);
    else this.#dependencies.delete(row.file);
    this.lookups.set(row.file, entry.lookups);
    return entry;
  }

  /** Frees the memory of entries that only one archive has asked for: it is made once, and seldom again. */
  release(entries: Iterable<Entry>): void {
    this.#cache.release(entries);
  }

  /** The entry's part of a document, made once however many feeds the entry is in. */
  fragment(entry: Entry, format: Format, variant: Variant): PackedFragment {
    const key = `${format} ${nameVariant(variant)}`;
    const cached = this.#cache.fragment(entry, key);
    if (cached !== undefined) return cached;
    const { text, ...facts } = serializeEntry(entry.post, entry.content, format, variant, this.#config);
    const fragment = { ...facts, bytes: Buffer.from(text) };
    this.#cache.setFragment(entry, key, fragment);
    return fragment;
  }

  /** Reads and renders one post. @throws FileChanged */
  async #render(row: PostRow): Promise<Entry> {
    const { file } = row;
    const bytes = this.#scanner.open(row, this.#readAhead.take(row));
    const post = bytes && this.#scanner.parse(file, bytes).post;
    if (bytes === undefined || post === undefined) throw new FileChanged(file);
    const { offset, line } = locateBody(bytes);
    const body = { text: bytes.toString("utf8", offset), line };
    const head = Buffer.from(bytes.subarray(0, offset));
    const started = Date.now();
    const locate = (field: string): Position | undefined =>
      locateField({ file, bytes: head }, [field], this.#config);
    const { places, ...rendered } = await renderPost(post, body, this.#config, locate, this.#posts);
    const dependencies = places.map((path) => describeDependency(path, started));
    const entry = { post, ...rendered, dependencies };
    // The log has the last good version of a post: a broken one does not replace it.
    if (!entry.diagnostics.some(({ severity }) => severity === "error")) this.#writeLogged(row, entry);
    return entry;
  }

  /** The entry that an earlier process made, unless something that it was made from changed since. */
  #readLogged(row: PostRow, asItWas: boolean): Entry | undefined {
    const position = this.positionOf(row);
    const text = position && this.#log?.read(position);
    if (!text) return undefined;
    const end = text.indexOf("\n");
    const { file, version, entry } = JSON.parse(text.slice(0, end)) as LogRecord;
    const isSame = file === row.file && version === row.version;
    const isTrue = () => entry.lookups.every((lookup) => isStillTrue(lookup, this.#posts));
    const isCurrent = isSame && (asItWas || (entry.dependencies.every(isUnchanged) && isTrue()));
    return isCurrent ? { ...entry, content: { ...entry.content, html: text.slice(end + 1) } } : undefined;
  }

  #writeLogged({ file, version }: PostRow, entry: Entry): void {
    if (this.#log === undefined || version === undefined) return;
    // The HTML comes after the rest, without escapes: it is the most of a record.
    const { html, ...content } = entry.content;
    const record: LogRecord = { file, version, entry: { ...entry, content } };
    const position = this.#log.append(`${JSON.stringify(record)}\n`, html);
    if (position === undefined) return;
    this.#logged.set(file, { version, position });
    this.#unsaved.add(file);
  }
}

/** The first line of a record in the log. */
interface LogRecord {
  readonly file: string;
  readonly version: string;
  readonly entry: Omit<Entry, "content"> & { readonly content: Omit<PostContent, "html"> };
}

/** Only the index knows a post's translations. */
function withTranslations(entry: Entry, { translations }: PostRow): Entry {
  return translations === undefined ? entry : { ...entry, post: { ...entry.post, translations } };
}

/** A file that was written while it was read, or just before, gets a stamp that no file has: it counts as changed. */
function describeDependency(file: string, readAt: number): Dependency {
  const stamp = readStamp(file);
  if (stamp === undefined) return { file };
  return { file, stamp: isRacy(stamp, readAt) ? { ...stamp, size: -1 } : stamp };
}

/** For fewer posts than this, starting a thread costs more than it saves. */
const manyPosts = 1500;

/** Reads the files of posts that will be rendered, in a thread. It need not have any of them. */
export class RenderReadAhead {
  readonly #config: Config;
  #thread: ReadAhead | undefined;
  readonly #numbers = new Map<string, number>();
  /** Files with lower numbers cannot be taken any more. */
  #next = 0;

  constructor(config: Config) {
    this.#config = config;
  }

  /** Begins to read these posts, each once, if they are many. */
  async begin(rows: readonly PostRow[]): Promise<void> {
    this.end();
    for (const { file } of rows) if (!this.#numbers.has(file)) this.#numbers.set(file, this.#numbers.size);
    if (this.#numbers.size < manyPosts) return;
    const { startReadAhead } = await import("../files/read-ahead.ts");
    this.#thread = startReadAhead(this.#config.posts.dir, [...this.#numbers.keys()]);
  }

  /** A post's file, good until the next call. */
  take({ file }: PostRow): FileBytes | undefined {
    const number = this.#thread && this.#numbers.get(file);
    if (number === undefined || number < this.#next) return undefined;
    this.#next = number + 1;
    return this.#thread?.take(number);
  }

  end(): void {
    this.#thread?.close();
    this.#thread = undefined;
    this.#numbers.clear();
    this.#next = 0;
  }
}
