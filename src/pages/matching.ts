import type { PageBlock } from "./blocks.ts";
import type { SourceTokens } from "./token-list.ts";

/** Where a block is: before the first word of the source, after the last, or between. */
export type PagePlace = "lead" | "middle" | "tail";

/** A stretch of the source between two matches. */
export interface SourceGap {
  readonly from: number;
  readonly to: number;
}

/** Answers about which words of a page are which of the source. */
export class Matching {
  readonly #source: SourceTokens;
  readonly #matchedBefore: Int32Array;
  readonly #marksBefore: Int32Array;
  readonly #first: number;
  readonly #last: number;
  /** For each place of the page, the place in the source after the match before it, and of the match after it. */
  readonly #matchBefore: Int32Array;
  readonly #matchAfter: Int32Array;
  readonly #used: Uint8Array;

  /** @param matches for each word of the page its place in the source, or -1 */
  constructor(matches: Int32Array, source: SourceTokens) {
    const { length } = matches;
    this.#source = source;
    this.#matchedBefore = prefixSums(matches.map((match) => (match >= 0 ? 1 : 0)));
    this.#marksBefore = prefixSums(source.marks);
    this.#first = matches.findIndex((match) => match >= 0);
    this.#last = matches.findLastIndex((match) => match >= 0);
    this.#used = new Uint8Array(source.words.length);
    this.#matchBefore = new Int32Array(length + 1);
    this.#matchAfter = new Int32Array(length + 1).fill(source.words.length);
    for (let at = 0; at < length; at += 1) {
      const match = matches[at] as number;
      this.#matchBefore[at + 1] = match >= 0 ? match + 1 : (this.#matchBefore[at] as number);
      if (match >= 0) this.#used[match] = 1;
    }
    for (let at = length - 1; at >= 0; at -= 1) {
      const match = matches[at] as number;
      this.#matchAfter[at] = match >= 0 ? match : (this.#matchAfter[at + 1] as number);
    }
  }

  countMatched({ start, end }: PageBlock): number {
    return (this.#matchedBefore[end] as number) - (this.#matchedBefore[start] as number);
  }

  isUsed(place: number): boolean {
    return this.#used[place] === 1;
  }

  placeOf({ start, end }: PageBlock): PagePlace {
    if (this.#first < 0 || end <= this.#first) return "lead";
    return start > this.#last ? "tail" : "middle";
  }

  /** The stretch of the source between the matches around a block. */
  gapOf({ start, end }: PageBlock): SourceGap {
    return { from: this.#matchBefore[start] as number, to: this.#matchAfter[end] as number };
  }

  /** Whether a component begins or ends in a gap, so that the page may have anything there. */
  hasMark({ from, to }: SourceGap): boolean {
    return to >= from && (this.#marksBefore[to + 1] as number) > (this.#marksBefore[from] as number);
  }

  /** How many components begin before the first match, or after the last. */
  countComponents(place: PagePlace): number {
    const { components, words } = this.#source;
    const from = place === "lead" ? 0 : (this.#matchBefore.at(-1) ?? 0);
    const to = place === "lead" ? (this.#matchAfter[0] ?? 0) : words.length;
    let count = 0;
    for (let at = from; at <= to; at += 1) count += components[at] as number;
    return count;
  }
}

function prefixSums(values: Int32Array): Int32Array {
  const sums = new Int32Array(values.length + 1);
  values.forEach((value, at) => {
    sums[at + 1] = (sums[at] as number) + value;
  });
  return sums;
}
