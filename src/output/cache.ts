// In come values worth keeping between runs; out they come again, or nothing at all when anything about them is doubtful.
import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { crc32 } from "node:zlib";
import { moveIntoPlace, temporaryMark, writeTemporary } from "./replace-file.ts";

// A plain file with a checksum, and not a memory-mapped store: a truncated or corrupted mapping kills the process,
// and one sequential read of columns is faster than as many look-ups as there are posts (docs/performance.md).

const magic = Buffer.from("feedwright cache 3\n", "latin1");

/**
 * Reads what was kept under `key`. A missing, truncated, corrupted or foreign file is the same as none.
 * The value is whatever `node:v8` serialised, so the key must name everything its shape and truth depend on.
 */
export function readSnapshot(cacheDir: string, key: string): unknown {
  try {
    const bytes = readFileSync(join(cacheDir, "snapshot"));
    const start = magic.length + 4;
    if (!bytes.subarray(0, magic.length).equals(magic)) return undefined;
    const content = bytes.subarray(start);
    if (bytes.readUInt32LE(magic.length) !== crc32(content)) return undefined;
    const { key: kept, value } = deserialize(content) as { key: string; value: unknown };
    return kept === key ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a value under `key`, in place of what was kept before. A full disk or a read-only one only costs speed. */
export function writeSnapshot(cacheDir: string, key: string, value: unknown): void {
  try {
    const content = serialize({ key, value });
    const head = Buffer.alloc(magic.length + 4);
    magic.copy(head);
    head.writeUInt32LE(crc32(content), magic.length);
    const path = join(cacheDir, "snapshot");
    moveIntoPlace(writeTemporary(path, Buffer.concat([head, content])), path);
  } catch {
    // Without a cache the next run does the work again.
  }
}

/** Where a record stands in the log. */
export interface LogPlace {
  readonly offset: number;
  readonly length: number;
}

/**
 * Records of text, appended and never changed; each is checked when it is read. One log belongs to one snapshot,
 * which holds the places. Every method works, or does nothing: the log is a saving, never a need.
 */
export class RecordLog {
  readonly #path: string;
  readonly name: string;
  #handle: number | undefined;
  #end = 0;

  constructor(cacheDir: string, name: string) {
    this.name = name;
    this.#path = join(cacheDir, name);
    try {
      mkdirSync(cacheDir, { recursive: true });
      this.#handle = openSync(this.#path, "a+");
      this.#end = fstatSync(this.#handle).size;
    } catch {
      this.#handle = undefined;
    }
  }

  /** Bytes in the log, dead records included. */
  get size(): number {
    return this.#end;
  }

  read(place: LogPlace): string | undefined {
    if (this.#handle === undefined) return undefined;
    try {
      const bytes = Buffer.allocUnsafe(place.length);
      if (readSync(this.#handle, bytes, 0, place.length, place.offset) !== place.length) return undefined;
      const content = bytes.subarray(4);
      return bytes.readUInt32LE(0) === crc32(content) ? content.toString("utf8") : undefined;
    } catch {
      return undefined;
    }
  }

  append(text: string): LogPlace | undefined {
    if (this.#handle === undefined) return undefined;
    const bytes = Buffer.allocUnsafe(4 + Buffer.byteLength(text));
    bytes.write(text, 4, "utf8");
    bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0);
    // Another process may have appended since: the file's own end counts.
    try {
      this.#end = fstatSync(this.#handle).size;
      const offset = this.#end;
      let written = 0;
      while (written < bytes.length) written += writeSync(this.#handle, bytes, written);
      this.#end += bytes.length;
      return { offset, length: bytes.length };
    } catch {
      this.#drop();
      return undefined;
    }
  }

  close(): void {
    if (this.#handle !== undefined) closeSync(this.#handle);
    this.#handle = undefined;
  }

  /** After a failed write (a full disk) the tail is unknown: cut it off and write no more. */
  #drop(): void {
    try {
      if (this.#handle !== undefined) ftruncateSync(this.#handle, this.#end);
    } catch {
      // A record that is cut off fails its checksum when it is read.
    }
    this.close();
  }
}

/** Removes logs that no snapshot refers to any more, and what a killed process left half written. */
export function removeOtherLogs(cacheDir: string, kept: string): void {
  try {
    for (const name of readdirSync(cacheDir)) {
      const dead = name.startsWith("entries-") ? name !== kept : name.endsWith(temporaryMark);
      if (dead) rmSync(join(cacheDir, name), { force: true });
    }
  } catch {
    // There is no cache folder.
  }
}
