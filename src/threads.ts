// In comes work that can be shared out; out go its results, made here and by threads beside where that pays.
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Piscina } from "piscina";
import type { Config } from "./model/config.ts";
import { findPackageRoot } from "./package-file.ts";

/** More threads than this starve the one that writes. */
const mostThreads = 3;

/** Shares that wait for a thread, so that it never waits for the main thread to look up from its own work. */
const ahead = 2;

/** One share: `here` works it off in this thread, `beside` has it worked off by another. */
export interface Shares<Item> {
  readonly items: readonly Item[];
  /** Items in a share. */
  readonly size: number;
  readonly here: (item: Item) => Promise<void> | void;
  readonly beside: (items: readonly Item[]) => Promise<void>;
}

/**
 * Threads that know a site's configuration. One with functions in it cannot be handed over: such a site is worked off
 * in the main thread.
 */
export class Threads {
  readonly #config: Config;
  #pool: Piscina | undefined;

  constructor(config: Config) {
    this.#config = config;
  }

  /** Whether there are threads to be had for this site. */
  get available(): boolean {
    const { markdown, dates, page } = this.#config;
    const hasFunctions =
      markdown.plugins.length > 0 ||
      markdown.render !== undefined ||
      (page !== false && page.render !== undefined);
    return !hasFunctions && dates.updated !== "git" && countThreads() > 0 && existsSync(workerPath());
  }

  /** Calls a function of src/site-worker.ts in another thread. */
  async run<Result>(name: "renderRows" | "readFiles", input: unknown): Promise<Result> {
    this.#pool ??= await this.#open();
    return (await this.#pool.run(input, { name })) as Result;
  }

  /** Works off all items, in no certain order. */
  async share<Item>({ items, size, here, beside }: Shares<Item>): Promise<void> {
    const shares: Item[][] = [];
    for (let i = 0; i < items.length; i += size) shares.push(items.slice(i, i + size));
    const others = async () => {
      for (let mine = shares.shift(); mine !== undefined; mine = shares.shift()) await beside(mine);
    };
    const own = async () => {
      for (let mine = shares.pop(); mine !== undefined; mine = shares.pop()) {
        for (const [i, item] of mine.entries()) {
          await here(item);
          // Lets results in and hands out further shares.
          if (i % 16 === 15) await new Promise((resolve) => setImmediate(resolve));
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await Promise.all([...Array.from({ length: countThreads() * ahead }, others), own()]);
  }

  /** Ends the threads, if there are any. */
  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.destroy();
  }

  async #open(): Promise<Piscina> {
    const { Piscina: Pool } = await import("piscina");
    const count = countThreads();
    return new Pool({
      filename: workerPath(),
      workerData: { config: this.#config },
      minThreads: count,
      maxThreads: count,
      recordTiming: false,
      // Work in pieces: what a piece leaves behind need not be kept long.
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
  }
}

function countThreads(): number {
  return Math.min(availableParallelism() - 1, mostThreads);
}

function workerPath(): string {
  return join(findPackageRoot(), "lib", "cli", "site-worker.js");
}
