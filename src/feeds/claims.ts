// In come rows as they come and go; out go the ids and permalinks that more than one of them claims.
import type { PostRow } from "./post-row.ts";

/** Posts that claim the same id or permalink; the first by path keeps it. */
export interface Conflict {
  readonly kind: "id" | "permalink";
  readonly value: string;
  readonly files: readonly string[];
}

export function makeConflict(kind: Conflict["kind"], value: string, rows: readonly PostRow[]): Conflict {
  return { kind, value, files: rows.map((row) => row.file).sort() };
}

/** Who claims which value; nearly always one row a value, so only disputes cost an array. */
export class Claims {
  readonly #owners = new Map<string, PostRow>();
  readonly #disputes = new Map<string, PostRow[]>();

  add(value: string, row: PostRow): void {
    const owner = this.#owners.get(value);
    if (owner === undefined) this.#owners.set(value, row);
    else this.#disputes.set(value, [...(this.#disputes.get(value) ?? [owner]), row]);
  }

  remove(value: string, row: PostRow): void {
    const rest = (this.#disputes.get(value) ?? []).filter((other) => other !== row);
    if (rest.length > 1) this.#disputes.set(value, rest);
    else this.#disputes.delete(value);
    if (rest[0] !== undefined) this.#owners.set(value, rest[0]);
    else if (this.#owners.get(value) === row) this.#owners.delete(value);
  }

  disputed(): [string, PostRow[]][] {
    return [...this.#disputes];
  }
}
