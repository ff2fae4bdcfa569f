// In come changes in the posts and the time; out go the documents they touch. What `build` does once and `watch` again and again.
import { join } from "node:path";
import { type BuildResult, countPosts, sortDiagnostics } from "./build-result.ts";
import { describeConflicts, findChangedIds, findEmptied } from "./compare-posts.ts";
import { DocumentStage } from "./document-stage.ts";
import { type Entry, EntryStore, SourceChanged } from "./entries.ts";
import { findRejection } from "./feed-review.ts";
import { FeedCatalog } from "./feeds/feed-catalog.ts";
import { settingsOf } from "./feeds/feed-settings.ts";
import { standingFeeds } from "./feeds/memberships.ts";
import { newsFeed } from "./feeds/news-window.ts";
import { type Change, type FeedWindow, PostIndex } from "./feeds/post-index.ts";
import { type PostRow, siteFeed } from "./feeds/post-row.ts";
import { planHeads } from "./list-feeds.ts";
import type { Config } from "./model/config.ts";
import type { Diagnostic } from "./model/diagnostic.ts";
import type { Post } from "./model/post.ts";
import { takeLock } from "./output/lock.ts";
import { type KnownEntry, ManifestFile } from "./output/manifest.ts";
import { FileWriter, prepareOutput } from "./output/write-files.ts";
import { checkShowImages } from "./posts/episode-image.ts";
import type { KeptSite } from "./site-cache.ts";
import { SiteMemory, type SiteParts } from "./site-memory.ts";
import { type BuildOptions, FolderHeld } from "./site-options.ts";
import { breathe, Sources } from "./sources.ts";
import type { Stamp } from "./stamp.ts";

export { type BuildOptions, FolderHeld, type MadeDocument } from "./site-options.ts";

/** With no more changed posts than this, an update is a save. */
const fewPosts = 8;

/** A site kept in step: the first update is the cold build, every further one takes in what changed. */
export class Site {
  readonly #config: Config;
  readonly #options: BuildOptions;
  readonly #sources: Sources;
  readonly #index: PostIndex;
  readonly #catalog: FeedCatalog;
  readonly #entries: EntryStore;
  readonly #stage: DocumentStage;
  readonly #memory: SiteMemory | undefined;
  readonly #manifest: ManifestFile;
  /** Feeds whose documents on disk do not show what the index says. */
  readonly #stale = new Set<string>();
  /** Feeds whose documents wait to be swapped into place, or are being made. */
  readonly #staged = new Set<string>();
  /** Which files each feed is made of. */
  readonly #documents = new Map<string, readonly string[]>();
  /** What is wrong beyond reading: by post, from rendering and from comparing; and by feed, see {@link noteOf}. */
  readonly #findings = new Map<string, readonly Diagnostic[]>();
  /** Posts left out for a fault that may lie elsewhere (a missing picture, another post's id): tried again each time. */
  readonly #leftOut = new Map<string, PostRow>();
  /** Rows as they were before this update, of the posts it changed. */
  readonly #before = new Map<string, PostRow | undefined>();
  /** The feeds as the documents about the whole site list them. */
  #listed = "";
  #comparing: readonly Diagnostic[] = [];
  #known: readonly KnownEntry[] = [];
  #now = 0;
  #isFresh = true;
  /** What an earlier process knew, as long as nothing has differed from it. */
  #kept: KeptSite | undefined;
  /** What was read and is not in the index yet: an update may fail in between. */
  #pending: Change[] = [];
  /** Whether documents of this update are in place already. */
  #isAhead = false;
  /** Whether an update was begun and did not come to its end. */
  #isTorn = false;
  /** Whether the output folder shows an update of this site without faults. */
  #hasGood = false;

  constructor(config: Config, options: BuildOptions = {}) {
    this.#config = config;
    this.#options = options;
    this.#manifest = new ManifestFile(join(config.root, ".feedwright"), config.out);
    this.#sources = new Sources(config, options);
    const standing = standingFeeds(config);
    for (const { key } of standing) this.#stale.add(key);
    this.#index = new PostIndex(config, standing);
    this.#catalog = new FeedCatalog(config);
    // A site without news has a news sitemap all the same: an empty one.
    if (config.news) this.#stale.add(newsFeed.key);
    this.#entries = new EntryStore(config, this.#sources);
    this.#stage = new DocumentStage(config, options, this.#parts, this.#catalog);
    this.#memory =
      options.cache === false || options.write === false ? undefined : new SiteMemory(config, options);
  }

  /** Takes in what changed, in the whole folder or in the files named, and brings the output folder in step. */
  async update(now: number, files?: readonly string[]): Promise<BuildResult> {
    const started = performance.now();
    const stateDir = join(this.#config.root, ".feedwright");
    const dry = this.#options.write === false;
    const lock = dry ? undefined : await takeLock(stateDir);
    try {
      if (this.#isFresh) this.#kept = this.#memory?.open(this.#parts);
      this.#isFresh = false;
      this.#isTorn = true;
      const found = await (files === undefined ? this.#sources.scan() : this.#sources.read(files));
      this.#pending = this.#pending.concat(found);
      const changes = this.#pending.length;
      const gone = this.#pending.some(({ row }) => row === undefined);
      if (this.#options.isHeld?.(changes, gone)) throw new FolderHeld();
      const kept = this.#kept;
      if (kept !== undefined && this.#pending.length === 0 && this.#isCurrent(kept, now)) {
        this.#isTorn = false;
        return this.#repeat(kept, started);
      }
      const manifest = this.#manifest.read();
      this.#known = manifest?.entries ?? [];
      this.#catalog.remember(manifest?.feeds ?? []);
      if (!dry && !this.#hasGood) prepareOutput(this.#config.out, manifest);
      if (kept !== undefined && !this.#recall(kept)) this.#pending = await this.#sources.scan();
      this.#kept = undefined;
      const writer = new FileWriter(this.#config.out, manifest);
      try {
        this.#start([...this.#touched(files), ...this.#pending.splice(0)], now);
        await this.#stageStale(writer, !dry && files !== undefined && changes <= fewPosts);
        await this.#stageWhole(writer);
        this.#findings.set(noteOf("podcasts"), await checkShowImages(this.#config));
        this.#isTorn = false;
        const diagnostics = this.#diagnostics();
        if (dry || this.#mustStop(diagnostics)) {
          return this.#report({ written: [], unchanged: [], removed: [] }, diagnostics, started);
        }
        if (!this.#isAhead && this.#options.isHeld?.(changes, gone)) throw new FolderHeld();
        const { result, files: written } = writer.commit(new Set([...this.#documents.values()].flat()));
        const feeds = this.#catalog.known(this.#index);
        this.#manifest.write({ files: written, entries: this.#known, feeds });
        this.#staged.clear();
        this.#hasGood = true;
        const report = this.#report(result, diagnostics, started);
        if (!this.#options.saveLater) this.save(report);
        return report;
      } finally {
        writer.abandon();
        // What was not written is stale still, whatever kept it from being written.
        for (const key of this.#staged) this.#stale.add(key);
        if (this.#staged.size > 0) this.#documents.delete(wholeSite);
        this.#staged.clear();
        this.#isAhead = false;
      }
    } finally {
      lock?.release();
    }
  }

  /** Keeps what the next process needs to take in only what changed. Nothing is kept of a site with faults. */
  save(result: BuildResult): void {
    if (this.#isTorn || this.#kept !== undefined) return;
    if (this.#leftOut.size > 0 || this.#sources.failed() > 0 || this.#stale.size > 0) return;
    this.#memory?.save(this.#parts, {
      now: this.#now,
      result,
      findings: [...this.#findings],
      documents: [...this.#documents],
      listed: this.#listed,
    });
  }

  /** Lets go of the cache's files. */
  close(): void {
    this.#memory?.close();
  }

  /** The path below the posts folder of what may be a post; absent for everything else. */
  toPost(path: string): string | undefined {
    return this.#sources.toPost(path);
  }

  /** A post as it was last read. */
  stampOf(file: string): Stamp | undefined {
    return this.#sources.get(file)?.stamp;
  }

  /** Whether a post, as it stands on disk, has been written to its end: it ends with the words it ended with before. */
  endsAsBefore(file: string): boolean {
    return this.#sources.endsAsBefore(file);
  }

  /** Whether posts are known below this path. */
  hasPostsBelow(path: string): boolean {
    return this.#sources.hasPostsBelow(path);
  }

  /** The posts whose entries state facts of this file, copy it, or miss it. */
  dependentsOf(path: string): string[] {
    const named = [...this.#entries.dependencies].flatMap(([file, all]) =>
      all.some((one) => one.file === path) ? [file] : [],
    );
    return [...new Set([...this.#leftOut.keys(), ...named])];
  }

  /** Whether the output folder shows just what it would show after an update. */
  #isCurrent(kept: KeptSite, now: number): boolean {
    const { result, now: then } = kept.rest;
    if (now < then || (result.nextDue !== undefined && now >= result.nextDue)) return false;
    return this.#memory?.findTouchedOutputs(kept).size === 0 && this.#entries.findTouched().length === 0;
  }

  #repeat(kept: KeptSite, started: number): BuildResult {
    const found = kept.rest.findings.flatMap(([, diagnostics]) => diagnostics);
    const diagnostics = sortDiagnostics([...this.#sources.diagnostics(), ...found]);
    const unchanged = kept.rest.outputs.map(([path]) => path).sort();
    return {
      ...kept.rest.result,
      ok: isOk(diagnostics, this.#options.strict),
      files: { written: [], unchanged, removed: [] },
      diagnostics,
      ms: Math.round(performance.now() - started),
    };
  }

  get #parts(): SiteParts {
    return { sources: this.#sources, index: this.#index, entries: this.#entries };
  }

  /** Takes over what an earlier process knew, if all of it is legible. */
  #recall(kept: KeptSite): boolean {
    if (this.#memory?.recall(kept, this.#parts) !== true) return false;
    this.#catalog.settle(this.#index);
    this.#stale.clear();
    this.#hasGood = true;
    const touched = this.#memory?.findTouchedOutputs(kept) ?? new Set();
    for (const [key, paths] of kept.rest.documents) {
      this.#documents.set(key, paths);
      if (paths.some((path) => touched.has(path))) this.#stale.add(key);
    }
    // A document about the whole site that was touched is made anew, as if there had been none.
    if (this.#stale.delete(wholeSite)) this.#documents.delete(wholeSite);
    this.#listed = kept.rest.listed;
    for (const [file, diagnostics] of kept.rest.findings) this.#findings.set(file, diagnostics);
    return true;
  }

  /** Posts that have to be made again though their text is the same: a picture or a recording is another one. */
  #touched(files: readonly string[] | undefined): Change[] {
    return this.#entries.findTouched(files).flatMap((file) => {
      const row = this.#leftOut.has(file) ? undefined : this.#index.get(file);
      return row ? [{ file, row: { ...row } }] : [];
    });
  }

  #start(all: readonly Change[], now: number): void {
    const changes = this.#keepable(all);
    this.#now = now;
    this.#before.clear();
    for (const { file } of changes) this.#leftOut.delete(file);
    // New rows, for they have to be rendered anew: what was missing may be there.
    const again = [...this.#leftOut].map(([file, row]) => ({ file, row: { ...row } }));
    this.#leftOut.clear();
    for (const { file } of [...again, ...changes]) {
      this.#before.set(file, this.#index.get(file));
      this.#findings.delete(file);
    }
    this.#apply([...again, ...changes]);
  }

  /** Changes the index and marks the feeds this touches; of posts that claim one id or permalink, one stays. */
  #apply(changes: readonly Change[]): void {
    this.#mark(this.#index.apply(changes, this.#now));
    for (const conflict of this.#index.conflicts()) {
      const unchanged = conflict.files.filter((file) => !this.#before.has(file));
      const winner = unchanged[0] ?? conflict.files[0];
      const found = describeConflicts(conflict, this.#config);
      for (const file of conflict.files) if (file !== winner) this.#leaveOut(file, found.get(file) ?? []);
    }
  }

  /** Takes a post with a fault out of the index, or back to its last good version where that is asked for. */
  #leaveOut(file: string, diagnostics: readonly Diagnostic[]): void {
    const row = this.#index.get(file);
    if (row === undefined) return;
    this.#findings.set(file, [...(this.#findings.get(file) ?? []), ...diagnostics]);
    this.#leftOut.set(file, row);
    const last = this.#keepsLast ? this.#before.get(file) : undefined;
    const change = last === undefined || last === row ? { file } : { file, row: last };
    this.#mark(this.#index.apply([change], this.#now));
  }

  /** Marks the feeds whose posts changed, and those that begin, end or move for it. */
  #mark(windows: readonly FeedWindow[]): void {
    for (const { name } of windows) this.#stale.add(name.key);
    for (const key of this.#catalog.settle(this.#index)) this.#stale.add(key);
    this.#findings.set(noteOf("*"), this.#catalog.diagnostics());
  }

  /**
   * Stages the documents of every stale feed. After a save, those of the site's feed go ahead of the rest: most people
   * subscribe to that one. From then on the update is finished, whoever asks to stop.
   */
  async #stageStale(writer: FileWriter, isSave: boolean): Promise<void> {
    if (this.#stale.delete(siteFeed.key)) {
      const others = [...this.#stale];
      this.#stale.clear();
      for (const key of [siteFeed.key, ...others]) this.#stale.add(key);
    }
    // The subscription document names the archives: all of a history are swapped at once.
    const mayGoAhead = isSave && this.#keepsLast && !this.#config.feeds.archives;
    for (const key of this.#stale) {
      this.#stale.delete(key);
      this.#staged.add(key);
      const entries = await this.#entriesOf(key);
      if (entries === undefined) {
        this.#stale.add(key);
        continue;
      }
      if (key === siteFeed.key) this.#compare(entries.map(({ post }) => post));
      const { paths, found } = this.#stage.feed(key, entries, this.#now, writer);
      this.#findings.set(noteOf(`${key} documents`), found);
      if (paths.length > 0) this.#documents.set(key, paths);
      else this.#documents.delete(key);
      if (key === siteFeed.key && mayGoAhead) {
        writer.swap();
        this.#isAhead = true;
      }
      this.#options.onProgress?.({
        phase: "writing",
        done: this.#staged.size,
        total: this.#staged.size + this.#stale.size,
      });
      await this.#breathe();
    }
  }

  /** Stages the documents about the site as a whole, where the newest posts or the set of feeds are others than before. */
  async #stageWhole(writer: FileWriter): Promise<void> {
    const plans = planHeads(this.#catalog, this.#index, this.#config);
    const list = JSON.stringify(plans.map(({ key, title }) => [key, title]));
    const same = list === this.#listed && !this.#staged.has(siteFeed.key) && !this.#config.sitemap;
    this.#listed = list;
    if (same && this.#documents.has(wholeSite)) return;
    const newest = (await this.#entriesOf(siteFeed.key)) ?? [];
    const published = this.#config.sitemap
      ? [...this.#index.rows()].filter((row) => this.#index.isShown(row))
      : [];
    this.#documents.set(wholeSite, this.#stage.wholeSite(plans, newest, published, this.#now, writer));
  }

  #breathe(): Promise<void> {
    return breathe(this.#isAhead ? undefined : this.#options.signal);
  }

  /** The entries of a feed's window; absent when some could not be made and the window is a different one now. */
  async #entriesOf(key: string): Promise<Entry[] | undefined> {
    const entries: Entry[] = [];
    const rejected: Diagnostic[] = [];
    let whole = true;
    const { name, rows } = this.#index.window(key) ?? { name: siteFeed, rows: [] };
    const { limit, profile } = settingsOf(name, this.#config);
    const hasDocuments = key === newsFeed.key || this.#catalog.get(key) !== undefined;
    for (const row of hasDocuments ? rows : []) {
      if (entries.length === limit) break;
      try {
        const entry = await this.#entries.get(row);
        // Of a post at its last good version, what is to be told is what is wrong with the present one.
        if (!this.#leftOut.has(row.file)) this.#findings.set(row.file, entry.diagnostics);
        if (entry.diagnostics.some(({ severity }) => severity === "error")) {
          whole = false;
          this.#leaveOut(row.file, []);
          continue;
        }
        const fault =
          profile &&
          findRejection(entry, name.name, profile, this.#config, (fields) =>
            this.#entries.locate(row, fields),
          );
        if (fault) rejected.push(fault);
        else entries.push(entry);
      } catch (error) {
        if (!(error instanceof SourceChanged)) throw error;
        whole = false;
        const changes = this.#keepable(await this.#sources.read([row.file]));
        // Nothing new to be read, and nothing left of what it was: it cannot be shown.
        this.#apply(changes.length > 0 ? changes : [{ file: row.file }]);
      }
      await this.#breathe();
    }
    this.#findings.set(noteOf(key), rejected);
    return whole ? entries : undefined;
  }

  /** Sets the site's feed against what its subscribers know. */
  #compare(posts: readonly Post[]): void {
    const emptied = this.#options.allowEmpty ? [] : findEmptied(this.#known, posts, this.#config);
    this.#comparing = [...emptied, ...findChangedIds(this.#known, posts, this.#config)];
    this.#known = posts.map(({ id, url, title, date }) => ({ id, url, title, date }));
  }

  #diagnostics(): Diagnostic[] {
    return sortDiagnostics([
      ...this.#sources.diagnostics(),
      ...this.#comparing,
      ...[...this.#findings.values()].flat(),
    ]);
  }

  get #keepsLast(): boolean {
    return this.#options.keepLast === true && this.#hasGood;
  }

  /** Leaves out the changes by which a post that no longer reads would go. */
  #keepable(changes: readonly Change[]): readonly Change[] {
    if (!this.#keepsLast) return changes;
    return changes.filter(({ file, row }) => row !== undefined || !this.#sources.isFailed(file));
  }

  #mustStop(diagnostics: readonly Diagnostic[]): boolean {
    if (this.#options.keepGoing || this.#keepsLast) return false;
    return !isOk(diagnostics, this.#options.strict);
  }

  #report(files: BuildResult["files"], diagnostics: readonly Diagnostic[], started: number): BuildResult {
    const nextDue = this.#index.nextDue();
    const failed = this.#sources.failed() + this.#leftOut.size;
    return {
      ok: isOk(diagnostics, this.#options.strict),
      posts: countPosts(this.#index.standings(), this.#now, failed),
      files,
      ...(nextDue !== undefined && { nextDue }),
      diagnostics,
      ms: Math.round(performance.now() - started),
    };
  }
}

/** Under this key stand the documents that are no feed's. */
const wholeSite = "\u0000site";

/** Where findings about a feed stand among those about posts: no path holds this character. */
function noteOf(feed: string): string {
  return `\u0000${feed}`;
}

function isOk(diagnostics: readonly Diagnostic[], strict: boolean | undefined): boolean {
  return !diagnostics.some(({ severity }) => severity === "error" || (strict && severity === "warning"));
}
