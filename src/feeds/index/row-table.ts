// In come rows, and those that an earlier process left; out comes the row of each file, and which are others than were kept.

import type { PostRow } from "../post-row.ts";
import type { CachedRows } from "./cached-rows.ts";
import type { RowTimes } from "./row-times.ts";

/** One row a file. */
export class RowTable {
  readonly #rows = new Map<string, PostRow>();
  /** Rows of files that are not in `#rows`, except those whose numbers are in `#superseded`. */
  #kept: CachedRows | undefined;
  readonly #superseded = new Set<number>();
  readonly #changed = new Set<string>();

  /** Takes over what an earlier process left; for a store without rows. */
  restore(kept: CachedRows): void {
    this.#kept = kept;
  }

  get size(): number {
    return this.#rows.size + (this.#kept === undefined ? 0 : this.#kept.count - this.#superseded.size);
  }

  get(file: string): PostRow | undefined {
    return this.#rows.get(file) ?? this.#keptAt(this.#kept?.find(file));
  }

  set(row: PostRow): void {
    this.#rows.set(row.file, row);
    this.#changed.add(row.file);
  }

  delete({ file }: PostRow): void {
    const number = this.#rows.delete(file) ? -1 : (this.#kept?.find(file) ?? -1);
    if (number >= 0) this.#superseded.add(number);
    this.#changed.add(file);
  }

  /** The kept row with the same id or permalink, if it is the present one of its file. */
  findKept(kind: "id" | "url", row: PostRow): PostRow | undefined {
    return this.#keptAt(this.#kept?.findClaim(kind, row));
  }

  /** Every row, in no order. */
  *all(): IterableIterator<PostRow> {
    for (let number = 0; number < (this.#kept?.count ?? 0); number += 1) {
      const row = this.#keptAt(number);
      if (row !== undefined) yield row;
    }
    yield* this.#rows.values();
  }

  /** Where every row stands, in no order, without making rows. */
  *standings(): IterableIterator<RowTimes> {
    const kept = this.#kept;
    for (let number = 0; number < (kept?.count ?? 0); number += 1)
      if (!this.#superseded.has(number)) yield kept?.standing(number) as RowTimes;
    yield* this.#rows.values();
  }

  /** Files whose row is another than at the last call of {@link RowTable.markSaved}. */
  get changed(): ReadonlySet<string> {
    return this.#changed;
  }

  markSaved(): void {
    this.#changed.clear();
  }

  #keptAt(number = -1): PostRow | undefined {
    return number < 0 || this.#superseded.has(number) ? undefined : this.#kept?.row(number);
  }
}
