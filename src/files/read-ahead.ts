import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { findPackageRoot } from "../model/package-file.ts";
import {
  batch,
  chunkBytes,
  chunkCount,
  claimedWord,
  controlBytes,
  digestPlace,
  fullWord,
  headerBytes,
  nextRecord,
  type ReadAheadTask,
  readFacts,
  readHead,
  stopWord,
  unread,
  usedWord,
} from "./read-ahead-layout.ts";
import type { Stamp } from "./stamp.ts";

/** A file that was read. Its bytes are good until the next one is taken. */
export interface FileBytes {
  readonly bytes: Buffer;
  readonly stamp: Stamp;
  /** SHA-256, in base64. */
  readonly digest: string;
  /** Before it was opened, in milliseconds since the epoch. */
  readonly readAt: number;
}

/**
 * Reads files in a thread, a little before the main thread takes them. It never waits: a file that is not there yet when
 * it is wanted, the main thread reads itself, and the reading thread goes on behind that file.
 */
export class ReadAhead {
  readonly #words: Int32Array;
  readonly #bytes: Buffer;
  readonly #view: DataView;
  #chunk = 0;
  #at = 0;
  /** Where the open part ends; undefined while none is open. */
  #end: number | undefined;
  /** Files with lower numbers are read by the main thread. */
  #claimed = 0;

  constructor(task: Omit<ReadAheadTask, "control" | "memory">) {
    const control = new SharedArrayBuffer(controlBytes);
    const memory = new SharedArrayBuffer(chunkBytes * chunkCount);
    this.#words = new Int32Array(control);
    this.#bytes = Buffer.from(memory);
    this.#view = new DataView(memory);
    const workerData: ReadAheadTask = { ...task, control, memory };
    const worker = new Worker(join(findPackageRoot(), "lib/files/read-ahead-thread.js"), {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    });
    worker.unref();
    // After an error the thread gives nothing more, and the main thread reads everything.
    worker.once("error", () => {});
  }

  /** The file with this number; undefined when the thread does not have it. Numbers only grow. */
  take(number: number): FileBytes | undefined {
    for (;;) {
      const end = this.#end ?? this.#openPart();
      if (end === undefined) {
        this.#claim(number);
        return undefined;
      }
      if (this.#at >= end) {
        this.#release();
        continue;
      }
      const at = this.#at;
      const found = readHead(this.#view, at);
      if (found.number > number) return undefined;
      this.#at = nextRecord(at, found.length);
      if (found.number === number)
        return found.length === unread ? undefined : this.#fileAt(at, found.length);
    }
  }

  #fileAt(at: number, length: number): FileBytes {
    const bytes = this.#bytes.subarray(at + headerBytes, at + headerBytes + length);
    const digest = this.#bytes.toString("base64", at + digestPlace, at + headerBytes);
    return { bytes, digest, ...readFacts(this.#view, at) };
  }

  /** Lets the thread end. */
  close(): void {
    Atomics.store(this.#words, stopWord, 1);
    for (let chunk = 0; chunk < chunkCount; chunk += 1) Atomics.notify(this.#words, fullWord(chunk));
  }

  /** Opens the next part if it is full. Returns where it ends. */
  #openPart(): number | undefined {
    if (Atomics.load(this.#words, fullWord(this.#chunk)) === 0) return undefined;
    this.#at = this.#chunk * chunkBytes;
    this.#end = this.#at + Atomics.load(this.#words, usedWord(this.#chunk));
    return this.#end;
  }

  #release(): void {
    const word = fullWord(this.#chunk);
    this.#end = undefined;
    Atomics.store(this.#words, word, 0);
    Atomics.notify(this.#words, word);
    this.#chunk = (this.#chunk + 1) % chunkCount;
  }

  /** Takes over a few files that the thread would read too late. */
  #claim(number: number): void {
    if (number < this.#claimed) return;
    this.#claimed = number + batch;
    Atomics.store(this.#words, claimedWord, this.#claimed);
  }
}

/** Starts a thread; undefined on a machine with one processor, or when no thread can be started. */
export function startReadAhead(folder: string, files: readonly string[]): ReadAhead | undefined {
  if (availableParallelism() < 2) return undefined;
  try {
    return new ReadAhead({ folder, files });
  } catch {
    return undefined;
  }
}
