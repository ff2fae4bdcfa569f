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

export { CheckoutInProgress } from "./checkout-guard.ts";
export type { BuildOptions, MadeDocument } from "./options.ts";

/**
 * A site and its feeds. The first update is the cold build, every further one takes in what changed. The code that makes
 * documents is loaded only when something has to be made: a build of an unchanged site takes less time than loading it.
 */
export class Site {
  readonly #config: Config;
  readonly #options: BuildOptions;
  readonly #files: FileTable;
  readonly #reader: FileReader;
  readonly #cache: SiteCache | undefined;
  #isFirst = true;
  /** What an earlier process left, until something differs from it. */
  #cached: CachedSite | undefined;
  #updater: SiteUpdater | undefined;

  constructor(config: Config, options: BuildOptions = {}) {
    this.#config = config;
    this.#options = options;
    this.#files = new FileTable(config);
    this.#reader = new FileReader(config);
    const hasCache = options.cache !== false && options.write !== false;
    this.#cache = hasCache ? new SiteCache(config, options) : undefined;
  }

  /**
   * Reads what changed at `now` (milliseconds since the epoch), in the whole folder or in the files named, and brings the
   * output folder up to date. @throws Failure, CheckoutInProgress
   */
  async update(now: number, files?: readonly string[]): Promise<BuildResult> {
    const started = performance.now();
    const isDry = this.#options.write === false;
    const lock = isDry ? undefined : await takeLock(join(this.#config.root, ".feedwright"));
    try {
      if (this.#isFirst) this.#cached = this.#cache?.open(this.#files);
      this.#isFirst = false;
      const cached = this.#cached;
      const mark = this.#options.checkout?.mark();
      // Until Git was asked for its dates once, a single post cannot be read.
      const named = this.#usesGit && this.#updater === undefined ? undefined : files;
      const mayBeUnchanged =
        cached !== undefined && named === undefined && (await this.#hasSameHistory(cached));
      const diff = mayBeUnchanged ? this.#files.compareWithFolder() : undefined;
      if (cached && diff && isSame(diff) && this.#cache && isCurrent(cached, this.#cache, now))
        return this.#repeatResult(cached, started);
      this.#updater ??= await this.#makeUpdater(cached);
      this.#cached = undefined;
      return await this.#updater.update({ now, started, files: named, diff, mark });
    } finally {
      lock?.release();
    }
  }

  /** Saves the cache, so that the next process reads only what changed. */
  save(result: BuildResult): void {
    this.#updater?.save(result);
  }

  /** Closes the cache's files. */
  close(): void {
    this.#cache?.close();
  }

  /** The path below the posts folder of what may be a post; undefined for everything else. */
  toPost(path: string): string | undefined {
    return this.#files.toPost(path);
  }

  /** The stamp with which a post was last read. */
  stampOf(file: string): Stamp | undefined {
    return this.#files.get(file)?.stamp;
  }

  /** Whether a post on disk was written to its end: it ends with the same words as when it was last read. */
  endsAsBefore(file: string): boolean {
    const known = this.#files.get(file);
    return known !== undefined && known.endDigest !== 0 && this.#reader.endsWith(file, known.endDigest);
  }

  /** Whether there are known posts below this path. */
  hasPostsBelow(path: string): boolean {
    return this.#files.hasPostsBelow(path);
  }

  /** The posts whose entries contain facts of this file, copy it, or miss it. */
  dependentsOf(path: string): string[] {
    const all = [...(this.#updater?.dependencies ?? this.#cached?.facts.dependencies ?? [])];
    const dependents = all.flatMap(([file, named]) => (named.some((one) => one.file === path) ? [file] : []));
    return [...new Set([...(this.#updater?.leftOut ?? []), ...dependents])];
  }

  get #usesGit(): boolean {
    return this.#config.dates.updated === "git";
  }

  /** Whether Git gives the same dates as last time: with others a post changes though its file does not. */
  async #hasSameHistory({ facts }: CachedSite): Promise<boolean> {
    if (!this.#usesGit) return true;
    if (facts.history === undefined) return false;
    const { findHistoryKey } = await import("../posts/folder/git-dates.ts");
    return (await findHistoryKey(this.#config)) === facts.history;
  }

  async #makeUpdater(cached: CachedSite | undefined): Promise<SiteUpdater> {
    const { SiteUpdater: Updater } = await import("./update.ts");
    const [config, options, files, reader] = [this.#config, this.#options, this.#files, this.#reader];
    return new Updater({ config, options, files, reader }, this.#cache, cached);
  }

  /** The result of an update that changes nothing. */
  #repeatResult({ facts }: CachedSite, started: number): BuildResult {
    const { result, findings, outputs } = facts;
    const diagnostics = sortDiagnostics([
      ...this.#files.diagnostics(),
      ...findings.flatMap(([, found]) => found),
    ]);
    return {
      ...result,
      ok: isOk(diagnostics, this.#options.strict),
      files: { written: [], unchanged: outputs.map(([path]) => path).sort(), removed: [] },
      diagnostics,
      ms: Math.round(performance.now() - started),
    };
  }
}

function isSame({ changed, missing, refused }: FolderDiff): boolean {
  return changed.length === 0 && missing.length === 0 && refused.length === 0;
}

/** Whether an update of the same posts at `now` (milliseconds since the epoch) would leave the output folder unchanged. */
function isCurrent({ facts }: CachedSite, cache: SiteCache, now: number): boolean {
  const { result, now: then, dependencies, findings } = facts;
  // Readers may know the new id since a `publish`: the manifest has to be read.
  if (findings.some(([, found]) => found.some(({ code }) => code === "site/id-changed"))) return false;
  if (now < then || (result.nextDue !== undefined && now >= result.nextDue)) return false;
  return (
    cache.findTouchedOutputs(facts).size === 0 && dependencies.every(([, files]) => files.every(isUnchanged))
  );
}
