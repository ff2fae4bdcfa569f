import type { Placement, RowColumns } from "../feeds/index/placement.ts";
import type { FileColumns } from "../files/file-state.ts";

/** The posts of a site. */
export interface SiteColumns {
  readonly files: FileColumns;
  readonly posts: PostColumns;
}

/** Posts as columns: one value per post, in order of the files' names. */
export interface PostColumns extends RowColumns, Placement {
  /** {@link RowTexts} of every row after {@link rowMark}, with line breaks between; UTF-8. */
  readonly text: Uint8Array;
  /** Where each row's text ends. */
  readonly textEnds: Uint32Array;
  /** See {@link FileState.endDigest}. */
  readonly endDigest: Int32Array;
  readonly entries: EntryColumns;
}

/** Rendered entries in the log, in no order. */
export interface EntryColumns {
  /** Numbers of their posts. */
  readonly rows: Uint32Array;
  readonly offset: Float64Array;
  readonly length: Float64Array;
}

/** Begins a row's text. */
export const rowMark = "\u0001";

/** Fields of a row that are text; `extra` is JSON of everything without a column. */
export type RowTexts = readonly [id: string, url: string, digest: string, language: string, extra: string];
