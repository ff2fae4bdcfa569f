import type { Stamp } from "./stamp.ts";

// The memory that the reading thread and the main thread share. It imports nothing: a thread starts with it.

/** The memory has parts: one is filled while another is used. */
export const chunkBytes = 1 << 20;
export const chunkCount = 4;
/** A header stands before a file's bytes: its number, its size, five numbers of eight bytes, and its digest. */
export const headerBytes = 80;
const numberPlace = 0;
const lengthPlace = 4;
const readAtPlace = 8;
const sizePlace = 16;
const mtimePlace = 24;
const ctimePlace = 32;
const inodePlace = 40;
export const digestPlace = 48;
/** In place of the size: the file was not read, for whatever reason. */
export const unread = 0xffff_ffff;
/** Records begin at multiples of this. Bytes. */
const alignment = 8;

/** So many files change hands together. */
export const batch = 32;

/**
 * Words of the control block: whether to stop, below which number the main thread reads files itself, and for each part
 * whether it is full and how many of its bytes are used.
 */
export const stopWord = 0;
export const claimedWord = 1;
export const fullWord = (chunk: number): number => 2 + chunk * 2;
export const usedWord = (chunk: number): number => 3 + chunk * 2;
export const controlBytes = 4 * (2 + chunkCount * 2);

/** What a thread starts with. */
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

/** The number of the file whose record begins here, and its size, or {@link unread}. */
export function readHead(view: DataView, at: number): { number: number; length: number } {
  return { number: view.getUint32(at + numberPlace, true), length: view.getUint32(at + lengthPlace, true) };
}

export function writeHead(view: DataView, at: number, number: number, length: number): void {
  view.setUint32(at + numberPlace, number, true);
  view.setUint32(at + lengthPlace, length, true);
}

/** The file's stamp, and when it was opened, in milliseconds since the epoch. */
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

/** Where the record after one of this size begins. */
export function nextRecord(at: number, length: number): number {
  return length === unread ? at + headerBytes : alignRecord(at + headerBytes + length);
}
