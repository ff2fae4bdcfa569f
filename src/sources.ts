// In comes the posts folder as it is now; out go the changes since it was last looked at, as rows for the index.
import { join } from "node:path";
import type { Change } from "./feeds/post-index.ts";
import { makeRow, type PostRow } from "./feeds/post-row.ts";
import { FileReader } from "./file-reader.ts";
import { KnownFiles, type Look, type Source } from "./known-files.ts";
import type { Config } from "./model/config.ts";
import type { Diagnostic } from "./model/diagnostic.ts";
import { Failure } from "./model/failure.ts";
import type { Post } from "./model/post.ts";
import { type NewPosts, PostCollector } from "./new-posts.ts";
import { readPost } from "./posts/read-post.ts";
import type { FileBytes, ReadAhead } from "./read-ahead.ts";
import { isRacy, readStamp, type Stamp, sameStamp } from "./stamp.ts";
import { digestEnd } from "./text-end.ts";

/** What a look at the folder has found. */
export interface Scan {
  /** Every post, when nothing was known before. */
  readonly fresh?: NewPosts;
  /** What is another than before, or than `fresh` says. */
  readonly changes: readonly Change[];
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
  readonly #known: KnownFiles;
  readonly #reader: FileReader;
  #gitDates: ReadonlyMap<string, number> | undefined;

  constructor(
    config: Config,
    options: SourceOptions,
    known: KnownFiles = new KnownFiles(config),
    reader: FileReader = new FileReader(config),
  ) {
    this.#config = config;
    this.#options = options;
    this.#known = known;
    this.#reader = reader;
  }

  /**
   * Looks at the whole folder at `now` (milliseconds since the epoch), unless `look` is how it looks just now. Of a
   * folder of which nothing is known, what its files are is asked when they are opened.
   * @throws Failure `posts-missing`, `interrupted`
   */
  async scan(now: number, look?: Look): Promise<Scan> {
    if (this.#config.dates.updated === "git") this.#gitDates = await this.#askGit();
    if (this.#known.isEmpty) return this.#readNew(this.#known.list(), now);
    const { files, different, missing } = look ?? this.#known.look();
    const gone = missing.map((file) => this.#remove(file));
    return { changes: [...gone, ...(await this.#readAll(this.#gitDates ? files : different))] };
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

  /**
   * The bytes that a row was made from; absent when the file is another one by now. They are good until the next call.
   * @param ahead is the file as it was read a moment ago
   */
  open({ file, version }: PostRow, ahead?: FileBytes): Buffer | undefined {
    const read = ahead ?? this.#reader.read(file);
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
    await this.#readEach(files, (file, read) => {
      const change = this.#readOne(file, read);
      if (change !== undefined) changes.push(change);
    });
    return changes;
  }

  /** Reads a folder of which nothing is known. What cannot be told all at once comes as changes. */
  async #readNew(files: readonly { readonly file: string }[], now: number): Promise<Scan> {
    const collector = new PostCollector(files.length);
    const changes: Change[] = [];
    await this.#readEach(files, (file, read) => {
      if (read === undefined) return;
      if ("code" in read) changes.push(this.#refuse(file, read));
      else {
        const { source, row } = this.#parse(file, read);
        if (row !== undefined && collector.add(row, source)) return;
        this.#known.learn(file, source);
        changes.push({ file, ...(row && { row }) });
      }
    });
    const fresh = collector.finish(now);
    this.#known.restore(fresh.sources, []);
    return {
      fresh,
      changes: [...fresh.rivals.map((row) => ({ file: row.file, row: { ...row } })), ...changes],
    };
  }

  /** Reads files one after the other; what is not there is undefined. @throws Failure `interrupted` */
  async #readEach(
    files: readonly { readonly file: string }[],
    take: (file: string, read: FileBytes | Diagnostic | undefined) => void,
  ): Promise<void> {
    let last = performance.now();
    const ahead = await this.#readAhead(files);
    try {
      for (let i = 0; i < files.length; i += 1) {
        const { file } = files[i] as { file: string };
        take(file, ahead?.take(i) ?? this.#reader.read(file));
        if ((i & 63) !== 0 || performance.now() - last <= breath) continue;
        this.#options.onProgress?.({ phase: "reading", done: i, total: files.length });
        await breathe(this.#options.signal);
        last = performance.now();
      }
    } finally {
      ahead?.close();
    }
  }

  #readOne(file: string, read: FileBytes | Diagnostic | undefined): Change | undefined {
    // Gone between the listing and now: the same as never listed.
    if (read === undefined) return this.#remove(file);
    if ("code" in read) return this.#refuse(file, read);
    const known = this.#known.get(file);
    if (known !== undefined && known.digest === this.#digestOf(file, read)) {
      const settled = !isRacy(read.stamp, read.readAt);
      if (settled !== known.settled || !sameStamp(read.stamp, known.stamp))
        this.#known.learn(file, { ...known, stamp: read.stamp, settled });
      return undefined;
    }
    const { source, row } = this.#parse(file, read);
    this.#known.learn(file, source);
    return { file, ...(row && { row }) };
  }

  /** What a file's bytes say; no row where they say no post. */
  #parse(file: string, read: FileBytes): { readonly source: Source; readonly row?: PostRow } {
    const { stamp, bytes, readAt } = read;
    const digest = this.#digestOf(file, read);
    const { post, diagnostics } = this.parse(file, bytes);
    const failed = post === undefined;
    const settled = !isRacy(stamp, readAt);
    const source = { stamp, settled, digest, end: digestEnd(bytes), failed, diagnostics };
    if (post === undefined) return { source };
    return { source, row: { ...makeRow(post, this.#config, this.#options), version: digest } };
  }

  /** Of its bytes, with what only its history knows. */
  #digestOf(file: string, { digest }: FileBytes): string {
    return withGitDate(digest, this.#gitDates?.get(file));
  }

  /** A file that is there and gives no post. One that cannot be opened is a post that fails; others are none. */
  #refuse(file: string, found: Diagnostic): Change {
    if (found.code !== "file/unreadable") {
      this.#known.refuse(file, found);
      return { file };
    }
    const stamp = readStamp(join(this.#config.posts.dir, file)) ?? noStamp;
    this.#known.learn(file, {
      stamp,
      settled: false,
      digest: "",
      end: 0,
      failed: true,
      diagnostics: [found],
    });
    return { file };
  }

  #remove(file: string): Change {
    this.#known.remove(file);
    return { file };
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
