// In come the feeds whose documents are stale; out go those documents, staged, the site's own feed in place before the rest after a save.

import { settingsOf } from "../feeds/feed-settings.ts";
import { newsFeed } from "../feeds/memberships.ts";
import { type PostRow, siteFeed } from "../feeds/post-row.ts";
import { breathe } from "../files/file-reader.ts";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { FileWriter } from "../output/write-files.ts";
import type { CachedFacts } from "./cache-schema.ts";
import type { ChangeApplier, Places } from "./change-applier.ts";
import { type DocumentMaker, findRejection } from "./document-maker.ts";
import { type EntryStore, FileChanged } from "./entries.ts";
import type { Entry } from "./entry.ts";
import type { FolderScanner } from "./folder-scanner.ts";
import { planHeads } from "./list-feeds.ts";
import type { BuildOptions } from "./options.ts";

type StagedFacts = Pick<CachedFacts, "documents" | "listed">;

/** Knows which files every feed is made of, and stages those that have to be made anew. */
export class FeedStage {
  readonly #config: Config;
  readonly #options: BuildOptions;
  readonly #places: Places;
  readonly #intake: ChangeApplier;
  readonly #windows: FeedEntries;
  readonly #stage: DocumentMaker;
  /** Feeds whose documents wait to be swapped into place, or are being made. */
  readonly #staged = new Set<string>();
  /** Which files each feed is made of. */
  readonly #documents = new Map<string, readonly string[]>();
  /** The feeds as the documents about the whole site list them. */
  #listed = "";
  #isAhead = false;
  #lastBreath = 0;

  constructor(
    config: Config,
    options: BuildOptions,
    places: Places,
    intake: ChangeApplier,
    windows: FeedEntries,
    stage: DocumentMaker,
  ) {
    this.#config = config;
    this.#options = options;
    this.#places = places;
    this.#intake = intake;
    this.#windows = windows;
    this.#stage = stage;
  }

  /** Whether documents of this update are in place already. */
  get isAhead(): boolean {
    return this.#isAhead;
  }

  /** The files that all feeds are made of, and the site's own documents. */
  paths(): Set<string> {
    return new Set([...this.#documents.values()].flat());
  }

  /** What is kept between runs. */
  facts(): StagedFacts {
    return { documents: [...this.#documents], listed: this.#listed };
  }

  /** Takes over which files an earlier process made; feeds are stale of which one was touched since. */
  restore({ documents, listed }: StagedFacts, touched: ReadonlySet<string>): void {
    const { stale } = this.#intake;
    stale.clear();
    for (const [key, paths] of documents) {
      this.#documents.set(key, paths);
      if (paths.some((path) => touched.has(path))) stale.add(key);
    }
    // A document about the whole site that was touched is made anew, as if there had been none.
    if (stale.delete(wholeSite)) this.#documents.delete(wholeSite);
    this.#listed = listed;
  }

  /**
   * Stages the documents of every stale feed. Where they `mayGoAhead`, those of the site's feed go ahead of the rest:
   * most people subscribe to that one. From then on the update is finished, whoever asks to stop.
   */
  async stageStale(writer: FileWriter, now: number, mayGoAhead: boolean): Promise<void> {
    const { stale } = this.#intake;
    if (stale.delete(siteFeed.key)) {
      const others = [...stale];
      stale.clear();
      for (const key of [siteFeed.key, ...others]) stale.add(key);
    }
    // The documents about the whole site show the newest posts once more.
    await this.#windows.expect([...stale, siteFeed.key]);
    for (const key of stale) {
      stale.delete(key);
      this.#staged.add(key);
      if (!(await this.#stageFeed(key, writer, now))) {
        stale.add(key);
        continue;
      }
      // The subscription document names the archives: all of a history are swapped at once.
      if (key === siteFeed.key && mayGoAhead && !this.#config.feeds.archives) {
        await writer.written();
        writer.swap();
        this.#isAhead = true;
      }
      const done = this.#staged.size;
      this.#options.onProgress?.({ phase: "writing", done, total: done + stale.size });
      await this.#breathe(0);
    }
  }

  /** Stages the documents about the site as a whole, where the newest posts or the set of feeds are others than before. */
  async stageWhole(writer: FileWriter, now: number): Promise<void> {
    const { index, catalog } = this.#places;
    const plans = planHeads(catalog, index, this.#config);
    const list = JSON.stringify(plans.map(({ key, title }) => [key, title]));
    const same = list === this.#listed && !this.#staged.has(siteFeed.key) && !this.#config.sitemap;
    this.#listed = list;
    if (same && this.#documents.has(wholeSite)) return;
    const newest = (await this.#windows.of(siteFeed.key, () => this.#breathe())) ?? [];
    const published = this.#config.sitemap ? [...index.rows()].filter((row) => index.isShown(row)) : [];
    this.#documents.set(wholeSite, this.#stage.wholeSite(plans, newest, published, now, writer));
  }

  /** Everything staged is in place. */
  settle(): void {
    this.#staged.clear();
  }

  /** Ends an update. What was not written is stale still, whatever kept it from being written. */
  end(): void {
    this.#windows.relax();
    for (const key of this.#staged) this.#intake.stale.add(key);
    if (this.#staged.size > 0) this.#documents.delete(wholeSite);
    this.#staged.clear();
    this.#isAhead = false;
  }

  /** Says whether the feed was staged; it is not when its window became a different one. */
  async #stageFeed(key: string, writer: FileWriter, now: number): Promise<boolean> {
    const entries = await this.#windows.of(key, () => this.#breathe());
    if (entries === undefined) return false;
    const { findings } = this.#places;
    if (key === siteFeed.key) {
      const posts = entries.map(({ post }) => post);
      findings.compare(posts, this.#options);
    }
    const { paths, found } = this.#stage.feed(key, entries, now, writer);
    findings.note(`${key} documents`, found);
    if (paths.length > 0) this.#documents.set(key, paths);
    else this.#documents.delete(key);
    return true;
  }

  /** Lets signals in now and then: a turn of the event loop costs as much as an entry that is there already. */
  async #breathe(atMost = breath): Promise<void> {
    const now = performance.now();
    const signal = this.#isAhead ? undefined : this.#options.signal;
    if (now - this.#lastBreath < atMost && signal?.aborted !== true) return;
    this.#lastBreath = now;
    await breathe(signal);
  }
}

/** How long making documents may hold the event loop, in milliseconds. */
const breath = 10;

/** Under this key stand the documents that are no feed's. */
const wholeSite = "\u0000site";

/** Asks for the posts of a feed one by one, and has those taken out again that cannot be shown. */
export class FeedEntries {
  readonly #config: Config;
  readonly #places: Places;
  readonly #sources: FolderScanner;
  readonly #entries: EntryStore;
  readonly #intake: ChangeApplier;

  constructor(
    config: Config,
    places: Places,
    sources: FolderScanner,
    entries: EntryStore,
    intake: ChangeApplier,
  ) {
    this.#config = config;
    this.#places = places;
    this.#sources = sources;
    this.#entries = entries;
    this.#intake = intake;
  }

  /** Says which feeds will be asked for, in order. */
  expect(keys: readonly string[]): Promise<void> {
    return this.#entries.expect(keys.flatMap((key) => this.#shownIn(key)));
  }

  /** Says that no more feeds are expected. */
  relax(): void {
    this.#entries.relax();
  }

  #shownIn(key: string): readonly PostRow[] {
    const window = this.#hasDocuments(key) ? this.#places.index.window(key) : undefined;
    return window?.rows.slice(0, settingsOf(window.name, this.#config).limit) ?? [];
  }

  #hasDocuments(key: string): boolean {
    return key === newsFeed.key || this.#places.catalog.get(key) !== undefined;
  }

  /** The entries of a feed's window; absent when some could not be made and the window is a different one now. */
  async of(key: string, breathe: () => Promise<void>): Promise<Entry[] | undefined> {
    const { index, findings } = this.#places;
    const entries: Entry[] = [];
    const rejected: Diagnostic[] = [];
    let whole = true;
    const { name, rows } = index.window(key) ?? { name: siteFeed, rows: [] };
    const { limit, profile } = settingsOf(name, this.#config);
    for (const row of this.#hasDocuments(key) ? rows : []) {
      if (entries.length === limit) break;
      const entry = await this.#make(row);
      if (entry === undefined) whole = false;
      else {
        const locate = (fields: readonly string[]) => this.#entries.locate(row, fields);
        const fault = profile && findRejection(entry, name.name, profile, this.#config, locate);
        if (fault) rejected.push(fault);
        else entries.push(entry);
      }
      await breathe();
    }
    findings.note(key, rejected);
    return whole ? entries : undefined;
  }

  /** A post's entry; absent when it cannot be shown, and the index has another version of it by now, or none. */
  async #make(row: PostRow): Promise<Entry | undefined> {
    const { leftOut } = this.#intake;
    try {
      const entry = await this.#entries.get(row);
      // Of a post at its last good version, what is to be told is what is wrong with the present one.
      if (!leftOut.has(row.file)) this.#places.findings.set(row.file, entry.diagnostics);
      if (!entry.diagnostics.some(({ severity }) => severity === "error")) return entry;
      this.#intake.leaveOut(row.file, []);
    } catch (error) {
      if (!(error instanceof FileChanged)) throw error;
      this.#intake.takeAgain(row.file, await this.#sources.read([row.file]));
    }
    return undefined;
  }
}
