import type { PostRow } from "../post-row.ts";
import type { CachedRows } from "./placement.ts";
import type { RowTimes } from "./row-times.ts";

/** The row of every file. */
export class RowTable {
  readonly #rows = new Map<string, PostRow>();
  /** Rows of files that are not in `#rows`, except for those in `#outdated`. */
  #cached: CachedRows | undefined;
  /** Numbers of cached rows that were replaced or deleted. */
  readonly #outdated = new Set<number>();
  readonly #unsaved = new Set<string>();

  /** Takes over cached rows; for an empty table. */
  restore(cached: CachedRows): void {
    this.#cached = cached;
  }

  get size(): number {
    return this.#rows.size + (this.#cached === undefined ? 0 : this.#cached.count - this.#outdated.size);
  }

  get(file: string): PostRow | undefined {
    return this.#rows.get(file) ?? this.#cachedRow(this.#cached?.find(file));
  }

  set(row: PostRow): void {
    this.#rows.set(row.file, row);
    this.#unsaved.add(row.file);
  }

  delete({ file }: PostRow): void {
    const number = this.#rows.delete(file) ? -1 : (this.#cached?.find(file) ?? -1);
    if (number >= 0) this.#outdated.add(number);
    this.#unsaved.add(file);
  }

  /** The cached row with the same id or permalink, if it is still its file's row. */
  findSame(kind: "id" | "url", row: PostRow): PostRow | undefined {
    return this.#cachedRow(this.#cached?.findSame(kind, row));
  }

  /** Every row, in no order. */
  *all(): IterableIterator<PostRow> {
    for (let number = 0; number < (this.#cached?.count ?? 0); number += 1) {
      const row = this.#cachedRow(number);
      if (row !== undefined) yield row;
    }
    yield* this.#rows.values();
  }

  /** When each row is visible, in no order, without making rows. */
  *times(): IterableIterator<RowTimes> {
    const cached = this.#cached;
    for (let number = 0; number < (cached?.count ?? 0); number += 1)
      if (!this.#outdated.has(number)) yield cached?.times(number) as RowTimes;
    yield* this.#rows.values();
  }

  /** Files whose row changed since the last call of {@link RowTable.markSaved}. */
  get unsaved(): ReadonlySet<string> {
    return this.#unsaved;
  }

  markSaved(): void {
    this.#unsaved.clear();
  }

  #cachedRow(number = -1): PostRow | undefined {
    return number < 0 || this.#outdated.has(number) ? undefined : this.#cached?.row(number);
  }
}
