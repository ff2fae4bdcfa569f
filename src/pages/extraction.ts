import { isTag } from "domhandler";
import { alignTokens } from "./alignment.ts";
import type { PageBlock } from "./blocks.ts";
import type { Hits } from "./container.ts";
import { isHeading, nodeText } from "./dom.ts";
import { type FurnitureKnowledge, Judge, type JudgeInput, type Judgement } from "./judgement.ts";
import { Matching } from "./matching.ts";
import { lettersOf } from "./words.ts";

/** What a container of a page is to a source. */
export interface Extraction {
  readonly judgements: readonly Judgement[];
  readonly texts: readonly PageBlock[];
  /** The share of the source's words that the text has, those of templates not counted. */
  readonly recall: number;
  /** The share of the text's words that are from the source, or from where it has a component. */
  readonly precision: number;
  /** Words of the text that are from the source. */
  readonly matched: number;
  /** The text begins or ends with words that are not of the source, or lacks the source's first or last words. */
  readonly isFrayed: boolean;
}

export interface ExtractionInput extends JudgeInput {
  readonly hits: Hits;
}

/** Aligns a container with the source and judges each of its blocks. */
export function extract(container: PageBlock, input: ExtractionInput): Extraction {
  const matches = align(container, input);
  const judge = new Judge(new Matching(matches, input.source), input);
  judge.judge(container);
  return {
    judgements: judge.judgements,
    texts: judge.texts,
    ...measure(container, matches, judge.judgements, input),
  };
}

/** Matches of the whole page's words, none outside of the container. */
function align(container: PageBlock, input: ExtractionInput): Int32Array {
  const words = input.page.words.slice(container.start, container.end);
  maskTitle(words, container, input);
  let matches = alignTokens(input.source, words, input.vocabulary);
  if (input.known !== undefined) {
    const masked = words.slice();
    if (maskFurniture(masked, container, input.known)) {
      const others = alignTokens(input.source, masked, input.vocabulary);
      if (count(others) >= 0.7 * count(matches)) matches = others;
    }
  }
  pairImages(matches, container, input);
  const all = new Int32Array(input.page.words.length).fill(-1);
  all.set(matches, container.start);
  return all;
}

function count(matches: Int32Array): number {
  let matched = 0;
  for (const match of matches) if (match >= 0) matched += 1;
  return matched;
}

/** The heading above the text that shows the title is no text, even where the text has the title's words. */
function maskTitle(words: Int32Array, container: PageBlock, { title, hits }: ExtractionInput): void {
  if (title === "") return;
  let seen = 0;
  let at = container.start;
  for (const { element, start, end } of blocksUnder(container)) {
    for (; at < start; at += 1) if (hits.sequences[at] !== 0) seen += 1;
    if (seen > 2 && seen > hits.distinct / 5) return;
    if (element === undefined || !isHeading(element) || lettersOf(nodeText(element, 2000)) !== title)
      continue;
    words.fill(0, start - container.start, end - container.start);
    return;
  }
}

function maskFurniture(words: Int32Array, container: PageBlock, known: FurnitureKnowledge): boolean {
  let isMasked = false;
  const visit = (block: PageBlock): void => {
    for (const child of block.children) {
      if (known.isNamedFurniture(child)) {
        words.fill(0, child.start - container.start, child.end - container.start);
        isMasked = true;
      } else visit(child);
    }
  };
  visit(container);
  return isMasked;
}

function blocksUnder(container: PageBlock): PageBlock[] {
  const found: PageBlock[] = [];
  const visit = (block: PageBlock): void => {
    for (const child of block.children) {
      found.push(child);
      visit(child);
    }
  };
  visit(container);
  return found;
}

/** Pipelines rename images: those of the source without a match are the page's at the same place, in order. */
function pairImages(matches: Int32Array, container: PageBlock, { page, source }: ExtractionInput): void {
  const images = page.images.subarray(container.start, container.end);
  let next = 0;
  let waiting: number[] = [];
  const used = new Set(matches);
  const end = (before: number): void => {
    const free: number[] = [];
    for (let at = next; at < before; at += 1) if (source.images[at] === 1 && !used.has(at)) free.push(at);
    if (free.length === waiting.length)
      waiting.forEach((place, index) => {
        matches[place] = free[index] as number;
      });
    waiting = [];
    next = before + 1;
  };
  matches.forEach((match, at) => {
    if (match >= 0) end(match);
    else if (images[at] === 1) waiting.push(at);
  });
  end(source.words.length);
}

function measure(
  container: PageBlock,
  matches: Int32Array,
  judgements: readonly Judgement[],
  { source }: ExtractionInput,
): Pick<Extraction, "recall" | "precision" | "matched" | "isFrayed"> {
  const isAside = new Uint8Array(matches.length);
  let explained = 0;
  for (const { block, isKept, reason } of judgements) {
    if (isKept && reason === "not in the source") continue;
    isAside.fill(1, block.start, block.end);
    if (isKept) explained += countMatched(matches, block);
  }
  const used = new Uint8Array(source.words.length);
  const isFrom: boolean[] = [];
  for (let at = container.start; at < container.end; at += 1) {
    const match = matches[at] as number;
    if (match >= 0) used[match] = 1;
    if (isAside[at] !== 1) isFrom.push(match >= 0);
  }
  const matched = isFrom.filter(Boolean).length + explained;
  const wanted = Array.from(used).filter((_, at) => source.weak[at] === 0);
  return {
    recall: wanted.length === 0 ? 0 : wanted.filter((one) => one === 1).length / wanted.length,
    precision: matched === 0 ? 0 : matched / (isFrom.length + explained),
    matched,
    isFrayed: isFrom[0] === false || isFrom.at(-1) === false || loses(wanted),
  };
}

function countMatched(matches: Int32Array, { start, end }: PageBlock): number {
  return count(matches.subarray(start, end));
}

/** Whether several words at the source's beginning or end are not on the page. */
function loses(wanted: readonly number[]): boolean {
  return (
    wanted.length >= 6 &&
    (wanted.slice(0, 3).every((one) => one === 0) || wanted.slice(-3).every((one) => one === 0))
  );
}

/** A block in a few words, for a person's list of what was left out. */
export function describeBlock({ nodes }: PageBlock): string {
  const text = nodes
    .map((node) => nodeText(node, 400))
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
  const first = nodes.find(isTag);
  const shown = text.length > 80 ? `${text.slice(0, 79)}…` : text;
  return shown === "" ? `<${first?.name ?? "text"}>` : shown;
}
