import { join } from "node:path";
import { siteFeed } from "../feeds/feed-name.ts";
import { fixedFeeds } from "../feeds/memberships.ts";
import { breathe } from "../files/file-reader.ts";
import type { FolderDiff } from "../files/file-table.ts";
import type { Stamp } from "../files/stamp.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { OutputFile, PackedFile } from "../model/plan.ts";
import { FileWriter, prepareOutput, type WriteResult } from "../output/file-writer.ts";
import { describeForeign, homePage } from "../output/foreign-files.ts";
import { type Manifest, ManifestFile } from "../output/manifest.ts";
import { displayPath } from "../posts/folder/posts-folder.ts";
import { checkShowImages } from "../posts/media/review-episode.ts";
import type { CachedSite } from "./cache-schema.ts";
import { ChangeApplier } from "./change-applier.ts";
import { CheckoutGuard } from "./checkout-guard.ts";
import { DocumentMaker, type SiteFiles } from "./document-maker.ts";
import type { Dependency } from "./entry.ts";
import { FeedEntries } from "./feed-entries.ts";
import type { ScanResult } from "./folder-scanner.ts";
import { findLostPosts } from "./lost-posts.ts";
import { findMissingAuthority } from "./missing-authority.ts";
import { type BrokenPosts, type BuildResult, countPosts, isOk, sortDiagnostics } from "./options.ts";
import { findTouched, type SiteCache } from "./site-cache.ts";
import { createSiteState, type SiteInput, type SiteState } from "./state.ts";

/** With at most this many changed posts, an update is the save of an author who waits for it. */
const fewPosts = 8;

/** How long making documents may hold the event loop. Milliseconds. */
const pauseInterval = 10;

/** When an update takes place, and of what. */
export interface UpdateRequest {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** When it began, by the process's clock. Milliseconds. */
  readonly started: number;
  /** The files to be read; without them, the whole folder. */
  readonly files: readonly string[] | undefined;
  /** How the folder differs from what is known, where it was just looked at. */
  readonly diff: FolderDiff | undefined;
  /** The mark of {@link CheckoutGuard} from before anything was looked at. */
  readonly mark: string | undefined;
}

/** Updates one site, one update at a time. Documents get into place all at once or not at all. */
export class SiteUpdater {
  readonly #state: SiteState;
  readonly #cache: SiteCache | undefined;
  readonly #changes: ChangeApplier;
  readonly #entries: FeedEntries;
  readonly #documents: DocumentMaker;
  readonly #manifest: ManifestFile;
  readonly #guard: CheckoutGuard;
  /** What an earlier process left, until the index has it. */
  #cached: CachedSite | undefined;
  #now = 0;
  /** The stamps of the documents from when they were written, by path below the output folder. */
  readonly #outputs = new Map<string, Stamp>();
  /** Whether the last update did not come to its end. */
  #isTorn = false;
  /** Whether the output folder shows an update of this site. */
  #hasWritten = false;
  /** Whether documents of the present update are in place already. */
  #isAhead = false;
  /** Whether files of others are where documents should be. */
  #lacksFiles = false;
  #lastPause = 0;

  constructor(input: SiteInput, cache: SiteCache | undefined, cached: CachedSite | undefined) {
    const { config, options } = input;
    this.#state = createSiteState(input, cached?.facts.history);
    this.#cache = cache;
    this.#cached = cached;
    this.#changes = new ChangeApplier(this.#state);
    this.#entries = new FeedEntries(this.#state, this.#changes, () => this.#pause(pauseInterval));
    this.#documents = new DocumentMaker(this.#state);
    this.#manifest = new ManifestFile(join(config.root, ".feedwright"), config.out);
    this.#guard = new CheckoutGuard(options.checkout);
    if (cached === undefined) this.#startCold();
  }

  /** Brings the output folder up to date. @throws CheckoutInProgress, Failure */
  async update(request: UpdateRequest): Promise<BuildResult> {
    const { config, diagnostics, published, index, options, stale } = this.#state;
    this.#isTorn = true;
    const isSave = await this.#scan(request); // files -> rows that changed
    const writer = new FileWriter(config.out, await this.#prepare(request.now), options);
    try {
      this.#now = request.now;
      if (request.files === undefined && this.#hasWritten)
        this.#documents.touch(findTouched(config.out, this.#documents.paths(), this.#outputs));
      this.#changes.apply(request.now, request.files); // rows -> stale feeds
      stale.moveToFront(siteFeed.key);
      // The documents about the whole site show the newest posts once more.
      await this.#entries.expect([...stale.waiting(), siteFeed.key]);
      for (const key of stale) {
        const entries = await this.#entries.of(key); // feed -> rendered posts
        if (entries === undefined) {
          stale.add(key);
          continue;
        }
        if (key === siteFeed.key) {
          published.compare(entries, options.allowEmpty);
          diagnostics.setAbout("authority", findMissingAuthority(entries, config, request.now));
        }
        this.#stage(this.#documents.ofFeed(key, entries, request.now), writer); // rendered posts -> documents
        if (key === siteFeed.key && isSave) await this.#goAhead(writer);
        await this.#reportProgress();
      }
      const newest = () => this.#entries.of(siteFeed.key);
      const ofSite = await this.#documents.ofSite(newest, request.now);
      this.#stage(ofSite, writer);
      if (options.allowIdChanges) published.adoptIds();
      diagnostics.setAbout(
        "ids",
        published.findChangedIds(() => index.rows()),
      );
      diagnostics.setAbout("podcasts", await checkShowImages(config));
      await writer.written();
      this.#reportForeign(writer, ofSite);
      this.#isTorn = false;
      return this.#finish(writer, request.started); // documents -> output folder, manifest, cache
    } finally {
      await writer.abandon();
      this.#end();
    }
  }

  /** Saves the cache, so that the next process reads only what changed, and has the last good versions of broken posts. */
  save(result: BuildResult): void {
    const { stale, diagnostics, scanner } = this.#state;
    if (this.#isTorn || this.#lacksFiles || this.#cached !== undefined || stale.counts.waiting > 0) return;
    const { history } = scanner;
    const broken = this.#changes.broken();
    this.#cache?.save(this.#state, broken, {
      now: this.#now,
      result,
      findings: diagnostics.entries().filter(([file]) => !broken.has(file)),
      ...(history !== undefined && { history }),
      ...this.#documents.facts(),
      outputs: [...this.#outputs],
    });
  }

  /** The files beside the posts that their entries depend on, by post. */
  get dependencies(): Iterable<readonly [string, readonly Dependency[]]> {
    return this.#cached?.facts.dependencies ?? this.#state.entries.dependencies;
  }

  /** Posts that are not shown, for a problem that may lie elsewhere. */
  get leftOut(): Iterable<string> {
    return this.#changes.leftOut.keys();
  }

  /** Reads what changed. Says whether that is an author's save. @throws CheckoutInProgress, Failure */
  async #scan({ files, now, diff, mark }: UpdateRequest): Promise<boolean> {
    const { scanner } = this.#state;
    const isNamed = files !== undefined && !this.#guard.wasStopped;
    this.#collect(isNamed ? { changes: await scanner.read(files) } : await scanner.scan(now, diff));
    const { count, hasDeletions } = this.#changes;
    this.#guard.begin(count, hasDeletions, mark);
    this.#guard.check();
    return files !== undefined && count <= fewPosts;
  }

  #collect(scanned: ScanResult): void {
    this.#changes.collect(scanned);
    if (scanned.first) this.#cache?.useColumns(scanned.first);
  }

  /** Reads what is published, and, the first time, what an earlier process knew. */
  async #prepare(now: number): Promise<Manifest | undefined> {
    const { config, options, catalog, published, scanner } = this.#state;
    const manifest = this.#manifest.read();
    published.load(manifest);
    catalog.remember(manifest?.feeds ?? []);
    if (options.write !== false && !this.#hasWritten) prepareOutput(config.out, manifest, config.posts.dir);
    if (this.#cached !== undefined && !this.#recall(this.#cached)) {
      this.#startCold();
      this.#changes.discard();
      this.#collect(await scanner.scan(now));
    }
    this.#cached = undefined;
    return manifest;
  }

  /** Takes over what an earlier process knew. False when it is damaged: then nothing is known about any file. */
  #recall(cached: CachedSite): boolean {
    const { catalog, index, diagnostics } = this.#state;
    if (this.#cache?.recall(cached, this.#state) !== true) return false;
    catalog.settle(index);
    this.#hasWritten = true;
    for (const [path, stamp] of cached.facts.outputs) this.#outputs.set(path, stamp);
    this.#documents.restore(cached.facts, this.#cache.findTouchedOutputs(cached.facts));
    diagnostics.restore(cached.facts.findings);
    return true;
  }

  /** Every feed that exists without posts has to be made; a site without news has an empty news sitemap. */
  #startCold(): void {
    const { config, entries, stale } = this.#state;
    this.#cache?.begin(entries);
    for (const { key } of fixedFeeds(config)) stale.add(key);
  }

  #stage({ documents, assets, posts }: SiteFiles, writer: FileWriter): void {
    const { options } = this.#state;
    for (const file of documents) {
      options.onDocument?.({ ...file, content: joinParts(file), posts });
      if (options.write !== false) writer.stage(file);
    }
    if (options.write !== false) for (const { path, file } of assets) writer.stageCopy(path, file);
  }

  /**
   * After a save, puts the site's own feed into place before the others are made: most people subscribe to that one. From
   * then on the update is finished, whatever asks it to stop.
   */
  async #goAhead(writer: FileWriter): Promise<void> {
    const { config, options } = this.#state;
    // The site's feed links to the archives: all of a history are replaced at once.
    const mayStop = !this.#hasWritten || options.strict || this.#findStops().length > 0;
    if (!options.saveLater || mayStop || config.feeds.archives) return;
    await writer.written();
    writer.swap();
    this.#isAhead = true;
  }

  /** Files of others stay. Documents that have no place because of them are made again with every update. */
  #reportForeign({ foreign }: FileWriter, ofSite: SiteFiles): void {
    const { config, diagnostics } = this.#state;
    const missing = foreign.filter((path) => path !== homePage);
    this.#lacksFiles = missing.length > 0;
    diagnostics.setAbout("files of others", describeForeign(missing, config));
    if (ofSite.documents.length === 0) return; // The home page is as it was.
    const home = foreign.filter((path) => path === homePage);
    diagnostics.setAbout("home page", describeForeign(home, config));
  }

  async #reportProgress(): Promise<void> {
    const { taken, waiting } = this.#state.stale.counts;
    this.#state.options.onProgress?.({ phase: "writing", done: taken, total: taken + waiting });
    await this.#pause(0);
  }

  /** Lets signals in, at most once in `interval` milliseconds: a turn of the event loop costs as much as a cached entry. */
  async #pause(interval: number): Promise<void> {
    const now = performance.now();
    const signal = this.#isAhead ? undefined : this.#state.options.signal;
    if (now - this.#lastPause < interval && signal?.aborted !== true) return;
    this.#lastPause = now;
    await breathe(signal);
  }

  /** Puts what is staged into place, unless an error has to be fixed first. */
  #finish(writer: FileWriter, started: number): BuildResult {
    const { options, files, index, catalog, diagnostics, published, stale } = this.#state;
    const stops = this.#findStops();
    const found = sortDiagnostics([...files.diagnostics(), ...diagnostics.all(), ...stops]);
    const mustStop = stops.length > 0 || (options.strict === true && !isOk(found, true));
    if (options.write === false || mustStop)
      return this.#describe({ written: [], unchanged: [], removed: [] }, found, started);
    if (!this.#isAhead) this.#guard.check();
    const paths = this.#documents.paths();
    const { result, files: written } = writer.commit(paths);
    for (const path of this.#outputs.keys()) if (!paths.has(path)) this.#outputs.delete(path);
    for (const path of result.written) this.#outputs.delete(path);
    for (const [path, stamp] of writer.stamps) this.#outputs.set(path, stamp);
    published.forgetDeleted(found, () => index.rows());
    const feeds = catalog.published(index);
    this.#manifest.write({ files: written, ...published.facts(), feeds, broken: this.#describeBroken() });
    if (this.#lacksFiles) this.#documents.forgetSite();
    else stale.done();
    this.#hasWritten = true;
    const report = this.#describe(result, found, started);
    if (!options.saveLater) this.save(report);
    return report;
  }

  /** What did not get into place is stale again. */
  #end(): void {
    const { entries, stale } = this.#state;
    entries.relax();
    if (stale.putBack() > 0) this.#documents.forgetSite();
    this.#isAhead = false;
  }

  /** Why nothing may be written: readers would lose something. */
  #findStops(): Diagnostic[] {
    const { published, options } = this.#state;
    const mayLose = options.keepGoing || options.write === false;
    return [...published.diagnostics(), ...(mayLose ? [] : findLostPosts(this.#state, this.#changes))];
  }

  #describeBroken(): BrokenPosts {
    const { index, config } = this.#state;
    const broken = [...this.#changes.broken()];
    const list = (isHeld: boolean) =>
      broken
        .filter((file) => (index.get(file) !== undefined) === isHeld)
        .map((file) => displayPath(file, config))
        .sort();
    return { leftOut: list(false), held: list(true) };
  }

  #describe(files: WriteResult, diagnostics: readonly Diagnostic[], started: number): BuildResult {
    const { index, options } = this.#state;
    const nextDue = index.nextDue();
    return {
      ok: isOk(diagnostics, options.strict),
      posts: countPosts(index.times(), this.#now, this.#describeBroken()),
      files,
      ...(nextDue !== undefined && { nextDue }),
      diagnostics,
      ms: Math.round(performance.now() - started),
    };
  }
}

/** A document's content in one piece. */
function joinParts({ content }: OutputFile | PackedFile): OutputFile["content"] {
  return typeof content === "string" || content instanceof Uint8Array
    ? content
    : Buffer.concat(content).toString();
}
