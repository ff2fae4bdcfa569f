import type { RowTimes } from "../feeds/index/row-times.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { OutputFile } from "../model/plan.ts";
import type { Post } from "../model/post.ts";
import type { WriteResult } from "../output/file-writer.ts";
import type { CheckoutSignal } from "./checkout-guard.ts";
import type { ScanOptions } from "./folder-scanner.ts";

export interface BuildOptions extends ScanOptions {
  /** Leave out broken posts that readers have too, where their last good version is not at hand. */
  readonly keepGoing?: boolean;
  /** All or nothing: with an error or a warning, nothing is written. */
  readonly strict?: boolean;
  /** Let a feed that had posts become empty. */
  readonly allowEmpty?: boolean;
  /** Let posts have other ids than readers know. */
  readonly allowIdChanges?: boolean;
  /** Replace files that another program wrote where documents go; a home page stays. */
  readonly overwrite?: boolean;
  /** Work without `.feedwright/cache`. It changes the time a build takes, never a byte of output. */
  readonly cache?: false;
  /** Leave it to the caller to call `Site.save`. */
  readonly saveLater?: boolean;
  readonly checkout?: CheckoutSignal;
  /** Called with every document that is made, in memory; with `write: false` nothing is written anywhere. */
  readonly onDocument?: (document: MadeDocument) => void;
  readonly write?: false;
}

/** A document as it would be written, with the posts it shows, in order; none for one about the whole site. */
export interface MadeDocument extends OutputFile {
  readonly posts: readonly Post[];
}

/** How many posts there are, by their state. */
export interface PostCounts {
  readonly read: number;
  readonly published: number;
  readonly draft: number;
  readonly future: number;
  readonly expired: number;
  /** Unlisted and private posts. */
  readonly unlisted: number;
  /** Posts with an error: those of `leftOut` and `held`. */
  readonly failed: number;
  /** Broken posts that are in no feed; paths as in diagnostics, sorted. */
  readonly leftOut: readonly string[];
  /** Broken posts that readers have, and that stay as they were. */
  readonly held: readonly string[];
}

/** Broken posts, by what became of them. */
export type BrokenPosts = Pick<PostCounts, "leftOut" | "held">;

export interface BuildResult {
  /** False when something in the posts has to be fixed. */
  readonly ok: boolean;
  readonly posts: PostCounts;
  readonly files: WriteResult;
  /** When the feeds change next though no post does, milliseconds since the epoch. */
  readonly nextDue?: number;
  readonly diagnostics: readonly Diagnostic[];
  /** How long it took, milliseconds. */
  readonly ms: number;
}

/** Counts posts by their state at `now` (milliseconds since the epoch); posts that are left out have no row. */
export function countPosts(rows: Iterable<RowTimes>, now: number, broken: BrokenPosts): PostCounts {
  const { leftOut, held } = broken;
  const failed = leftOut.length + held.length;
  const read = leftOut.length;
  const counts = { read, published: 0, draft: 0, future: 0, expired: 0, unlisted: 0, failed, leftOut, held };
  for (const row of rows) {
    counts.read += 1;
    if (row.hidden === "draft") counts.draft += 1;
    else if (row.hidden !== undefined) counts.unlisted += 1;
    else if (row.expires <= now) counts.expired += 1;
    else if (row.date > now) counts.future += 1;
    else counts.published += 1;
  }
  return counts;
}

/** In order of file, line and column, each once. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const sorted = [...diagnostics].sort(
    (a, b) =>
      compareText(a.file, b.file) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0) ||
      compareText(a.code, b.code) ||
      compareText(a.message, b.message),
  );
  return sorted.filter((one, i) => {
    const last = sorted[i - 1];
    return one.file !== last?.file || JSON.stringify(one) !== JSON.stringify(last);
  });
}

/** Whether nothing in the posts has to be fixed. */
export function isOk(diagnostics: readonly Diagnostic[], strict: boolean | undefined): boolean {
  return !diagnostics.some(({ severity }) => severity === "error" || (strict && severity === "warning"));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
