// Facts about a process and its children, from /proc.
import { readdirSync, readFileSync } from "node:fs";

function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, "utf8");
  } catch {
    return ""; // It ended between two looks.
  }
}

function listProc(path: string): string[] {
  try {
    return readdirSync(`/proc/${path}`);
  } catch {
    return [];
  }
}

/** The process and all its descendants. */
function findTree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of listProc("").filter((entry) => /^\d+$/.test(entry))) {
    const parent = Number(/^\d+ \(.*\) \S (\d+)/s.exec(readProc(`${name}/stat`))?.[1] ?? 0);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

/** Resident memory of the whole tree, megabytes (10^6). */
export function readMemory(root: number): number {
  const kilobytes = findTree(root).map((pid) =>
    Number(/^VmRSS:\s+(\d+)/m.exec(readProc(`${pid}/status`))?.[1] ?? 0),
  );
  return (kilobytes.reduce((sum, one) => sum + one, 0) * 1024) / 1e6;
}

/** How many inotify watches the tree holds. */
export function countWatches(root: number): number {
  let count = 0;
  for (const pid of findTree(root))
    for (const descriptor of listProc(`${pid}/fdinfo`))
      count += readProc(`${pid}/fdinfo/${descriptor}`).match(/^inotify wd:/gm)?.length ?? 0;
  return count;
}

/** Processor time so far, user and system, in clock ticks (100 a second on Linux). */
function readTicks(root: number): number {
  let ticks = 0;
  for (const pid of findTree(root)) {
    const fields = readProc(`${pid}/stat`)
      .replace(/^.*\) /s, "")
      .split(" ");
    ticks += Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  }
  return ticks;
}

/** Waits until the tree uses less than a twentieth of a processor over half a second, or `mostMs` have passed. */
export async function waitUntilQuiet(root: number, mostMs: number): Promise<void> {
  const end = performance.now() + mostMs;
  let before = readTicks(root);
  while (performance.now() < end) {
    await new Promise((done) => setTimeout(done, 500));
    const after = readTicks(root);
    if (after - before <= 2) return;
    before = after;
  }
}
