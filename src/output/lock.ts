// In comes a folder; out goes the promise that no other feedwright writes for it meanwhile, or a Failure that names who does.
import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { Failure } from "../model/failure.ts";

export interface Lock {
  release(): void;
}

/** How long a second builder waits for the first before it gives up, in milliseconds. */
const defaultWait = 10_000;

/**
 * Takes the lock of a state folder. A lock whose process is gone is taken over.
 * @throws Failure `locked` when another builder still holds it after `wait` milliseconds.
 */
export async function takeLock(stateDir: string, wait = defaultWait): Promise<Lock> {
  mkdirSync(stateDir, { recursive: true });
  const path = join(stateDir, "lock");
  const mine = JSON.stringify({ pid: process.pid, host: hostname() });
  const until = performance.now() + wait;
  for (;;) {
    if (claim(path, mine)) {
      return {
        release: () => {
          if (readOwner(path)?.text === mine) rmSync(path, { force: true });
        },
      };
    }
    const owner = readOwner(path);
    if (owner === undefined || isGone(owner)) breakLock(path, owner?.text);
    else if (performance.now() >= until) {
      throw new Failure("locked", `Another feedwright (process ${owner.pid}) is writing for this site.`, {
        hint: `Wait for it to end. If no such process runs, delete ${path}.`,
      });
    } else await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 30));
  }
}

/** A whole file appears at once by `link`, so that nobody ever reads a lock without its owner. */
function claim(path: string, text: string): boolean {
  const draft = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  const handle = openSync(draft, "wx");
  try {
    writeSync(handle, text);
    closeSync(handle);
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

function readOwner(path: string): { pid: number; host: string; text: string } | undefined {
  try {
    const text = readFileSync(path, "utf8");
    const { pid, host } = JSON.parse(text) as { pid: number; host: string };
    return { pid, host, text };
  } catch {
    return undefined;
  }
}

function isGone(owner: { pid: number; host: string }): boolean {
  if (owner.host !== hostname()) return false;
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/** Moves a dead lock aside before deleting it, so that a fresh one put there meanwhile is given back. */
function breakLock(path: string, expected: string | undefined): void {
  const aside = `${path}.${process.pid}.dead`;
  try {
    renameSync(path, aside);
    if (expected !== undefined && readFileSync(aside, "utf8") !== expected) linkSync(aside, path);
  } catch {
    // Somebody else was quicker; the next round sees what stands there.
  }
  rmSync(aside, { force: true });
}
