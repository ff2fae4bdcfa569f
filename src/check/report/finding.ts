import type { Diagnostic } from "../../model/diagnostic.ts";

/** A place in a document. `line` and `column` count from 1. */
export interface DocumentPlace {
  /** Path from the project root, with `/`, or an address. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** What `check` found. The place is in the post where a post is the cause. */
export interface Finding extends Diagnostic {
  /** The document that shows it; absent where `file` is the document, and for what is wrong only in the post. */
  readonly document?: DocumentPlace;
}

/**
 * What was found, and the text of each file that was checked, by name. A post may be left out; the text of a document
 * that no finding points into may be empty.
 */
export interface Checked {
  readonly findings: readonly Finding[];
  readonly sources: ReadonlyMap<string, string>;
}
