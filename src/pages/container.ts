import { type Element, isTag } from "domhandler";
import { isLayoutTable, type PageBlock, type PageTokens } from "./blocks.ts";
import { classesOf, hasClass } from "./dom.ts";
import { isFurnitureName } from "./furniture-names.ts";
import type { SourceTokens } from "./token-list.ts";
import type { WordCodes } from "./words.ts";

/** The share of a page's matches that an element has to hold to be looked into. */
const majority = 0.9;

/** Where sequences of words of the source are on a page. */
export interface Hits {
  /** For each place of the page the number of the sequence that begins there and is in the source, else 0. */
  readonly sequences: Int32Array;
  readonly distinct: number;
  /** Distinct sequences of the source. */
  readonly wanted: number;
}

/** Elements named for what they hold, by microformats, schema.org and custom. */
const textNames: ReadonlySet<string> = new Set(
  (
    "e-content entry-content post-content article-content page-content post-body article-body entry-body articlebody " +
    "markdown-body markdown theme-doc-markdown vp-doc sl-markdown-content prose gh-content content-body blog-content " +
    "post-text article-text post__content article__content article-entry post-main rich-text " +
    "single-content story-body post-article td-content"
  ).split(" "),
);

/** Elements that hold a part of a text and never all of it. */
const partElements: ReadonlySet<string> = new Set(
  "p pre li ul ol dl dt dd figure figcaption blockquote h1 h2 h3 h4 h5 h6 header footer nav aside a details summary code label".split(
    " ",
  ),
);

const tableElements: ReadonlySet<string> = new Set("table thead tbody tfoot tr th td".split(" "));

export function findHits(source: SourceTokens, page: PageTokens, vocabulary: WordCodes): Hits {
  const strong = source.words.map((word, at) => (source.weak[at] === 1 ? 0 : word));
  const length = strong.length >= 8 ? 3 : strong.length >= 3 ? 2 : 1;
  const wanted = new Set(vocabulary.sequences(strong, length));
  wanted.delete(0);
  const sequences = vocabulary
    .sequences(page.words, length)
    .map((sequence) => (wanted.has(sequence) ? sequence : 0));
  const distinct = new Set(sequences);
  distinct.delete(0);
  return { sequences, distinct: distinct.size, wanted: wanted.size };
}

/** Distinct sequences of the source in a stretch of the page, looked at from the outside in. */
export function countDistinct(hits: Hits, { start, end }: PageBlock): number {
  const found = new Set<number>();
  for (let at = start; at < end; at += 1) {
    const sequence = hits.sequences[at] as number;
    if (sequence !== 0) found.add(sequence);
  }
  return found.size;
}

/** The elements, from the body inwards, that hold nearly all of the source's words that the page has. */
export function findChain(page: PageTokens, hits: Hits): PageBlock[] {
  const chain = [page.root];
  const needed = hits.distinct * majority;
  for (let block = page.root; ; ) {
    const next = block.children.find((child) => mayHold(child) && holds(child, block, hits, needed));
    if (next === undefined) return chain;
    chain.push(next);
    block = next;
  }
}

function holds(child: PageBlock, parent: PageBlock, hits: Hits, needed: number): boolean {
  if (child.end === child.start) return false;
  if (child.start === parent.start && child.end === parent.end) return true;
  return child.end - child.start >= needed && countDistinct(hits, child) >= needed;
}

function mayHold(block: PageBlock): boolean {
  const { element } = block;
  if (element === undefined || partElements.has(element.name)) return false;
  // Some servers put the whole page into one form.
  if (element.name !== "form" && isFurnitureName(element)) return false;
  return !tableElements.has(element.name) || isLayoutTable(block);
}

/** Chooses from the chain without knowing other pages. */
export function chooseContainer(chain: readonly PageBlock[], hits: Hits): PageBlock {
  const named = chain.findLast(({ element }) => element !== undefined && isTextNamed(element));
  if (named !== undefined && countDistinct(hits, named) >= hits.distinct * majority) {
    // Inside of it only what is named as well could be better.
    return named;
  }
  let index = chain.length - 1;
  while (index > 0 && losesText(chain[index] as PageBlock, chain[index - 1] as PageBlock, hits)) index -= 1;
  return chain[index] as PageBlock;
}

export function isTextNamed(element: Element): boolean {
  return element.attribs.itemprop === "articleBody" || hasClass(element, textNames);
}

/** Whether the parent holds words of the source, several in a row, that the child does not. */
function losesText(child: PageBlock, parent: PageBlock, hits: Hits): boolean {
  const inside = new Set(hits.sequences.subarray(child.start, child.end));
  let run = 0;
  for (let at = parent.start; at < parent.end; at += 1) {
    if (at === child.start) at = child.end;
    const sequence = hits.sequences[at] ?? 0;
    run = sequence !== 0 && !inside.has(sequence) ? run + 1 : 0;
    if (run >= 2) return true;
  }
  return false;
}

/** How an element can be found on another page of the same layout: by names without numbers, and by its place. */
export function keysOf(element: Element): string[] {
  const { name, attribs } = element;
  const keys = [name];
  for (const one of stableNames(classesOf(element))) keys.push(`${name}.${one}`);
  if (attribs.id !== undefined) for (const one of stableNames([attribs.id])) keys.push(`${name}#${one}`);
  if (attribs.itemprop !== undefined) keys.push(`${name}[itemprop=${attribs.itemprop.slice(0, 100)}]`);
  const { parent } = element;
  if (parent !== null && isTag(parent)) {
    const outer = stableNames(classesOf(parent))[0];
    keys.push(`${parent.name}${outer === undefined ? "" : `.${outer}`}>${name}`);
  }
  return keys;
}

/** Names that are the same on every page: those with two digits or more carry a number or a digest. */
export function stableNames(names: readonly string[]): string[] {
  return names.filter((name) => name !== "" && name.length <= 100 && (name.match(/\d/g)?.length ?? 0) < 2);
}
