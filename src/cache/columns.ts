import type { Placement, RowColumns } from "../feeds/index/placement.ts";
import type { FileColumns } from "../files/file-state.ts";

/** The posts of a site. */
export interface SiteColumns {
  readonly sources: FileColumns;
  readonly posts: PostColumns;
}

/** Posts as columns: one value a row, in order of the files' names. */
export interface PostColumns extends RowColumns, Placement {
  /** Of each row {@link rowMark}, then its {@link RowTexts}, with line breaks between; UTF-8. */
  readonly text: Uint8Array;
  /** Where each row's text ends. */
  readonly textEnds: Uint32Array;
  /** How its text ends, see `digestEnd`. */
  readonly end: Int32Array;
  /** Posts whose rendered entry is in the log, and where. */
  readonly entries: EntryColumns;
}

/** One value an entry, in no order. */
export interface EntryColumns {
  readonly rows: Uint32Array;
  readonly offset: Float64Array;
  readonly length: Float64Array;
}

/** Begins a row's text. */
export const rowMark = "\u0001";

/** Fields of a row that are words; `extra` is JSON of whatever has no column. */
export type RowTexts = readonly [id: string, url: string, digest: string, language: string, extra: string];
