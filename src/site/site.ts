// In come changes in the posts and the time; out go the documents they touch. What `build` does once and `watch` again and again.
import { join } from "node:path";
import { FileReader } from "../files/file-reader.ts";
import { FileTable, type FolderDiff } from "../files/file-table.ts";
import { isUnchanged, type Stamp } from "../files/stamp.ts";
import type { Config } from "../model/config.ts";
import { takeLock } from "../output/lock.ts";
import type { CachedSite } from "./cache-schema.ts";
import { type BuildOptions, type BuildResult, isOk, sortDiagnostics } from "./options.ts";
import { SiteCache } from "./site-cache.ts";
import type { SiteUpdater } from "./update.ts";

export { type BuildOptions, CheckoutInProgress, type MadeDocument } from "./options.ts";

/**
 * A site kept in step: the first update is the cold build, every further one takes in what changed. What makes
 * documents is loaded when there is something to be made: a build of an unchanged site takes less time than that.
 */
export class Site {
  readonly #config: Config;
  readonly #options: BuildOptions;
  readonly #files: FileTable;
  readonly #reader: FileReader;
  readonly #memory: SiteCache | undefined;
  #isFresh = true;
  /** What an earlier process knew, as long as nothing has differed from it. */
  #kept: CachedSite | undefined;
  #updates: SiteUpdater | undefined;

  constructor(config: Config, options: BuildOptions = {}) {
    this.#config = config;
    this.#options = options;
    this.#files = new FileTable(config);
    this.#reader = new FileReader(config);
    this.#memory =
      options.cache === false || options.write === false ? undefined : new SiteCache(config, options);
  }

  /** Takes in what changed, in the whole folder or in the files named, and brings the output folder in step. */
  async update(now: number, files?: readonly string[]): Promise<BuildResult> {
    const started = performance.now();
    const dry = this.#options.write === false;
    const lock = dry ? undefined : await takeLock(join(this.#config.root, ".feedwright"));
    try {
      if (this.#isFresh) this.#kept = this.#memory?.open(this.#files);
      this.#isFresh = false;
      const kept = this.#kept;
      const mark = this.#options.hold?.mark();
      // As long as Git has told no dates, it cannot be said what a post is that it should tell one of.
      const named = this.#asksGit && this.#updates === undefined ? undefined : files;
      const looks = kept !== undefined && named === undefined && (await this.#hasSameHistory(kept));
      const look = looks ? this.#files.look() : undefined;
      const { strict } = this.#options;
      if (kept && look && isSame(look) && this.#memory && isCurrent(kept, this.#memory, now))
        return repeatResult(kept, this.#files, strict, started);
      this.#updates ??= await this.#begin(kept);
      this.#kept = undefined;
      return await this.#updates.update({ now, started, files: named, look, mark });
    } finally {
      lock?.release();
    }
  }

  /** Keeps what the next process needs to take in only what changed. Nothing is kept of a site with faults. */
  save(result: BuildResult): void {
    this.#updates?.save(result);
  }

  /** Lets go of the cache's files. */
  close(): void {
    this.#memory?.close();
  }

  /** The path below the posts folder of what may be a post; absent for everything else. */
  toPost(path: string): string | undefined {
    return this.#files.toPost(path);
  }

  /** A post as it was last read. */
  stampOf(file: string): Stamp | undefined {
    return this.#files.get(file)?.stamp;
  }

  /** Whether a post, as it stands on disk, has been written to its end: it ends with the words it ended with before. */
  endsAsBefore(file: string): boolean {
    const known = this.#files.get(file);
    return known !== undefined && known.end !== 0 && this.#reader.endsWith(file, known.end);
  }

  /** Whether posts are known below this path. */
  hasPostsBelow(path: string): boolean {
    return this.#files.hasPostsBelow(path);
  }

  /** The posts whose entries state facts of this file, copy it, or miss it. */
  dependentsOf(path: string): string[] {
    const named = [...(this.#updates?.dependencies ?? this.#kept?.rest.dependencies ?? [])];
    const dependents = named.flatMap(([file, all]) => (all.some((one) => one.file === path) ? [file] : []));
    return [...new Set([...(this.#updates?.leftOut ?? []), ...dependents])];
  }

  get #asksGit(): boolean {
    return this.#config.dates.updated === "git";
  }

  /** Where Git is asked for dates, a post may be another one though its file is the same. */
  async #hasSameHistory({ rest }: CachedSite): Promise<boolean> {
    if (!this.#asksGit) return true;
    if (rest.history === undefined) return false;
    const { findHistoryKey } = await import("../posts/folder/git-dates.ts");
    return (await findHistoryKey(this.#config)) === rest.history;
  }

  async #begin(kept: CachedSite | undefined): Promise<SiteUpdater> {
    const { SiteUpdater: Updates } = await import("./update.ts");
    const [config, options, files] = [this.#config, this.#options, this.#files];
    return new Updates({ config, options, files, reader: this.#reader, memory: this.#memory, kept });
  }
}

/** Whether every post is the one that was read, and none is missing or new. */
export function isSame({ different, missing }: FolderDiff): boolean {
  return different.length === 0 && missing.length === 0;
}

/** Whether the output folder shows just what it would show after an update at `now` (milliseconds) of the same posts. */
export function isCurrent(kept: CachedSite, memory: SiteCache, now: number): boolean {
  const { result, now: then, dependencies, findings } = kept.rest;
  // Whether readers know the new id by now is told by the manifest, which publishing writes too.
  if (findings.some(([, found]) => found.some(({ code }) => code === "site/id-changed"))) return false;
  if (now < then || (result.nextDue !== undefined && now >= result.nextDue)) return false;
  return (
    memory.findTouchedOutputs(kept).size === 0 && dependencies.every(([, files]) => files.every(isUnchanged))
  );
}

/** The result of an update that changed nothing, begun at `started` of the process's clock (milliseconds). */
export function repeatResult(
  kept: CachedSite,
  files: FileTable,
  strict: boolean | undefined,
  started: number,
): BuildResult {
  const { result, findings, outputs } = kept.rest;
  const diagnostics = sortDiagnostics([...files.diagnostics(), ...findings.flatMap(([, found]) => found)]);
  return {
    ...result,
    ok: isOk(diagnostics, strict),
    files: { written: [], unchanged: outputs.map(([path]) => path).sort(), removed: [] },
    diagnostics,
    ms: Math.round(performance.now() - started),
  };
}
