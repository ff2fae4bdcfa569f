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

/** How long a second build waits for the first one. Milliseconds. */
const defaultWait = 10_000;

/**
 * Takes the lock of a state folder, under which only one process writes. A lock whose process is gone is taken over.
 * @throws Failure `locked` when another process still has it after `wait` milliseconds
 */
export async function takeLock(stateDir: string, wait = defaultWait): Promise<Lock> {
  mkdirSync(stateDir, { recursive: true });
  const path = join(stateDir, "lock");
  const mine = JSON.stringify({ pid: process.pid, host: hostname() });
  const until = performance.now() + wait;
  for (;;) {
    if (createLock(path, mine)) {
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

/** `link` makes the whole file appear at once, so that nobody reads a lock without its owner. */
function createLock(path: string, text: string): boolean {
  const temporary = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  const handle = openSync(temporary, "wx");
  try {
    writeSync(handle, text);
    closeSync(handle);
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    unlinkSync(temporary);
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

/** Moves a dead lock aside before deleting it, so that a new lock that came in between is put back. */
function breakLock(path: string, expected: string | undefined): void {
  const aside = `${path}.${process.pid}.dead`;
  try {
    renameSync(path, aside);
    if (expected !== undefined && readFileSync(aside, "utf8") !== expected) linkSync(aside, path);
  } catch {
    // Another process was faster; the next round sees its lock.
  }
  rmSync(aside, { force: true });
}
