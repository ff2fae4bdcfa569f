// In come posts' files as columns; out goes what is known of each, when asked for.

import type { Diagnostic } from "../model/diagnostic.ts";
import type { SourceFile } from "../posts/folder/discover.ts";
import type { FileColumns, FileState } from "./file-state.ts";

const nothing: readonly Diagnostic[] = [];

/** How a list of files stands to those that were kept. */
export interface Match {
  /** The number of the listed file; -1 for one that was not kept. */
  readonly numberOf: (at: number) => number;
  /** Kept files that are not in the list. */
  readonly missing: readonly string[];
}

/** What a posts' column says of its file, by number. */
export interface PostDigests {
  digest(number: number): string;
  end(number: number): number;
}

/** Files by number. */
export class CachedFiles {
  readonly #columns: FileColumns;
  readonly #posts: () => PostDigests | undefined;
  readonly #noted: ReadonlyMap<string, readonly Diagnostic[]>;
  #names: readonly string[] | undefined;

  /** @param names are those of `columns.files`, where they are at hand */
  constructor(columns: FileColumns, posts: () => PostDigests | undefined, names?: readonly string[]) {
    this.#columns = columns;
    this.#posts = posts;
    this.#names = names;
    this.#noted = new Map(columns.noted);
  }

  get count(): number {
    return this.#columns.size.length;
  }

  get names(): readonly string[] {
    if (this.#names === undefined) this.#names = this.count === 0 ? [] : this.#columns.files.split("\n");
    return this.#names;
  }

  get noted(): ReadonlyMap<string, readonly Diagnostic[]> {
    return this.#noted;
  }

  /** The number of a file; -1 when there is none. */
  find(file: string): number {
    const { names } = this;
    let low = 0;
    let high = names.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((names[middle] as string) < file) low = middle + 1;
      else high = middle;
    }
    return names[low] === file ? low : -1;
  }

  /** Finds many files at once; they are in order of their names. */
  match(files: readonly SourceFile[]): Match {
    const listed = files.map(({ file }) => file);
    if (
      this.#names === undefined &&
      listed.length === this.count &&
      listed.join("\n") === this.#columns.files
    ) {
      this.#names = listed;
      return { numberOf: (at) => at, missing: [] };
    }
    const { names } = this;
    const numbers = new Int32Array(files.length);
    const missing: string[] = [];
    let next = 0;
    for (const [at, file] of listed.entries()) {
      for (; next < names.length && (names[next] as string) < file; next += 1)
        missing.push(names[next] as string);
      numbers[at] = names[next] === file ? next : -1;
      if (names[next] === file) next += 1;
    }
    return { numberOf: (at) => numbers[at] as number, missing: missing.concat(names.slice(next)) };
  }

  /** Whether a file is certainly the one that was read. */
  isAsKept(number: number, file: SourceFile): boolean {
    const { size, mtimeMs, ctimeMs, ino } = this.#columns;
    return (
      size[number] === file.size &&
      mtimeMs[number] === file.mtimeMs &&
      ctimeMs[number] === file.ctimeMs &&
      ino[number] === file.ino
    );
  }

  source(number: number): FileState {
    const { size, mtimeMs, ctimeMs, ino } = this.#columns;
    const posts = this.#posts();
    const stamp = {
      size: size[number] as number,
      mtimeMs: mtimeMs[number] as number,
      ctimeMs: ctimeMs[number] as number,
      ino: ino[number] as number,
    };
    return {
      stamp,
      settled: !Number.isNaN(stamp.mtimeMs),
      // Of a damaged cache nothing is known: every file is another one than before.
      digest: posts?.digest(number) ?? "",
      end: posts?.end(number) ?? 0,
      failed: false,
      diagnostics: this.#noted.get(this.names[number] as string) ?? nothing,
    };
  }
}
