// In come OutputFiles one by one; out goes the output folder changed as a whole: compared, staged, renamed, stale files removed.
import { constants, copyFileSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { OutputFile, PackedFile } from "../model/plan.ts";
import { BackgroundWrites, longestInBackground } from "./background-writes.ts";
import { type DocumentContent, factsOf, fillBytes, sizeOf } from "./document-bytes.ts";
import { digestFile, hasBytes, isFileOf } from "./file-digest.ts";
import type { FileFacts, Manifest } from "./manifest.ts";
import { removeEmptyFolders } from "./prepare-output.ts";
import { moveIntoPlace, temporaryPath, unwritable, writeTemporary } from "./replace-file.ts";

/** What a build did to the output folder; paths are below it, sorted. */
export interface WriteResult {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
}

/** Documents up to this size share one buffer, one after the other. Bytes. */
const longestReused = 8 << 20;
/** An update of no more documents writes them as they come: waiting for the others would take longer. */
const fewDocuments = 8;

/**
 * Stages documents beside the ones they replace and swaps them all in one synchronous sweep:
 * new files first, removals last, so that no moment lacks a file that both sets have.
 */
export class FileWriter {
  readonly #out: string;
  readonly #before: Readonly<Record<string, FileFacts>>;
  readonly #staged = new Map<string, { temporary?: string; file: FileFacts }>();
  readonly #background = new BackgroundWrites();
  /** Temporary files that may still be written, though another version of the document is staged by now. */
  readonly #outdated: string[] = [];
  #bytes = Buffer.alloc(0);
  /** What was swapped into place. */
  readonly #swapped = new Set<string>();

  constructor(out: string, before: Manifest | undefined) {
    this.#out = out;
    this.#before = before?.files ?? {};
  }

  /**
   * Compares a document with what stands there and stages it when it differs. Of many documents, most are written while
   * the next ones are made: {@link FileWriter.written} waits for them. @throws Failure `output-unwritable`
   */
  stage(file: OutputFile | PackedFile): void {
    this.#refuseFailed();
    const { content, path } = file;
    if (content instanceof Uint8Array) this.#stageBytes(path, content);
    else {
      const size = sizeOf(content);
      const canWait = this.#staged.size >= fewDocuments && size <= longestInBackground;
      if (canWait && this.#background.hasRoom) this.#stageLater(path, size, content);
      else this.#stageBytes(path, fillBytes(this.#room(size), content));
    }
  }

  #stageBytes(path: string, bytes: Uint8Array): void {
    this.#stage(path, factsOf(bytes), (full) =>
      hasBytes(full, bytes) ? undefined : writeTemporary(full, bytes),
    );
  }

  #stageLater(path: string, size: number, content: DocumentContent): void {
    const room = this.#background.room(size);
    const bytes = fillBytes(room.subarray(0, size), content);
    this.#stage(path, factsOf(bytes), (full) => {
      if (!hasBytes(full, bytes)) return this.#background.start(full, room, size);
      this.#background.giveBack(room);
      return undefined;
    });
  }

  /** Waits until everything staged is written. @throws Failure `output-unwritable` */
  async written(): Promise<void> {
    await this.#background.settle();
    this.#removeOutdated();
    this.#refuseFailed();
  }

  #refuseFailed(): void {
    const { failure } = this.#background;
    if (failure !== undefined) throw unwritable(failure.path, failure.error);
  }

  #removeOutdated(): void {
    for (const path of this.#outdated.splice(0)) removeIfThere(path);
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
    let facts: FileFacts;
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

  #stage(path: string, file: FileFacts, write: (path: string) => string | undefined): void {
    const full = join(this.#out, path);
    if (relative(this.#out, full).startsWith(".."))
      throw unwritable(full, new Error("it is outside the output folder"));
    const earlier = this.#staged.get(path)?.temporary;
    if (earlier !== undefined) this.#outdated.push(earlier);
    if (!this.#background.isBusy) this.#removeOutdated();
    try {
      const temporary = write(full);
      this.#staged.set(path, { ...(temporary !== undefined && { temporary }), file });
    } catch (error) {
      this.#staged.delete(path);
      throw unwritable(full, error);
    }
  }

  /**
   * Swaps what is staged so far, and written, into place, ahead of the rest; nothing is removed yet.
   * @throws Failure `output-unwritable`
   */
  swap(): void {
    if (this.#background.isBusy) throw new Error("Documents are still being written.");
    for (const path of [...this.#staged.keys()].sort()) {
      const { temporary, file } = this.#staged.get(path) as { temporary?: string; file: FileFacts };
      if (temporary === undefined) continue;
      try {
        moveIntoPlace(temporary, join(this.#out, path));
      } catch (error) {
        throw unwritable(join(this.#out, path), error);
      }
      this.#swapped.add(path);
      this.#staged.set(path, { file });
    }
  }

  /** Swaps everything staged into place and removes those of our files that are not in `keep`, the paths of the whole site. */
  commit(keep: ReadonlySet<string>): { result: WriteResult; files: Record<string, FileFacts> } {
    const written: string[] = [];
    const unchanged: string[] = [];
    const gone: string[] = [];
    const files: Record<string, FileFacts> = {};
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
  async abandon(): Promise<void> {
    if (this.#background.isBusy) await this.#background.settle();
    this.#removeOutdated();
    for (const { temporary } of this.#staged.values()) if (temporary !== undefined) removeIfThere(temporary);
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

/** What cannot be written cannot be removed either: the reason is told already. */
function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The next build that finds it removes it.
  }
}

function sortKeys<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
