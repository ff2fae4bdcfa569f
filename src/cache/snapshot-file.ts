// In come values worth keeping between runs; out they come again, or nothing at all when anything about them is doubtful.
import { randomBytes } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync, rmSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { crc32 } from "node:zlib";
import { moveIntoPlace, writeTemporary } from "../output/replace-file.ts";

// A plain file with a checksum, and not a memory-mapped store: a truncated or corrupted mapping kills the process,
// and one sequential read of columns is faster than as many look-ups as there are posts (docs/performance.md).

const magic = Buffer.from("feedwright cache 7\n", "latin1");
/** Length and checksum of the head and of the body, then a checksum of these four numbers. */
const prefixBytes = magic.length + 20;

/**
 * A value in two parts. The head was read; the body is read when it is asked for, from the same file even if another
 * process has put one in its place meanwhile.
 */
export interface Snapshot {
  readonly id: string;
  readonly head: unknown;
  /** Undefined when it is damaged. */
  body(): unknown;
  close(): void;
}

/**
 * Reads what was kept under `key`. A missing, truncated, corrupted or foreign file is the same as none. The values are
 * whatever `node:v8` serialised, so the key must name everything their shape and truth depend on.
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
      const kept = decode(readPart(handle, prefixBytes, headLength), headSum) as Labelled;
      if (kept.key === key) {
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
        return { id: kept.id, head: kept.value, body, close };
      }
    }
  } catch {
    // As if there were none.
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
 * Keeps a value under `key`, in place of what was kept before; the id is new. A full disk or a read-only one only
 * costs speed: then nothing is kept, and there is no id.
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
    // A moment without a cache is cheaper than replacing a large file, whose bytes some file systems then wait for.
    rmSync(path, { force: true });
    moveIntoPlace(temporary, path);
    return id;
  } catch {
    return undefined;
  }
}

/** Reads what has changed since the snapshot with this id was made. Doubtful is the same as nothing. */
export function readDelta(cacheDir: string, id: string): unknown {
  try {
    const bytes = readFileSync(join(cacheDir, deltaName(id)));
    return decode(bytes.subarray(4), bytes.readUInt32LE(0));
  } catch {
    return undefined;
  }
}

/** Keeps all that has changed since the snapshot with this id was made. */
export function writeDelta(cacheDir: string, id: string, value: unknown): void {
  try {
    const content = serialize(value);
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(crc32(content));
    const path = join(cacheDir, deltaName(id));
    moveIntoPlace(writeTemporary(path, [sum, content]), path);
  } catch {
    // Without it the next run does the work again.
  }
}

/** The name of the file in which the changes since a snapshot are. */
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
