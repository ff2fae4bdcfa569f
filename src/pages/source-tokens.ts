import { readSource } from "./source-reader.ts";
import { type SourceTokens, TokenList } from "./token-list.ts";
import { lettersOf, type WordCodes } from "./words.ts";

/** A post as its author wrote it. */
export interface ArticleSource {
  /** The body in Markdown or HTML, with its templates as text, without front matter. */
  readonly body: string;
  readonly title?: string;
}

/** Characters of a source that are read. */
const longestSource = 4_000_000;

export function tokenizeSource(source: ArticleSource, vocabulary: WordCodes): SourceTokens {
  const list = new TokenList(vocabulary);
  const heading = readSource(source.body.slice(0, longestSource), list);
  // Pages show the title once, mostly outside the text; where the source repeats it, it is left out on both sides.
  if (heading !== undefined && source.title !== undefined && heading.letters === lettersOf(source.title))
    list.removeFrom(heading.start, heading.end);
  return list.finish();
}
