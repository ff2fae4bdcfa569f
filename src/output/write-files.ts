// In come OutputFiles one by one; out goes the output folder changed as a whole: compared, staged, renamed, stale files removed.
import { createHash } from "node:crypto";
import { constants, copyFileSync, mkdirSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { Failure } from "../model/failure.ts";
import type { OutputFile, PackedFile } from "../model/plan.ts";
import { digestFile, hasBytes, isFileOf } from "./file-digest.ts";
import type { Manifest, WrittenFile } from "./manifest.ts";
import { moveIntoPlace, temporaryMark, temporaryPath, writeTemporary } from "./replace-file.ts";

/** What a build did to the output folder; paths are below it, sorted. */
export interface WriteResult {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
}

/** Documents up to this size share one buffer, one after the other. Bytes. */
const longestReused = 8 << 20;

/**
 * Stages documents beside the ones they replace and swaps them all in one synchronous sweep:
 * new files first, removals last, so that no moment lacks a file that both sets have.
 */
export class FileWriter {
  readonly #out: string;
  readonly #before: Readonly<Record<string, WrittenFile>>;
  readonly #staged = new Map<string, { temporary?: string; file: WrittenFile }>();
  #bytes = Buffer.alloc(0);
  /** What was swapped into place. */
  readonly #swapped = new Set<string>();

  constructor(out: string, before: Manifest | undefined) {
    this.#out = out;
    this.#before = before?.files ?? {};
  }

  /** Compares a document with what stands there and stages it when it differs. @throws Failure `output-unwritable` */
  stage(file: OutputFile | PackedFile): void {
    const bytes = this.#join(file.content);
    const facts = { digest: createHash("sha256").update(bytes).digest("hex"), size: bytes.length };
    this.#stage(file.path, facts, (path) =>
      hasBytes(path, bytes) ? undefined : writeTemporary(path, bytes),
    );
  }

  /** A document's bytes, in place of those of the one before it: buffers are freed too late to have one for each. */
  #join(content: OutputFile["content"] | PackedFile["content"]): Uint8Array {
    if (content instanceof Uint8Array) return content;
    if (typeof content === "string") {
      const bytes = this.#room(Buffer.byteLength(content));
      bytes.write(content);
      return bytes;
    }
    const bytes = this.#room(content.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of content) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  /** Room for so many bytes, good until the next call. */
  #room(size: number): Buffer {
    if (size > longestReused) return Buffer.allocUnsafeSlow(size);
    if (this.#bytes.length < size) this.#bytes = Buffer.allocUnsafeSlow(Math.min(2 * size, longestReused));
    return this.#bytes.subarray(0, size);
  }

  /**
   * Stages a copy of a file, whatever its size. Of a source that is gone (the post is shown at its last good version)
   * the copy that stands there stays. @throws Failure `output-unwritable`
   */
  stageCopy(path: string, source: string): void {
    let facts: WrittenFile;
    try {
      facts = digestFile(source);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
      throw unwritable(join(this.#out, path), error);
    }
    this.#stage(path, facts, (target) => {
      if (isFileOf(target, facts)) return undefined;
      const temporary = temporaryPath(target);
      mkdirSync(dirname(target), { recursive: true });
      try {
        copyFileSync(source, temporary, constants.COPYFILE_EXCL);
      } catch (error) {
        rmSync(temporary, { force: true });
        throw error;
      }
      return temporary;
    });
  }

  #stage(path: string, file: WrittenFile, write: (path: string) => string | undefined): void {
    const full = join(this.#out, path);
    if (relative(this.#out, full).startsWith(".."))
      throw unwritable(full, new Error("it is outside the output folder"));
    const earlier = this.#staged.get(path)?.temporary;
    if (earlier !== undefined) rmSync(earlier, { force: true });
    try {
      const temporary = write(full);
      this.#staged.set(path, { ...(temporary !== undefined && { temporary }), file });
    } catch (error) {
      this.#staged.delete(path);
      throw unwritable(full, error);
    }
  }

  /** Swaps what is staged so far into place, ahead of the rest; nothing is removed yet. @throws Failure `output-unwritable` */
  swap(): void {
    for (const path of [...this.#staged.keys()].sort()) {
      const { temporary, file } = this.#staged.get(path) as { temporary?: string; file: WrittenFile };
      if (temporary === undefined) continue;
      try {
        moveIntoPlace(temporary, join(this.#out, path));
      } catch (error) {
        this.abandon();
        throw unwritable(join(this.#out, path), error);
      }
      this.#swapped.add(path);
      this.#staged.set(path, { file });
    }
  }

  /** Swaps everything staged into place and removes those of our files that are not in `keep`, the paths of the whole site. */
  commit(keep: ReadonlySet<string>): { result: WriteResult; files: Record<string, WrittenFile> } {
    const written: string[] = [];
    const unchanged: string[] = [];
    const gone: string[] = [];
    const files: Record<string, WrittenFile> = {};
    for (const [path, before] of Object.entries(this.#before)) {
      if (!keep.has(path)) gone.push(path);
      else if (!this.#staged.has(path)) {
        files[path] = before;
        unchanged.push(path);
      }
    }
    this.swap();
    for (const [path, { file }] of this.#staged) {
      files[path] = file;
      if (this.#swapped.has(path)) written.push(path);
      else unchanged.push(path);
    }
    const removed = gone.sort().filter((path) => this.#removeOurs(path));
    this.#staged.clear();
    return {
      result: { written: written.sort(), unchanged: unchanged.sort(), removed },
      files: sortKeys(files),
    };
  }

  /** Leaves the output folder as it was. */
  abandon(): void {
    for (const { temporary } of this.#staged.values())
      if (temporary !== undefined) rmSync(temporary, { force: true });
    this.#staged.clear();
  }

  /** A file whose bytes are no longer ours was changed by somebody: it stays. */
  #removeOurs(path: string): boolean {
    const before = this.#before[path];
    if (before === undefined || this.#staged.has(path)) return false;
    const full = join(this.#out, path);
    try {
      if (!isFileOf(full, before)) return false;
      rmSync(full);
    } catch {
      return false;
    }
    removeEmptyFolders(this.#out, dirname(path));
    return true;
  }
}

/** Makes the output folder and removes temporary files that a killed build left in it and in the folders of its documents. */
export function prepareOutput(out: string, before: Manifest | undefined): void {
  try {
    mkdirSync(out, { recursive: true });
  } catch (error) {
    throw unwritable(out, error);
  }
  const folders = new Set([".", ...Object.keys(before?.files ?? {}).map((path) => dirname(path))]);
  for (const folder of folders) {
    let names: string[];
    try {
      names = readdirSync(join(out, folder));
    } catch {
      continue;
    }
    for (const name of names) {
      if (name.startsWith(".") && name.endsWith(temporaryMark))
        rmSync(join(out, folder, name), { force: true });
    }
  }
}

function removeEmptyFolders(out: string, folder: string): void {
  for (let at = folder; at !== "." && at !== ""; at = dirname(at)) {
    try {
      rmdirSync(join(out, at));
    } catch {
      return;
    }
  }
}

function unwritable(path: string, error: unknown): Failure {
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

function sortKeys<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
