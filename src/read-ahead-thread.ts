// In comes a list of files; out go their bytes and digests in shared memory, a little ahead of the thread that parses them. A worker's whole program.
import { hash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { workerData } from "node:worker_threads";
import {
  alignRecord,
  chunkBytes,
  chunkCount,
  fullWord,
  headerBytes,
  type ReadAheadTask,
  stopWord,
  unread,
  usedWord,
} from "./read-ahead-layout.ts";

const { control, memory, folder, files, sizes, first } = workerData as ReadAheadTask;
const words = new Int32Array(control);
const bytes = Buffer.from(memory);
const numbers = new DataView(memory);

/** Waits until a part has been used up; false when there is nothing more to do. */
function awaitEmpty(chunk: number): boolean {
  while (Atomics.load(words, fullWord(chunk)) === 1 && Atomics.load(words, stopWord) === 0)
    Atomics.wait(words, fullWord(chunk), 1, 200);
  return Atomics.load(words, stopWord) === 0;
}

function publish(chunk: number, used: number): void {
  Atomics.store(words, usedWord(chunk), used);
  Atomics.store(words, fullWord(chunk), 1);
  Atomics.notify(words, fullWord(chunk));
}

/** Reads a file to its end; {@link unread} when it cannot be read, or is longer than the room for it. */
function readInto(path: string, start: number, room: number, listed: number): number {
  let handle: number | undefined;
  try {
    handle = openSync(path, "r");
    let size = 0;
    for (;;) {
      const read = readSync(handle, bytes, start + size, room - size, null);
      size += read;
      // Fewer bytes than there was room for, and as many as were listed: this is the end.
      if (read === 0 || (size === listed && size < room)) return size;
      if (size === room) return unread;
    }
  } catch {
    return unread;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function writeRecord(at: number, end: number, number: number): number {
  const readAt = Date.now();
  const start = at + headerBytes;
  const size = readInto(join(folder, files[number] ?? ""), start, end - start, sizes[number] ?? 0);
  numbers.setUint32(at, number, true);
  numbers.setUint32(at + 4, size, true);
  numbers.setFloat64(at + 8, readAt, true);
  if (size === unread) return start;
  const digest = hash("sha256", bytes.subarray(start, start + size), "buffer");
  digest.copy(bytes, at + 16);
  return alignRecord(start + size);
}

let chunk = 0;
let used = 0;
for (let number = first; number < files.length; number += 1) {
  const need = headerBytes + Math.min(sizes[number] ?? 0, chunkBytes - headerBytes - 1) + 1;
  if (used + need > chunkBytes) {
    publish(chunk, used);
    chunk = (chunk + 1) % chunkCount;
    used = 0;
    if (!awaitEmpty(chunk)) break;
  }
  const base = chunk * chunkBytes;
  used = writeRecord(base + used, base + chunkBytes, number) - base;
}
publish(chunk, used);
