// In comes the posts folder as it is now; out go the changes since it was last looked at, as rows for the index.
import { hash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join, relative } from "node:path";
import type { Change } from "./feeds/post-index.ts";
import { makeRow, type PostRow } from "./feeds/post-row.ts";
import type { KeptSources } from "./kept-sources.ts";
import type { Config } from "./model/config.ts";
import type { Diagnostic } from "./model/diagnostic.ts";
import { Failure } from "./model/failure.ts";
import type { Post } from "./model/post.ts";
import {
  describeUnreadable,
  discoverPosts,
  listPosts,
  matchPostNames,
  refuseFile,
  type SourceFile,
} from "./posts/discover.ts";
import { readPost } from "./posts/read-post.ts";
import type { FileBytes, ReadAhead } from "./read-ahead.ts";
import { isRacy, readStamp, type Stamp, sameStamp } from "./stamp.ts";
import { digestEnd, hasEnd } from "./text-end.ts";

/** What is known of one file. */
export interface Source {
  readonly stamp: Stamp;
  /** Whether the stamp proves the content: the file was not written in the moment it was read. */
  readonly settled: boolean;
  /** SHA-256 of its bytes, with what only its history knows. */
  readonly digest: string;
  /** How its text ends, see {@link digestEnd}. */
  readonly end: number;
  readonly failed: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export interface SourceOptions {
  readonly drafts?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: {
    readonly phase: "reading" | "writing";
    readonly done: number;
    readonly total: number;
  }) => void;
}

/** Below this many files, a thread that reads ahead costs more than it saves. */
const manyFiles = 3000;

const noStamp: Stamp = { size: 0, mtimeMs: 0, ctimeMs: 0, ino: 0 };

/** How long reading may hold the event loop before signals are let in, in milliseconds. */
const breath = 40;

/** The posts folder: what stands there, what of it reads, and what is wrong with the rest. */
export class Sources {
  readonly #config: Config;
  readonly #options: SourceOptions;
  readonly #known = new Map<string, Source>();
  /** What an earlier process knew of files that are not in `#known`, except those in `#gone`. */
  #kept: KeptSources | undefined;
  readonly #gone = new Set<string>();
  /** What was found, by file: few have anything, and it is asked for with every update. */
  readonly #noted = new Map<string, Pick<Source, "failed" | "diagnostics">>();
  readonly #changed = new Set<string>();
  #found: readonly Diagnostic[] = [];
  /** What became known of files only when they were opened: why they give no post. */
  readonly #refused = new Map<string, Diagnostic>();
  #gitDates: ReadonlyMap<string, number> | undefined;
  #isPostName: ((file: string) => boolean) | undefined;
  /** One buffer for all reading: ten thousand posts are read for fifty to be kept. */
  #buffer = Buffer.allocUnsafeSlow(1 << 16);

  constructor(config: Config, options: SourceOptions) {
    this.#config = config;
    this.#options = options;
  }

  /** Takes over what an earlier process knew: files as they were kept, and those that were others after that. */
  restore(kept: KeptSources, changes: Iterable<{ readonly file: string; readonly source?: Source }>): void {
    this.#kept = kept;
    for (const [file, diagnostics] of kept.noted) this.#noted.set(file, { failed: false, diagnostics });
    for (const { file, source } of changes) {
      if (source === undefined) this.#remove(file);
      else this.#learn(file, source);
    }
  }

  /** Forgets everything, as if no file had ever been looked at. */
  forget(): void {
    this.#kept = undefined;
    for (const all of [this.#known, this.#gone, this.#noted, this.#changed]) all.clear();
  }

  /** Files of which something else is known since the last call of {@link Sources.markKept}. */
  get changed(): ReadonlySet<string> {
    return this.#changed;
  }

  /** Says that all that is known is kept. */
  markKept(): void {
    this.#changed.clear();
  }

  /** Looks at the whole folder. @throws Failure `posts-missing`, `interrupted` */
  async scan(): Promise<Change[]> {
    if (this.#config.dates.updated === "git") this.#gitDates = await this.#askGit();
    if (this.#kept === undefined && this.#known.size === 0) return this.#scanAnew();
    const { files, diagnostics } = discoverPosts(this.#config);
    this.#found = diagnostics;
    this.#refused.clear();
    const { different, missing } = this.#compare(files);
    const gone = missing.map((file) => this.#remove(file));
    return [...gone, ...(await this.#readAll(this.#gitDates ? files : different))];
  }

  /** Reads the whole folder, of which nothing is known: what its files are is asked when they are opened. */
  async #scanAnew(): Promise<Change[]> {
    const { files, diagnostics } = listPosts(this.#config);
    this.#found = diagnostics;
    this.#refused.clear();
    return this.#readAll(files);
  }

  /** Reads these files again, whatever is known of them. */
  async read(files: readonly string[]): Promise<Change[]> {
    const gone: Change[] = [];
    const there = files.flatMap((file) => {
      const stamp = readStamp(join(this.#config.posts.dir, file));
      if (stamp === undefined) gone.push(this.#remove(file));
      return stamp === undefined ? [] : [{ file, ...stamp }];
    });
    return [...gone, ...(await this.#readAll(there))];
  }

  /** Whether a file is there. */
  has(file: string): boolean {
    return this.#known.has(file) || (!this.#gone.has(file) && (this.#kept?.find(file) ?? -1) >= 0);
  }

  get(file: string): Source | undefined {
    const known = this.#known.get(file);
    if (known !== undefined || this.#kept === undefined || this.#gone.has(file)) return known;
    const number = this.#kept.find(file);
    return number < 0 ? undefined : this.#kept.source(number);
  }

  /** The path below the posts folder of what may be a post by its name; absent for everything else. */
  toPost(path: string): string | undefined {
    const file = relative(this.#config.posts.dir, path).replaceAll("\\", "/");
    if (file === "" || file.startsWith("../")) return undefined;
    this.#isPostName ??= matchPostNames(this.#config);
    return this.has(file) || this.#isPostName(file) ? file : undefined;
  }

  /** Whether posts are known below this path. */
  hasPostsBelow(path: string): boolean {
    const folder = `${relative(this.#config.posts.dir, path).replaceAll("\\", "/")}/`;
    if (folder === "/") return true;
    for (const file of this.#known.keys()) if (file.startsWith(folder)) return true;
    return this.#kept?.names.some((file) => file.startsWith(folder) && !this.#gone.has(file)) === true;
  }

  /** Whether a file was written to its end: it ends with the words it ended with when it was last read. */
  endsAsBefore(file: string): boolean {
    const known = this.get(file);
    if (known === undefined || known.end === 0) return false;
    const read = this.#readFile(file);
    return read !== undefined && "bytes" in read && hasEnd(read.bytes, known.end);
  }

  /** The bytes that a row was made from; absent when the file is another one by now. They are good until the next call. */
  open({ file, version }: PostRow): Buffer | undefined {
    const read = this.#readFile(file);
    if (read === undefined || "code" in read) return undefined;
    return withGitDate(read.digest, this.#gitDates?.get(file)) === version ? read.bytes : undefined;
  }

  /** One file's bytes as a post, with what only its history knows. */
  parse(file: string, bytes: Buffer): { post?: Post; diagnostics: readonly Diagnostic[] } {
    const { post, diagnostics } = readPost({ file, bytes }, this.#config);
    const updated = this.#gitDates?.get(file);
    if (post === undefined || updated === undefined || post.updated !== undefined || updated <= post.date) {
      return { ...(post && { post }), diagnostics };
    }
    return { post: { ...post, updated }, diagnostics };
  }

  /** Everything found while looking and reading, file by file. */
  diagnostics(): Diagnostic[] {
    const all = [...this.#found, ...this.#refused.values()];
    for (const { diagnostics } of this.#noted.values()) all.push(...diagnostics);
    return all;
  }

  /** Whether a file is there and does not read. */
  isFailed(file: string): boolean {
    return this.#noted.get(file)?.failed === true;
  }

  /** How many posts do not read. */
  failed(): number {
    let failed = 0;
    for (const noted of this.#noted.values()) if (noted.failed) failed += 1;
    return failed;
  }

  /** Most sites ask Git nothing: what starts programs is loaded by those that do. */
  async #askGit(): Promise<ReadonlyMap<string, number>> {
    const { readGitDates } = await import("./posts/git-dates.ts");
    return readGitDates(this.#config);
  }

  /** The thread that reads ahead, where there is enough to be read. */
  async #readAhead(files: readonly { readonly file: string }[]): Promise<ReadAhead | undefined> {
    if (files.length < manyFiles) return undefined;
    const { startReadAhead } = await import("./read-ahead.ts");
    return startReadAhead(
      this.#config.posts.dir,
      files.map(({ file }) => file),
    );
  }

  async #readAll(files: readonly { readonly file: string }[]): Promise<Change[]> {
    const changes: Change[] = [];
    let last = performance.now();
    const ahead = await this.#readAhead(files);
    try {
      for (const [i, { file }] of files.entries()) {
        const change = this.#readOne(file, ahead?.take(i) ?? this.#readFile(file));
        if (change !== undefined) changes.push(change);
        if ((i & 63) !== 0 || performance.now() - last <= breath) continue;
        this.#options.onProgress?.({ phase: "reading", done: i, total: files.length });
        await breathe(this.#options.signal);
        last = performance.now();
      }
    } finally {
      ahead?.close();
    }
    return changes;
  }

  #readOne(file: string, read: FileBytes | Diagnostic | undefined): Change | undefined {
    // Gone between the listing and now: the same as never listed.
    if (read === undefined) return this.#remove(file);
    if ("code" in read) return this.#refuse(file, read);
    const { stamp } = read;
    const { bytes } = read;
    const digest = withGitDate(read.digest, this.#gitDates?.get(file));
    const settled = !isRacy(stamp, read.readAt);
    const known = this.get(file);
    if (known?.digest === digest) {
      this.#learn(file, { ...known, stamp, settled });
      return undefined;
    }
    const { post, diagnostics } = this.parse(file, bytes);
    this.#learn(file, {
      stamp,
      settled,
      digest,
      end: digestEnd(bytes),
      failed: post === undefined,
      diagnostics,
    });
    if (post === undefined) return { file };
    return { file, row: { ...makeRow(post, this.#config, this.#options), version: digest } };
  }

  /** A file that is there and gives no post. One that cannot be opened is a post that fails; others are none. */
  #refuse(file: string, found: Diagnostic): Change {
    if (found.code !== "file/unreadable") {
      const change = this.#remove(file);
      this.#refused.set(file, found);
      return change;
    }
    const stamp = readStamp(join(this.#config.posts.dir, file)) ?? noStamp;
    this.#learn(file, { stamp, settled: false, digest: "", end: 0, failed: true, diagnostics: [found] });
    return { file };
  }

  /** One file's bytes, good until the next call; what keeps them from being read; or nothing where there is no file. */
  #readFile(file: string): FileBytes | Diagnostic | undefined {
    const readAt = Date.now();
    let handle: number | undefined;
    try {
      handle = openSync(join(this.#config.posts.dir, file), "r");
      const stat = fstatSync(handle);
      const refusal = refuseFile(file, stat, this.#config);
      if (refusal) return refusal;
      const { size, mtimeMs, ctimeMs, ino } = stat;
      const bytes = this.#readBytes(handle, size);
      return {
        bytes,
        stamp: { size, mtimeMs, ctimeMs, ino },
        digest: hash("sha256", bytes, "base64"),
        readAt,
      };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return code === "ENOENT" || code === "ENOTDIR"
        ? undefined
        : describeUnreadable(file, error, this.#config);
    } finally {
      if (handle !== undefined) closeSync(handle);
    }
  }

  /** Reads a file to its end into the shared buffer. @throws when it cannot be read */
  #readBytes(handle: number, expected: number): Buffer {
    let size = 0;
    for (;;) {
      if (size + expected + 1 > this.#buffer.length) {
        const larger = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, size + expected + 1));
        this.#buffer.copy(larger, 0, 0, size);
        this.#buffer = larger;
      }
      const read = readSync(handle, this.#buffer, size, this.#buffer.length - size, null);
      size += read;
      // Fewer bytes than there was room for, and as many as there should be: this is the end.
      if (read === 0 || (size === expected && size < this.#buffer.length))
        return this.#buffer.subarray(0, size);
    }
  }

  /** Sets the files of the folder, in order of their names, against what is known. */
  #compare(files: readonly SourceFile[]): { different: SourceFile[]; missing: string[] } {
    const match = this.#kept?.match(files);
    let met = 0;
    const different = files.filter((file, at) => {
      const known = this.#known.get(file.file);
      if (known !== undefined) {
        met += 1;
        return !(known.settled && sameStamp(known.stamp, file));
      }
      const number = match?.numberOf(at) ?? -1;
      return number < 0 || this.#gone.has(file.file) || this.#kept?.isAsKept(number, file) === false;
    });
    const missing = (match?.missing ?? []).filter((file) => !this.#gone.has(file) && !this.#known.has(file));
    if (met < this.#known.size) {
      const present = new Set(files.map(({ file }) => file));
      for (const file of this.#known.keys()) if (!present.has(file)) missing.push(file);
    }
    return { different, missing };
  }

  #remove(file: string): Change {
    this.#known.delete(file);
    if (this.#kept !== undefined) this.#gone.add(file);
    this.#noted.delete(file);
    this.#refused.delete(file);
    this.#changed.add(file);
    return { file };
  }

  #learn(file: string, source: Source): void {
    this.#known.set(file, source);
    this.#changed.add(file);
    this.#refused.delete(file);
    if (source.failed || source.diagnostics.length > 0) this.#noted.set(file, source);
    else if (this.#noted.size > 0) this.#noted.delete(file);
  }
}

/** Lets signals and timers in. @throws Failure `interrupted` when asked to stop */
export async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal?.aborted) {
    throw new Failure("interrupted", "Interrupted; the output folder is as it was.", {
      hint: "Run the command again.",
    });
  }
}

function withGitDate(digest: string, gitDate: number | undefined): string {
  return gitDate === undefined ? digest : `${digest} ${gitDate}`;
}
