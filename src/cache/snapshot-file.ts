import { randomBytes } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync, rmSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { crc32 } from "node:zlib";
import { moveIntoPlace, writeTemporary } from "../output/replace-file.ts";

// A plain file with a checksum, and not a memory-mapped store: a truncated or corrupted mapping kills the process,
// and one sequential read of columns is faster than as many look-ups as there are posts (docs/performance.md).

const magic = Buffer.from("feedwright cache 8\n", "latin1");
/** The prefix goes on with length and checksum of the head and of the body, and a checksum of these four numbers. */
const prefixBytes = magic.length + 20;

/**
 * A value in two parts. The head was read; the body is read when it is asked for, from the same file even if another
 * process has replaced it meanwhile.
 */
export interface Snapshot {
  readonly id: string;
  readonly head: unknown;
  /** Undefined when it is damaged. */
  body(): unknown;
  close(): void;
}

/**
 * Reads what was written under `key`; undefined when the file is missing, truncated, damaged or of another program. The
 * values are what `node:v8` serialised, so everything that their shape and truth depend on must be in the key.
 */
export function readSnapshot(cacheDir: string, key: string): Snapshot | undefined {
  let handle: number | undefined;
  const close = () => {
    if (handle !== undefined) closeSync(handle);
    handle = undefined;
  };
  try {
    handle = openSync(join(cacheDir, "snapshot"), "r");
    const prefix = readPart(handle, 0, prefixBytes);
    const [headLength, headSum, bodyLength, bodySum, sum] = Array.from({ length: 5 }, (_, i) =>
      prefix.readUInt32LE(magic.length + 4 * i),
    ) as [number, number, number, number, number];
    const isOurs = prefix.subarray(0, magic.length).equals(magic);
    if (isOurs && crc32(prefix.subarray(magic.length, -4)) === sum) {
      const labelled = decode(readPart(handle, prefixBytes, headLength), headSum) as Labelled;
      if (labelled.key === key) {
        const body = () => {
          try {
            if (handle === undefined) return undefined;
            return decode(readPart(handle, prefixBytes + headLength, bodyLength), bodySum);
          } catch {
            return undefined;
          } finally {
            close();
          }
        };
        return { id: labelled.id, head: labelled.value, body, close };
      }
    }
  } catch {
    // The same as no file.
  }
  close();
  return undefined;
}

interface Labelled {
  readonly key: string;
  readonly id: string;
  readonly value: unknown;
}

/**
 * Writes a value under `key`, in place of the one before. Returns a new id; undefined when the disk is full or read-only,
 * which only costs speed.
 */
export function writeSnapshot(
  cacheDir: string,
  key: string,
  head: unknown,
  body: unknown,
): string | undefined {
  const id = randomBytes(8).toString("hex");
  const path = join(cacheDir, "snapshot");
  try {
    const [headBytes, bodyBytes] = [serialize({ key, id, value: head } satisfies Labelled), serialize(body)];
    const prefix = Buffer.alloc(prefixBytes);
    magic.copy(prefix);
    [headBytes.length, crc32(headBytes), bodyBytes.length, crc32(bodyBytes)].forEach((number, i) => {
      prefix.writeUInt32LE(number, magic.length + 4 * i);
    });
    prefix.writeUInt32LE(crc32(prefix.subarray(magic.length, -4)), prefixBytes - 4);
    const temporary = writeTemporary(path, [prefix, headBytes, bodyBytes]);
    // Removed first: some file systems wait for all bytes when a large file is replaced.
    rmSync(path, { force: true });
    moveIntoPlace(temporary, path);
    return id;
  } catch {
    return undefined;
  }
}

/** Reads what changed since the snapshot with this id; undefined when that is missing or damaged. */
export function readDelta(cacheDir: string, id: string): unknown {
  try {
    const bytes = readFileSync(join(cacheDir, deltaName(id)));
    return decode(bytes.subarray(4), bytes.readUInt32LE(0));
  } catch {
    return undefined;
  }
}

/** Writes everything that changed since the snapshot with this id. */
export function writeDelta(cacheDir: string, id: string, value: unknown): void {
  try {
    const content = serialize(value);
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(crc32(content));
    const path = join(cacheDir, deltaName(id));
    moveIntoPlace(writeTemporary(path, [sum, content]), path);
  } catch {
    // The next run does the work again.
  }
}

/** The name of the file with the changes since a snapshot. */
export function deltaName(id: string): string {
  return `delta-${id}`;
}

function decode(bytes: Buffer, sum: number): unknown {
  if (crc32(bytes) !== sum) throw new Error("damaged");
  return deserialize(bytes);
}

function readPart(handle: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  if (readSync(handle, bytes, 0, length, offset) !== length) throw new Error("cut short");
  return bytes;
}
