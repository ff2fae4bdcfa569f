// In comes the posts folder; out goes the sorted list of its posts' files, and what in it cannot be one. Opens no file.
import { type Dirent, lstatSync, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { join, sep } from "node:path";
import picomatch from "picomatch";
import { type Code, diagnose } from "../model/codes.ts";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { nameForPeople } from "./people-name.ts";
import { openPostsFolder } from "./posts-folder.ts";
import { describeUnreadable, refuseFile } from "./refuse-file.ts";

/** A post's file as the disk knows it, without having been opened. */
export interface SourceFile {
  /** Path below the posts folder, with `/`. */
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds, with fractions. */
  readonly mtimeMs: number;
  /** As `mtimeMs`, of the inode. */
  readonly ctimeMs: number;
  readonly ino: number;
}

const maxDepth = 64;
const maxFiles = 2_000_000;
const defaultInclude = ["**/*.{md,markdown,mdx,html,htm}"];

/**
 * Lists the posts, sorted by code unit whatever order the disk gives. Hidden names, `node_modules`, Hugo's `_index`
 * pages and the output folder are passed over; a symbolic link is followed when it stays inside the folder and its
 * target is not listed already.
 * @throws Failure `posts-missing`
 */
export function discoverPosts(config: Config): { files: SourceFile[]; diagnostics: Diagnostic[] } {
  return new Walk<SourceFile>(config, (file, path) => {
    const stat = lstatSync(path);
    const refusal = refuseFile(file, stat, config);
    if (refusal) return refusal;
    const { size, mtimeMs, ctimeMs, ino } = stat;
    return { file, size, mtimeMs, ctimeMs, ino };
  }).run();
}

/**
 * The same list without asking the disk about each file: whoever reads all of them asks then, see {@link refuseFile}.
 * @throws Failure `posts-missing`
 */
export function listPosts(config: Config): { files: { readonly file: string }[]; diagnostics: Diagnostic[] } {
  return new Walk<{ readonly file: string }>(config, (file) => ({ file })).run();
}

/** Says of a path below the posts folder whether a plain file of that name is a post. */
export function matchPostNames(config: Config): (file: string) => boolean {
  const { include, exclude } = config.posts;
  const included = picomatch(include.length > 0 ? [...include] : defaultInclude);
  const excluded = exclude.length > 0 ? picomatch([...exclude], { dot: true }) : undefined;
  return (file) =>
    !/(^|\/)(\.|node_modules\/|_index\.[^/]*$)/.test(file) && included(file) && !excluded?.(file);
}

/** What is found of a file, or why it stays out. */
type Visit<Found> = (file: string, path: string) => Found | Diagnostic;

class Walk<Found extends { readonly file: string }> {
  readonly #config: Config;
  readonly #matches: (file: string) => boolean;
  readonly #root: string;
  readonly #visit: Visit<Found>;
  readonly #files: Found[] = [];
  readonly #diagnostics: Diagnostic[] = [];
  readonly #links: string[] = [];
  /** Real paths of folders that were walked. */
  readonly #seen = new Set<string>();
  /** Real paths of the posts, once there is a link: a file is one post, however many links lead to it. */
  #taken: Set<string> | undefined;

  constructor(config: Config, visit: Visit<Found>) {
    this.#config = config;
    this.#visit = visit;
    this.#matches = matchPostNames(config);
    this.#root = openPostsFolder(config);
  }

  run(): { files: Found[]; diagnostics: Diagnostic[] } {
    this.#walk("", this.#root, 0);
    if (this.#links.length > 0) this.#taken = new Set(this.#files.map(({ file }) => join(this.#root, file)));
    // Links come last and in order, so that a file that also stands in the folder itself keeps its own name.
    while (this.#links.length > 0) {
      for (const link of this.#links.splice(0).sort(byCodeUnit)) this.#follow(link);
    }
    const files = this.#refuseCollisions(this.#files.sort(byFile));
    return { files, diagnostics: this.#diagnostics.sort(byFile) };
  }

  #walk(folder: string, real: string, depth: number): void {
    if (this.#seen.has(real)) return;
    this.#seen.add(real);
    if (depth > maxDepth) {
      this.#report(
        "file/too-deep",
        folder,
        `The folder is nested deeper than ${maxDepth} levels.`,
        "Move it up.",
      );
      return;
    }
    let entries: Dirent[];
    try {
      entries = readdirSync(real, { withFileTypes: true });
    } catch (error) {
      this.#diagnostics.push(describeUnreadable(folder, error, this.#config));
      return;
    }
    for (const entry of entries) {
      const { name } = entry;
      if (name.startsWith(".") || name === "node_modules") continue;
      const file = folder === "" ? name : `${folder}/${name}`;
      // Not `join`, which reads the whole path anew: a fifth of the time that a large folder takes.
      const path = real + sep + name;
      if (entry.isDirectory()) this.#enter(file, path, depth);
      else if (entry.isSymbolicLink()) this.#links.push(file);
      else if (this.#matches(file)) this.#add(file, path);
    }
  }

  #enter(file: string, path: string, depth: number): void {
    if (path !== this.#config.out) this.#walk(file, path, depth + 1);
  }

  #add(file: string, path: string, entry?: Dirent): void {
    if (this.#taken?.has(path)) return;
    this.#taken?.add(path);
    if (this.#files.length >= maxFiles) {
      if (!this.#diagnostics.some(({ code }) => code === "file/too-many"))
        this.#report(
          "file/too-many",
          file,
          `The folder has more than ${maxFiles} posts.`,
          "Set posts.dir or posts.exclude.",
        );
      return;
    }
    try {
      const isPlain = entry === undefined || entry.isFile();
      const found = isPlain ? this.#visit(file, path) : refuseFile(file, lstatSync(path), this.#config);
      if (found === undefined) return;
      if ("code" in found) this.#diagnostics.push(found);
      else this.#files.push(found);
    } catch (error) {
      this.#diagnostics.push(describeUnreadable(file, error, this.#config));
    }
  }

  #follow(file: string): void {
    let real: string;
    let stat: Stats;
    try {
      real = realpathSync(join(this.#config.posts.dir, file));
      stat = statSync(real);
    } catch {
      if (this.#matches(file))
        this.#report("file/link", file, "The link leads nowhere.", "Remove or mend it.");
      return;
    }
    if (!real.startsWith(this.#root + sep) && real !== this.#root) {
      if (stat.isDirectory() || this.#matches(file))
        this.#report(
          "file/link",
          file,
          "The link leads out of the posts folder; it is not followed.",
          "Copy the file in.",
        );
    } else if (stat.isDirectory()) {
      this.#walk(file, real, file.split("/").length);
    } else if (this.#matches(file)) {
      const refusal = refuseFile(file, stat, this.#config);
      if (refusal) this.#diagnostics.push(refusal);
      else this.#add(file, real);
    }
  }

  /** Two names that differ in case or in Unicode form alone are one file on macOS and Windows. */
  #refuseCollisions(files: readonly Found[]): Found[] {
    const names = new Map<string, string>();
    return files.filter(({ file }) => {
      const folded = fold(file);
      const other = names.get(folded);
      if (other === undefined) {
        names.set(folded, file);
        return true;
      }
      const message = `The name differs from ${JSON.stringify(other)} only in case or Unicode form.`;
      this.#report(
        "file/name-collision",
        file,
        message,
        "Rename one of them: some systems take both for one file.",
      );
      return false;
    });
  }

  #report(code: Code, file: string, message: string, hint: string): void {
    this.#diagnostics.push(diagnose(code, nameForPeople(file, this.#config), message, { hint }));
  }
}

function byFile(a: { readonly file: string }, b: { readonly file: string }): number {
  return byCodeUnit(a.file, b.file);
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function fold(file: string): string {
  return /[^\x00-\x7f]/.test(file)
    ? file.normalize("NFC").toLowerCase().normalize("NFC")
    : file.toLowerCase();
}
