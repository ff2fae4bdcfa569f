// In comes a file's path; out go its digest and whether its bytes are those expected. A file that cannot be read has none.
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

/** Whether a file is of this size and digest. */
export function isFileOf(path: string, facts: FileFacts): boolean {
  try {
    const stat = lstatSync(path);
    return stat.isFile() && stat.size === facts.size && digestFile(path).digest === facts.digest;
  } catch {
    return false;
  }
}

/** Reads in pieces: a film is as welcome as a picture. */
export function digestFile(path: string): FileFacts {
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
