// In come rows as they come and go; out go the ids and permalinks that more than one of them claims.
import type { PostRow } from "./post-row.ts";

/** Posts that claim the same id or permalink; the first by path keeps it. */
export interface Conflict {
  readonly kind: "id" | "permalink";
  readonly value: string;
  readonly files: readonly string[];
}

function makeConflict(kind: Conflict["kind"], value: string, rows: readonly PostRow[]): Conflict {
  return { kind, value, files: rows.map((row) => row.file).sort() };
}

/** With more new claims than this, the rows that were taken on trust are entered in the books; below it they are looked through. */
const fewClaims = 32;

/** Who claims which value; nearly always one row a value, so only disputes cost an array. */
class Claims {
  readonly #claimOf: (row: PostRow) => string;
  readonly #owners = new Map<string, PostRow>();
  readonly #disputes = new Map<string, PostRow[]>();
  /** Rows that dispute nothing among themselves, in no book yet: an edit of one post need not enter a hundred thousand. */
  #trusted = new Set<PostRow>();
  #added = 0;

  constructor(claimOf: (row: PostRow) => string) {
    this.#claimOf = claimOf;
  }

  /** Takes a row that is known to share its value with no other trusted one. */
  trust(row: PostRow): void {
    this.#trusted.add(row);
  }

  add(row: PostRow): void {
    const value = this.#claimOf(row);
    const owner = this.#ownerOf(value);
    if (owner === undefined) this.#owners.set(value, row);
    else this.#disputes.set(value, [...(this.#disputes.get(value) ?? [owner]), row]);
  }

  remove(row: PostRow): void {
    if (this.#trusted.delete(row)) return;
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

  /** The row that has a value; a trusted one is entered in the books when somebody asks for what it has. */
  #ownerOf(value: string): PostRow | undefined {
    const owner = this.#owners.get(value);
    if (owner !== undefined || this.#trusted.size === 0) return owner;
    this.#added += 1;
    if (this.#added > fewClaims) {
      for (const row of this.#trusted) this.#owners.set(this.#claimOf(row), row);
      this.#trusted = new Set();
      return this.#owners.get(value);
    }
    for (const row of this.#trusted) {
      if (this.#claimOf(row) !== value) continue;
      this.#trusted.delete(row);
      this.#owners.set(value, row);
      return row;
    }
    return undefined;
  }
}

/** Who has which id and which permalink. */
export class Identities {
  readonly #ids = new Claims((row) => row.id);
  readonly #permalinks = new Claims((row) => row.url);

  /** Takes a row that is known to share neither with another trusted one. */
  trust(row: PostRow): void {
    this.#ids.trust(row);
    this.#permalinks.trust(row);
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
  conflicts(): Conflict[] {
    const found = [
      ...this.#ids.disputed().map(([value, rows]) => makeConflict("id", value, rows)),
      ...this.#permalinks.disputed().map(([value, rows]) => makeConflict("permalink", value, rows)),
    ];
    return found.sort((a, b) => ((a.files[0] ?? "") < (b.files[0] ?? "") ? -1 : 1));
  }
}
