// Times of saves, memory and watches of a program that watches. The posts are put back afterwards.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { prepareSave, type SaveMode } from "./edit-post.ts";
import { countWatches, readMemory } from "./process-facts.ts";
import type { Place, Program } from "./programs.ts";
import { createRandom, pickFrom, pickNumber } from "./random.ts";
import { timeSave } from "./save-latency.ts";
import { startWatching, type Watched } from "./watched-program.ts";

export interface LatencyOptions {
  readonly saves: number;
  /** Least time between a seen save and the next, milliseconds. */
  readonly pause: number;
  /** A save not seen after this long (milliseconds) is missed. */
  readonly patience: number;
  readonly say: (text: string) => void;
}

export interface LatencyRow {
  readonly program: string;
  readonly size: number;
  /** Seconds until ready, from nothing. */
  readonly readyCold: number;
  /** Seconds until ready, output and cache kept. */
  readonly readyKept: number;
  readonly watches: number;
  /** Megabytes: when ready, then after each tenth of the saves. */
  readonly memory: readonly number[];
  /** Milliseconds, save by save. */
  readonly times: readonly { readonly mode: SaveMode; readonly ms: number | undefined }[];
}

export async function measureLatency(
  program: Program,
  size: number,
  place: Place,
  options: LatencyOptions,
): Promise<LatencyRow> {
  const entries = Math.min(50, size);
  const first = await startWatching(program, place, false, entries);
  const readyCold = first.ready;
  await first.stop();
  // What others write is there at once when it is kept, so only feedwright can be asked when it was ready.
  const keep = program.name.startsWith("feedwright");
  const watched = await startWatching(program, place, keep, entries);
  options.say(`  ${program.name}: ready after ${readyCold.toFixed(2)} s, then ${watched.ready.toFixed(2)} s`);
  const recent = JSON.parse(readFileSync(join(place.root, "recent.json"), "utf8")) as string[];
  const files = recent.map((path) => join(place.root, "posts", path));
  const before = files.map((file) => readFileSync(file));
  const restore = () => files.forEach((file, at) => void writeFileSync(file, before[at] ?? ""));
  const interrupt = () => {
    restore();
    process.kill(watched.pid, "SIGINT");
    process.exitCode = 2;
  };
  process.once("SIGINT", interrupt);
  const memory = [readMemory(watched.pid)];
  const watches = countWatches(watched.pid);
  try {
    const feed = join(place.root, program.out ?? "", program.feed);
    const times = await saveMany(watched, files, feed, options, memory);
    return {
      program: program.name,
      size,
      readyCold,
      readyKept: keep ? watched.ready : Number.NaN,
      watches,
      memory,
      times,
    };
  } finally {
    process.off("SIGINT", interrupt);
    await watched.stop();
    restore();
  }
}

async function saveMany(
  watched: Watched,
  files: readonly string[],
  feed: string,
  options: LatencyOptions,
  memory: number[],
): Promise<LatencyRow["times"]> {
  const random = createRandom(7);
  const times: { mode: SaveMode; ms: number | undefined }[] = [];
  for (let at = 1; at <= options.saves; at += 1) {
    const end = watched.ended();
    if (end !== undefined) throw new Error(end);
    const mode: SaveMode = at % 2 === 0 ? "atomic" : "in-place";
    const token = `Simpanan ${at} nomor ${pickNumber(random, 100_000, 999_999)}`;
    // The post gets longer as often as shorter: a file that shrank may be half written, and takes watchers longer.
    const title = token + " lagi".repeat(pickNumber(random, 0, 10));
    const ms = await timeSave(
      prepareSave(pickFrom(random, files), title, mode),
      feed,
      token,
      options.patience,
    );
    times.push({ mode, ms });
    if (at % 20 === 0 || ms === undefined) options.say(`  ${at}: ${ms?.toFixed(1) ?? "not seen"} ms`);
    if (at >= 3 && times.slice(-3).every((one) => one.ms === undefined)) break;
    if (at % Math.ceil(options.saves / 10) === 0) memory.push(readMemory(watched.pid));
    // Slow programs go on working after the first feed is written; at odd times no save falls on their polling.
    const rest = options.pause * (1 + random()) + Math.min(5000, options.pause > 0 ? (ms ?? 0) : 0);
    if (rest > 0) await new Promise((done) => setTimeout(done, rest));
  }
  return times;
}
