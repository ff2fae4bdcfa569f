import type { SourceTokens } from "./token-list.ts";
import type { WordCodes } from "./words.ts";

/** A stretch of the source and one of the page that lie between the same matches. */
interface Gap {
  readonly source: number;
  readonly sourceEnd: number;
  readonly page: number;
  readonly pageEnd: number;
}

/** Cells of tables for the longest common subsequence, all gaps together. */
const mostCells = 2_000_000;
/** Cells of one gap. */
const mostGapCells = 16_384;

/** Matches fewer than this in a row, away from others, are chance. */
const shortestRun = 3;

/**
 * Which word of the source each word of the page is, in the order of both; -1 where it is none.
 * Unique sequences of four words down to one anchor the rest (patience), so an excerpt elsewhere on the page loses
 * against the text itself.
 */
export function alignTokens(source: SourceTokens, page: Int32Array, vocabulary: WordCodes): Int32Array {
  const matches = new Int32Array(page.length).fill(-1);
  const alignment = new Alignment(source.words, page, matches, vocabulary);
  let gaps: Gap[] = [{ source: 0, sourceEnd: source.words.length, page: 0, pageEnd: page.length }];
  for (const length of [4, 3, 2, 1, 3, 1]) gaps = gaps.flatMap((gap) => alignment.anchor(gap, length));
  for (const gap of gaps) alignment.fill(gap);
  dropChance(matches, source);
  return matches;
}

class Alignment {
  readonly #source: Int32Array;
  readonly #page: Int32Array;
  readonly #matches: Int32Array;
  readonly #vocabulary: WordCodes;
  readonly #sequences = new Map<number, { source: Int32Array; page: Int32Array }>();
  #cells = mostCells;

  constructor(source: Int32Array, page: Int32Array, matches: Int32Array, vocabulary: WordCodes) {
    this.#source = source;
    this.#page = page;
    this.#matches = matches;
    this.#vocabulary = vocabulary;
  }

  /** Matches what is unique on both sides of a gap and in the same order, and gives the gaps that are left. */
  anchor(gap: Gap, length: number): Gap[] {
    const anchors = longestIncreasing(this.#uniquePairs(gap, length));
    if (anchors.length === 0) return [gap];
    const gaps: Gap[] = [];
    let { source, page } = gap;
    for (const [sourceAt, pageAt] of anchors) {
      // An anchor within what the one before it grew to.
      if (sourceAt < source || pageAt < page) continue;
      let s = sourceAt;
      let p = pageAt;
      while (s > source && p > page && this.#isSame(s - 1, p - 1)) {
        s -= 1;
        p -= 1;
      }
      if (s > source && p > page) gaps.push({ source, sourceEnd: s, page, pageEnd: p });
      while (s < gap.sourceEnd && p < gap.pageEnd && this.#isSame(s, p)) {
        this.#matches[p] = s;
        s += 1;
        p += 1;
      }
      source = s;
      page = p;
    }
    if (source < gap.sourceEnd && page < gap.pageEnd)
      gaps.push({ source, sourceEnd: gap.sourceEnd, page, pageEnd: gap.pageEnd });
    return gaps;
  }

  /** The longest common subsequence of a small gap. */
  fill({ source, sourceEnd, page, pageEnd }: Gap): void {
    const rows = sourceEnd - source;
    const columns = pageEnd - page;
    const cells = (rows + 1) * (columns + 1);
    if (cells > mostGapCells || cells > this.#cells) return;
    this.#cells -= cells;
    const width = columns + 1;
    const table = new Uint16Array(cells);
    for (let r = rows - 1; r >= 0; r -= 1)
      for (let c = columns - 1; c >= 0; c -= 1)
        table[r * width + c] = this.#isSame(source + r, page + c)
          ? (table[(r + 1) * width + c + 1] as number) + 1
          : Math.max(table[(r + 1) * width + c] as number, table[r * width + c + 1] as number);
    for (let r = 0, c = 0; r < rows && c < columns; )
      if (this.#isSame(source + r, page + c)) {
        this.#matches[page + c] = source + r;
        r += 1;
        c += 1;
      } else if ((table[(r + 1) * width + c] as number) >= (table[r * width + c + 1] as number)) r += 1;
      else c += 1;
  }

  #isSame(source: number, page: number): boolean {
    const word = this.#source[source];
    return word === this.#page[page] && word !== 0;
  }

  #uniquePairs(gap: Gap, length: number): [source: number, page: number][] {
    const sequences = this.#sequencesOf(length);
    const places = new Map<number, number>();
    for (let at = gap.source; at + length <= gap.sourceEnd; at += 1) {
      const sequence = sequences.source[at] as number;
      if (sequence !== 0) places.set(sequence, places.has(sequence) ? -1 : at);
    }
    const found = new Map<number, number>();
    for (let at = gap.page; at + length <= gap.pageEnd; at += 1) {
      const sequence = sequences.page[at] as number;
      if (sequence !== 0 && (places.get(sequence) ?? -1) >= 0)
        found.set(sequence, found.has(sequence) ? -1 : at);
    }
    const pairs: [number, number][] = [];
    for (const [sequence, at] of found) if (at >= 0) pairs.push([places.get(sequence) as number, at]);
    return pairs.sort((a, b) => a[1] - b[1]);
  }

  #sequencesOf(length: number): { source: Int32Array; page: Int32Array } {
    let sequences = this.#sequences.get(length);
    if (sequences === undefined) {
      const vocabulary = this.#vocabulary;
      sequences = {
        source: vocabulary.sequences(this.#source, length),
        page: vocabulary.sequences(this.#page, length),
      };
      this.#sequences.set(length, sequences);
    }
    return sequences;
  }
}

/** The longest part of pairs, ordered by page, whose places in the source increase. */
function longestIncreasing(pairs: readonly [source: number, page: number][]): [number, number][] {
  const tails: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  pairs.forEach(([source], index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] as number] as [number, number])[0] < source) low = middle + 1;
      else high = middle;
    }
    if (low > 0) before[index] = tails[low - 1] as number;
    tails[low] = index;
  });
  const chain: [number, number][] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] as number)
    chain.push(pairs[index] as [number, number]);
  return chain.reverse();
}

/** Takes back short runs of matches, unless they are images or go on with what a longer run matched in the source. */
function dropChance(matches: Int32Array, source: SourceTokens): void {
  const runs: { at: number; end: number; first: number; last: number; count: number }[] = [];
  for (let at = 0; at < matches.length; at += 1) {
    const place = matches[at] as number;
    if (place < 0) continue;
    const run = runs.at(-1);
    if (run !== undefined && at - run.end <= 2 && place - run.last <= 3) {
      run.end = at + 1;
      run.last = place;
      run.count += 1;
    } else runs.push({ at, end: at + 1, first: place, last: place, count: 1 });
  }
  const least = Math.min(shortestRun, source.words.length);
  runs.forEach((run, index) => {
    if (run.count >= least || source.images[run.first] === 1) return;
    const left = runs[index - 1];
    const right = runs[index + 1];
    const isNext =
      (left !== undefined && left.count >= least && run.first - left.last <= 2) ||
      (right !== undefined && right.count >= least && right.first - run.last <= 2) ||
      (run.first === 0 && run.last + 1 < least);
    if (!isNext) for (let at = run.at; at < run.end; at += 1) matches[at] = -1;
  });
}
