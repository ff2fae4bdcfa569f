import { hash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync, type Stats } from "node:fs";
import type { Stamp } from "./stamp.ts";

/** A file that was read. */
export interface FileBytes {
  /** Good until the next file is read. */
  readonly bytes: Buffer;
  readonly stamp: Stamp;
  /** SHA-256, in base64. */
  readonly digest: string;
  /** Before it was opened, in milliseconds since the epoch. */
  readonly readAt: number;
}

/** Reads whole files, all into one buffer: of ten thousand posts that are read, fifty may be shown. */
export class ByteReader {
  #buffer = Buffer.allocUnsafeSlow(1 << 16);

  /** Reads a file, unless it is not wanted. @throws when it cannot be opened or read */
  read(path: string, isWanted: (stat: Stats) => boolean): FileBytes | undefined {
    const readAt = Date.now();
    const handle = openSync(path, "r");
    try {
      const stat = fstatSync(handle);
      if (!isWanted(stat)) return undefined;
      const { size, mtimeMs, ctimeMs, ino } = stat;
      const bytes = this.#readToEnd(handle, size);
      return {
        bytes,
        stamp: { size, mtimeMs, ctimeMs, ino },
        digest: hash("sha256", bytes, "base64"),
        readAt,
      };
    } finally {
      closeSync(handle);
    }
  }

  #readToEnd(handle: number, expected: number): Buffer {
    let size = 0;
    for (;;) {
      if (size + expected + 1 > this.#buffer.length) {
        const larger = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, size + expected + 1));
        this.#buffer.copy(larger, 0, 0, size);
        this.#buffer = larger;
      }
      const read = readSync(handle, this.#buffer, size, this.#buffer.length - size, null);
      size += read;
      // Fewer bytes than there was room for, and as many as there should be: this is the end.
      if (read === 0 || (size === expected && size < this.#buffer.length))
        return this.#buffer.subarray(0, size);
    }
  }
}
