// In come the numbers of a feed's rows; out come the rows, newest first, made only as far down as somebody looks.
import type { KeptRows } from "./kept-rows.ts";
import type { PostRow } from "./post-row.ts";

/** Rows are made in steps of this many at least. */
const step = 64;

/** The older part of a feed that no process has looked at since it was kept. */
export class KeptOrder {
  readonly #kept: KeptRows;
  readonly #numbers: Uint32Array;
  #next = 0;

  constructor(kept: KeptRows, numbers: Uint32Array) {
    this.#kept = kept;
    this.#numbers = numbers;
  }

  get size(): number {
    return this.#numbers.length - this.#next;
  }

  /** Moves rows, the newest first, to the end of `rows` until it has `count` of them, or none are left. */
  fill(rows: PostRow[], count: number): void {
    if (rows.length >= count) return;
    const end = Math.min(this.#numbers.length, this.#next + Math.max(step, count - rows.length));
    for (; this.#next < end; this.#next += 1) rows.push(this.#kept.row(this.#numbers[this.#next] as number));
  }
}
