// In comes a share of a site's work; out go its results. Runs in a thread of its own; see src/threads.ts.
import { workerData } from "node:worker_threads";
import { type Entry, makeEntry, SourceChanged } from "./entries.ts";
import type { PostRow } from "./feeds/post-row.ts";
import type { Config } from "./model/config.ts";
import { type FileToRead, type ReadFile, Sources } from "./sources.ts";

const { config } = workerData as { config: Config };
const sources = new Sources(config, {});

/** The entries of rows, in their order; absent where the file has changed, which is the main thread's to find out. */
export async function renderRows(rows: readonly PostRow[]): Promise<(Entry | undefined)[]> {
  const entries: (Entry | undefined)[] = [];
  for (const row of rows) {
    try {
      entries.push(await makeEntry(row, sources, config));
    } catch (error) {
      if (!(error instanceof SourceChanged)) throw error;
      entries.push(undefined);
    }
  }
  return entries;
}

/** What reading files gives, in their order. */
export function readFiles({ files, drafts }: { files: readonly FileToRead[]; drafts: boolean }): ReadFile[] {
  return files.map((file) => sources.readFile(file, { drafts }));
}
