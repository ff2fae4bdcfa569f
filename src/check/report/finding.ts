import type { Diagnostic } from "../../model/diagnostic.ts";

/** A place in a document. `line` and `column` count from 1. */
export interface DocumentPlace {
  /** Path from the project root, with `/`, or an address. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** What check found. The place is the post's where a post is the cause. */
export interface Finding extends Diagnostic {
  /** Where in a document it shows; absent where `file` is the document, and for what is wrong in the post alone. */
  readonly document?: DocumentPlace;
}

/**
 * What was found, and the texts of what was looked at by name. A post may be left out; the text of a document that no
 * finding points into may be empty.
 */
export interface Checked {
  readonly findings: readonly Finding[];
  readonly sources: ReadonlyMap<string, string>;
}
