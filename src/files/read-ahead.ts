import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { findPackageRoot } from "../model/package-file.ts";
import type { FileBytes } from "./file-bytes.ts";
import {
  claimed,
  createSharedMemory,
  digestBytes,
  emptied,
  factCount,
  fileCounts,
  filled,
  partCount,
  partFiles,
  type ReadAheadTask,
} from "./read-ahead-memory.ts";

type Facts = [
  number: number,
  start: number,
  end: number,
  ...stamp: [number, number, number, number],
  readAt: number,
];

/**
 * Reads files in a thread, a little before the main thread takes them. It never waits: a file that is not there yet when
 * it is wanted, the main thread reads itself, and the reading thread goes on behind that file.
 */
export class ReadAhead {
  readonly #memory = createSharedMemory();
  readonly #bytes = Buffer.from(this.#memory.bytes.buffer);
  /** How many parts were emptied, and how many files of the next one were taken. */
  #part = 0;
  #file = 0;
  #isOpen = false;

  constructor(task: Omit<ReadAheadTask, "memory">) {
    const workerData: ReadAheadTask = { ...task, memory: this.#memory };
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
    const { counters, facts } = this.#memory;
    for (;;) {
      this.#isOpen ||= Atomics.load(counters, filled) > this.#part;
      if (!this.#isOpen) {
        this.#claim(number);
        return undefined;
      }
      const part = this.#part % partCount;
      if (this.#file === counters[fileCounts + part]) this.#empty();
      else {
        const at = (part * partFiles + this.#file) * factCount;
        if ((facts[at] as number) > number) return undefined;
        this.#file += 1;
        if (facts[at] === number) return this.#fileAt(at);
      }
    }
  }

  /** Lets the thread end. */
  close(): void {
    Atomics.store(this.#memory.counters, claimed, 2 ** 31 - 1);
    Atomics.notify(this.#memory.counters, emptied);
  }

  #fileAt(at: number): FileBytes {
    const facts = this.#memory.facts.subarray(at, at + factCount) as unknown as Facts;
    const [, start, end, size, mtimeMs, ctimeMs, ino, readAt] = facts;
    const digest = this.#bytes.toString("base64", end, end + digestBytes);
    return {
      bytes: this.#bytes.subarray(start, end),
      stamp: { size, mtimeMs, ctimeMs, ino },
      digest,
      readAt,
    };
  }

  /** Gives a part back to the thread. */
  #empty(): void {
    this.#part += 1;
    this.#file = 0;
    this.#isOpen = false;
    Atomics.store(this.#memory.counters, emptied, this.#part);
    Atomics.notify(this.#memory.counters, emptied);
  }

  /** Takes over a few files that the thread would read too late. */
  #claim(number: number): void {
    const { counters } = this.#memory;
    if (number >= Atomics.load(counters, claimed)) Atomics.store(counters, claimed, number + partFiles);
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
