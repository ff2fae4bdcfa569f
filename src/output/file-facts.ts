import { createHash } from "node:crypto";
import { closeSync, lstatSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import type { FileFacts } from "./manifest.ts";

/** Whether a file has exactly these bytes. */
export function hasBytes(path: string, bytes: Uint8Array): boolean {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isFile() === true && stat.size === bytes.length && readFileSync(path).equals(bytes);
  } catch {
    return false;
  }
}

/** Whether a file is the beginning of a document, or nothing but that and zeros: replacing it loses nothing. */
export function isTorn(path: string, bytes: Uint8Array): boolean {
  try {
    const held = readFileSync(path);
    let { length } = held;
    while (length > 0 && held[length - 1] === 0) length -= 1;
    return length < bytes.length && held.subarray(0, length).equals(bytes.subarray(0, length));
  } catch {
    return false;
  }
}

/** Whether a file has this size and digest. */
export function hasFacts(path: string, facts: FileFacts): boolean {
  try {
    const stat = lstatSync(path);
    return stat.isFile() && stat.size === facts.size && readFileFacts(path).digest === facts.digest;
  } catch {
    return false;
  }
}

/** Size and digest of a file, read in pieces: it may be a film. @throws when it cannot be read */
export function readFileFacts(path: string): FileFacts {
  const hash = createHash("sha256");
  const piece = Buffer.allocUnsafe(1 << 18);
  const handle = openSync(path, "r");
  try {
    let size = 0;
    for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece)) {
      hash.update(piece.subarray(0, read));
      size += read;
    }
    return { digest: hash.digest("hex"), size };
  } finally {
    closeSync(handle);
  }
}

/** What shows, without reading it, whether a file is the one that was written. */
export interface OutputStamp {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly ino: number;
}

/** The stamp of a file, of this size where one is given; undefined for any other. */
export function stampOf(path: string, bytes?: number): OutputStamp | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile() || (bytes !== undefined && stat.size !== bytes)) return undefined;
  const { size, mtimeMs, ctimeMs, ino } = stat;
  return { size, mtimeMs, ctimeMs, ino };
}

/** Parts of a document one after the other in UTF-8, or its whole text. */
export type DocumentContent = string | readonly Uint8Array[];

/** Bytes. */
export function sizeOf(content: DocumentContent): number {
  if (typeof content === "string") return Buffer.byteLength(content);
  return content.reduce((sum, { length }) => sum + length, 0);
}

/** Writes a document into a buffer of just its size, and returns that. */
export function fillBytes(buffer: Buffer, content: DocumentContent): Buffer {
  if (typeof content === "string") {
    buffer.write(content);
    return buffer;
  }
  let at = 0;
  for (const part of content) {
    buffer.set(part, at);
    at += part.length;
  }
  return buffer;
}

/** Size and digest of a document. */
export function factsOf(bytes: Uint8Array): FileFacts {
  return { digest: createHash("sha256").update(bytes).digest("hex"), size: bytes.length };
}
