import type { CachedRows } from "../feeds/index/placement.ts";
import { feedsOfRow, type Placement, timesOf } from "../feeds/index/placement.ts";
import type { RowTimes } from "../feeds/index/row-times.ts";
import type { FeedName, PostRow } from "../feeds/post-row.ts";
import { type PostColumns, type RowTexts, rowMark } from "./columns.ts";
import type { LoggedEntry } from "./entry-log.ts";

/** Ids and permalinks are searched in the text for so many rows; for more, an index of them is made. */
const mostSearches = 32;

/** Posts as columns. */

export class CachedPosts implements CachedRows {
  readonly #columns: PostColumns;
  readonly #text: Buffer;
  readonly #names: () => readonly string[];
  readonly #find: (file: string) => number;
  readonly #rows: (PostRow | undefined)[];
  readonly #feedLists = new Map<string, readonly FeedName[]>();
  readonly #indexes = new Map<"id" | "url", Map<string, number>>();
  #searches = 0;

  constructor(
    columns: PostColumns,
    files: { readonly names: readonly string[]; find(file: string): number },
  ) {
    const { buffer, byteOffset, length } = columns.text;
    this.#columns = columns;
    this.#text = Buffer.from(buffer, byteOffset, length);
    this.#names = () => files.names;
    this.#find = (file) => files.find(file);
    this.#rows = new Array(columns.date.length);
  }

  get count(): number {
    return this.#columns.date.length;
  }

  get now(): number {
    return this.#columns.now;
  }

  get feeds(): Placement["orders"] {
    return this.#columns.orders;
  }

  get special(): Uint32Array {
    return this.#columns.special;
  }

  find(file: string): number {
    return this.#find(file);
  }

  row(number: number): PostRow {
    const made = this.#rows[number] ?? this.#make(number);
    this.#rows[number] = made;
    return made;
  }

  times(number: number): RowTimes {
    return timesOf(this.#columns, number);
  }

  digest(number: number): string {
    return this.#textOf(number)[2];
  }

  endDigest(number: number): number {
    return this.#columns.endDigest[number] as number;
  }

  /** Rendered entries in the log, by file. */
  *entries(): IterableIterator<readonly [string, LoggedEntry]> {
    const { rows, offset, length } = this.#columns.entries;
    for (const [i, number] of rows.entries()) {
      const position = { offset: offset[i] as number, length: length[i] as number };
      yield [this.#names()[number] as string, { version: this.digest(number), position }];
    }
  }

  findSame(kind: "id" | "url", { file, [kind]: value }: PostRow): number {
    // Most posts keep their id and permalink, and then no other post has them.
    const own = this.find(file);
    if (own >= 0 && this.#valueOf(kind, own) === value) return own;
    this.#searches += 1;
    if (this.#searches > mostSearches) return this.#indexOf(kind).get(value) ?? -1;
    const { textEnds } = this.#columns;
    const text = kind === "id" ? `${rowMark}${value}\n` : `\n${value}\n`;
    for (let at = this.#text.indexOf(text); at >= 0; at = this.#text.indexOf(text, at + 1)) {
      const number = countUpTo(textEnds, at);
      if (this.#valueOf(kind, number) === value) return number;
    }
    return -1;
  }

  #indexOf(kind: "id" | "url"): Map<string, number> {
    let index = this.#indexes.get(kind);
    if (index === undefined) {
      index = new Map();
      this.#indexes.set(kind, index);
      for (let number = 0; number < this.count; number += 1) {
        const value = this.#valueOf(kind, number);
        if (value !== undefined) index.set(value, number);
      }
    }
    return index;
  }

  /** Hidden posts may share ids and permalinks. */
  #valueOf(kind: "id" | "url", number: number): string | undefined {
    if (this.times(number).hidden !== undefined) return undefined;
    const [id, url] = this.#textOf(number);
    return kind === "id" ? id : url;
  }

  #make(number: number): PostRow {
    const [id, url, version, language, extra] = this.#textOf(number);
    return {
      file: this.#names()[number] as string,
      version,
      id,
      url,
      ...this.times(number),
      feeds: this.#feedsOf(number),
      ...(language !== "" && { language }),
      ...(extra !== "" && (JSON.parse(extra) as object)),
    };
  }

  #textOf(number: number): RowTexts {
    const { textEnds } = this.#columns;
    const start = number === 0 ? 0 : (textEnds[number - 1] as number);
    const text = this.#text.toString("utf8", start + rowMark.length, textEnds[number]);
    return text.split("\n") as unknown as RowTexts;
  }

  /** Posts in the same feeds share one list. */
  #feedsOf(number: number): readonly FeedName[] {
    const { feedEnds, feedRefs } = this.#columns;
    const key = feedRefs.subarray(number === 0 ? 0 : feedEnds[number - 1], feedEnds[number]).join();
    let list = this.#feedLists.get(key);
    if (list === undefined) {
      list = feedsOfRow(this.#columns, number);
      this.#feedLists.set(key, list);
    }
    return list;
  }
}

/** How many of the ascending numbers are at most this one. */
function countUpTo(ends: Uint32Array, at: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
