import type { Element } from "domhandler";
import { type PageBlock, type PageTokens, tokenizePage } from "./blocks.ts";
import { findClutter } from "./clutter.ts";
import { chooseContainer, findChain, findHits, type Hits } from "./container.ts";
import type { PageTree } from "./page-tree.ts";
import { type ArticleSource, tokenizeSource } from "./source-tokens.ts";
import type { SourceTokens } from "./token-list.ts";
import { lettersOf, WordCodes } from "./words.ts";

/** A page and a source, read into words. */
export interface Comparison {
  readonly vocabulary: WordCodes;
  readonly page: PageTokens;
  readonly source: SourceTokens;
  /** Letters and digits of the title. */
  readonly title: string;
  readonly clutter: ReadonlySet<Element>;
  readonly hits: Hits;
  readonly chain: readonly PageBlock[];
  /** Where the text is as far as this page alone says. */
  readonly container: PageBlock;
}

export function compare(tree: PageTree, post: ArticleSource, dropped: readonly Element[] = []): Comparison {
  const vocabulary = new WordCodes();
  const source = tokenizeSource(post, vocabulary);
  const clutter = findClutter(tree.body);
  for (const element of dropped) clutter.add(element);
  const page = tokenizePage(tree.body, clutter, vocabulary);
  const hits = findHits(source, page, vocabulary);
  const chain = findChain(page, hits);
  const container = chooseContainer(chain, hits);
  return { vocabulary, page, source, title: lettersOf(post.title ?? ""), clutter, hits, chain, container };
}
