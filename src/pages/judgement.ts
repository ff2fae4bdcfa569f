import { type AnyNode, type Element, isTag } from "domhandler";
import { isWhole, type PageBlock, type PageTokens } from "./blocks.ts";
import { childElements, elementsUnder, nodeText } from "./dom.ts";
import { isFurnitureName, isNamedFurniture } from "./furniture-names.ts";
import type { Matching, PagePlace } from "./matching.ts";
import type { SourceTokens } from "./token-list.ts";
import { lettersOf, type WordCodes, wordsOf } from "./words.ts";

/** A block with a smaller share of words from the source is no text of the article, unless something explains it. */
const leastMatch = 0.34;

export interface Judgement {
  readonly block: PageBlock;
  readonly place: PagePlace;
  readonly isKept: boolean;
  /** Why it was left out or kept against the rule, for a person. */
  readonly reason: string;
  /** The extraction is less certain for it. */
  readonly isDoubtful: boolean;
}

/** What other pages of the layout say about a block. */
export interface FurnitureKnowledge {
  isFurniture(block: PageBlock, place: PagePlace): boolean;
  /** Whether its classes, its id or its role alone say that it is furniture. */
  isNamedFurniture(block: PageBlock): boolean;
  /** The share of pages that have the same text in such a block. */
  shareOfText(block: PageBlock): number;
}

export interface JudgeInput {
  readonly page: PageTokens;
  readonly source: SourceTokens;
  /** Letters and digits of the title. */
  readonly title: string;
  readonly vocabulary: WordCodes;
  readonly known: FurnitureKnowledge | undefined;
}

/** Goes through a container and judges each block by how much of it is from the source. */
export class Judge {
  readonly judgements: Judgement[] = [];
  /** Blocks that are text: what a layout learns as the opposite of furniture. */
  readonly texts: PageBlock[] = [];
  readonly #matching: Matching;
  readonly #input: JudgeInput;
  #sourcePairs: ReadonlyMap<number, readonly number[]> | undefined;

  constructor(matching: Matching, input: JudgeInput) {
    this.#matching = matching;
    this.#input = input;
  }

  judge(container: PageBlock): void {
    for (const child of container.children) this.#visit(child);
    this.#closeEdges();
  }

  /**
   * A component at an edge is beside the text. What is farther out than something left out is no part of it, nor what
   * is farther out than the frames and images that its templates show.
   */
  #closeEdges(): void {
    for (const place of ["lead", "tail"] as const) {
      const edge = [...this.judgements.keys()].filter((index) => this.judgements[index]?.place === place);
      if (place === "lead") edge.reverse();
      let components = this.#matching.countComponents(place);
      let isClosed = false;
      for (const index of edge) {
        const judgement = this.judgements[index] as Judgement;
        const { block, isKept, reason } = judgement;
        const isEmpty = block.end === block.start;
        if (!isKept) isClosed ||= !isEmpty;
        else if (reason === "component" && (isClosed || components <= 0))
          this.judgements[index] = { ...judgement, isKept: false, reason: "beyond the text" };
        else if (isEmpty) components -= 1;
      }
    }
  }

  #visit(block: PageBlock): void {
    const length = block.end - block.start;
    if (length === 0) {
      if (block.element !== undefined && this.#matching.placeOf(block) !== "middle") this.#judgeEmpty(block);
      return;
    }
    if (this.#isSolid(block)) {
      this.texts.push(block);
      if (!isWhole(block)) for (const child of block.children) this.#visit(child);
      return;
    }
    if (!isWhole(block) && block.children.some((child) => this.#holdsSolid(child)))
      for (const child of block.children) this.#visit(child);
    else this.judgements.push(this.#judgeBlock(block));
  }

  #isSolid(block: PageBlock): boolean {
    const length = block.end - block.start;
    const matched = this.#matching.countMatched(block);
    return matched > 0 && matched / length >= leastMatch;
  }

  #holdsSolid(block: PageBlock): boolean {
    if (this.#matching.countMatched(block) === 0) return false;
    if (this.#isSolid(block) && this.#matching.countMatched(block) >= Math.min(3, block.end - block.start))
      return true;
    return block.children.some((child) => this.#holdsSolid(child));
  }

  /** Icons and empty boxes at the edges: only a component of the source explains them. */
  #judgeEmpty(block: PageBlock): void {
    const element = block.element as Element;
    const place = this.#matching.placeOf(block);
    const shows = showsSomething(element);
    const isKept =
      shows &&
      this.#matching.hasMark(this.#matching.gapOf(block)) &&
      !isFurnitureName(element) &&
      this.#input.known?.isFurniture(block, place) !== true;
    this.judgements.push({
      block,
      place,
      isKept,
      reason: isKept ? "component" : "no text",
      isDoubtful: false,
    });
  }

  #judgeBlock(block: PageBlock): Judgement {
    const place = this.#matching.placeOf(block);
    const drop = (reason: string, isDoubtful = false): Judgement => ({
      block,
      place,
      isKept: false,
      reason,
      isDoubtful,
    });
    const keep = (reason: string, isDoubtful = false): Judgement => ({
      block,
      place,
      isKept: true,
      reason,
      isDoubtful,
    });
    const gap = this.#matching.gapOf(block);
    const isMarked = this.#matching.hasMark(gap);
    const text = lettersOf(block.nodes.map((node) => nodeText(node, 2000)).join(" "));
    if (place === "lead" && this.#input.title !== "" && text === this.#input.title) return drop("title");
    if (place === "lead" && block.element?.name === "h1") return drop("heading of the page");
    if (this.#input.known?.isFurniture(block, place) === true) return drop("furniture of the layout");
    const { share, unused } = this.#shareOfSource(block);
    if (share >= 0.6 && unused >= 0.5) return keep("moved", place !== "middle");
    if ((this.#input.known?.shareOfText(block) ?? 0) >= (isMarked ? 0.5 : 0.25))
      return drop("the same text on other pages");
    if (isMarked && place !== "middle" && this.#isFurnitureLike(block)) return drop("named as furniture");
    if (!isMarked && place === "middle" && this.#isStructured(block)) return keep("not in the source", true);
    if (!isMarked) return drop("not in the source", place === "middle" && share >= 0.3);
    return keep("component", place !== "middle");
  }

  /** Named as furniture, a date, or nothing but several links. */
  #isFurnitureLike({ start, end, nodes }: PageBlock): boolean {
    const elements = nodes.filter(isTag);
    const own = [...elements, ...elements.flatMap(childElements)];
    if (own.some(isNamedFurniture) || elements.some(isFurnitureName)) return true;
    const all = elements.flatMap((element) => [element, ...elementsUnder(element)]);
    if (end - start <= 16 && all.some(({ name }) => name === "time")) return true;
    if (end - start <= 20 && isEdgeLine(wordsOf(nodes.map((node) => nodeText(node, 400)).join(" "))))
      return true;
    const links = all.filter(({ name }) => name === "a");
    if (links.length < 2) return false;
    const linked = links.reduce((sum, link) => sum + wordsOf(nodeText(link, 2000)).length, 0);
    return linked >= 0.8 * (end - start);
  }

  #isStructured({ nodes }: PageBlock): boolean {
    return nodes.some(
      (node) =>
        isTag(node) &&
        (structured.has(node.name) || elementsUnder(node).some(({ name }) => structured.has(name))),
    );
  }

  /** How many of the block's pairs of words are in the source, and how many of those are matched nowhere else. */
  #shareOfSource({ start, end }: PageBlock): { share: number; unused: number } {
    this.#sourcePairs ??= this.#findSourcePairs();
    let pairs = 0;
    let known = 0;
    let unused = 0;
    const words = this.#input.page.words;
    for (let at = start; at + 1 < end; at += 1) {
      pairs += 1;
      const places = this.#sourcePairs.get(
        this.#input.vocabulary.pair(words[at] as number, words[at + 1] as number),
      );
      if (places === undefined) continue;
      known += 1;
      if (places.some((place) => !this.#matching.isUsed(place))) unused += 1;
    }
    return pairs === 0
      ? { share: 0, unused: 0 }
      : { share: known / pairs, unused: known === 0 ? 0 : unused / known };
  }

  #findSourcePairs(): Map<number, number[]> {
    const found = new Map<number, number[]>();
    const { words } = this.#input.source;
    for (let at = 0; at + 1 < words.length; at += 1) {
      const pair = this.#input.vocabulary.pair(words[at] as number, words[at + 1] as number);
      const places = found.get(pair);
      if (places === undefined) found.set(pair, [at]);
      else if (places.length < 8) places.push(at);
    }
    return found;
  }
}

/** Whether a short line is a date, or begins as lines around a text do. */
function isEdgeLine(words: readonly string[]): boolean {
  if (edgeWords.has(words[0] ?? "")) return true;
  const numbers = words.flatMap((word) => /\d+/.exec(word)?.[0] ?? []);
  return words.length <= 8 && numbers.length >= 2 && numbers.some((number) => /^(?:19|20)\d\d$/.test(number));
}

/** What a short line around a text begins with. Only looked at where nothing else tells. */
const edgeWords: ReadonlySet<string> = new Set(
  (
    "tags tag tagged category categories filed posted published written updated by author comment comments share " +
    "related previous prev next older newer leave reading read edit back subscribe"
  ).split(" "),
);

const structured: ReadonlySet<string> = new Set("pre table code math".split(" "));
const shown: ReadonlySet<string> = new Set(
  "iframe video audio object embed canvas math img svg picture lite-youtube amp-youtube amp-img".split(" "),
);

function showsSomething(node: AnyNode): boolean {
  return isTag(node) && (shown.has(node.name) || elementsUnder(node).some(({ name }) => shown.has(name)));
}
