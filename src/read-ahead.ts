// In come files that are about to be read one after the other; out come their bytes, which a second thread has read meanwhile.
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { findPackageRoot } from "./package-file.ts";
import {
  alignRecord,
  chunkBytes,
  chunkCount,
  controlBytes,
  ctimePlace,
  digestPlace,
  fullWord,
  headerBytes,
  inodePlace,
  mtimePlace,
  type ReadAheadTask,
  readAtPlace,
  sizePlace,
  stopWord,
  unread,
  usedWord,
} from "./read-ahead-layout.ts";
import type { Stamp } from "./stamp.ts";

/** So many are read before the thread has started. */
const head = 1000;

/** How long the next files may take, in milliseconds, before they are read without the thread. */
const patience = 3000;

/** A file's bytes, good until the next one is taken. */
export interface FileBytes {
  readonly bytes: Buffer;
  readonly stamp: Stamp;
  /** SHA-256, in base64. */
  readonly digest: string;
  /** Before it was opened, in milliseconds since the epoch. */
  readonly readAt: number;
}

/** Reads files ahead of whoever takes them, in a thread of its own. Whatever it does not give has to be read by the taker. */
export class ReadAhead {
  readonly #words: Int32Array;
  readonly #bytes: Buffer;
  readonly #worker: Worker;
  #chunk = 0;
  #at = 0;
  #used = -1;
  #isGone = false;

  constructor(task: Omit<ReadAheadTask, "control" | "memory">) {
    const control = new SharedArrayBuffer(controlBytes);
    const memory = new SharedArrayBuffer(chunkBytes * chunkCount);
    this.#words = new Int32Array(control);
    this.#bytes = Buffer.from(memory);
    const workerData: ReadAheadTask = { ...task, control, memory };
    this.#worker = new Worker(join(findPackageRoot(), "lib/read-ahead-thread.js"), {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    });
    this.#worker.unref();
    this.#worker.once("error", () => {
      this.#isGone = true;
    });
  }

  /** The file of this number; absent when it is not to be had from here. Numbers only grow. */
  take(number: number): FileBytes | undefined {
    while (!this.#isGone) {
      if (!this.#awaitChunk()) return undefined;
      const at = this.#at;
      if (at >= this.#used) {
        this.#release();
        continue;
      }
      const found = this.#bytes.readUInt32LE(at);
      if (found > number) return undefined;
      const size = this.#bytes.readUInt32LE(at + 4);
      const start = at + headerBytes;
      this.#at = size === unread ? start : alignRecord(start + size);
      if (found < number) continue;
      if (size === unread) return undefined;
      return this.#fileAt(at, size);
    }
    return undefined;
  }

  #fileAt(at: number, size: number): FileBytes {
    const bytes = this.#bytes;
    return {
      bytes: bytes.subarray(at + headerBytes, at + headerBytes + size),
      stamp: {
        size: bytes.readDoubleLE(at + sizePlace),
        mtimeMs: bytes.readDoubleLE(at + mtimePlace),
        ctimeMs: bytes.readDoubleLE(at + ctimePlace),
        ino: bytes.readDoubleLE(at + inodePlace),
      },
      digest: bytes.toString("base64", at + digestPlace, at + headerBytes),
      readAt: bytes.readDoubleLE(at + readAtPlace),
    };
  }

  /** Lets the thread end. */
  close(): void {
    this.#isGone = true;
    Atomics.store(this.#words, stopWord, 1);
    for (let chunk = 0; chunk < chunkCount; chunk += 1) Atomics.notify(this.#words, fullWord(chunk));
  }

  /** Waits for the next part, but not for long: a thread that has died will not fill it, nor one that a slow disk holds. */
  #awaitChunk(): boolean {
    if (this.#used >= 0) return true;
    const word = fullWord(this.#chunk);
    if (Atomics.load(this.#words, word) === 0) Atomics.wait(this.#words, word, 0, patience);
    if (Atomics.load(this.#words, word) === 0) {
      this.close();
      return false;
    }
    const base = this.#chunk * chunkBytes;
    this.#at = base;
    this.#used = base + Atomics.load(this.#words, usedWord(this.#chunk));
    return true;
  }

  #release(): void {
    const word = fullWord(this.#chunk);
    this.#used = -1;
    Atomics.store(this.#words, word, 0);
    Atomics.notify(this.#words, word);
    this.#chunk = (this.#chunk + 1) % chunkCount;
  }
}

/** Starts to read ahead; absent where no thread is to be had. */
export function startReadAhead(folder: string, files: readonly string[]): ReadAhead | undefined {
  if (availableParallelism() < 2) return undefined;
  try {
    return new ReadAhead({ folder, files, first: head });
  } catch {
    return undefined;
  }
}
