import type { Duplicate } from "../feeds/index/identity-index.ts";
import type { FeedWindow, RowChange } from "../feeds/index/post-index.ts";
import type { PostRow } from "../feeds/post-row.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { defineProblem, diagnose } from "../model/problem.ts";
import { displayPath } from "../posts/folder/posts-folder.ts";
import type { FirstScan } from "./first-scan.ts";
import type { ScanResult } from "./folder-scanner.ts";
import type { SiteState } from "./state.ts";

const duplicateId = defineProblem("site/duplicate-id", {
  severity: "error",
  title: "Two posts with one id",
  many: "{count} posts have the id of another post",
  why: "Feed readers take two entries with one id for one entry, and show only one of them.",
  fix: "Give one of the two posts another `id:`; keep the id of the one that readers know.",
});

const duplicatePermalink = defineProblem("site/duplicate-permalink", {
  severity: "error",
  title: "Two posts with one permalink",
  many: "{count} posts have the permalink of another post",
  why: "Two pages cannot have one address: a reader who follows the link sees the other post.",
  fix: "Give one of the two posts another `slug:` or `permalink:`.",
});

/** Applies what a scan found to the index, and marks the feeds that are out of date because of it. */
export class ChangeApplier {
  readonly #state: SiteState;
  /** What was read and is not in the index yet: an update may fail in between. */
  #first: FirstScan | undefined;
  #pending: RowChange[] = [];
  /** Rows from before this update, of the posts it changed. */
  readonly #before = new Map<string, PostRow | undefined>();
  /** Broken posts whose last good version was to be shown, and is not at hand. */
  readonly #lost = new Set<string>();
  #now = 0;

  constructor(state: SiteState) {
    this.#state = state;
  }

  /** Takes in what a scan found, until {@link ChangeApplier.apply}. */
  collect({ first, changes }: ScanResult): void {
    this.#first ??= first;
    this.#pending = this.#pending.concat(changes);
  }

  /** Forgets what was collected. */
  discard(): void {
    this.#pending = [];
  }

  /** How many changed posts are collected. */
  get count(): number {
    return this.#pending.length + (this.#first?.posts.count ?? 0);
  }

  get hasDeletions(): boolean {
    return this.#pending.some(({ row }) => row === undefined);
  }

  /** Posts left out or held for a problem that may lie elsewhere, with the rows of their present versions. */
  get leftOut(): Map<string, PostRow> {
    return this.#state.posts.leftOut;
  }

  /** Broken posts whose last good version was to be shown, and is not at hand. */
  get lost(): ReadonlySet<string> {
    return this.#lost;
  }

  /** Whether a post's present version has an error. If it is in the index, it is there as it was before. */
  isBroken(file: string): boolean {
    return this.leftOut.has(file) || this.#state.files.isFailed(file);
  }

  /** All broken posts. Those that the index has are held at their last good version. */
  broken(): Set<string> {
    return new Set([...this.#state.files.failed(), ...this.leftOut.keys()]);
  }

  /**
   * Applies everything that was collected at `now` (milliseconds since the epoch). A broken post that readers have keeps
   * its last good version. Pictures and recordings are looked at again: all of them, or only those that the posts named
   * in `files` use.
   */
  apply(now: number, files: readonly string[] | undefined): void {
    const { index, diagnostics } = this.#state;
    this.#now = now;
    const isFirst = this.#first !== undefined;
    if (this.#first !== undefined) {
      index.restore(this.#first.posts, [], now);
      this.#markStale(index.windows());
      this.#first = undefined;
    }
    const changes = [...this.#findTouched(files), ...this.#pending.splice(0)];
    this.#before.clear();
    for (const { file } of changes) this.leftOut.delete(file);
    // A new row is rendered again: what was missing may exist now.
    const again = [...this.leftOut].map(([file, row]) => ({ file, row: { ...row } }));
    this.leftOut.clear();
    for (const { file } of [...again, ...changes]) {
      // What a first scan put into the index was never published.
      this.#before.set(file, isFirst ? undefined : index.get(file));
      diagnostics.delete(file);
    }
    this.#applyToIndex([...again, ...changes]);
  }

  /** Applies a post that changed after the scan; without changes, it is removed. */
  applyAgain(file: string, changes: readonly RowChange[]): void {
    if (!this.#before.has(file)) this.#before.set(file, this.#state.index.get(file));
    this.#applyToIndex(changes.length > 0 ? changes : [{ file }]);
  }

  /** Takes a post with an error out of the index, or goes back to the version that readers have. */
  leaveOut(file: string, found: readonly Diagnostic[]): void {
    const { index, diagnostics } = this.#state;
    const row = index.get(file);
    if (row === undefined) return;
    diagnostics.add(file, found);
    if (!this.leftOut.has(file)) this.leftOut.set(file, row);
    const last = this.#lastGood(file);
    this.#markStale(
      index.apply([last === undefined || last === row ? { file } : { file, row: last }], this.#now),
    );
  }

  /** Takes a broken post out of the index because the version that readers have is not at hand. */
  lose({ file }: PostRow): void {
    this.#lost.add(file);
    this.#before.set(file, undefined);
    this.#markStale(this.#state.index.apply([{ file }], this.#now));
    this.#state.posts.forgetNames();
    this.#applyToLinks();
  }

  /** Changes the index. Of posts with the same id or permalink one stays, if possible the one that readers have. */
  #applyToIndex(changes: readonly RowChange[]): void {
    const { index, posts } = this.#state;
    posts.forgetNames();
    const usable = changes.map((change) => this.#withLastGood(change));
    const real = usable.filter(({ file, row }) => row === undefined || row !== index.get(file));
    this.#markStale(index.apply(real, this.#now));
    // A post that goes back to its last good version may take an id or a permalink from another one.
    for (let [found] = index.duplicates(); found !== undefined; [found] = index.duplicates()) {
      const duplicate = found;
      const [, ...losers] = [...duplicate.files].sort(
        (a, b) => this.#rank(a, duplicate) - this.#rank(b, duplicate),
      );
      for (const file of losers) {
        const all = index.duplicates().filter(({ files }) => files.includes(file));
        this.leaveOut(
          file,
          all.map((one) => this.#describeDuplicate(file, one)),
        );
      }
    }
    this.#applyToLinks();
  }

  /** Posts are rendered again when a post that they link to got another address, appeared or went. */
  #applyToLinks(): void {
    const { index, entries, posts, diagnostics } = this.#state;
    const changes = entries.lookups.findOutdated(posts).flatMap((file): RowChange[] => {
      const row = this.isBroken(file) ? undefined : index.get(file);
      return row === undefined ? [] : [{ file, row: { ...row } }];
    });
    if (changes.length === 0) return;
    for (const { file } of changes) {
      if (!this.#before.has(file)) this.#before.set(file, index.get(file));
      diagnostics.delete(file);
    }
    this.#markStale(index.apply(changes, this.#now));
  }

  /** Who keeps an id or a permalink that several posts have: the lowest rank, and then the first by name. */
  #rank(file: string, { kind, value }: Duplicate): number {
    const { index, published } = this.#state;
    const row = index.get(file);
    const before = this.#before.has(file) ? this.#before.get(file) : row;
    if (row === before) return 0;
    if ((kind === "id" ? before?.id : before?.url) === value) return 1;
    return published.isOwner(file, kind, value) ? 2 : 3;
  }

  /** The version of a post that readers have, if they have one. */
  #lastGood(file: string): PostRow | undefined {
    const { index } = this.#state;
    const row = this.#before.has(file) ? this.#before.get(file) : index.get(file);
    return row !== undefined && row.hidden === undefined && row.date <= this.#now ? row : undefined;
  }

  /** A post that cannot be read any more goes back to the version that readers have. */
  #withLastGood(change: RowChange): RowChange {
    const { file, row } = change;
    if (row !== undefined || !this.#state.files.isFailed(file)) {
      this.#lost.delete(file);
      return change;
    }
    const last = this.#lastGood(file);
    return last === undefined ? change : { file, row: last };
  }

  /** Marks the feeds whose posts changed, and those that begin, end or move because of that. */
  #markStale(windows: readonly FeedWindow[]): void {
    const { index, catalog, diagnostics, stale } = this.#state;
    for (const { name } of windows) stale.add(name.key);
    for (const key of catalog.settle(index)) stale.add(key);
    diagnostics.setAbout("*", catalog.diagnostics());
  }

  /** Posts that have to be rendered again though their text is the same: a picture or a recording changed. */
  #findTouched(files: readonly string[] | undefined): RowChange[] {
    return this.#state.entries.findTouched(files).flatMap((file) => {
      const row = this.isBroken(file) ? undefined : this.#state.index.get(file);
      return row ? [{ file, row: { ...row } }] : [];
    });
  }

  #describeDuplicate(file: string, { kind: shared, value, files }: Duplicate): Diagnostic {
    const { config, index } = this.#state;
    // Where the id is the permalink, the address is what has to be another one.
    const kind = index.get(file)?.url === value ? "permalink" : shared;
    const others = files.filter((other) => other !== file).map((other) => displayPath(other, config));
    const message = `The ${kind} ${value} is also that of ${others.join(" and ")}.`;
    const hint =
      kind === "id"
        ? "Give one of them an id of its own in its front matter, as in `id: another-name`."
        : "Give one of them another `slug:` or `permalink:`.";
    const problem = kind === "id" ? duplicateId : duplicatePermalink;
    return diagnose(problem, displayPath(file, config), message, { at: { line: 1, column: 1 }, hint });
  }
}
