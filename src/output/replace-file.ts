// In come a path and its new bytes; out goes a file that is the old one or the new one at every moment, never half of one.
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Failure } from "../model/failure.ts";

/** Marks the temporary files of this program, so that strays can be told from other people's files. */
export const temporaryMark = ".feedwright-tmp";

let counter = 0;

/** A name beside `path` that no other process and no other call uses. Hidden, so that servers and globs pass it over. */
export function temporaryPath(path: string): string {
  counter += 1;
  return join(dirname(path), `.${basename(path)}.${process.pid}-${counter}${temporaryMark}`);
}

/** Writes all bytes to a new file; removes it again when that fails (a full disk, say). */
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

/** Opens a file that is not there yet, in a folder that may not be there either. */
function openNew(path: string): number {
  try {
    return openSync(path, "wx", 0o644);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, "wx", 0o644);
  }
}

/** Attempts and pause for a rename that a virus scanner or an indexer holds up on Windows. */
const renameTries = 20;
const renamePause = 10;

/** Renames into place. On Windows a file that somebody reads cannot be replaced for a moment: tried again, boundedly. */
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

/** Replaces one file. The bytes are synced to disk first, for what could not be made again. */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const temporary = writeTemporary(path, content, { sync: true });
  try {
    moveIntoPlace(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

export function unwritable(path: string, error: unknown): Failure {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    ENOSPC: "the disk is full",
    EROFS: "the file system is read-only",
    EACCES: "permission is denied",
    EPERM: "permission is denied",
    ENOTDIR: "a file stands where a folder should be",
    EEXIST: "a file stands where a folder should be",
    EISDIR: "a folder stands where the file should be",
  };
  return new Failure("output-unwritable", `Cannot write ${path}: ${reasons[code ?? ""] ?? message}.`, {
    hint: "Nothing was published half: what stood there before is still there. Mend that and run again.",
    cause: error,
  });
}
