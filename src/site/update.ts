// In come the differences of a posts folder; out go documents that show them, in place all at once or not at all.
import { join } from "node:path";
import { FeedCatalog } from "../feeds/feed-catalog.ts";
import { PostIndex, type RowChange } from "../feeds/index/post-index.ts";
import { fixedFeeds, newsFeed } from "../feeds/memberships.ts";
import type { FileReader } from "../files/file-reader.ts";
import type { FileTable, FolderDiff } from "../files/file-table.ts";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { type Manifest, ManifestFile } from "../output/manifest.ts";
import { prepareOutput } from "../output/prepare-output.ts";
import { FileWriter, type WriteResult } from "../output/write-files.ts";
import { checkShowImages } from "../posts/media/review-episode.ts";
import type { CachedSite } from "./cache-schema.ts";
import { ChangeApplier, type Places } from "./change-applier.ts";
import { DocumentMaker } from "./document-maker.ts";
import { EntryStore } from "./entries.ts";
import type { Dependency } from "./entry.ts";
import type { FirstScan } from "./first-scan.ts";
import { FolderScanner } from "./folder-scanner.ts";
import { FeedEntries, FeedStage } from "./make-feeds.ts";
import {
  type BuildOptions,
  type BuildResult,
  CheckoutInProgress,
  type CheckoutSignal,
  countPosts,
  isOk,
  sortDiagnostics,
} from "./options.ts";
import type { SiteCache, SiteParts } from "./site-cache.ts";
import { SiteDiagnostics } from "./site-diagnostics.ts";

/** With no more changed posts than this, an update is a save. */
const fewPosts = 8;

/** What a site's updates work with. */
export interface SiteState {
  readonly config: Config;
  readonly options: BuildOptions;
  readonly files: FileTable;
  readonly reader: FileReader;
  readonly memory: SiteCache | undefined;
  /** What an earlier process left. */
  readonly kept: CachedSite | undefined;
}

/** When an update takes place, and of what. */
export interface UpdateRequest {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** When it began, by the process's clock, in milliseconds. */
  readonly started: number;
  /** The files to be taken in; without them, the whole folder. */
  readonly files: readonly string[] | undefined;
  /** How the folder looks just now, where that is known. */
  readonly look: FolderDiff | undefined;
  /** What the caller's `hold` said before anything was looked at. */
  readonly mark: string | undefined;
}

/** Updates of one site, one at a time: taken in, made, put into place, kept. */
export class SiteUpdater {
  readonly #state: SiteState;
  readonly #sources: FolderScanner;
  readonly #places: Places;
  readonly #parts: SiteParts;
  readonly #intake: ChangeApplier;
  readonly #stage: FeedStage;
  readonly #manifest: ManifestFile;
  readonly #hold: CheckoutGuard;
  #now = 0;
  /** What an earlier process knew, until the index has it. */
  #kept: CachedSite | undefined;
  /** What was read and is not in the index yet: an update may fail in between. */
  #pending: RowChange[] = [];
  /** Posts that came all at once, and are not in the index yet. */
  #fresh: FirstScan | undefined;
  /** Whether an update was begun and did not come to its end. */
  #isTorn = false;
  /** Whether the output folder shows an update of this site without faults. */
  #hasGood = false;

  constructor(state: SiteState) {
    const { config, options, files, reader, memory, kept } = state;
    this.#state = state;
    this.#kept = kept;
    this.#hold = new CheckoutGuard(options.hold);
    this.#manifest = new ManifestFile(join(config.root, ".feedwright"), config.out);
    this.#sources = new FolderScanner(config, options, files, reader, kept?.rest.history);
    const entries = new EntryStore(config, this.#sources);
    const standing = fixedFeeds(config);
    const index = new PostIndex(config, standing);
    this.#places = { files, index, catalog: new FeedCatalog(config), findings: new SiteDiagnostics(config) };
    this.#parts = { files, index, entries };
    this.#intake = new ChangeApplier(config, this.#places);
    for (const { key } of standing) this.#intake.stale.add(key);
    // A site without news has a news sitemap all the same: an empty one.
    if (config.news) this.#intake.stale.add(newsFeed.key);
    const windows = new FeedEntries(config, this.#places, this.#sources, entries, this.#intake);
    const documents = new DocumentMaker(config, options, this.#parts, this.#places.catalog);
    this.#stage = new FeedStage(config, options, this.#places, this.#intake, windows, documents);
    if (kept === undefined) memory?.begin(entries);
  }

  /** Takes in what changed, in the files named or in the whole folder, and brings the output folder in step. */
  async update({ now, started, files, look, mark }: UpdateRequest): Promise<BuildResult> {
    const { options } = this.#state;
    this.#isTorn = true;
    if (files && !this.#hold.wasHeld) this.#pending = this.#pending.concat(await this.#sources.read(files));
    else await this.#scan(now, look);
    const changes = this.#pending.length + (this.#fresh?.posts.count ?? 0);
    const gone = this.#pending.some(({ row }) => row === undefined);
    const hold = this.#hold.begin(changes, gone, mark);
    const stopIfHeld = () => {
      if (!this.#stage.isAhead) hold();
    };
    stopIfHeld();
    const manifest = await this.#begin(now);
    const writer = new FileWriter(this.#state.config.out, manifest);
    try {
      this.#now = now;
      this.#intake.keepsLast = this.#keepsLast;
      this.#takeOver(now);
      this.#intake.start([...this.#touched(files), ...this.#pending.splice(0)], now);
      const isSave = files !== undefined && changes <= fewPosts;
      await this.#stage.stageStale(writer, now, isSave && options.write !== false && this.#keepsLast);
      await this.#stage.stageWhole(writer, now);
      this.#places.findings.compareIds(() => this.#places.index.rows(), options.allowIdChanges);
      this.#places.findings.note("podcasts", await checkShowImages(this.#state.config));
      await writer.written();
      this.#isTorn = false;
      return this.#finish(writer, started, stopIfHeld);
    } finally {
      await writer.abandon();
      this.#stage.end();
    }
  }

  /** Keeps what the next process needs to take in only what changed. Nothing is kept of a site with faults. */
  save(result: BuildResult): void {
    const { memory, files } = this.#state;
    if (this.#isTorn || this.#kept !== undefined) return;
    const { leftOut, stale } = this.#intake;
    if (leftOut.size > 0 || files.failed() > 0 || stale.size > 0) return;
    const findings = this.#places.findings.entries();
    const { history } = this.#sources;
    const facts = { now: this.#now, result, findings, ...(history !== undefined && { history }) };
    memory?.save(this.#parts, { ...facts, ...this.#stage.facts() });
  }

  /** The files beside the posts that their entries depend on, by post. */
  get dependencies(): Iterable<readonly [string, readonly Dependency[]]> {
    return this.#kept?.rest.dependencies ?? this.#parts.entries.dependencies;
  }

  /** Posts that are not shown, for a fault that may lie elsewhere. */
  get leftOut(): Iterable<string> {
    return this.#intake.leftOut.keys();
  }

  async #scan(now: number, look?: FolderDiff): Promise<void> {
    const { fresh, changes } = await this.#sources.scan(now, look);
    this.#fresh ??= fresh;
    this.#pending = this.#pending.concat(changes);
  }

  #takeOver(now: number): void {
    if (this.#fresh === undefined) return;
    this.#intake.takeOver(this.#fresh.posts, now);
    this.#state.memory?.takeOver(this.#fresh);
    this.#fresh = undefined;
  }

  /** Reads what is published, and, the first time, what an earlier process knew. */
  async #begin(now: number): Promise<Manifest | undefined> {
    const { config, options } = this.#state;
    const { catalog, findings } = this.#places;
    const manifest = this.#manifest.read();
    findings.known = manifest?.entries ?? [];
    findings.leftOut = manifest?.leftOut ?? [];
    catalog.remember(manifest?.feeds ?? []);
    if (options.write !== false && !this.#hasGood) prepareOutput(config.out, manifest);
    const kept = this.#kept;
    if (kept !== undefined && !this.#recall(kept)) {
      this.#pending = [];
      await this.#scan(now);
    }
    this.#kept = undefined;
    return manifest;
  }

  /** Takes over what an earlier process knew, if all of it is legible. */
  #recall(kept: CachedSite): boolean {
    const { memory } = this.#state;
    if (memory?.recall(kept, this.#parts) !== true) return false;
    this.#places.catalog.settle(this.#places.index);
    this.#hasGood = true;
    this.#stage.restore(kept.rest, memory.findTouchedOutputs(kept));
    this.#places.findings.restore(kept.rest.findings);
    return true;
  }

  /** Posts that have to be made again though their text is the same: a picture or a recording is another one. */
  #touched(files: readonly string[] | undefined): RowChange[] {
    return this.#parts.entries.findTouched(files).flatMap((file) => {
      const row = this.#intake.leftOut.has(file) ? undefined : this.#places.index.get(file);
      return row ? [{ file, row: { ...row } }] : [];
    });
  }

  /** Puts what is staged into place, unless something has to be mended first. */
  #finish(writer: FileWriter, started: number, stopIfHeld: () => void): BuildResult {
    const { options, files } = this.#state;
    const { index, catalog, findings } = this.#places;
    const diagnostics = sortDiagnostics([...files.diagnostics(), ...findings.all()]);
    if (options.write === false || this.#mustStop(diagnostics))
      return this.#report({ written: [], unchanged: [], removed: [] }, diagnostics, started);
    stopIfHeld();
    const { result, files: written } = writer.commit(this.#stage.paths());
    findings.keepLeftOut(diagnostics, () => index.rows());
    const { known, leftOut } = findings;
    this.#manifest.write({ files: written, entries: known, leftOut, feeds: catalog.known(index) });
    this.#stage.settle();
    this.#hasGood = true;
    const report = this.#report(result, diagnostics, started);
    if (!options.saveLater) this.save(report);
    return report;
  }

  get #keepsLast(): boolean {
    return this.#state.options.keepLast === true && this.#hasGood;
  }

  #mustStop(diagnostics: readonly Diagnostic[]): boolean {
    const { keepGoing, strict } = this.#state.options;
    return !keepGoing && !this.#keepsLast && !isOk(diagnostics, strict);
  }

  #report(files: WriteResult, diagnostics: readonly Diagnostic[], started: number): BuildResult {
    const { index } = this.#places;
    const nextDue = index.nextDue();
    const failed = this.#state.files.failed() + this.#intake.leftOut.size;
    return {
      ok: isOk(diagnostics, this.#state.options.strict),
      posts: countPosts(index.standings(), this.#now, failed),
      files,
      ...(nextDue !== undefined && { nextDue }),
      diagnostics,
      ms: Math.round(performance.now() - started),
    };
  }
}

/** Holds updates back that may have seen half of a folder. */
export class CheckoutGuard {
  readonly #hold: CheckoutSignal | undefined;
  #wasHeld = false;

  constructor(hold: CheckoutSignal | undefined) {
    this.#hold = hold;
  }

  /** Whether the last update was held back: what it saw may be half of the folder, and the index may have it by now. */
  get wasHeld(): boolean {
    return this.#wasHeld;
  }

  /**
   * Begins an update that was about to look when the hold's mark was `mark`. Gives what is to be called before its
   * changes are used, and again before they are written. @throws CheckoutInProgress then
   */
  begin(changes: number, gone: boolean, mark: string | undefined): () => void {
    const isConcerned = this.#wasHeld || this.#hold?.concerns(changes, gone) === true;
    this.#wasHeld = false;
    return () => {
      if (!isConcerned) return;
      const present = this.#hold?.mark();
      if (present !== undefined && present === mark) return;
      this.#wasHeld = true;
      throw new CheckoutInProgress();
    };
  }
}
