// In come the index, the findings and what was written; out goes what a build tells its caller.
import type { Standing } from "./feeds/kept-rows.ts";
import type { Diagnostic } from "./model/diagnostic.ts";
import type { WriteResult } from "./output/write-files.ts";

/** How many posts there are, and where they stand. */
export interface PostCounts {
  readonly read: number;
  readonly published: number;
  readonly draft: number;
  readonly future: number;
  readonly expired: number;
  /** Unlisted and private posts. */
  readonly unlisted: number;
  readonly failed: number;
}

export interface BuildResult {
  /** False when something in the posts has to be mended. */
  readonly ok: boolean;
  readonly posts: PostCounts;
  readonly files: WriteResult;
  /** When the feeds change next though no post does, milliseconds since the epoch. */
  readonly nextDue?: number;
  readonly diagnostics: readonly Diagnostic[];
  /** How long it took, milliseconds. */
  readonly ms: number;
}

/** Counts rows by their standing at `now`; `failed` posts have no row. */
export function countPosts(rows: Iterable<Standing>, now: number, failed: number): PostCounts {
  const counts = { read: failed, published: 0, draft: 0, future: 0, expired: 0, unlisted: 0, failed };
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

/** In order of file and place, each once. */
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

/** Whether nothing in the posts has to be mended. */
export function isOk(diagnostics: readonly Diagnostic[], strict: boolean | undefined): boolean {
  return !diagnostics.some(({ severity }) => severity === "error" || (strict && severity === "warning"));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
