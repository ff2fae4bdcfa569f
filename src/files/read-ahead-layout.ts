// In comes shared memory; out go the places in it where one thread puts files that another takes. Loads nothing: a thread starts with it.
import type { Stamp } from "./stamp.ts";

/** Memory that both threads see, in parts: one is filled while another is used up. */
export const chunkBytes = 1 << 20;
export const chunkCount = 4;
/** Before a file's bytes: its number, how many bytes follow, five numbers of eight bytes, and its digest. */
export const headerBytes = 80;
const numberPlace = 0;
const lengthPlace = 4;
const readAtPlace = 8;
const sizePlace = 16;
const mtimePlace = 24;
const ctimePlace = 32;
const inodePlace = 40;
export const digestPlace = 48;
/** In place of the number of bytes: the file was not read, whatever the reason. */
export const unread = 0xffff_ffff;
/** Records begin at multiples of this, in bytes: a time of reading is a number of eight. */
const alignment = 8;

/** So many files are handed over together, or taken back. */
export const batch = 32;

/**
 * Words of the control block: whether to stop, below which number files are the taker's, and for each part whether it
 * is full and how many bytes of it are used.
 */
export const stopWord = 0;
export const claimedWord = 1;
export const fullWord = (chunk: number): number => 2 + chunk * 2;
export const usedWord = (chunk: number): number => 3 + chunk * 2;
export const controlBytes = 4 * (2 + chunkCount * 2);

/** What a thread is given to start with. */
export interface ReadAheadTask {
  readonly control: SharedArrayBuffer;
  readonly memory: SharedArrayBuffer;
  /** Absolute path of the folder, and paths below it in the order in which they are taken. */
  readonly folder: string;
  readonly files: readonly string[];
}

/** Where the next record may begin. */
function alignRecord(offset: number): number {
  return Math.ceil(offset / alignment) * alignment;
}

/** The number of the file whose record begins here, and how many bytes of it follow, or {@link unread}. */
export function readHead(view: DataView, at: number): { number: number; length: number } {
  return { number: view.getUint32(at + numberPlace, true), length: view.getUint32(at + lengthPlace, true) };
}

export function writeHead(view: DataView, at: number, number: number, length: number): void {
  view.setUint32(at + numberPlace, number, true);
  view.setUint32(at + lengthPlace, length, true);
}

/** What the disk said of the file, and when it was opened, in milliseconds since the epoch. */
export function readFacts(view: DataView, at: number): { stamp: Stamp; readAt: number } {
  const stamp = {
    size: view.getFloat64(at + sizePlace, true),
    mtimeMs: view.getFloat64(at + mtimePlace, true),
    ctimeMs: view.getFloat64(at + ctimePlace, true),
    ino: view.getFloat64(at + inodePlace, true),
  };
  return { stamp, readAt: view.getFloat64(at + readAtPlace, true) };
}

export function writeFacts(view: DataView, at: number, stamp: Stamp, readAt: number): void {
  view.setFloat64(at + sizePlace, stamp.size, true);
  view.setFloat64(at + mtimePlace, stamp.mtimeMs, true);
  view.setFloat64(at + ctimePlace, stamp.ctimeMs, true);
  view.setFloat64(at + inodePlace, stamp.ino, true);
  view.setFloat64(at + readAtPlace, readAt, true);
}

/** Where the record after one of so many bytes begins. */
export function nextRecord(at: number, length: number): number {
  return length === unread ? at + headerBytes : alignRecord(at + headerBytes + length);
}
