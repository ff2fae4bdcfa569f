// In comes the posts folder as it is now; out go the changes since it was last looked at, as rows for the index.
import { lstatSync, readFileSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import type { Change } from "./feeds/post-index.ts";
import { makeRow } from "./feeds/post-row.ts";
import type { Config } from "./model/config.ts";
import type { Diagnostic } from "./model/diagnostic.ts";
import { Failure } from "./model/failure.ts";
import type { Post } from "./model/post.ts";
import { discoverPosts } from "./posts/discover.ts";
import { readGitDates } from "./posts/git-dates.ts";
import { readPost } from "./posts/read-post.ts";

/** What tells one state of a file from another without reading it. */
interface Stamp {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
}

interface Known {
  readonly stamp: Stamp;
  readonly failed: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export interface SourceOptions {
  readonly drafts?: boolean;
  /** Keep the last good version of a post that no longer reads, instead of taking it out. */
  readonly keepLast?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: {
    readonly phase: "reading" | "writing";
    readonly done: number;
    readonly total: number;
  }) => void;
}

/** How long reading may hold the event loop before signals are let in, in milliseconds. */
const breath = 40;

/** The posts folder: what stands there, what of it reads, and what is wrong with the rest. */
export class Sources {
  readonly #config: Config;
  readonly #options: SourceOptions;
  readonly #known = new Map<string, Known>();
  #found: readonly Diagnostic[] = [];
  #gitDates: ReadonlyMap<string, number> | undefined;

  constructor(config: Config, options: SourceOptions) {
    this.#config = config;
    this.#options = options;
  }

  /** Looks at the whole folder. @throws Failure `posts-missing`, `interrupted` */
  async scan(): Promise<Change[]> {
    const { files, diagnostics } = discoverPosts(this.#config);
    this.#found = diagnostics;
    if (this.#config.dates.updated === "git") this.#gitDates = await readGitDates(this.#config);
    const present = new Set(files.map(({ file }) => file));
    const gone = [...this.#known.keys()].filter((file) => !present.has(file));
    const different = files.filter(
      ({ file, size, mtimeMs, ino }) => !sameStamp(this.#known.get(file)?.stamp, { size, mtimeMs, ino }),
    );
    return [
      ...gone.map((file) => this.#remove(file)),
      ...(await this.read(different.map(({ file }) => file))),
    ];
  }

  /** Reads these files again, whatever is known of them. */
  async read(files: readonly string[]): Promise<Change[]> {
    const changes: Change[] = [];
    let last = performance.now();
    for (const [i, file] of files.entries()) {
      const change = this.#readOne(file);
      if (change !== undefined) changes.push(change);
      if (performance.now() - last > breath) {
        this.#options.onProgress?.({ phase: "reading", done: i, total: files.length });
        await breathe(this.#options.signal);
        last = performance.now();
      }
    }
    return changes;
  }

  /** Whether a file is still the one that was read. */
  isCurrent(file: string): boolean {
    const known = this.#known.get(file);
    try {
      return known !== undefined && sameStamp(known.stamp, statSync(join(this.#config.posts.dir, file)));
    } catch {
      return false;
    }
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
    return [...this.#found, ...[...this.#known.values()].flatMap(({ diagnostics }) => diagnostics)];
  }

  /** How many posts do not read and have no last good version. */
  failed(): number {
    let failed = 0;
    for (const known of this.#known.values()) if (known.failed) failed += 1;
    return failed;
  }

  #readOne(file: string): Change | undefined {
    const path = join(this.#config.posts.dir, file);
    let stamp: Stats;
    let bytes: Buffer;
    try {
      stamp = lstatSync(path);
      if (stamp.isSymbolicLink()) stamp = statSync(path);
      if (!stamp.isFile()) return this.#remove(file);
      bytes = readFileSync(path);
    } catch {
      // Gone between the listing and now: the same as never listed.
      return this.#remove(file);
    }
    const { post, diagnostics } = this.parse(file, bytes);
    const { size, mtimeMs, ino } = stamp;
    this.#known.set(file, { stamp: { size, mtimeMs, ino }, failed: post === undefined, diagnostics });
    if (post !== undefined) return { file, row: makeRow(post, this.#options) };
    return this.#options.keepLast ? undefined : { file };
  }

  #remove(file: string): Change {
    this.#known.delete(file);
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

function sameStamp(a: Stamp | undefined, b: Stamp): boolean {
  return a !== undefined && a.size === b.size && a.mtimeMs === b.mtimeMs && a.ino === b.ino;
}
