import { relative } from "node:path";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { discoverPosts, listPosts, type SourceFile } from "../posts/folder/discover.ts";
import { leftOutByName, leftOutByPlace } from "../posts/folder/left-out.ts";
import { matchPostNames } from "../posts/folder/posts-folder.ts";
import { foldFileName, isNameCollision, replacement } from "../posts/folder/refuse-file.ts";
import type { CachedFiles } from "./cached-files.ts";
import type { FileState } from "./file-state.ts";
import { sameStamp } from "./stamp.ts";

/** How the posts folder differs from what is known about it. */
export interface FolderDiff {
  /** All files of the folder. */
  readonly files: readonly SourceFile[];
  /** New files, and files with another stamp. */
  readonly changed: readonly SourceFile[];
  /** Known files that do not exist any more. */
  readonly missing: readonly string[];
  /** Files that exist and cannot be read. */
  readonly refused: readonly string[];
}

/** What is known about every file of the posts folder. Opens none of them. */
export class FileTable {
  readonly #config: Config;
  readonly #states = new Map<string, FileState>();
  /** What an earlier process knew about files that are neither in `#states` nor in `#deleted`. */
  #cached: CachedFiles | undefined;
  readonly #deleted = new Set<string>();
  /** Files with diagnostics: few have any, and every update asks for all. */
  readonly #flagged = new Map<string, Pick<FileState, "failed" | "diagnostics">>();
  readonly #unsaved = new Set<string>();
  /** What listing the folder found. */
  #found: readonly Diagnostic[] = [];
  #isPostName: ((file: string) => boolean) | undefined;

  constructor(config: Config) {
    this.#config = config;
  }

  /** Takes over what an earlier process knew: cached files, and those that changed after that. */
  restore(
    cached: CachedFiles,
    changes: Iterable<{ readonly file: string; readonly state?: FileState }>,
  ): void {
    this.#cached = cached;
    for (const [file, diagnostics] of cached.diagnostics)
      this.#flagged.set(file, { failed: false, diagnostics });
    for (const { file, state } of changes) {
      if (state === undefined) this.delete(file);
      else this.set(file, state);
    }
  }

  clear(): void {
    this.#cached = undefined;
    for (const all of [this.#states, this.#deleted, this.#flagged, this.#unsaved]) all.clear();
  }

  /** Files whose state changed since the last call of {@link FileTable.markSaved}. */
  get unsaved(): ReadonlySet<string> {
    return this.#unsaved;
  }

  /** The cache has the present state of all files. */
  markSaved(): void {
    this.#unsaved.clear();
  }

  /** Whether nothing is known: the folder was never listed. */
  get isEmpty(): boolean {
    return this.#cached === undefined && this.#states.size === 0;
  }

  /** Lists the folder with the stamps of all files. @throws Failure `posts-missing` */
  compareWithFolder(): FolderDiff {
    const isKnown = (file: string) => this.has(file) && !this.isFailed(file);
    const { files, refused, closed, diagnostics } = discoverPosts(this.#config, isKnown);
    this.#takeRefused(refused, diagnostics);
    const { changed, missing } = this.#compare(files);
    // A folder that cannot be listed may contain everything that it did.
    const isHidden = (file: string) => closed.some((folder) => file.startsWith(`${folder}/`));
    return {
      files,
      changed,
      missing: missing.filter((file) => !refused.has(file) && !isHidden(file)),
      refused: [...refused.keys()],
    };
  }

  /** Lists the folder without the stamps of its files, which is faster. @throws Failure `posts-missing` */
  list(): { readonly files: readonly { readonly file: string }[]; readonly refused: readonly string[] } {
    const { files, refused, diagnostics } = listPosts(this.#config);
    this.#takeRefused(refused, diagnostics);
    return { files, refused: [...refused.keys()] };
  }

  /**
   * Whether the whole folder has to be listed to know whether this file, which was added, changed or deleted, is a post:
   * its name and another one differ only in case or Unicode form.
   */
  hasRivals(file: string, exists: boolean): boolean {
    const { diagnostics = [] } = this.#flagged.get(file) ?? {};
    if (file.includes(replacement) || diagnostics.some(isNameCollision)) return true;
    if (exists && this.has(file)) return false;
    const folded = foldFileName(file);
    const isRival = (other: string) => other !== file && foldFileName(other) === folded && this.has(other);
    for (const other of this.#states.keys()) if (isRival(other)) return true;
    return this.#cached?.names.some(isRival) === true;
  }

  has(file: string): boolean {
    return this.#states.has(file) || this.#findCached(file) >= 0;
  }

  get(file: string): FileState | undefined {
    const state = this.#states.get(file);
    if (state !== undefined) return state;
    const number = this.#findCached(file);
    return number < 0 ? undefined : this.#cached?.state(number);
  }

  /** The path below the posts folder of what may be a post by its name; undefined for everything else. */
  toPost(path: string): string | undefined {
    const file = relative(this.#config.posts.dir, path).replaceAll("\\", "/");
    if (file === "" || file.startsWith("../")) return undefined;
    this.#isPostName ??= matchPostNames(this.#config);
    if (this.has(file)) return file;
    const isPost = this.#isPostName(file) && !leftOutByName(file) && !leftOutByPlace(file, this.#config);
    return isPost ? file : undefined;
  }

  /** Whether there are known posts below this path. */
  hasPostsBelow(path: string): boolean {
    const folder = `${relative(this.#config.posts.dir, path).replaceAll("\\", "/")}/`;
    if (folder === "/") return true;
    for (const file of this.#states.keys()) if (file.startsWith(folder)) return true;
    return this.#cached?.names.some((file) => file.startsWith(folder) && !this.#deleted.has(file)) === true;
  }

  /** Everything found in listing and reading, file by file. */
  diagnostics(): Diagnostic[] {
    const all = [...this.#found];
    for (const { diagnostics } of this.#flagged.values()) all.push(...diagnostics);
    return all;
  }

  /** Whether a file exists and gives no post because of an error. */
  isFailed(file: string): boolean {
    return this.#flagged.get(file)?.failed === true;
  }

  /** Files that give no post because of an error. */
  *failed(): IterableIterator<string> {
    for (const [file, { failed }] of this.#flagged) if (failed) yield file;
  }

  set(file: string, state: FileState): void {
    this.#states.set(file, state);
    this.#unsaved.add(file);
    if (state.failed || state.diagnostics.length > 0) this.#flagged.set(file, state);
    else if (this.#flagged.size > 0) this.#flagged.delete(file);
  }

  /** A file exists and cannot be read. */
  refuse(file: string, found: Diagnostic): void {
    const stamp = { size: 0, mtimeMs: 0, ctimeMs: 0, ino: 0 };
    this.set(file, { stamp, settled: false, digest: "", endDigest: 0, failed: true, diagnostics: [found] });
  }

  delete(file: string): void {
    this.#states.delete(file);
    if (this.#cached !== undefined) this.#deleted.add(file);
    this.#flagged.delete(file);
    this.#unsaved.add(file);
  }

  #takeRefused(refused: ReadonlyMap<string, Diagnostic>, all: readonly Diagnostic[]): void {
    const ofFiles = new Set(refused.values());
    this.#found = all.filter((found) => !ofFiles.has(found));
    for (const [file, found] of refused) this.refuse(file, found);
  }

  #findCached(file: string): number {
    return this.#deleted.has(file) ? -1 : (this.#cached?.find(file) ?? -1);
  }

  /** Compares the files of the folder, in order of their names, with what is known. */
  #compare(files: readonly SourceFile[]): Pick<FolderDiff, "changed" | "missing"> {
    const match = this.#cached?.match(files);
    let known = 0;
    const changed = files.filter((file, at) => {
      const state = this.#states.get(file.file);
      if (state !== undefined) {
        known += 1;
        return !(state.settled && sameStamp(state.stamp, file));
      }
      const number = match?.numberOf(at) ?? -1;
      return number < 0 || this.#deleted.has(file.file) || this.#cached?.isUnchanged(number, file) === false;
    });
    const missing = (match?.missing ?? []).filter(
      (file) => !this.#deleted.has(file) && !this.#states.has(file),
    );
    if (known < this.#states.size) {
      const present = new Set(files.map(({ file }) => file));
      for (const file of this.#states.keys()) if (!present.has(file)) missing.push(file);
    }
    return { changed, missing };
  }
}
