import { selectAll } from "css-select";
import { type AnyNode, type ChildNode, Element, isTag, type ParentNode } from "domhandler";
import { type Comparison, compare } from "./comparison.ts";
import { isTextNamed } from "./container.ts";
import { describeBlock, type Extraction, extract } from "./extraction.ts";
import type { Judgement } from "./judgement.ts";
import { knowledgeOf, type Layout, placeContainer } from "./layout.ts";
import { type PageTree, serializeNodes } from "./page-tree.ts";
import type { ArticleSource } from "./source-tokens.ts";

export interface ArticleOptions {
  /** A CSS selector for the text; it is not looked for then. */
  readonly select?: string;
  /** CSS selectors for what in it is no text of the article. */
  readonly drop?: readonly string[];
}

export interface Article {
  /** The text without what is around it; empty where the page has nothing of the source. */
  readonly html: string;
  /** 0 to 1: how sure it is that `html` is the text, no more and no less. */
  readonly confidence: number;
  /** What was left out although it is inside of the text's element, for a person. */
  readonly dropped: readonly string[];
  /** What could be wrong, for a person. */
  readonly doubts: readonly string[];
}

/** What is 0.9 and above can be taken without a question; below 0.5 a selector should be asked for. */
export const confidence = { certain: 0.9, doubtful: 0.5 } as const;

/**
 * Finds the text of a post in the page that a generator built.
 * @param layout what other pages of the site taught; without it, the page alone has to do
 * @throws SyntaxError where a selector of the options cannot be read
 */
export function findArticle(
  page: PageTree,
  source: ArticleSource,
  layout?: Layout,
  options: ArticleOptions = {},
): Article {
  const unwanted = (options.drop ?? []).flatMap((selector) => selectElements(page, selector));
  const comparison = compare(page, source, unwanted);
  if (options.select !== undefined) return selectArticle(page, comparison, options.select);
  if (comparison.hits.distinct === 0)
    return { html: "", confidence: 0, dropped: [], doubts: ["the page has no words of the post in a row"] };
  const placed = layout === undefined ? undefined : placeContainer(comparison, layout.containers);
  const container = placed?.container ?? comparison.container;
  const known = layout === undefined ? undefined : knowledgeOf(layout);
  const extraction = extract(container, { ...comparison, known });
  const left = extraction.judgements.filter(({ isKept }) => !isKept);
  const skipped = new Set<ChildNode>([...comparison.clutter, ...left.flatMap(({ block }) => block.nodes)]);
  return {
    html: serializeNodes(copyChildren(container.element as Element, skipped)),
    confidence: rate(page, extraction, comparison, layout, placed?.key),
    dropped: left
      .filter(({ block }) => block.end > block.start)
      .map(({ block, reason }) => `${describeBlock(block)} (${reason})`),
    doubts: listDoubts(page, extraction),
  };
}

function selectArticle(page: PageTree, comparison: Comparison, select: string): Article {
  const found = new Set(selectElements(page, select));
  const outer = [...found].filter((element) => !isInside(element, found));
  if (outer.length === 0)
    return { html: "", confidence: 0, dropped: [], doubts: [`nothing on the page is ${select}`] };
  const title = firstTitle(comparison, outer);
  const skipped = new Set<ChildNode>([...comparison.clutter, ...(title === undefined ? [] : [title])]);
  const html = serializeNodes(outer.flatMap((element) => copyChildren(element, skipped)));
  return {
    html,
    confidence: page.complete ? 1 : 0,
    dropped: [],
    doubts: page.complete ? [] : ["the page is too long"],
  };
}

function selectElements(page: PageTree, selector: string): Element[] {
  return selectAll<AnyNode, Element>(selector, page.document.children);
}

function isInside(element: Element, others: ReadonlySet<Element>): boolean {
  for (let at: ParentNode | null = element.parent; at !== null && isTag(at); at = at.parent)
    if (others.has(at)) return true;
  return false;
}

/** The heading that shows the title, where the selected element has it. */
function firstTitle(comparison: Comparison, selected: readonly Element[]): Element | undefined {
  const { page } = comparison;
  for (const element of selected) {
    const block = page.blocks.get(element);
    if (block === undefined) continue;
    const { judgements } = extract(block, { ...comparison, known: undefined });
    const title = judgements.find(
      ({ reason, block: { element: heading } }) => reason === "title" && heading !== undefined,
    );
    if (title !== undefined) return title.block.element;
  }
  return undefined;
}

/** Copies what is in an element, without the nodes that are left out. The page stays as it is. */
function copyChildren(parent: Element, skipped: ReadonlySet<ChildNode>): ChildNode[] {
  const copies: ChildNode[] = [];
  for (const child of parent.children) {
    if (skipped.has(child)) continue;
    if (isTag(child)) {
      const copy = new Element(child.name, { ...child.attribs }, copyChildren(child, skipped));
      if (child.namespace !== undefined) copy.namespace = child.namespace;
      copies.push(copy);
    } else if (child.type === "text") copies.push(child.cloneNode());
  }
  return copies;
}

function rate(
  page: PageTree,
  { recall, precision, judgements, matched, isFrayed }: Extraction,
  { hits, container }: Comparison,
  layout: Layout | undefined,
  key: Layout["containers"][number] | undefined,
): number {
  if (!page.complete) return 0;
  const alone = container.element !== undefined && isTextNamed(container.element) ? 0.93 : 0.85;
  const placed = key === undefined ? 0.6 : key.share * Math.min(1, 0.5 + key.uniqueness / 2);
  const known = layout === undefined ? alone : placed;
  const few = layout !== undefined && layout.pages < 5 ? 0.1 : 0;
  const doubts = judgements.filter(({ isDoubtful }) => isDoubtful).length;
  const short = hits.wanted < 5 || matched < 8 ? 0.2 : 0;
  const frayed = isFrayed ? 0.12 : 0;
  const rated =
    known * Math.min(1, recall / 0.9) * precision - few - short - frayed - Math.min(0.4, doubts * 0.08);
  return Math.max(0, Math.min(1, rated));
}

function listDoubts(page: PageTree, { judgements, recall, isFrayed }: Extraction): string[] {
  const doubts = judgements.filter(({ isDoubtful }) => isDoubtful).map(describeDoubt);
  if (recall < 0.7)
    doubts.push(`only ${Math.round(recall * 100)} % of the post's words are in the text of the page`);
  if (isFrayed) doubts.push("the text does not begin or end with the post's own words");
  if (!page.complete) doubts.push("the page is too long to be read to its end");
  return doubts;
}

function describeDoubt({ block, isKept, reason }: Judgement): string {
  return `${isKept ? "kept" : "left out"}, ${reason}: ${describeBlock(block)}`;
}
