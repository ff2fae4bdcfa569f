import type { Element } from "domhandler";
import { type Block, type PageTokens, tokenizePage } from "./blocks.ts";
import { findClutter } from "./clutter.ts";
import { chooseContainer, findChain, findHits, type Hits } from "./container.ts";
import type { PageTree } from "./page-tree.ts";
import { type PostSource, tokenizeSource } from "./source-tokens.ts";
import type { SourceTokens } from "./token-list.ts";
import { lettersOf, Vocabulary } from "./words.ts";

/** A page and a source, read into words. */
export interface Comparison {
  readonly vocabulary: Vocabulary;
  readonly page: PageTokens;
  readonly source: SourceTokens;
  /** Letters and digits of the title. */
  readonly title: string;
  readonly clutter: ReadonlySet<Element>;
  readonly hits: Hits;
  readonly chain: readonly Block[];
  /** Where the text is as far as this page alone says. */
  readonly container: Block;
}

export function compare(tree: PageTree, post: PostSource, dropped: readonly Element[] = []): Comparison {
  const vocabulary = new Vocabulary();
  const source = tokenizeSource(post, vocabulary);
  const clutter = findClutter(tree.body);
  for (const element of dropped) clutter.add(element);
  const page = tokenizePage(tree.body, clutter, vocabulary);
  const hits = findHits(source, page, vocabulary);
  const chain = findChain(page, hits);
  const container = chooseContainer(chain, hits);
  return { vocabulary, page, source, title: lettersOf(post.title ?? ""), clutter, hits, chain, container };
}
