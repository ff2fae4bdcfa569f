import { existsSync } from "node:fs";
import { join } from "node:path";
import type { RowChange } from "../feeds/index/post-index.ts";
import { makeRow } from "../feeds/make-row.ts";
import type { PostRow } from "../feeds/post-row.ts";
import type { FileBytes } from "../files/file-bytes.ts";
import { FileReader, type ReadOptions, readFiles } from "../files/file-reader.ts";
import type { FileState } from "../files/file-state.ts";
import { FileTable, type FolderDiff } from "../files/file-table.ts";
import { digestEnd, isRacy, readStamp, sameStamp } from "../files/stamp.ts";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Post } from "../model/post.ts";
import type { GitHistory } from "../posts/folder/git-dates.ts";
import { openPostsFolder } from "../posts/folder/posts-folder.ts";
import { readPost } from "../posts/read-post.ts";
import { type FirstScan, FirstScanBuilder } from "./first-scan.ts";

export interface ScanResult {
  /** All posts, when nothing was known before. */
  readonly first?: FirstScan;
  /** What changed since the last scan, and what has no place in `first`. */
  readonly changes: readonly RowChange[];
}

export interface ScanOptions extends ReadOptions {
  readonly drafts?: boolean;
}

/** Finds and reads the files of the posts folder that changed, and turns them into rows for the index. */
export class FolderScanner {
  readonly #config: Config;
  readonly #options: ScanOptions;
  readonly #files: FileTable;
  readonly #reader: FileReader;
  readonly #dates: GitDates;

  /** @param known is what an earlier scan left; `history` its {@link FolderScanner.history} */
  constructor(
    config: Config,
    options: ScanOptions,
    known: {
      readonly files?: FileTable;
      readonly reader?: FileReader;
      readonly history?: string | undefined;
    } = {},
  ) {
    this.#config = config;
    this.#options = options;
    this.#files = known.files ?? new FileTable(config);
    this.#reader = known.reader ?? new FileReader(config);
    this.#dates = new GitDates(config, known.history);
  }

  /** Identifies the Git history that all dates are from; undefined where nothing proves that Git would give them again. */
  get history(): string | undefined {
    return this.#dates.history;
  }

  /**
   * Scans the whole folder at `now` (milliseconds since the epoch). `diff` says how it differs from what is known, where
   * that was found out a moment ago. @throws Failure `posts-missing`, `interrupted`
   */
  async scan(now: number, diff?: FolderDiff): Promise<ScanResult> {
    const hasSameDates = await this.#dates.read();
    const result = this.#files.isEmpty
      ? await this.#readFirst(now)
      : await this.#readChanged(diff ?? this.#files.compareWithFolder(), hasSameDates);
    this.#dates.settle();
    return result;
  }

  /** Reads these files again, whatever is known about them. @throws Failure `posts-missing`, `interrupted` */
  async read(files: readonly string[]): Promise<RowChange[]> {
    const [present, gone]: [{ file: string }[], string[]] = [[], []];
    for (const file of files) {
      if (readStamp(join(this.#config.posts.dir, file)) === undefined) gone.push(file);
      else present.push({ file });
    }
    // When the whole folder is missing, no post was deleted.
    if (gone.length > 0) openPostsFolder(this.#config);
    const isPresent = new Set(present.map(({ file }) => file));
    if (files.some((file) => this.#files.hasRivals(file, isPresent.has(file))))
      return this.#readWithRivals(isPresent);
    const changes = gone.map((file) => this.#remove(file));
    return [...changes, ...(await this.#readAll(present))];
  }

  /**
   * The bytes that a row was made from, good until the next call; undefined when the file changed since.
   * @param ahead is the file as it was read a moment ago
   */
  open({ file, version }: PostRow, ahead?: FileBytes): Buffer | undefined {
    const read = ahead ?? this.#reader.read(file);
    if (read === undefined || "code" in read) return undefined;
    return this.#dates.versionOf(file, read.digest) === version ? read.bytes : undefined;
  }

  /** Parses one file's bytes; `updated` may come from Git. */
  parse(file: string, bytes: Buffer): { post?: Post; diagnostics: readonly Diagnostic[] } {
    const { post, diagnostics } = readPost({ file, bytes }, this.#config);
    const updated = this.#dates.of(file);
    if (post === undefined || updated === undefined || post.updated !== undefined || updated <= post.date) {
      return { ...(post && { post }), diagnostics };
    }
    return { post: { ...post, updated }, diagnostics };
  }

  async #readChanged(
    { files, changed, missing, refused }: FolderDiff,
    hasSameDates: boolean,
  ): Promise<ScanResult> {
    const gone = missing.map((file) => this.#remove(file));
    const failed = refused.map((file) => ({ file }));
    return { changes: [...gone, ...failed, ...(await this.#readAll(hasSameDates ? changed : files))] };
  }

  /** Reads the folder again, and in any case these files, unless the names of others keep them from being posts. */
  async #readWithRivals(named: ReadonlySet<string>): Promise<RowChange[]> {
    const diff = this.#files.compareWithFolder();
    const isChanged = new Set(diff.changed.map(({ file }) => file));
    const more = diff.files.filter(({ file }) => named.has(file) && !isChanged.has(file));
    return [...(await this.#readChanged(diff, true)).changes, ...(await this.#readAll(more))];
  }

  async #readAll(files: readonly { readonly file: string }[]): Promise<RowChange[]> {
    const changes: RowChange[] = [];
    await readFiles(this.#reader, files, this.#options, (file, read) => {
      const change = this.#readOne(file, read);
      if (change !== undefined) changes.push(change);
    });
    return changes;
  }

  /** Reads a folder about which nothing is known. */
  async #readFirst(now: number): Promise<ScanResult> {
    const { files, refused } = this.#files.list();
    const builder = new FirstScanBuilder(files.length);
    const changes: RowChange[] = [];
    await readFiles(this.#reader, files, this.#options, (file, read) => {
      if (read === undefined) openPostsFolder(this.#config);
      else if ("code" in read) changes.push(this.#refuse(file, read));
      else {
        const { state, row } = this.#parseFile(file, read);
        if (row !== undefined && builder.add(row, state)) return;
        this.#files.set(file, state);
        changes.push({ file, ...(row && { row }) });
      }
    });
    const first = builder.finish(now);
    this.#files.restore(first.files, []);
    // As changes, duplicates are noticed one by one.
    const duplicates = first.duplicates.map((row) => ({ file: row.file, row: { ...row } }));
    return { first, changes: [...refused.map((file) => ({ file })), ...duplicates, ...changes] };
  }

  #readOne(file: string, read: FileBytes | Diagnostic | undefined): RowChange | undefined {
    // Gone since it was listed, unless the whole folder is: then the next scan will say so.
    if (read === undefined) return existsSync(this.#config.posts.dir) ? this.#remove(file) : undefined;
    if ("code" in read) return this.#refuse(file, read);
    const known = this.#files.get(file);
    if (known !== undefined && known.digest === this.#dates.versionOf(file, read.digest)) {
      const settled = !isRacy(read.stamp, read.readAt);
      if (settled !== known.settled || !sameStamp(read.stamp, known.stamp))
        this.#files.set(file, { ...known, stamp: read.stamp, settled });
      return undefined;
    }
    const { state, row } = this.#parseFile(file, read);
    this.#files.set(file, state);
    return { file, ...(row && { row }) };
  }

  /** No row where the file contains no usable post. */
  #parseFile(file: string, read: FileBytes): { readonly state: FileState; readonly row?: PostRow } {
    const { stamp, bytes, readAt } = read;
    const digest = this.#dates.versionOf(file, read.digest);
    const { post, diagnostics } = this.parse(file, bytes);
    const failed = post === undefined;
    const settled = !isRacy(stamp, readAt);
    const state = { stamp, settled, digest, endDigest: digestEnd(bytes), failed, diagnostics };
    if (post === undefined) return { state };
    return { state, row: makeRow(post, this.#config, this.#options, digest) };
  }

  #refuse(file: string, found: Diagnostic): RowChange {
    this.#files.refuse(file, found);
    return { file };
  }

  #remove(file: string): RowChange {
    this.#files.delete(file);
    return { file };
  }
}

/** When posts last changed according to Git, for `dates.updated: "git"`. */
export class GitDates {
  readonly #config: Config;
  #git: GitHistory | undefined;
  #history: string | undefined;

  /** @param history is the {@link GitDates.history} that the known files were read with */
  constructor(config: Config, history: string | undefined) {
    this.#config = config;
    this.#history = history;
  }

  /** See {@link FolderScanner.history}. */
  get history(): string | undefined {
    return this.#history;
  }

  /** Reads the dates of all posts. Says whether they are those that the known files were read with. */
  async read(): Promise<boolean> {
    if (this.#config.dates.updated !== "git") return true;
    const before = this.#history;
    // If the scan is interrupted, some files keep their old dates.
    this.#history = undefined;
    // Most sites do not use Git: only those that do load the code that starts programs.
    const { readGitDates } = await import("../posts/folder/git-dates.ts");
    this.#git = await readGitDates(this.#config);
    return before !== undefined && before === this.#git.key;
  }

  /** All known files were read with the dates of the last {@link GitDates.read}. */
  settle(): void {
    this.#history = this.#git?.key;
  }

  /** Milliseconds since the epoch. */
  of(file: string): number | undefined {
    return this.#git?.dates.get(file);
  }

  /** Identifies one version of a post: the digest of its bytes, and its date in Git. */
  versionOf(file: string, digest: string): string {
    const date = this.of(file);
    return date === undefined ? digest : `${digest} ${date}`;
  }
}
