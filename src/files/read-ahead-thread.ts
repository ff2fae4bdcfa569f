// The program of the thread that reads files ahead: bytes and digests go into shared memory, see read-ahead-layout.ts.
import { hash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { workerData } from "node:worker_threads";
import {
  batch,
  chunkBytes,
  chunkCount,
  claimedWord,
  digestPlace,
  fullWord,
  headerBytes,
  nextRecord,
  type ReadAheadTask,
  stopWord,
  unread,
  usedWord,
  writeFacts,
  writeHead,
} from "./read-ahead-layout.ts";

const { control, memory, folder, files } = workerData as ReadAheadTask;
const words = new Int32Array(control);
const bytes = Buffer.from(memory);
const numbers = new DataView(memory);

/** Waits until a part has been used. False when there is nothing more to do. */
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

/** Reads a file to its end, if there is room for it. Returns its size, or {@link unread}. */
function readFile(path: string, at: number, end: number): number {
  const readAt = Date.now();
  let handle: number | undefined;
  try {
    handle = openSync(path, "r");
    const stat = fstatSync(handle);
    if (!stat.isFile() || stat.size >= end - at - headerBytes) return unread;
    writeFacts(numbers, at, stat, readAt);
    return readToEnd(handle, at + headerBytes, end, stat.size);
  } catch {
    return unread;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function readToEnd(handle: number, start: number, end: number, listed: number): number {
  for (let at = start; at < end; ) {
    const read = readSync(handle, bytes, at, end - at, null);
    at += read;
    // Fewer bytes than there was room for, and as many as there should be: this is the end.
    if (read === 0 || (at - start === listed && at < end)) return at - start;
  }
  return unread;
}

/** Completes one file's record. Returns where the next one begins. */
function endRecord(at: number, number: number, length: number): number {
  writeHead(numbers, at, number, length);
  if (length !== unread) {
    const start = at + headerBytes;
    hash("sha256", bytes.subarray(start, start + length), "buffer").copy(bytes, at + digestPlace);
  }
  return nextRecord(at, length);
}

let chunk = 0;
let used = 0;
let records = 0;

/** Hands over the full part and goes on to the next. False when there is nothing more to do. */
function turn(): boolean {
  publish(chunk, used);
  chunk = (chunk + 1) % chunkCount;
  used = 0;
  records = 0;
  return awaitEmpty(chunk);
}

function readNext(number: number): boolean {
  const path = join(folder, files[number] ?? "");
  let at = chunk * chunkBytes + used;
  let end = (chunk + 1) * chunkBytes;
  let size = at + headerBytes < end ? readFile(path, at, end) : unread;
  if (size === unread && used > 0) {
    // No room, or no file: in an empty part there is room.
    if (!turn()) return false;
    at = chunk * chunkBytes;
    end = at + chunkBytes;
    size = readFile(path, at, end);
  }
  used = endRecord(at, number, size) - chunk * chunkBytes;
  records += 1;
  return records < batch || turn();
}

for (let number = 0; number < files.length; number += 1) {
  number = Math.max(number, Atomics.load(words, claimedWord));
  if (number < files.length && !readNext(number)) break;
}
publish(chunk, used);
