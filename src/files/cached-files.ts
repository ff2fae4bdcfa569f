import type { Diagnostic } from "../model/diagnostic.ts";
import type { SourceFile } from "../posts/folder/discover.ts";
import type { FileColumns, FileState } from "./file-state.ts";

const noDiagnostics: readonly Diagnostic[] = [];

/** Which of the cached files are in a list. */
interface FileMatch {
  /** The number of the file at a place of the list; -1 for one that is not cached. */
  readonly numberOf: (at: number) => number;
  /** Cached files that are not in the list. */
  readonly missing: readonly string[];
}

/** What the columns of posts know about their files, by number. */
interface PostDigests {
  digest(number: number): string;
  endDigest(number: number): number;
}

/** Files in columns; the state of each is made when it is asked for. */
export class CachedFiles {
  readonly #columns: FileColumns;
  readonly #posts: () => PostDigests | undefined;
  readonly #diagnostics: ReadonlyMap<string, readonly Diagnostic[]>;
  #names: readonly string[] | undefined;

  /** @param names are those of the columns, where they are split already */
  constructor(columns: FileColumns, posts: () => PostDigests | undefined, names?: readonly string[]) {
    this.#columns = columns;
    this.#posts = posts;
    this.#names = names;
    this.#diagnostics = new Map(columns.diagnostics);
  }

  get count(): number {
    return this.#columns.size.length;
  }

  get names(): readonly string[] {
    if (this.#names === undefined) this.#names = this.count === 0 ? [] : this.#columns.names.split("\n");
    return this.#names;
  }

  get diagnostics(): ReadonlyMap<string, readonly Diagnostic[]> {
    return this.#diagnostics;
  }

  /** The number of a file; -1 when it is not cached. */
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
  match(files: readonly SourceFile[]): FileMatch {
    const listed = files.map(({ file }) => file);
    if (
      this.#names === undefined &&
      listed.length === this.count &&
      listed.join("\n") === this.#columns.names
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

  /** Whether the stamp proves that a file is unchanged. */
  isUnchanged(number: number, file: SourceFile): boolean {
    const { size, mtimeMs, ctimeMs, ino } = this.#columns;
    return (
      size[number] === file.size &&
      mtimeMs[number] === file.mtimeMs &&
      ctimeMs[number] === file.ctimeMs &&
      ino[number] === file.ino
    );
  }

  state(number: number): FileState {
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
      // Without its column, because the cache is damaged, every file counts as changed.
      digest: posts?.digest(number) ?? "",
      endDigest: posts?.endDigest(number) ?? 0,
      failed: false,
      diagnostics: this.#diagnostics.get(this.names[number] as string) ?? noDiagnostics,
    };
  }
}
