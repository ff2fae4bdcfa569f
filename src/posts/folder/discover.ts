import { type Dirent, existsSync, lstatSync, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { join, sep } from "node:path";
import type { Config } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { defineProblem, diagnose, type Problem } from "../../model/problem.ts";
import {
  bundled,
  hiddenFolder,
  isBundle,
  isHiddenFolder,
  isIndexName,
  isListPage,
  type LeftOut,
  leftOutByName,
  listPage,
} from "./left-out.ts";
import { displayPath, matchPostNames, openPostsFolder } from "./posts-folder.ts";
import { describeUnreadable, refuseCollisions, refuseFile } from "./refuse-file.ts";

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

/** The posts of a folder. */
export interface Listing<Found> {
  readonly files: Found[];
  /** Why files that are posts by their names cannot be read, by file. */
  readonly refused: ReadonlyMap<string, Diagnostic>;
  /** Folders that could not be read, below the posts folder. */
  readonly closed: readonly string[];
  /** Those of `refused` too. */
  readonly diagnostics: Diagnostic[];
}

const unfollowedLink = defineProblem("file/link", {
  severity: "warning",
  title: "A symbolic link that is not followed",
  why: "A link can lead to files that are not meant for readers. It is not followed, and what it leads to is in no feed.",
  fix: "Put the file itself into the posts folder: links are not followed.",
});

const tooDeepFolder = defineProblem("file/too-deep", {
  severity: "error",
  title: "A folder nested too deeply",
  why: "Posts in that folder are not found, so readers do not get them.",
  fix: "Move the posts up: the folders are nested more deeply than 64 levels.",
});

const tooManyFiles = defineProblem("file/too-many", {
  severity: "error",
  title: "More files than the limit",
  why: "Posts beyond the limit are not read, so readers do not get them.",
  fix: "Name the posts' own folder in `posts.dir`, or leave the rest out with `posts.exclude`.",
});

const endingInCapitals = defineProblem("file/ending-in-capitals", {
  severity: "warning",
  title: "A name that ends in capitals",
  why: "On some systems `.MD` and `.md` are the same and on others not, so the post would be in the feeds in one place and missing in another. It is in no feed.",
  fix: "Rename the file so that it ends in small letters, or add a pattern for it to `posts.include`.",
});

const nameNotText = defineProblem("file/name-not-text", {
  severity: "warning",
  title: "A name that is not UTF-8",
  why: "Programs show such a name in different ways and most cannot open the file. It is in no feed.",
  fix: "Rename the file or folder, with letters as UTF-8.",
});
const describeBytes = ["The name is not UTF-8, so it cannot be opened.", "Rename it."] as const;

const maxDepth = 64;
const maxFiles = 2_000_000;
/** Walks at most, where files go away while the folder is walked. */
const maxWalks = 3;

/**
 * Lists the posts, sorted by code unit whatever order the disk gives. Hidden names, `node_modules`, Hugo's `_index`
 * pages and the output folder are passed over; a symbolic link is followed when it stays inside the folder and its
 * target is not listed already. Of names that differ in case only, one that `isKnown` says was read before stays.
 * @throws Failure `posts-missing`
 */
export function discoverPosts(config: Config, isKnown?: IsKnown): Listing<SourceFile> {
  const visit = (file: string, path: string) => {
    const stat = lstatSync(path);
    const refusal = refuseFile(file, stat, config);
    if (refusal) return refusal;
    const { size, mtimeMs, ctimeMs, ino } = stat;
    return { file, size, mtimeMs, ctimeMs, ino };
  };
  return walkPosts(config, visit, isKnown);
}

/**
 * The same list without asking the disk about each file; for a caller that reads all of them, see {@link refuseFile}.
 * @throws Failure `posts-missing`
 */
export function listPosts(config: Config): Listing<{ readonly file: string }> {
  return walkPosts(config, (file) => ({ file }));
}

/** Walks the folder, again where it changed meanwhile. @throws Failure `posts-missing` */
function walkPosts<Found extends { readonly file: string }>(
  config: Config,
  visit: Visit<Found>,
  isKnown: IsKnown = () => false,
): Listing<Found> {
  for (let walks = 1; ; walks += 1) {
    const walk = new Walk<Found>(config, visit, isKnown);
    const found = walk.run();
    if (!walk.isTorn || walks === maxWalks) return found;
  }
}

/** What is known of a file, or why it stays out. */
type Visit<Found> = (file: string, path: string) => Found | Diagnostic;

/** Whether a post was read before. */
type IsKnown = (file: string) => boolean;

class Walk<Found extends { readonly file: string }> {
  readonly #config: Config;
  readonly #matches: (file: string) => boolean;
  readonly #root: string;
  readonly #visit: Visit<Found>;
  readonly #isKnown: IsKnown;
  readonly #files: Found[] = [];
  readonly #diagnostics: Diagnostic[] = [];
  readonly #refused = new Map<string, Diagnostic>();
  readonly #closed: string[] = [];
  readonly #links: string[] = [];
  /** Real paths of folders that were walked. */
  readonly #seen = new Set<string>();
  /** Real paths of the posts, once there is a link: a file is one post, however many links lead to it. */
  #taken: Set<string> | undefined;
  /** Whether something that was listed had gone when it was looked at. */
  isTorn = false;

  constructor(config: Config, visit: Visit<Found>, isKnown: IsKnown) {
    this.#config = config;
    this.#isKnown = isKnown;
    this.#visit = visit;
    this.#matches = matchPostNames(config);
    this.#root = openPostsFolder(config);
  }

  run(): Listing<Found> {
    this.#walk("", this.#root, 0);
    if (this.#links.length > 0) this.#taken = new Set(this.#files.map(({ file }) => join(this.#root, file)));
    // Links come last and in order, so that a file that is also in the folder itself keeps its own name.
    while (this.#links.length > 0) {
      for (const link of this.#links.splice(0).sort(byCodeUnit)) this.#follow(link);
    }
    const { files, refused } = refuseCollisions(this.#files.sort(byFile), this.#config, this.#isKnown);
    for (const [file, found] of refused) this.#refused.set(file, found);
    return {
      files,
      refused: this.#refused,
      closed: this.#closed,
      diagnostics: [...this.#diagnostics, ...this.#refused.values()].sort(byFile),
    };
  }

  #walk(folder: string, real: string, depth: number): void {
    if (this.#seen.has(real)) return;
    this.#seen.add(real);
    if (depth > maxDepth) {
      this.#report(
        tooDeepFolder,
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
      if (!isGone(error)) this.#closed.push(folder);
      if (isGone(error)) this.isTorn = true;
      else this.#diagnostics.push(describeUnreadable(folder, error, this.#config));
      return;
    }
    const names = entries.map(({ name }) => name);
    if (isHiddenFolder(folder, names, this.#config)) {
      this.#leaveOut(folder === "" ? "_index.md" : folder, hiddenFolder);
      return;
    }
    const isOnePost = isBundle(folder, names, this.#config);
    for (const entry of entries) {
      const { name } = entry;
      if (name.startsWith(".") || name === "node_modules") continue;
      const file = folder === "" ? name : `${folder}/${name}`;
      // Not `join`, which reads the whole path anew: a fifth of the time that a large folder takes.
      const path = real + sep + name;
      if (name.includes("\ufffd") && !existsSync(path)) this.#report(nameNotText, file, ...describeBytes);
      else if (entry.isDirectory()) {
        if (!isOnePost) this.#enter(file, path, depth);
      } else if (entry.isSymbolicLink()) this.#links.push(file);
      else if (!this.#matches(file)) this.#reportCapitals(file);
      else if (isOnePost && !isIndexName(name)) this.#leaveOut(file, bundled);
      else if (!isOnePost && isIndexName(name) && isListPage(file, names, this.#config))
        this.#leaveOut(file, listPage);
      else this.#add(file, path);
    }
  }

  #leaveOut(file: string, { problem, message, hint }: LeftOut): void {
    this.#report(problem, file, message, hint);
  }

  /** A name in capitals is a mistake more often than a wish. */
  #reportCapitals(file: string): void {
    const ending = file.slice(file.lastIndexOf("."));
    if (
      ending === ending.toLowerCase() ||
      !this.#matches(file.slice(0, -ending.length) + ending.toLowerCase())
    )
      return;
    const message = `Names of posts end in ${ending.toLowerCase()}, and this one in ${ending}: it is no post.`;
    const hint = `Rename it, or add "**/*${ending}" to posts.include.`;
    this.#report(endingInCapitals, file, message, hint);
  }

  #enter(file: string, path: string, depth: number): void {
    if (path !== this.#config.out) this.#walk(file, path, depth + 1);
  }

  #add(file: string, path: string, entry?: Dirent): void {
    const left = leftOutByName(file);
    if (left !== undefined) {
      this.#leaveOut(file, left);
      return;
    }
    if (this.#taken?.has(path)) return;
    this.#taken?.add(path);
    if (this.#files.length >= maxFiles) {
      if (!this.#diagnostics.some(({ code }) => code === tooManyFiles.code))
        this.#report(
          tooManyFiles,
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
      if ("code" in found) this.#refused.set(file, found);
      else this.#files.push(found);
    } catch (error) {
      this.#fail(file, error);
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
        this.#report(unfollowedLink, file, "The link leads nowhere.", "Remove or correct it.");
      return;
    }
    if (!real.startsWith(this.#root + sep) && real !== this.#root) {
      if (stat.isDirectory() || this.#matches(file))
        this.#report(
          unfollowedLink,
          file,
          "The link leads out of the posts folder; it is not followed.",
          "Copy the file in.",
        );
    } else if (stat.isDirectory()) {
      this.#walk(file, real, file.split("/").length);
    } else if (this.#matches(file)) {
      const refusal = refuseFile(file, stat, this.#config);
      if (refusal) this.#refused.set(file, refusal);
      else this.#add(file, real);
    }
  }

  #fail(file: string, error: unknown): void {
    if (isGone(error)) this.isTorn = true;
    else this.#refused.set(file, describeUnreadable(file, error, this.#config));
  }

  #report(problem: Problem, file: string, message: string, hint: string): void {
    this.#diagnostics.push(diagnose(problem, displayPath(file, this.#config), message, { hint }));
  }
}

function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ENOTDIR";
}

function byFile(a: { readonly file: string }, b: { readonly file: string }): number {
  return byCodeUnit(a.file, b.file);
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
