// In come rows as they come and go; out go the ids and permalinks that more than one of them claims.
import type { PostRow } from "../post-row.ts";

/** Posts that claim the same id or permalink; the first by path keeps it. */
export interface Duplicate {
  readonly kind: "id" | "permalink";
  readonly value: string;
  readonly files: readonly string[];
}

function makeConflict(kind: Duplicate["kind"], value: string, rows: readonly PostRow[]): Duplicate {
  return { kind, value, files: rows.map((row) => row.file).sort() };
}

/** Who claims which value; nearly always one row a value, so only disputes cost an array. */
class Claims {
  readonly #claimOf: (row: PostRow) => string;
  readonly #owners = new Map<string, PostRow>();
  readonly #disputes = new Map<string, PostRow[]>();
  /** The row that is known to have the same value as this one though it was never added, if there is one. */
  readonly #findKept: (row: PostRow) => PostRow | undefined;

  constructor(claimOf: (row: PostRow) => string, findKept: (row: PostRow) => PostRow | undefined) {
    this.#claimOf = claimOf;
    this.#findKept = findKept;
  }

  add(row: PostRow): void {
    const value = this.#claimOf(row);
    const owner = this.#ownerOf(value, row);
    if (owner === undefined) this.#owners.set(value, row);
    else this.#disputes.set(value, [...(this.#disputes.get(value) ?? [owner]), row]);
  }

  remove(row: PostRow): void {
    const value = this.#claimOf(row);
    const rest = (this.#disputes.get(value) ?? []).filter((other) => other !== row);
    if (rest.length > 1) this.#disputes.set(value, rest);
    else this.#disputes.delete(value);
    if (rest[0] !== undefined) this.#owners.set(value, rest[0]);
    else if (this.#owners.get(value) === row) this.#owners.delete(value);
  }

  disputed(): [string, PostRow[]][] {
    return [...this.#disputes];
  }

  /** The row that has a value; one that was never added is entered in the books when somebody asks for what it has. */
  #ownerOf(value: string, row: PostRow): PostRow | undefined {
    const owner = this.#owners.get(value);
    if (owner !== undefined) return owner;
    const kept = this.#findKept(row);
    if (kept !== undefined) this.#owners.set(value, kept);
    return kept;
  }
}

/** Who has which id and which permalink. */
export class IdentityIndex {
  readonly #ids: Claims;
  readonly #permalinks: Claims;

  /** `findKept` finds the row that shares a value though it was never added; no two such rows share one. */
  constructor(findKept: (kind: "id" | "url", row: PostRow) => PostRow | undefined) {
    this.#ids = new Claims(
      (row) => row.id,
      (row) => findKept("id", row),
    );
    this.#permalinks = new Claims(
      (row) => row.url,
      (row) => findKept("url", row),
    );
  }

  add(row: PostRow): void {
    this.#ids.add(row);
    this.#permalinks.add(row);
  }

  remove(row: PostRow): void {
    this.#ids.remove(row);
    this.#permalinks.remove(row);
  }

  /** What more than one row claims, in order of the first one's path. */
  conflicts(): Duplicate[] {
    const found = [
      ...this.#ids.disputed().map(([value, rows]) => makeConflict("id", value, rows)),
      ...this.#permalinks.disputed().map(([value, rows]) => makeConflict("permalink", value, rows)),
    ];
    return found.sort((a, b) => ((a.files[0] ?? "") < (b.files[0] ?? "") ? -1 : 1));
  }
}
