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
import { temporaryMark } from "./replace-file.ts";

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
