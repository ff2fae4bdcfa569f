import { settingsOf } from "../feeds/feed-settings.ts";
import { newsFeed } from "../feeds/memberships.ts";
import { type PostRow, siteFeed } from "../feeds/post-row.ts";
import { judgePost } from "../feeds/profiles/judge.ts";
import type { ProfileName } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { defineProblem, diagnose } from "../model/problem.ts";
import { displayPath } from "../posts/folder/posts-folder.ts";
import type { ChangeApplier } from "./change-applier.ts";
import type { Entry } from "./entry.ts";
import { FileChanged } from "./entry-store.ts";
import type { SiteState } from "./state.ts";

const rejected = defineProblem("feed/rejected", {
  severity: "warning",
  title: "A post that a feed's consumer would reject",
  why: "The consumer that the feed's profile names does not take such posts, so the feed goes out without it.",
  fix: "Do what the message says, or keep the post out of that feed with `where`.",
});

/** Gets the entries of a feed one by one, and takes posts that cannot be shown out of the index. */
export class FeedEntries {
  readonly #state: SiteState;
  readonly #changes: ChangeApplier;
  readonly #pause: () => Promise<void>;

  /** @param pause is called after each entry, so that others get their turn */
  constructor(state: SiteState, changes: ChangeApplier, pause: () => Promise<void>) {
    this.#state = state;
    this.#changes = changes;
    this.#pause = pause;
  }

  /** Announces which feeds {@link FeedEntries.of} will be asked for, in order: their posts are then read ahead. */
  expect(keys: readonly string[]): Promise<void> {
    return this.#state.entries.expect(keys.flatMap((key) => this.#rowsOf(key)));
  }

  /** The entries that a feed shows; undefined when one could not be made, and the feed shows other posts now. */
  async of(key: string): Promise<Entry[] | undefined> {
    const { index, diagnostics, config } = this.#state;
    const entries: Entry[] = [];
    const rejections: Diagnostic[] = [];
    let isWhole = true;
    const { name, rows } = index.window(key) ?? { name: siteFeed, rows: [] };
    const { limit, profile } = settingsOf(name, config);
    for (const row of this.#hasDocuments(key) ? rows : []) {
      if (entries.length === limit) break;
      const entry = await this.#make(row);
      if (entry === undefined) isWhole = false;
      else {
        const rejection = profile && this.#findRejection(row, entry, name.name, profile);
        if (rejection) rejections.push(rejection);
        else entries.push(entry);
      }
      await this.#pause();
    }
    diagnostics.setAbout(key, rejections);
    return isWhole ? entries : undefined;
  }

  #rowsOf(key: string): readonly PostRow[] {
    const window = this.#hasDocuments(key) ? this.#state.index.window(key) : undefined;
    return window?.rows.slice(0, settingsOf(window.name, this.#state.config).limit) ?? [];
  }

  #hasDocuments(key: string): boolean {
    return key === newsFeed.key || this.#state.catalog.get(key) !== undefined;
  }

  /** A post's entry; undefined when it cannot be shown, and the index has another version of it now, or none. */
  async #make(row: PostRow): Promise<Entry | undefined> {
    const { entries, diagnostics, scanner } = this.#state;
    const isHeld = this.#changes.isBroken(row.file);
    try {
      const entry = await entries.get(row, isHeld);
      // A post at its last good version keeps the diagnostics of its present one.
      if (!isHeld) diagnostics.set(row.file, entry.diagnostics);
      if (!entry.diagnostics.some(({ severity }) => severity === "error")) return entry;
      if (!isHeld) this.#changes.leaveOut(row.file, []);
    } catch (error) {
      if (!(error instanceof FileChanged)) throw error;
      if (!isHeld) this.#changes.applyAgain(row.file, await scanner.read([row.file]));
    }
    if (isHeld) this.#changes.lose(row);
    return undefined;
  }

  /** Why a post stays out of a feed that follows a consumer's rules; undefined when it may be in. */
  #findRejection(row: PostRow, entry: Entry, feed: string, profile: ProfileName): Diagnostic | undefined {
    const { config, entries } = this.#state;
    const found = judgePost(entry.post, entry.content, profile, config);
    if (found === undefined) return undefined;
    const message = `Left out of the feed ${feed} by ${found.rule}: ${found.message}`;
    const at = entries.locate(row, found.fields);
    return diagnose(rejected, displayPath(row.file, config), message, { at, hint: found.hint });
  }
}
