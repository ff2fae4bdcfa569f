// In comes a file's path; out goes what tells one state of it from another without reading it.
import { statSync } from "node:fs";

/** A file written so shortly before it was read could change again within the same tick of the disk's clock. Milliseconds. */
const clockTick = 20;

export interface Stamp {
  readonly size: number;
  readonly mtimeMs: number;
  /** When the system last saw the file change: unlike `mtimeMs`, no program can put it back. */
  readonly ctimeMs: number;
  readonly ino: number;
}

/** The stamp of a plain file, links followed; absent when there is none. */
export function readStamp(path: string): Stamp | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) return undefined;
  const { size, mtimeMs, ctimeMs, ino } = stat;
  return { size, mtimeMs, ctimeMs, ino };
}

export function sameStamp(a: Stamp | undefined, b: Stamp | undefined): boolean {
  return (
    a !== undefined &&
    b !== undefined &&
    a.size === b.size &&
    a.mtimeMs === b.mtimeMs &&
    a.ctimeMs === b.ctimeMs &&
    a.ino === b.ino
  );
}

/** Whether a file that was read at `readAt` could have changed since without its stamp telling: it was written just then. */
export function isRacy({ ctimeMs }: Stamp, readAt: number): boolean {
  return readAt - ctimeMs <= clockTick;
}

/** Whether a file is as it was; without a stamp, it was not there. */
export function isUnchanged({ file, stamp }: { readonly file: string; readonly stamp?: Stamp }): boolean {
  const now = readStamp(file);
  return stamp === undefined ? now === undefined : sameStamp(stamp, now);
}

/** Bytes. Enough to be words of one post, and of one place in it. */
const length = 32;

/** A number that stands for the last words of a text; 0 for one that is too short to have any. */
export function digestEnd(bytes: Uint8Array): number {
  if (bytes.length < length) return 0;
  let digest = 0x811c9dc5;
  for (let i = bytes.length - length; i < bytes.length; i += 1)
    digest = Math.imul(digest ^ (bytes[i] as number), 0x01000193);
  return digest || 1;
}

/** Whether a text is whole because it ends with the words of this digest, which stand in no other place of it. */
export function hasEnd(bytes: Buffer, digest: number): boolean {
  if (digest === 0 || digestEnd(bytes) !== digest) return false;
  const start = bytes.length - length;
  return bytes.indexOf(bytes.subarray(start)) === start;
}
