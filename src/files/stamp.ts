import { statSync } from "node:fs";

/** A file that was written at most this long before it was read could change again with the same time. Milliseconds. */
const clockTick = 20;

/** What shows, without reading it, whether a file changed. */
export interface Stamp {
  readonly size: number;
  readonly mtimeMs: number;
  /** When the system last saw the file change. Unlike `mtimeMs`, no program can set it. */
  readonly ctimeMs: number;
  readonly ino: number;
}

/** The stamp of a plain file, links followed; undefined when there is no such file. */
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

/** Whether a file could have changed after it was read at `readAt` (milliseconds since the epoch) without its stamp changing. */
export function isRacy({ ctimeMs }: Stamp, readAt: number): boolean {
  return readAt - ctimeMs <= clockTick;
}

/** Whether a file still has its stamp; without a stamp, whether it still does not exist. */
export function isUnchanged({ file, stamp }: { readonly file: string; readonly stamp?: Stamp }): boolean {
  const now = readStamp(file);
  return stamp === undefined ? now === undefined : sameStamp(stamp, now);
}

/** Bytes. Enough that no other post ends with the same ones. */
const endLength = 32;

/** A digest (FNV-1a) of the last bytes of a text; 0 for a text that is too short. */
export function digestEnd(bytes: Uint8Array): number {
  if (bytes.length < endLength) return 0;
  let digest = 0x811c9dc5;
  for (let i = bytes.length - endLength; i < bytes.length; i += 1)
    digest = Math.imul(digest ^ (bytes[i] as number), 0x01000193);
  return digest || 1;
}

/** Whether a text ends with the bytes of this digest and has them nowhere else: then it was written to its end. */
export function hasEnd(bytes: Buffer, digest: number): boolean {
  if (digest === 0 || digestEnd(bytes) !== digest) return false;
  const start = bytes.length - endLength;
  return bytes.indexOf(bytes.subarray(start)) === start;
}
