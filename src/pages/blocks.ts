import { type AnyNode, type ChildNode, type Element, isTag, isText, type ParentNode } from "domhandler";
import { elementsUnder, isHeading, isInline, isSilent } from "./dom.ts";
import { canGrow, eachWord, imageWord, type WordCodes } from "./words.ts";

/** A piece of a page that begins and ends a line: an element, or inline nodes in a row between elements. */
export interface PageBlock {
  readonly element: Element | undefined;
  readonly nodes: readonly ChildNode[];
  /** Its words: `words.slice(start, end)` of the page. */
  readonly start: number;
  end: number;
  readonly children: PageBlock[];
}

/** The words of a page that are seen, in order, and which element holds which of them. */
export interface PageTokens {
  readonly words: Int32Array;
  readonly images: Uint8Array;
  readonly root: PageBlock;
  readonly blocks: ReadonlyMap<Element, PageBlock>;
}

/** @param clutter elements that are left out with all that is in them */
export function tokenizePage(
  root: Element,
  clutter: ReadonlySet<Element>,
  vocabulary: WordCodes,
): PageTokens {
  return new PageReader(root, clutter, vocabulary).read(root);
}

class PageReader {
  readonly #clutter: ReadonlySet<Element>;
  readonly #vocabulary: WordCodes;
  readonly #holdsBlocks: Set<Element>;
  readonly #words: string[] = [];
  readonly #images: boolean[] = [];
  readonly #blocks = new Map<Element, PageBlock>();
  /** Whether the last word may go on: highlighters cut words with inline elements. */
  #isOpen = false;

  constructor(root: Element, clutter: ReadonlySet<Element>, vocabulary: WordCodes) {
    this.#clutter = clutter;
    this.#vocabulary = vocabulary;
    this.#holdsBlocks = findHolders(root, clutter);
  }

  read(root: Element): PageTokens {
    const block = this.#readBlock(root);
    const words = Int32Array.from(this.#words, (word) => this.#vocabulary.number(word));
    return { words, images: Uint8Array.from(this.#images, Number), root: block, blocks: this.#blocks };
  }

  #readBlock(element: Element): PageBlock {
    this.#isOpen = false;
    const start = this.#words.length;
    const block: PageBlock = { element, nodes: [element], start, end: start, children: [] };
    this.#blocks.set(element, block);
    let run: ChildNode[] = [];
    let runStart = start;
    const endRun = (): void => {
      if (run.some((node) => isTag(node) || (isText(node) && node.data.trim() !== "")))
        block.children.push({
          element: undefined,
          nodes: run,
          start: runStart,
          end: this.#words.length,
          children: [],
        });
      run = [];
      this.#isOpen = false;
    };
    for (const child of isSilent(element) ? [] : element.children) {
      if (isTag(child) && this.#clutter.has(child)) continue;
      if (isTag(child) && this.#isBlock(child)) {
        endRun();
        block.children.push(this.#readBlock(child));
        runStart = this.#words.length;
      } else {
        if (run.length === 0) runStart = this.#words.length;
        run.push(child);
        this.#readInline(child);
      }
    }
    endRun();
    block.end = this.#words.length;
    // What is nothing but text is a block without parts.
    if (block.children.every((child) => child.element === undefined)) block.children.length = 0;
    return block;
  }

  #isBlock(element: Element): boolean {
    return !isInline(element) || this.#holdsBlocks.has(element);
  }

  #readInline(node: AnyNode): void {
    if (isText(node)) this.#readText(node.data);
    else if (isTag(node) && !this.#clutter.has(node) && !isSilent(node)) {
      if (node.name === "img") this.#addImage(node);
      else if (node.name === "br") this.#isOpen = false;
      else if (node.name === "math") this.#readText(` ${formulaOf(node)} `);
      else for (const child of node.children) this.#readInline(child);
    }
  }

  #readText(text: string): void {
    let length = 0;
    let last = -1;
    eachWord(text, (word, start, end, whole) => {
      const before = this.#words.at(-1);
      if (start === 0 && this.#isOpen && before !== undefined && canGrow(word))
        this.#words[this.#words.length - 1] = before + word;
      else this.#add(word, false);
      length = whole;
      last = end;
    });
    if (text !== "") this.#isOpen = last === length && last > 0 && canGrow(this.#words.at(-1) ?? "");
  }

  #addImage(element: Element): void {
    this.#isOpen = false;
    const word = imageWord(imageAddress(element) ?? "data:");
    this.#add(word ?? "image:", true);
  }

  #add(word: string, isImage: boolean): void {
    this.#words.push(word);
    this.#images.push(isImage);
  }
}

/** Where an image's file is: scripts that load images late keep it beside `src`. */
export function imageAddress({ attribs }: Element): string | undefined {
  const late = ["data-src", "data-original", "data-lazy-src", "data-lazy", "data-url"].map(
    (name) => attribs[name],
  );
  const set = attribs.srcset ?? attribs["data-srcset"];
  const plain = [...late, attribs.src, set?.trim().split(/[\s,]/, 1)[0]];
  return plain.find(
    (address) => address !== undefined && address.trim() !== "" && !address.startsWith("data:"),
  );
}

/** The source of a formula where it is kept, else its signs. */
function formulaOf(math: Element): string {
  const annotation = elementsUnder(math).find(({ name }) => name === "annotation");
  let text = "";
  const visit = (node: AnyNode): void => {
    if (isText(node)) text += `${node.data} `;
    else if (isTag(node)) for (const child of node.children) visit(child);
  };
  visit(annotation ?? math);
  return text;
}

/** Inline elements with blocks inside count as blocks. */
function findHolders(root: Element, clutter: ReadonlySet<Element>): Set<Element> {
  const holders = new Set<Element>();
  const visit = (parent: ParentNode): boolean => {
    let holds = false;
    for (const child of parent.children) {
      if (!isTag(child) || clutter.has(child)) continue;
      const isHolder = visit(child);
      if (isHolder) holders.add(child);
      if (isHolder || !isInline(child)) holds = true;
    }
    return holds;
  };
  visit(root);
  return holders;
}

/** Blocks that are kept or left out whole. */
export function isWhole(block: PageBlock): boolean {
  const { element } = block;
  if (element === undefined || isHeading(element)) return true;
  if (!wholeElements.has(element.name)) return false;
  return element.name === "table" ? !isLayoutTable(block) : !holdsBox(block);
}

const wholeElements: ReadonlySet<string> = new Set(
  "p pre table figure ul ol dl dt dd li blockquote".split(" "),
);

/** Lists that were never closed hold the rest of their page. */
function holdsBox({ element, children, start, end }: PageBlock): boolean {
  if (element === undefined || !/^(?:ul|ol|li)$/.test(element.name)) return false;
  return children.some((child) => {
    if (child.element === undefined || (child.end - child.start) * 2 < end - start) return false;
    return /^(?:div|section|article|main)$/.test(child.element.name) || holdsBox(child);
  });
}

/** Whether a table, or a part of one, has cells with paragraphs or boxes: old pages are laid out so. */
export function isLayoutTable({ element, children }: PageBlock): boolean {
  if (element?.name === "td" || element?.name === "th")
    return children.some(
      (child) =>
        child.element !== undefined && /^(?:p|div|section|article|h[1-6]|table)$/.test(child.element.name),
    );
  return children.some(isLayoutTable);
}
