// In come values of rows, one by one; out go the rows whose value another row may have as well.

/** Looks for values that come twice. It keeps a number of each, not the value, so few of the rows it names may be innocent. */
export class RepeatFinder {
  /** Rows that may share their value with another one. */
  readonly suspects = new Set<number>();
  /** By place in the table: a row's number plus one, and what its value came to. */
  readonly #rows: Int32Array;
  readonly #sums: Int32Array;

  /** @param most is how many values may come */
  constructor(most: number) {
    const places = 2 ** Math.ceil(Math.log2(2 * most + 2));
    this.#rows = new Int32Array(places);
    this.#sums = new Int32Array(places);
  }

  add(value: string, row: number): void {
    const sum = sumUp(value);
    const last = this.#rows.length - 1;
    for (let at = sum & last; ; at = (at + 1) & last) {
      const other = this.#rows[at] as number;
      if (other === 0) {
        this.#rows[at] = row + 1;
        this.#sums[at] = sum;
        return;
      }
      if (this.#sums[at] !== sum) continue;
      this.suspects.add(other - 1).add(row);
      return;
    }
  }
}

/** Ids and addresses of one site begin alike: what tells them apart stands at their end. */
const telling = 48;

/** FNV-1a of the last characters, mixed once more so that the low bits are as good as the high ones. */
function sumUp(value: string): number {
  let sum = 0x811c9dc5 ^ value.length;
  for (let i = Math.max(0, value.length - telling); i < value.length; i += 1)
    sum = Math.imul(sum ^ value.charCodeAt(i), 0x01000193);
  return Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d);
}
