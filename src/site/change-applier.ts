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
  /** Posts left out for a problem that may lie elsewhere (a missing picture, another post's id): tried again each time. */
  readonly #leftOut = new Map<string, PostRow>();
  /** Rows from before this update, of the posts it changed. */
  readonly #before = new Map<string, PostRow | undefined>();
  #now = 0;
  #keepsLast = false;

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

  /** Posts that are not shown, for a problem that may lie elsewhere. */
  get leftOut(): ReadonlyMap<string, PostRow> {
    return this.#leftOut;
  }

  /**
   * Applies everything that was collected at `now` (milliseconds since the epoch). With `keepsLast`, a post that cannot
   * be read any more keeps its last good version. Pictures and recordings are looked at again: all of them, or only
   * those that the posts named in `files` use.
   */
  apply(now: number, keepsLast: boolean, files: readonly string[] | undefined): void {
    const { index, diagnostics } = this.#state;
    this.#now = now;
    this.#keepsLast = keepsLast;
    if (this.#first !== undefined) {
      index.restore(this.#first.posts, [], now);
      this.#markStale(index.windows());
      this.#first = undefined;
    }
    const changes = this.#withoutFailed([...this.#findTouched(files), ...this.#pending.splice(0)]);
    this.#before.clear();
    for (const { file } of changes) this.#leftOut.delete(file);
    // A new row is rendered again: what was missing may exist now.
    const again = [...this.#leftOut].map(([file, row]) => ({ file, row: { ...row } }));
    this.#leftOut.clear();
    for (const { file } of [...again, ...changes]) {
      this.#before.set(file, index.get(file));
      diagnostics.delete(file);
    }
    this.#applyToIndex([...again, ...changes]);
  }

  /** Applies a post that changed after the scan; without changes, it is removed. */
  applyAgain(file: string, changes: readonly RowChange[]): void {
    const usable = this.#withoutFailed(changes);
    this.#applyToIndex(usable.length > 0 ? usable : [{ file }]);
  }

  /** Takes a post with an error out of the index, or goes back to its last good version where that is wanted. */
  leaveOut(file: string, found: readonly Diagnostic[]): void {
    const { index, diagnostics } = this.#state;
    const row = index.get(file);
    if (row === undefined) return;
    diagnostics.add(file, found);
    this.#leftOut.set(file, row);
    const last = this.#keepsLast ? this.#before.get(file) : undefined;
    const change = last === undefined || last === row ? { file } : { file, row: last };
    this.#markStale(index.apply([change], this.#now));
  }

  /** Changes the index. Of posts with the same id or permalink one stays, if possible one that did not change. */
  #applyToIndex(changes: readonly RowChange[]): void {
    const { index } = this.#state;
    this.#markStale(index.apply(changes, this.#now));
    for (const duplicate of index.duplicates()) {
      const unchanged = duplicate.files.filter((file) => !this.#before.has(file));
      const winner = unchanged[0] ?? duplicate.files[0];
      for (const file of duplicate.files)
        if (file !== winner) this.leaveOut(file, [this.#describeDuplicate(file, duplicate)]);
    }
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
      const row = this.#leftOut.has(file) ? undefined : this.#state.index.get(file);
      return row ? [{ file, row: { ...row } }] : [];
    });
  }

  #withoutFailed(changes: readonly RowChange[]): readonly RowChange[] {
    if (!this.#keepsLast) return changes;
    return changes.filter(({ file, row }) => row !== undefined || !this.#state.files.isFailed(file));
  }

  #describeDuplicate(file: string, { kind, value, files }: Duplicate): Diagnostic {
    const { config } = this.#state;
    const others = files.filter((other) => other !== file).map((other) => displayPath(other, config));
    const message = `The ${kind} ${value} is also that of ${others.join(" and ")}.`;
    const hint =
      kind === "id"
        ? "Give one of them an id of its own in its front matter, as in `id: another-name`."
        : "Give one of them another `slug`.";
    const problem = kind === "id" ? duplicateId : duplicatePermalink;
    return diagnose(problem, displayPath(file, config), message, { at: { line: 1, column: 1 }, hint });
  }
}
