import { hiddenReasons, type RowColumns } from "../feeds/index/placement.ts";
import type { FeedName, PostRow } from "../feeds/post-row.ts";
import type { FileColumns, FileState } from "../files/file-state.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { PostColumns } from "./columns.ts";
import { rowMark } from "./columns.ts";

/** The columns of posts that depend neither on the time nor on rendering. */
interface WrittenColumns {
  readonly names: readonly string[];
  readonly files: FileColumns;
  readonly rows: RowColumns & Pick<PostColumns, "text" | "textEnds" | "endDigest">;
}

/** Writes posts into columns, one by one, in order of the files' names. It keeps no row: a million of them as objects take two gigabytes. */
export class ColumnWriter {
  readonly #names: string[] = [];
  readonly #diagnostics: [string, readonly Diagnostic[]][] = [];
  #text = Buffer.allocUnsafeSlow(1 << 16);
  #textEnd = 0;
  readonly #feedNumbers = new Map<FeedName, number>();
  #feedRefs = new Uint32Array(1024);
  #feedEnd = 0;
  readonly #columns: ReturnType<typeof makeColumns>;

  /** @param most is how many posts may be added */
  constructor(most: number) {
    this.#columns = makeColumns(most);
  }

  /** How many posts were added. */
  get count(): number {
    return this.#names.length;
  }

  /** Adds a post. False when some of its texts do not fit into columns: nothing was added. */
  add(row: PostRow, state: FileState): boolean {
    const text = joinTexts(row, state.digest);
    if (text === undefined || row.file.includes("\n")) return false;
    const number = this.#names.length;
    this.#names.push(row.file);
    this.#addText(text, number);
    this.#addFile(row.file, state, number);
    this.#addFeeds(row.feeds, number);
    const { date, expires, hidden, linked } = this.#columns;
    date[number] = row.date;
    expires[number] = row.expires;
    if (row.hidden !== undefined) hidden[number] = hiddenReasons.indexOf(row.hidden);
    if (row.group !== undefined || row.retracted !== undefined) linked[number] = 1;
    return true;
  }

  finish(): WrittenColumns {
    const count = this.#names.length;
    const { size, mtimeMs, ctimeMs, ino, ...rows } = cutColumns(this.#columns, count);
    const text = this.#text.subarray(0, this.#textEnd);
    const feedNames = [...this.#feedNumbers.keys()];
    return {
      names: this.#names,
      files: { names: this.#names.join("\n"), size, mtimeMs, ctimeMs, ino, diagnostics: this.#diagnostics },
      rows: { ...rows, text, feedNames, feedRefs: this.#feedRefs.subarray(0, this.#feedEnd) },
    };
  }

  #addText(text: string, number: number): void {
    // A character takes three bytes at most.
    const needed = this.#textEnd + 3 * text.length;
    if (needed > this.#text.length) {
      const larger = Buffer.allocUnsafeSlow(2 * needed);
      this.#text.copy(larger, 0, 0, this.#textEnd);
      this.#text = larger;
    }
    this.#textEnd += this.#text.write(text, this.#textEnd);
    this.#columns.textEnds[number] = this.#textEnd;
  }

  #addFile(file: string, { stamp, settled, endDigest, diagnostics }: FileState, number: number): void {
    const columns = this.#columns;
    columns.size[number] = stamp.size;
    columns.mtimeMs[number] = settled ? stamp.mtimeMs : Number.NaN;
    columns.ctimeMs[number] = stamp.ctimeMs;
    columns.ino[number] = stamp.ino;
    columns.endDigest[number] = endDigest;
    if (diagnostics.length > 0) this.#diagnostics.push([file, diagnostics]);
  }

  #addFeeds(names: readonly FeedName[], number: number): void {
    if (this.#feedEnd + names.length > this.#feedRefs.length) {
      const larger = new Uint32Array(2 * (this.#feedEnd + names.length));
      larger.set(this.#feedRefs);
      this.#feedRefs = larger;
    }
    for (const name of names) {
      let ref = this.#feedNumbers.get(name);
      if (ref === undefined) {
        ref = this.#feedNumbers.size;
        this.#feedNumbers.set(name, ref);
      }
      this.#feedRefs[this.#feedEnd++] = ref;
    }
    this.#columns.feedEnds[number] = this.#feedEnd;
  }
}

/** Rows that stay unused cost nothing: the system allots memory when it is written to. */
function makeColumns(most: number) {
  return {
    size: new Float64Array(most),
    mtimeMs: new Float64Array(most),
    ctimeMs: new Float64Array(most),
    ino: new Float64Array(most),
    date: new Float64Array(most),
    expires: new Float64Array(most),
    hidden: new Uint8Array(most),
    linked: new Uint8Array(most),
    endDigest: new Int32Array(most),
    textEnds: new Uint32Array(most),
    feedEnds: new Uint32Array(most),
  };
}

function cutColumns<Columns extends Record<string, { subarray(start: number, end: number): unknown }>>(
  columns: Columns,
  count: number,
): Columns {
  const cut = Object.entries(columns).map(([name, column]) => [name, column.subarray(0, count)]);
  return Object.fromEntries(cut) as Columns;
}

/** A line break would end a text, and UTF-8 has no halves of characters. */
const unfit = /[\n\p{Surrogate}]/u;

/** The text of a row; undefined when it does not fit. */
function joinTexts(row: PostRow, digest: string): string | undefined {
  const { id, url, language = "" } = row;
  if (unfit.test(id) || unfit.test(url) || unfit.test(language)) return undefined;
  return `${rowMark}${id}\n${url}\n${digest}\n${language}\n${stringifyExtra(row)}`;
}

/** Fields of a row without a column: absent from nearly every row. */
type Extra = Omit<
  PostRow,
  "file" | "version" | "id" | "url" | "date" | "expires" | "language" | "hidden" | "feeds"
>;

/** Fields without a column as JSON; empty when there are none. */
function stringifyExtra({ retracted, group, translations, updated, canonical }: PostRow): string {
  const isPlain =
    retracted === undefined &&
    group === undefined &&
    translations === undefined &&
    updated === undefined &&
    canonical === undefined;
  if (isPlain) return "";
  const extra: { [Field in keyof Required<Extra>]: Extra[Field] } = {
    retracted,
    group,
    translations,
    updated,
    canonical,
  };
  return JSON.stringify(extra);
}
