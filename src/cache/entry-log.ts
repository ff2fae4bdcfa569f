// In come texts worth keeping between runs; out each comes again by its place, or nothing when it is damaged.
import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { temporaryMark } from "../output/replace-file.ts";

/** Where a record stands in the log. */
export interface LogPosition {
  readonly offset: number;
  readonly length: number;
}

/** Bytes that are gathered before they are written: a system call for each record costs more than the record. */
const batchSize = 1 << 19;

/**
 * Records of text, appended and never changed; each is checked when it is read. One log belongs to one snapshot,
 * which holds the places. Every method works, or does nothing: the log is a saving, never a need.
 */
export class EntryLog {
  readonly #path: string;
  readonly name: string;
  #handle: number | undefined;
  /** Length of the file when the batch was begun. */
  #end = 0;
  /** Records that are not in the file yet, and how many bytes of it they take. */
  #batch: Buffer | undefined;
  #filled = 0;

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
    return this.#end + this.#filled;
  }

  read(place: LogPosition): string | undefined {
    if (place.offset + place.length > this.#end) this.flush();
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

  /** Adds a record, given in parts. It is in the file once {@link flush} was called. */
  append(...parts: readonly string[]): LogPosition | undefined {
    const most = 4 + 3 * parts.reduce((sum, part) => sum + part.length, 0);
    if (this.#filled === 0 || this.#filled + most > (this.#batch?.length ?? 0)) this.#begin(most);
    if (this.#handle === undefined || this.#batch === undefined) return undefined;
    const start = this.#filled;
    let at = start + 4;
    for (const part of parts) at += this.#batch.write(part, at, "utf8");
    this.#batch.writeUInt32LE(crc32(this.#batch.subarray(start + 4, at)), start);
    this.#filled = at;
    return { offset: this.#end + start, length: at - start };
  }

  /** Writes what was gathered. */
  flush(): void {
    if (this.#handle === undefined || this.#batch === undefined || this.#filled === 0) return;
    try {
      let written = 0;
      while (written < this.#filled)
        written += writeSync(this.#handle, this.#batch, written, this.#filled - written);
      this.#end += this.#filled;
      this.#filled = 0;
    } catch {
      this.#drop();
    }
  }

  /** Begins a batch with room for so many bytes. */
  #begin(most: number): void {
    this.flush();
    if (this.#handle === undefined) return;
    if (this.#batch === undefined || this.#batch.length < most)
      this.#batch = Buffer.allocUnsafeSlow(Math.max(most, batchSize));
    try {
      // Another process may have appended since: the file's own end counts.
      this.#end = fstatSync(this.#handle).size;
    } catch {
      this.#drop();
    }
  }

  close(): void {
    this.flush();
    if (this.#handle !== undefined) closeSync(this.#handle);
    this.#handle = undefined;
    this.#batch = undefined;
    this.#filled = 0;
  }

  /** After a failed write (a full disk) the tail is unknown: cut it off and write no more. */
  #drop(): void {
    try {
      if (this.#handle !== undefined) ftruncateSync(this.#handle, this.#end);
    } catch {
      // A record that is cut off fails its checksum when it is read.
    }
    this.#filled = 0;
    this.close();
  }
}

/** Removes what a killed process left half written; where `kept` is given, logs and changes of other names too. */
export function removeStrays(cacheDir: string, kept?: readonly string[]): void {
  try {
    for (const name of readdirSync(cacheDir)) {
      const dead = /^(entries|delta)-/.test(name)
        ? kept?.includes(name) === false
        : name.endsWith(temporaryMark);
      if (dead) rmSync(join(cacheDir, name), { force: true });
    }
  } catch {
    // There is no cache folder.
  }
}
