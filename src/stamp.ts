// In comes a file's path; out goes what tells one state of it from another without reading it.
import { statSync } from "node:fs";

/** A file written so shortly before it was read could change again within the same tick of the disk's clock. Milliseconds. */
export const clockTick = 20;

export interface Stamp {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
}

/** The stamp of a plain file, links followed; absent when there is none. */
export function readStamp(path: string): Stamp | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() ? { size: stat.size, mtimeMs: stat.mtimeMs, ino: stat.ino } : undefined;
}

export function sameStamp(a: Stamp | undefined, b: Stamp | undefined): boolean {
  return (
    a !== undefined && b !== undefined && a.size === b.size && a.mtimeMs === b.mtimeMs && a.ino === b.ino
  );
}
