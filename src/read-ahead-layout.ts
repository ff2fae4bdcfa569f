// In comes shared memory; out go the places in it where one thread puts files that another takes. Imports nothing: a thread starts with it.

/** Memory that both threads see, in parts: one is filled while another is used up. */
export const chunkBytes = 1 << 20;
export const chunkCount = 4;
/** Before a file's bytes: its number, how many bytes follow, five numbers of eight bytes, and its digest. */
export const headerBytes = 80;
export const readAtPlace = 8;
export const sizePlace = 16;
export const mtimePlace = 24;
export const ctimePlace = 32;
export const inodePlace = 40;
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
export function alignRecord(offset: number): number {
  return Math.ceil(offset / alignment) * alignment;
}
