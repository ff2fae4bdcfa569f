// In comes the posts folder as it is now; out go the changes since it was last looked at, as rows for the index.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { RowChange } from "../feeds/index/post-index.ts";
import { makeRow } from "../feeds/make-row.ts";
import type { PostRow } from "../feeds/post-row.ts";
import { FileReader, type ReadOptions, readFiles } from "../files/file-reader.ts";
import type { FileState } from "../files/file-state.ts";
import { FileTable, type FolderDiff } from "../files/file-table.ts";
import type { FileBytes } from "../files/read-ahead.ts";
import { digestEnd, isRacy, readStamp, type Stamp, sameStamp } from "../files/stamp.ts";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Post } from "../model/post.ts";
import type { GitHistory } from "../posts/folder/git-dates.ts";
import { openPostsFolder } from "../posts/folder/posts-folder.ts";
import { readPost } from "../posts/read-post.ts";
import { type FirstScan, FirstScanBuilder } from "./first-scan.ts";

/** What a look at the folder has found. */
export interface ScanResult {
  /** Every post, when nothing was known before. */
  readonly fresh?: FirstScan;
  /** What is another than before, or than `fresh` says. */
  readonly changes: readonly RowChange[];
}

export interface ScanOptions extends ReadOptions {
  readonly drafts?: boolean;
}

const noStamp: Stamp = { size: 0, mtimeMs: 0, ctimeMs: 0, ino: 0 };

/**
 * The posts folder: what stands there, what of it reads, and what is wrong with the rest. `history` is the
 * {@link GitDates.history} that what is `known` goes by.
 */
export class FolderScanner {
  readonly #config: Config;
  readonly #options: ScanOptions;
  readonly #known: FileTable;
  readonly #reader: FileReader;
  readonly #dates: GitDates;

  constructor(
    config: Config,
    options: ScanOptions,
    known: FileTable = new FileTable(config),
    reader: FileReader = new FileReader(config),
    history?: string,
  ) {
    this.#config = config;
    this.#options = options;
    this.#known = known;
    this.#reader = reader;
    this.#dates = new GitDates(config, history);
  }

  /** See {@link GitDates.history}. */
  get history(): string | undefined {
    return this.#dates.history;
  }

  /**
   * Looks at the whole folder at `now` (milliseconds since the epoch), unless `look` is how it looks just now. Of a
   * folder of which nothing is known, what its files are is asked when they are opened.
   * @throws Failure `posts-missing`, `interrupted`
   */
  async scan(now: number, look?: FolderDiff): Promise<ScanResult> {
    const scan = await this.#scan(now, look, await this.#dates.ask());
    this.#dates.settle();
    return scan;
  }

  async #scan(now: number, look: FolderDiff | undefined, isDatedAlike: boolean): Promise<ScanResult> {
    if (this.#known.isEmpty) return this.#readNew(this.#known.list(), now);
    const { files, different, missing } = look ?? this.#known.look();
    const gone = missing.map((file) => this.#remove(file));
    return { changes: [...gone, ...(await this.#readAll(isDatedAlike ? different : files))] };
  }

  /** Reads these files again, whatever is known of them. @throws Failure `posts-missing`, `interrupted` */
  async read(files: readonly string[]): Promise<RowChange[]> {
    const [there, gone]: [{ file: string }[], string[]] = [[], []];
    for (const file of files) {
      if (readStamp(join(this.#config.posts.dir, file)) === undefined) gone.push(file);
      else there.push({ file });
    }
    // Where the whole folder is away, no post was deleted.
    if (gone.length > 0) openPostsFolder(this.#config);
    const changes = gone.map((file) => this.#remove(file));
    return [...changes, ...(await this.#readAll(there))];
  }

  /**
   * The bytes that a row was made from; absent when the file is another one by now. They are good until the next call.
   * @param ahead is the file as it was read a moment ago
   */
  open({ file, version }: PostRow, ahead?: FileBytes): Buffer | undefined {
    const read = ahead ?? this.#reader.read(file);
    if (read === undefined || "code" in read) return undefined;
    return this.#dates.versionOf(file, read.digest) === version ? read.bytes : undefined;
  }

  /** One file's bytes as a post, with what only its history knows. */
  parse(file: string, bytes: Buffer): { post?: Post; diagnostics: readonly Diagnostic[] } {
    const { post, diagnostics } = readPost({ file, bytes }, this.#config);
    const updated = this.#dates.of(file);
    if (post === undefined || updated === undefined || post.updated !== undefined || updated <= post.date) {
      return { ...(post && { post }), diagnostics };
    }
    return { post: { ...post, updated }, diagnostics };
  }

  async #readAll(files: readonly { readonly file: string }[]): Promise<RowChange[]> {
    const changes: RowChange[] = [];
    await readFiles(this.#reader, files, this.#options, (file, read) => {
      const change = this.#readOne(file, read);
      if (change !== undefined) changes.push(change);
    });
    return changes;
  }

  /** Reads a folder of which nothing is known. What cannot be told all at once comes as changes. @throws Failure `posts-missing` */
  async #readNew(files: readonly { readonly file: string }[], now: number): Promise<ScanResult> {
    const collector = new FirstScanBuilder(files.length);
    const changes: RowChange[] = [];
    await readFiles(this.#reader, files, this.#options, (file, read) => {
      if (read === undefined) openPostsFolder(this.#config);
      else if ("code" in read) changes.push(this.#refuse(file, read));
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

  #readOne(file: string, read: FileBytes | Diagnostic | undefined): RowChange | undefined {
    // Gone between the listing and now, unless the whole folder is: then whoever looks next will say so.
    if (read === undefined) return existsSync(this.#config.posts.dir) ? this.#remove(file) : undefined;
    if ("code" in read) return this.#refuse(file, read);
    const known = this.#known.get(file);
    if (known !== undefined && known.digest === this.#dates.versionOf(file, read.digest)) {
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
  #parse(file: string, read: FileBytes): { readonly source: FileState; readonly row?: PostRow } {
    const { stamp, bytes, readAt } = read;
    const digest = this.#dates.versionOf(file, read.digest);
    const { post, diagnostics } = this.parse(file, bytes);
    const failed = post === undefined;
    const settled = !isRacy(stamp, readAt);
    const source = { stamp, settled, digest, end: digestEnd(bytes), failed, diagnostics };
    if (post === undefined) return { source };
    return { source, row: makeRow(post, this.#config, this.#options, digest) };
  }

  /** A file that is there and gives no post. One that cannot be opened is a post that fails; others are none. */
  #refuse(file: string, found: Diagnostic): RowChange {
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

  #remove(file: string): RowChange {
    this.#known.remove(file);
    return { file };
  }
}

/** The dates that come from a site's history. */
export class GitDates {
  readonly #config: Config;
  #git: GitHistory | undefined;
  #history: string | undefined;

  /** `history` is the {@link GitDates.history} that what is known goes by. */
  constructor(config: Config, history: string | undefined) {
    this.#config = config;
    this.#history = history;
  }

  /** What the dates of all that is known were told by; undefined where nothing proves that they would be told again. */
  get history(): string | undefined {
    return this.#history;
  }

  /** Asks for the dates of all posts. Says whether they are those that what is known goes by; else all is to be read again. */
  async ask(): Promise<boolean> {
    if (this.#config.dates.updated !== "git") return true;
    const before = this.#history;
    // An interruption leaves some files with the dates of before.
    this.#history = undefined;
    // Most sites ask Git nothing: what starts programs is loaded by those that do.
    const { readGitDates } = await import("../posts/folder/git-dates.ts");
    this.#git = await readGitDates(this.#config);
    return before !== undefined && before === this.#git.key;
  }

  /** Says that what is known goes by the dates that were told. */
  settle(): void {
    this.#history = this.#git?.key;
  }

  /** Milliseconds since the epoch. */
  of(file: string): number | undefined {
    return this.#git?.dates.get(file);
  }

  /** What tells one version of a post from another: the digest of its bytes, with what only its history knows. */
  versionOf(file: string, digest: string): string {
    const date = this.of(file);
    return date === undefined ? digest : `${digest} ${date}`;
  }
}
