import type { PostRow } from "../post-row.ts";

/** Posts with the same id or permalink. */
export interface Duplicate {
  readonly kind: "id" | "permalink";
  readonly value: string;
  /** Sorted. */
  readonly files: readonly string[];
}

/** Finds the row that has the id or permalink of this one, among rows that were never added. No two of them share one. */
export type FindSame = (kind: "id" | "url", row: PostRow) => PostRow | undefined;

/** Which rows have which id, or which permalink. Nearly always one row has a value, so only duplicates have arrays. */
class ValueIndex {
  readonly #field: "id" | "url";
  readonly #findSame: FindSame;
  readonly #owners = new Map<string, PostRow>();
  readonly #duplicates = new Map<string, PostRow[]>();

  constructor(field: "id" | "url", findSame: FindSame) {
    this.#field = field;
    this.#findSame = findSame;
  }

  add(row: PostRow): void {
    const value = row[this.#field];
    const owner = this.#owners.get(value) ?? this.#findSame(this.#field, row);
    this.#owners.set(value, owner ?? row);
    if (owner !== undefined) this.#duplicates.set(value, [...(this.#duplicates.get(value) ?? [owner]), row]);
  }

  remove(row: PostRow): void {
    const value = row[this.#field];
    const rest = (this.#duplicates.get(value) ?? []).filter((other) => other !== row);
    if (rest.length > 1) this.#duplicates.set(value, rest);
    else this.#duplicates.delete(value);
    if (rest[0] !== undefined) this.#owners.set(value, rest[0]);
    else if (this.#owners.get(value) === row) this.#owners.delete(value);
  }

  duplicates(kind: Duplicate["kind"]): Duplicate[] {
    return Array.from(this.#duplicates, ([value, rows]) => ({
      kind,
      value,
      files: rows.map(({ file }) => file).sort(),
    }));
  }
}

/** Which row has which id and which permalink. */
export class IdentityIndex {
  readonly #ids: ValueIndex;
  readonly #permalinks: ValueIndex;

  constructor(findSame: FindSame) {
    this.#ids = new ValueIndex("id", findSame);
    this.#permalinks = new ValueIndex("url", findSame);
  }

  add(row: PostRow): void {
    this.#ids.add(row);
    this.#permalinks.add(row);
  }

  remove(row: PostRow): void {
    this.#ids.remove(row);
    this.#permalinks.remove(row);
  }

  /** Ids and permalinks that several rows have, in order of the first file. */
  duplicates(): Duplicate[] {
    const found = [...this.#ids.duplicates("id"), ...this.#permalinks.duplicates("permalink")];
    return found.sort((a, b) => ((a.files[0] ?? "") < (b.files[0] ?? "") ? -1 : 1));
  }
}
