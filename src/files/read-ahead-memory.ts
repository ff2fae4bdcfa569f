// The memory that the reading thread and the main thread share: a ring of parts, each with the files of one batch.
// It imports nothing, because a thread starts with it.

export const partCount = 4;
/** Files in a part, and bytes for them. */
export const partFiles = 32;
export const partBytes = 1 << 19;
/** Numbers for each file: its number, where its bytes start and end, its stamp, and when it was read. */
export const factCount = 8;
/** A SHA-256 digest follows the bytes of a file. */
export const digestBytes = 32;

/** Counters: parts that were filled, and parts that were emptied. */
export const filled = 0;
export const emptied = 1;
/** Files with lower numbers are read by the main thread. */
export const claimed = 2;
/** From here on, how many files each part has. */
export const fileCounts = 3;

export interface SharedMemory {
  readonly counters: Int32Array<SharedArrayBuffer>;
  readonly facts: Float64Array<SharedArrayBuffer>;
  readonly bytes: Uint8Array<SharedArrayBuffer>;
}

export function createSharedMemory(): SharedMemory {
  return {
    counters: new Int32Array(new SharedArrayBuffer(4 * (fileCounts + partCount))),
    facts: new Float64Array(new SharedArrayBuffer(8 * partCount * partFiles * factCount)),
    bytes: new Uint8Array(new SharedArrayBuffer(partCount * partBytes)),
  };
}

/** What the thread starts with. */
export interface ReadAheadTask {
  readonly memory: SharedMemory;
  /** Absolute path of the folder, and paths below it in the order in which they will be taken. */
  readonly folder: string;
  readonly files: readonly string[];
}
