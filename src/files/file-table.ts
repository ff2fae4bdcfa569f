// In comes the posts folder's listing; out goes what is known of its files, which of them are others than before, and which have gone.

import { relative } from "node:path";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { discoverPosts, listPosts, type SourceFile } from "../posts/folder/discover.ts";
import { matchPostNames } from "../posts/folder/posts-folder.ts";
import type { CachedFiles } from "./cached-files.ts";
import type { FileState } from "./file-state.ts";
import { sameStamp } from "./stamp.ts";

/** The folder as it was just now, set against what is known. */
export interface FolderDiff {
  readonly files: readonly SourceFile[];
  readonly different: readonly SourceFile[];
  /** Known files that are not there any more. */
  readonly missing: readonly string[];
}

/** What is known of the posts' files. Opens none of them. */
export class FileTable {
  readonly #config: Config;
  readonly #known = new Map<string, FileState>();
  /** What an earlier process knew of files that are not in `#known`, except those in `#gone`. */
  #kept: CachedFiles | undefined;
  readonly #gone = new Set<string>();
  /** What was found, by file: few have anything, and it is asked for with every update. */
  readonly #noted = new Map<string, Pick<FileState, "failed" | "diagnostics">>();
  readonly #changed = new Set<string>();
  #found: readonly Diagnostic[] = [];
  /** What became known of files only when they were opened: why they give no post. */
  readonly #refused = new Map<string, Diagnostic>();
  #isPostName: ((file: string) => boolean) | undefined;

  constructor(config: Config) {
    this.#config = config;
  }

  /** Takes over what an earlier process knew: files as they were kept, and those that were others after that. */
  restore(
    kept: CachedFiles,
    changes: Iterable<{ readonly file: string; readonly source?: FileState }>,
  ): void {
    this.#kept = kept;
    for (const [file, diagnostics] of kept.noted) this.#noted.set(file, { failed: false, diagnostics });
    for (const { file, source } of changes) {
      if (source === undefined) this.remove(file);
      else this.learn(file, source);
    }
  }

  /** Forgets everything, as if no file had ever been looked at. */
  forget(): void {
    this.#kept = undefined;
    for (const all of [this.#known, this.#gone, this.#noted, this.#changed]) all.clear();
  }

  /** Files of which something else is known since the last call of {@link FileTable.markSaved}. */
  get changed(): ReadonlySet<string> {
    return this.#changed;
  }

  /** Says that all that is known is kept. */
  markSaved(): void {
    this.#changed.clear();
  }

  /** Whether nothing is known: no file was ever looked at. */
  get isEmpty(): boolean {
    return this.#kept === undefined && this.#known.size === 0;
  }

  /** Looks at every file of the folder. @throws Failure `posts-missing` */
  look(): FolderDiff {
    const { files, closed, diagnostics } = discoverPosts(this.#config);
    this.#found = diagnostics;
    this.#refused.clear();
    const { different, missing } = this.#compare(files);
    // Whoever may not look into a folder does not know that it is empty.
    const isHidden = (file: string) => closed.some((folder) => file.startsWith(`${folder}/`));
    return {
      files,
      different,
      missing: closed.length > 0 ? missing.filter((file) => !isHidden(file)) : missing,
    };
  }

  /** Lists the folder without asking the disk about each file. @throws Failure `posts-missing` */
  list(): readonly { readonly file: string }[] {
    const { files, diagnostics } = listPosts(this.#config);
    this.#found = diagnostics;
    this.#refused.clear();
    return files;
  }

  /** Whether a file is there. */
  has(file: string): boolean {
    return this.#known.has(file) || (!this.#gone.has(file) && (this.#kept?.find(file) ?? -1) >= 0);
  }

  get(file: string): FileState | undefined {
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

  /** A file is another one than before, or was looked at for the first time. */
  learn(file: string, source: FileState): void {
    this.#known.set(file, source);
    this.#changed.add(file);
    this.#refused.delete(file);
    if (source.failed || source.diagnostics.length > 0) this.#noted.set(file, source);
    else if (this.#noted.size > 0) this.#noted.delete(file);
  }

  /** A file is there and is no post's. */
  refuse(file: string, found: Diagnostic): void {
    this.remove(file);
    this.#refused.set(file, found);
  }

  /** A file has gone. */
  remove(file: string): void {
    this.#known.delete(file);
    if (this.#kept !== undefined) this.#gone.add(file);
    this.#noted.delete(file);
    this.#refused.delete(file);
    this.#changed.add(file);
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
}
