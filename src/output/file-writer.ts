import { constants, copyFileSync, mkdirSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { OutputFile, PackedFile } from "../model/plan.ts";
import { BackgroundWrites, longestInBackground } from "./background-writes.ts";
import {
  type DocumentContent,
  factsOf,
  fillBytes,
  hasBytes,
  hasFacts,
  type OutputStamp,
  readFileFacts,
  sizeOf,
  stampOf,
} from "./file-facts.ts";
import { refusePosts } from "./link-guard.ts";
import type { FileFacts, Manifest } from "./manifest.ts";
import { Ownership } from "./ownership.ts";
import { moveIntoPlace, temporaryMark, temporaryPath, unwritable, writeTemporary } from "./replace-file.ts";

/** What a build did to the output folder; paths are below it, sorted. */
export interface WriteResult {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
}

/** Documents up to this size use one buffer, one after the other. Bytes. */
const longestReused = 8 << 20;
/** The first documents of an update are written at once: for so few, writing in the background takes longer. */
const fewDocuments = 8;

/**
 * Writes documents beside the ones that they replace, and swaps all of them in one synchronous step. New files come first
 * and removals last, so that a file that is both in the old and the new set is never missing.
 */
export class FileWriter {
  readonly #out: string;
  readonly #own: Ownership;
  readonly #staged = new Map<string, { temporary?: string; file: FileFacts }>();
  readonly #background = new BackgroundWrites();
  /** Temporary files that may still be being written, though another version of the document is staged. */
  readonly #outdated: string[] = [];
  #bytes = Buffer.alloc(0);
  /** What was swapped into place. */
  readonly #swapped = new Set<string>();
  /** The stamps of documents, from when they were written or found to be the same. */
  readonly #stamps = new Map<string, OutputStamp>();

  readonly #foreign = new Set<string>();

  /** Without a manifest, our files are found by their marks. With `overwrite`, files of others are replaced. */
  constructor(out: string, before: Manifest | undefined, { overwrite = false } = {}) {
    this.#out = out;
    this.#own = new Ownership(out, before, overwrite);
  }

  /** Files that others wrote where something was staged: they stay. Paths below the output folder, sorted. */
  get foreign(): string[] {
    return [...this.#foreign].sort();
  }

  /**
   * Stages a document if it differs from the present file. Of many documents, most are written while the next ones are
   * made: {@link FileWriter.written} waits for them. @throws Failure `output-unwritable`
   */
  stage(file: OutputFile | PackedFile): void {
    this.#refuseFailed();
    const { content, path } = file;
    if (content instanceof Uint8Array) this.#stageBytes(path, content);
    else {
      const size = sizeOf(content);
      const canWait = this.#staged.size >= fewDocuments && size <= longestInBackground;
      if (canWait && this.#background.hasRoom) this.#stageLater(path, size, content);
      else this.#stageBytes(path, fillBytes(this.#bufferOf(size), content));
    }
  }

  #stageBytes(path: string, bytes: Uint8Array): void {
    this.#stage(path, factsOf(bytes), (full) =>
      hasBytes(full, bytes) || this.#isForeign(path, bytes) ? undefined : writeTemporary(full, bytes),
    );
  }

  #stageLater(path: string, size: number, content: DocumentContent): void {
    const buffer = this.#background.takeBuffer(size);
    const bytes = fillBytes(buffer.subarray(0, size), content);
    this.#stage(path, factsOf(bytes), (full) => {
      if (!hasBytes(full, bytes) && !this.#isForeign(path, bytes))
        return this.#background.start(full, buffer, size);
      this.#background.giveBack(buffer);
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

  /** A buffer of so many bytes, good until the next call. */
  #bufferOf(size: number): Buffer {
    if (size > longestReused) return Buffer.allocUnsafeSlow(size);
    if (this.#bytes.length < size) this.#bytes = Buffer.allocUnsafeSlow(Math.min(2 * size, longestReused));
    return this.#bytes.subarray(0, size);
  }

  /**
   * Stages a copy of a file of any size. If the file is gone (the post is shown at its last good version), the copy that
   * exists stays. @throws Failure `output-unwritable`
   */
  stageCopy(path: string, source: string): void {
    let facts: FileFacts;
    try {
      facts = readFileFacts(source);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
      throw unwritable(join(this.#out, path), error);
    }
    const isFound = !this.#swapped.has(path) && this.#own.isFound(path, facts);
    this.#stage(path, isFound ? { ...facts, found: true } : facts, (target) => {
      if (hasFacts(target, facts) || this.#isForeign(path)) return undefined;
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
    this.#own.checkWay(path);
    const earlier = this.#staged.get(path)?.temporary;
    if (earlier !== undefined) this.#outdated.push(earlier);
    if (!this.#background.isBusy) this.#removeOutdated();
    try {
      this.#foreign.delete(path);
      const temporary = write(full);
      // What stays is looked at again when somebody changes or removes it.
      if (temporary === undefined) this.#recordStamp(path, this.#foreign.has(path) ? undefined : file);
      if (this.#foreign.has(path)) this.#staged.delete(path);
      else {
        this.#staged.set(path, { ...(temporary !== undefined && { temporary }), file });
      }
    } catch (error) {
      this.#staged.delete(path);
      throw unwritable(full, error);
    }
  }

  /** Whether another program's file is where something is to be staged; remembers it. */
  #isForeign(path: string, bytes?: Uint8Array): boolean {
    if (this.#swapped.has(path) || this.#own.mayReplace(path, bytes)) return false;
    this.#foreign.add(path);
    return true;
  }

  /**
   * Moves what is staged and written so far into place, before the rest; nothing is removed yet.
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
      this.#recordStamp(path, file);
      this.#swapped.add(path);
      this.#staged.set(path, { file });
    }
  }

  /** What lies there later is compared with what was written, and not with what lay there when it was looked at next. */
  #recordStamp(path: string, file: FileFacts | undefined): void {
    const stamp = stampOf(join(this.#out, path), file?.size);
    if (stamp === undefined) this.#stamps.delete(path);
    else this.#stamps.set(path, stamp);
  }

  /** The stamps of all documents that were staged, by path. */
  get stamps(): ReadonlyMap<string, OutputStamp> {
    return this.#stamps;
  }

  /** Moves everything staged into place, and removes those of our files that are not in `keep`, the paths of the whole site. */
  commit(keep: ReadonlySet<string>): { result: WriteResult; files: Record<string, FileFacts> } {
    const written: string[] = [];
    const unchanged: string[] = [];
    const gone: string[] = [];
    const files: Record<string, FileFacts> = {};
    for (const [path, before] of Object.entries(this.#own.before)) {
      if (!keep.has(path)) gone.push(path);
      else if (!this.#staged.has(path) && !this.#foreign.has(path)) {
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

  /** Removes what is staged: the output folder stays as it was. */
  async abandon(): Promise<void> {
    if (this.#background.isBusy) await this.#background.settle();
    this.#removeOutdated();
    for (const { temporary } of this.#staged.values()) if (temporary !== undefined) removeIfThere(temporary);
    this.#staged.clear();
  }

  #removeOurs(path: string): boolean {
    if (this.#staged.has(path) || !this.#own.mayRemove(path)) return false;
    try {
      rmSync(join(this.#out, path));
    } catch {
      return false;
    }
    removeEmptyFolders(this.#out, dirname(path));
    return true;
  }
}

/** Where nothing can be written, nothing can be removed either: the reason was reported already. */
function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // A later build removes it.
  }
}

function sortKeys<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Makes the output folder, and removes temporary files of killed builds from it and from the folders of its documents.
 * @throws Failure `output-unwritable`, also where a link makes it the posts folder or a part of it
 */
export function prepareOutput(out: string, before: Manifest | undefined, posts?: string): void {
  try {
    mkdirSync(out, { recursive: true });
  } catch (error) {
    throw unwritable(out, error);
  }
  if (posts !== undefined) refusePosts(out, posts);
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

/** Removes a folder of the output and those above it, as far as they are empty. */
function removeEmptyFolders(out: string, folder: string): void {
  for (let at = folder; at !== "." && at !== ""; at = dirname(at)) {
    try {
      rmdirSync(join(out, at));
    } catch {
      return;
    }
  }
}
