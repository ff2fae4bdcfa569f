// In come rows whose entries are wanted soon; out go entries, made by threads beside this one where that pays.
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Piscina } from "piscina";
import type { Entry } from "./entries.ts";
import type { PostRow } from "./feeds/post-row.ts";
import type { Config } from "./model/config.ts";
import { findPackageRoot } from "./package-file.ts";

/** A thread takes as long to start as this many posts to render: below it, threads cost more than they save. */
const worthwhile = 200;

/** Rows that are handed over at once: enough to make the hand-over cheap, few enough to end together. */
const share = 16;

/** More threads than this starve the one that writes. */
const mostThreads = 4;

/** Renders beside the main thread. A site with functions in its configuration has to be rendered where they are. */
export class RenderPool {
  readonly #config: Config;
  #pool: Piscina | undefined;

  constructor(config: Config) {
    this.#config = config;
  }

  /** Whether so many entries are worth a thread. */
  isWorthwhile(count: number): boolean {
    const { markdown, dates } = this.#config;
    const movable = markdown.plugins.length === 0 && markdown.render === undefined && dates.updated !== "git";
    return movable && count >= worthwhile && availableParallelism() > 1 && existsSync(workerPath());
  }

  /** Makes entries here and beside: `makeHere` takes rows in this thread while the others work. */
  async render(
    rows: readonly PostRow[],
    makeHere: (row: PostRow) => Promise<void>,
    take: (row: PostRow, entry: Entry) => void,
  ): Promise<void> {
    const pool = await this.#open();
    const shares: PostRow[][] = [];
    for (let i = 0; i < rows.length; i += share) shares.push(rows.slice(i, i + share));
    const beside = async () => {
      for (let mine = shares.shift(); mine !== undefined; mine = shares.shift()) {
        const made = (await pool.run(mine)) as (Entry | undefined)[];
        for (const [i, row] of mine.entries()) {
          const entry = made[i];
          if (entry !== undefined) take(row, entry);
        }
      }
    };
    const here = async () => {
      for (let mine = shares.pop(); mine !== undefined; mine = shares.pop()) {
        for (const row of mine) {
          await makeHere(row);
          // Lets the threads' results in, and hands out their next share.
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
    };
    await Promise.all([here(), ...Array.from({ length: threads() }, beside)]);
  }

  async close(): Promise<void> {
    await this.#pool?.destroy();
    this.#pool = undefined;
  }

  async #open(): Promise<Piscina> {
    if (this.#pool === undefined) {
      const { Piscina: Pool } = await import("piscina");
      this.#pool = new Pool({
        filename: workerPath(),
        name: "renderRows",
        workerData: { config: this.#config },
        minThreads: threads(),
        maxThreads: threads(),
        recordTiming: false,
      });
    }
    return this.#pool;
  }
}

function threads(): number {
  return Math.min(availableParallelism() - 1, mostThreads);
}

function workerPath(): string {
  return join(findPackageRoot(), "lib", "cli", "render-worker.js");
}
