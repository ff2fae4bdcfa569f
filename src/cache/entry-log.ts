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

/** Where a record is in the log. Bytes. */
export interface LogPosition {
  readonly offset: number;
  readonly length: number;
}

/** Which version of a post's entry the log has, and where. */
export interface LoggedEntry {
  /** {@link PostRow.version} */
  readonly version: string;
  readonly position: LogPosition;
}

/** Records are written together: a system call for each costs more than the record. Bytes. */
const batchSize = 1 << 19;

/**
 * Records of text, appended and never changed; each has a checksum. A log belongs to one snapshot, which has the positions.
 * A method that fails does nothing: without a record, the entry is rendered again.
 */
export class EntryLog {
  readonly #path: string;
  readonly name: string;
  #handle: number | undefined;
  /** Size of the file when the batch was begun. */
  #end = 0;
  /** Records that are not in the file yet, and how many bytes they take. */
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

  /** Bytes, including records that are not needed any more. */
  get size(): number {
    return this.#end + this.#filled;
  }

  read({ offset, length }: LogPosition): string | undefined {
    if (offset + length > this.#end) this.flush();
    if (this.#handle === undefined) return undefined;
    try {
      const bytes = Buffer.allocUnsafe(length);
      if (readSync(this.#handle, bytes, 0, length, offset) !== length) return undefined;
      const content = bytes.subarray(4);
      return bytes.readUInt32LE(0) === crc32(content) ? content.toString("utf8") : undefined;
    } catch {
      return undefined;
    }
  }

  /** Adds a record, given in parts. It is in the file after {@link EntryLog.flush}. */
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

  /** Writes the batch. */
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
      // Another process may have appended since.
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

  /** After a failed write (a full disk) the end of the file is unknown: it is cut off, and the log is closed. */
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

/** Removes temporary files of killed processes; with `current`, also logs and deltas with other names. */
export function removeStrays(cacheDir: string, current?: readonly string[]): void {
  try {
    for (const name of readdirSync(cacheDir)) {
      const isStray = /^(entries|delta)-/.test(name)
        ? current?.includes(name) === false
        : name.endsWith(temporaryMark);
      if (isStray) rmSync(join(cacheDir, name), { force: true });
    }
  } catch {
    // There is no cache folder.
  }
}
