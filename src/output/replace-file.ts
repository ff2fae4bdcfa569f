import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Failure } from "../model/failure.ts";

/** Ends the names of this program's temporary files, so that they can be recognised and removed. */
export const temporaryMark = ".feedwright-tmp";

let counter = 0;

/** A name beside `path` that no other process and no other call uses. Hidden, so that servers and globs ignore it. */
export function temporaryPath(path: string): string {
  counter += 1;
  return join(dirname(path), `.${basename(path)}.${process.pid}-${counter}${temporaryMark}`);
}

/** Writes a temporary file beside `path` and returns its path; removes it again when that fails, as on a full disk. */
export function writeTemporary(
  path: string,
  content: string | Uint8Array | readonly Uint8Array[],
  options: { sync?: boolean } = {},
): string {
  const temporary = temporaryPath(path);
  const handle = openNew(temporary);
  try {
    for (const part of typeof content === "string" || content instanceof Uint8Array ? [content] : content) {
      const bytes = typeof part === "string" ? Buffer.from(part, "utf8") : part;
      let written = 0;
      while (written < bytes.length) written += writeSync(handle, bytes, written);
    }
    if (options.sync) fsyncSync(handle);
    closeSync(handle);
  } catch (error) {
    try {
      closeSync(handle);
    } catch {
      // It was closed already.
    }
    rmSync(temporary, { force: true });
    throw error;
  }
  return temporary;
}

/** Creates a file, and its folder if there is none. */
function openNew(path: string): number {
  try {
    return openSync(path, "wx", 0o644);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, "wx", 0o644);
  }
}

/** How often a rename is tried while a virus scanner or an indexer has the file open on Windows. */
const renameTries = 20;
/** Milliseconds between the tries. */
const renamePause = 10;

/** Renames into place, with a few tries on Windows, where a file that a program has open cannot be replaced. */
export function moveIntoPlace(temporary: string, path: string): void {
  for (let tries = 1; ; tries += 1) {
    try {
      renameSync(temporary, path);
      return;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "";
      if (tries >= renameTries || !["EPERM", "EACCES", "EBUSY"].includes(code)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, renamePause);
    }
  }
}

/** Replaces one file that could not be made again: its bytes are synced to disk first. */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const temporary = writeTemporary(path, content, { sync: true });
  try {
    moveIntoPlace(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The failure of a write, with its reason in words. */
export function unwritable(path: string, error: unknown): Failure {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    ENOSPC: "the disk is full",
    EROFS: "the file system is read-only",
    EACCES: "permission is denied",
    EPERM: "permission is denied",
    ENOTDIR: "there is a file where a folder should be",
    EEXIST: "there is a file where a folder should be",
    EISDIR: "there is a folder where the file should be",
  };
  return new Failure("output-unwritable", `Cannot write ${path}: ${reasons[code ?? ""] ?? message}.`, {
    hint: "The old files are still in place, all of them. Fix this and run again.",
    cause: error,
  });
}
