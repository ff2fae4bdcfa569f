// In comes the name of a feed; out go the entries that its window shows, rendered, without those that have a fault.
import { type Entry, type EntryStore, SourceChanged } from "./entries.ts";
import { findRejection } from "./feed-review.ts";
import { settingsOf } from "./feeds/feed-settings.ts";
import { newsFeed } from "./feeds/news-window.ts";
import { type PostRow, siteFeed } from "./feeds/post-row.ts";
import type { Config } from "./model/config.ts";
import type { Diagnostic } from "./model/diagnostic.ts";
import type { Places, PostIntake } from "./post-intake.ts";
import type { Sources } from "./sources.ts";

/** Asks for the posts of a feed one by one, and has those taken out again that cannot be shown. */
export class WindowEntries {
  readonly #config: Config;
  readonly #places: Places;
  readonly #sources: Sources;
  readonly #entries: EntryStore;
  readonly #intake: PostIntake;

  constructor(config: Config, places: Places, sources: Sources, entries: EntryStore, intake: PostIntake) {
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
      if (!(error instanceof SourceChanged)) throw error;
      this.#intake.takeAgain(row.file, await this.#sources.read([row.file]));
    }
    return undefined;
  }
}
