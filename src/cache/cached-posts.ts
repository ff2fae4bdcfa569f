// In come posts as columns; out come their rows, each made when somebody asks for it.

import type { CachedRows } from "../feeds/index/cached-rows.ts";
import { feedsOfRow, type Placement, timesOf } from "../feeds/index/placement.ts";
import type { RowTimes } from "../feeds/index/row-times.ts";
import type { FeedName, PostRow } from "../feeds/post-row.ts";
import { type PostColumns, type RowTexts, rowMark } from "./columns.ts";
import type { LogPosition } from "./entry-log.ts";

/** With more questions than this, every claim is entered in a book; below it the text is searched. */
const fewQuestions = 32;

export class CachedPosts implements CachedRows {
  readonly #columns: PostColumns;
  readonly #text: Buffer;
  readonly #names: () => readonly string[];
  readonly #find: (file: string) => number;
  readonly #rows: (PostRow | undefined)[];
  readonly #feedLists = new Map<string, readonly FeedName[]>();
  readonly #books = new Map<"id" | "url", Map<string, number>>();
  #questions = 0;

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

  standing(number: number): RowTimes {
    return timesOf(this.#columns, number);
  }

  digest(number: number): string {
    return this.#textOf(number)[2];
  }

  end(number: number): number {
    return this.#columns.end[number] as number;
  }

  /** Where the log has rendered entries, by file. */
  *entries(): IterableIterator<readonly [string, { readonly version: string; readonly place: LogPosition }]> {
    const { rows, offset, length } = this.#columns.entries;
    for (const [i, number] of rows.entries()) {
      const place = { offset: offset[i] as number, length: length[i] as number };
      yield [this.#names()[number] as string, { version: this.digest(number), place }];
    }
  }

  /** Hidden posts claim nothing. */
  findClaim(kind: "id" | "url", { file, [kind]: value }: PostRow): number {
    // Nearly always a post is what it was before, and then nobody else is.
    const own = this.find(file);
    if (own >= 0 && this.#claimOf(kind, own) === value) return own;
    this.#questions += 1;
    if (this.#questions > fewQuestions) return this.#bookOf(kind).get(value) ?? -1;
    const { textEnds } = this.#columns;
    const text = this.#text;
    const words = kind === "id" ? `${rowMark}${value}\n` : `\n${value}\n`;
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
      const number = countBelow(textEnds, at);
      if (this.#claimOf(kind, number) === value) return number;
    }
    return -1;
  }

  #bookOf(kind: "id" | "url"): Map<string, number> {
    let book = this.#books.get(kind);
    if (book === undefined) {
      book = new Map();
      this.#books.set(kind, book);
      for (let number = 0; number < this.count; number += 1) {
        const value = this.#claimOf(kind, number);
        if (value !== undefined) book.set(value, number);
      }
    }
    return book;
  }

  #claimOf(kind: "id" | "url", number: number): string | undefined {
    if (this.standing(number).hidden !== undefined) return undefined;
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
      ...this.standing(number),
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

  /** Many posts are in the same feeds: one list serves them. */
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

/** How many of the ascending numbers are not above this one. */
function countBelow(ends: Uint32Array, at: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
