// A program that watches, started, with its first feeds written.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { countEntries } from "./count-entries.ts";
import { waitUntilQuiet } from "./process-facts.ts";
import type { Place, Program } from "./programs.ts";
import { cleanEnvironment } from "./timed-run.ts";

export interface Watched {
  readonly pid: number;
  /** Seconds from spawn until it said that it was ready, or else until its first feed was whole. */
  readonly ready: number;
  /** Set once it has ended by itself. */
  ended(): string | undefined;
  stop(): Promise<void>;
}

const mostReadyMs = 15 * 60_000;

/** Starts it, from nothing unless `keep` is set. Programs other than feedwright say nothing when they are ready. */
export async function startWatching(
  program: Program,
  place: Place,
  keep: boolean,
  entries: number,
): Promise<Watched> {
  const [file = "", ...args] = program.watch ?? [];
  if (!keep)
    for (const path of program.clean) rmSync(join(place.root, path), { recursive: true, force: true });
  const begun = performance.now();
  const child = spawn(file, args, {
    cwd: join(place.root, program.cwd),
    env: cleanEnvironment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = collectOutput(child);
  let end: string | undefined;
  child.once("error", (error) => {
    end = error.message;
  });
  child.once("exit", (code, signal) => {
    end ??= `ended with ${code ?? signal}: ${output.last()}`;
  });
  const feed = join(place.root, program.out ?? "", program.feed);
  const speaks = program.name.startsWith("feedwright");
  while (!(speaks ? output.isReady() : isWhole(feed, entries))) {
    if (end !== undefined) throw new Error(`${program.name} ${end}`);
    if (performance.now() - begun > mostReadyMs) throw new Error(`${program.name} was never ready`);
    await new Promise((done) => setTimeout(done, 2));
  }
  const ready = (performance.now() - begun) / 1000;
  const pid = child.pid ?? 0;
  await waitUntilQuiet(pid, 20_000);
  return { pid, ready, ended: () => end, stop: () => stopProcess(child) };
}

function isWhole(feed: string, entries: number): boolean {
  return existsSync(feed) && countEntries(feed) === entries;
}

/** Reads what the program says, so that it never waits for a full pipe. */
function collectOutput(child: ChildProcess): { isReady(): boolean; last(): string } {
  let ready = false;
  let last = "";
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on("line", (line) => {
      if (line.trim() !== "") last = line.slice(0, 200);
      if (line.startsWith("{") && line.includes('"event":"ready"')) ready = true;
    });
  }
  return { isReady: () => ready, last: () => last };
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once("exit", done));
  child.kill("SIGINT");
  const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await gone;
  clearTimeout(timer);
}
