import { eachWord, imageWord, type WordCodes } from "./words.ts";

/** The words of a source in the order in which a page shows them. */
export interface SourceTokens {
  readonly words: Int32Array;
  /** 1 for a word that the page need not show: an argument of a template, an image's alternative text. */
  readonly weak: Uint8Array;
  /** `marks[i]` counts the component marks before word `i`: a template or component may show anything there. */
  readonly marks: Int32Array;
  /** How many components begin before word `i`. */
  readonly components: Int32Array;
  /** 1 for the words that are images. */
  readonly images: Uint8Array;
}

/** Collects the words that the reader of the source finds. */
export class TokenList {
  readonly #vocabulary: WordCodes;
  readonly #words: number[] = [];
  readonly #weak: boolean[] = [];
  readonly #images: boolean[] = [];
  #marks = new Map<number, number>();
  #components = new Map<number, number>();

  constructor(vocabulary: WordCodes) {
    this.#vocabulary = vocabulary;
  }

  get length(): number {
    return this.#words.length;
  }

  addText(text: string, weak = false): void {
    eachWord(text, (word) => this.#add(this.#vocabulary.number(word), weak, false));
  }

  addImage(address: string): void {
    const word = imageWord(address.trim());
    if (word === undefined) this.mark(true);
    else this.#add(this.#vocabulary.number(word), false, true);
  }

  /** A component may show anything at this place, where it begins and where it ends. */
  mark(begins = false): void {
    const at = this.#words.length;
    this.#marks.set(at, (this.#marks.get(at) ?? 0) + 1);
    if (begins) this.#components.set(at, (this.#components.get(at) ?? 0) + 1);
  }

  removeFrom(start: number, end: number): void {
    for (const list of [this.#words, this.#weak, this.#images]) list.splice(start, end - start);
    this.#marks = closeGap(this.#marks, start, end);
    this.#components = closeGap(this.#components, start, end);
  }

  finish(): SourceTokens {
    const marks = new Int32Array(this.#words.length + 1);
    for (const [at, count] of this.#marks) marks[at] = count;
    const components = new Int32Array(this.#words.length + 1);
    for (const [at, count] of this.#components) components[at] = count;
    return {
      words: Int32Array.from(this.#words),
      weak: Uint8Array.from(this.#weak, Number),
      images: Uint8Array.from(this.#images, Number),
      marks,
      components,
    };
  }

  #add(word: number, weak: boolean, isImage: boolean): void {
    this.#words.push(word);
    this.#weak.push(weak);
    this.#images.push(isImage);
  }
}

/** Moves the counts behind words that are taken out. */
function closeGap(counts: ReadonlyMap<number, number>, start: number, end: number): Map<number, number> {
  const moved = new Map<number, number>();
  for (const [at, count] of counts) {
    const to = at < end ? Math.min(at, start) : at - (end - start);
    moved.set(to, (moved.get(to) ?? 0) + count);
  }
  return moved;
}
