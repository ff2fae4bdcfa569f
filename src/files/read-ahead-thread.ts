// The program of the thread that reads files ahead, see read-ahead.ts.
import { join } from "node:path";
import { workerData } from "node:worker_threads";
import { ByteReader, type FileBytes } from "./file-bytes.ts";
import {
  claimed,
  digestBytes,
  emptied,
  factCount,
  fileCounts,
  filled,
  partBytes,
  partCount,
  partFiles,
  type ReadAheadTask,
} from "./read-ahead-memory.ts";

const { memory, folder, files } = workerData as ReadAheadTask;
const { counters, facts } = memory;
const bytes = Buffer.from(memory.bytes.buffer);
const reader = new ByteReader();

/** The first file from this number on that the main thread does not read itself. */
function skipClaimed(number: number): number {
  return Math.max(number, Atomics.load(counters, claimed));
}

/** Undefined when the file cannot be read, or is so large that the main thread reads it. */
function readFile(number: number): FileBytes | undefined {
  try {
    const path = join(folder, files[number] as string);
    const file = reader.read(path, (stat) => stat.isFile() && stat.size < partBytes / 2);
    return file !== undefined && file.bytes.length < partBytes / 2 ? file : undefined;
  } catch {
    return undefined;
  }
}

/** Fills a part with files from this number on. Returns the number after the last one. */
function fillPart(part: number, first: number): number {
  const limit = (part + 1) * partBytes;
  let at = part * partBytes;
  let count = 0;
  let number = first;
  for (; number < files.length && count < partFiles; number = skipClaimed(number + 1)) {
    const file = readFile(number);
    if (file === undefined) continue;
    const end = at + file.bytes.length;
    if (end + digestBytes > limit) break;
    bytes.set(file.bytes, at);
    bytes.write(file.digest, end, "base64");
    const { size, mtimeMs, ctimeMs, ino } = file.stamp;
    const own = [number, at, end, size, mtimeMs, ctimeMs, ino, file.readAt];
    facts.set(own, (part * partFiles + count) * factCount);
    at = end + digestBytes;
    count += 1;
  }
  counters[fileCounts + part] = count;
  return number;
}

let parts = 0;
for (let number = skipClaimed(0); number < files.length; number = skipClaimed(number)) {
  const free = Atomics.load(counters, emptied) + partCount;
  if (parts === free) Atomics.wait(counters, emptied, free - partCount, 200);
  else {
    number = fillPart(parts % partCount, number);
    parts += 1;
    Atomics.store(counters, filled, parts);
  }
}
