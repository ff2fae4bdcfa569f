/** Gives each word a number, the same in a source and in its page, so that words compare as numbers. */
export class WordCodes {
  readonly #numbers = new Map<string, number>();
  readonly #pairs = new Map<number, number>();

  get size(): number {
    return this.#numbers.size;
  }

  number(word: string): number {
    let number = this.#numbers.get(word);
    if (number === undefined) {
      number = this.#numbers.size + 1;
      this.#numbers.set(word, number);
    }
    return number;
  }

  /** A number for two numbers in a row, 1 and up; 0 where one of them is 0, which means "no word". */
  pair(first: number, second: number): number {
    if (first === 0 || second === 0) return 0;
    const key = first * 2 ** 26 + second;
    let number = this.#pairs.get(key);
    if (number === undefined) {
      number = this.#pairs.size + 1;
      this.#pairs.set(key, number);
    }
    return number;
  }

  /** The sequences of `length` words (1 to 4) that begin at each place; 0 where there is none. */
  sequences(words: ArrayLike<number>, length: number): Int32Array {
    const singles = Int32Array.from(words);
    if (length === 1) return singles;
    const pairs = singles.map((word, at) => this.pair(word, singles[at + 1] ?? 0));
    if (length === 2) return pairs;
    // Three words are two pairs that overlap. Only sequences of one length are ever compared.
    return pairs.map((pair, at) => this.pair(pair, pairs[at + length - 2] ?? 0));
  }
}

/** Scripts written without spaces: each of their characters is a word. */
const unspaced = ["Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar"]
  .map((script) => `\\p{Script=${script}}`)
  .join("");

const plainWord = /[a-z0-9]+/g;
const anyWord = new RegExp(`[${unspaced}]|[[\\p{L}\\p{M}\\p{N}]--[${unspaced}]]+`, "gv");
const singleCharacter = new RegExp(`^[${unspaced}]$`, "v");
const beyondPlain = /[^\t\n\r -~]/;

/** Calls `found` for each word of a text; the offsets are those in the normalised text, of length `length`. */
export function eachWord(
  text: string,
  found: (word: string, start: number, end: number, length: number) => void,
): void {
  const isPlain = !beyondPlain.test(text);
  const normal = isPlain ? text.toLowerCase() : text.normalize("NFKC").toLowerCase();
  const pattern = isPlain ? plainWord : anyWord;
  for (const match of normal.matchAll(pattern))
    found(match[0], match.index, match.index + match[0].length, normal.length);
}

/** Whether a word may grow by the letters after it: not where each character is a word. */
export function canGrow(word: string): boolean {
  return !singleCharacter.test(word);
}

export function wordsOf(text: string): string[] {
  const words: string[] = [];
  eachWord(text, (word) => words.push(word));
  return words;
}

/** The letters and digits of a text and nothing else: what two headings are compared by. */
export function lettersOf(text: string): string {
  return wordsOf(text.slice(0, 2000)).join("");
}

/** A word for an image: its file's name without ending, size and digest, as asset pipelines rename files. */
export function imageWord(address: string): string | undefined {
  if (/^(data|blob|about):/i.test(address)) return undefined;
  const inner = /[?&](?:url|href|src)=([^&#]{1,2000})/.exec(address.slice(0, 4000))?.[1];
  const path = (inner === undefined ? address : decodeSafely(inner)).slice(0, 4000).replace(/[?#].*$/s, "");
  const name = decodeSafely(path.slice(path.lastIndexOf("/") + 1));
  const dot = name.indexOf(".", 1);
  const stem = (dot < 0 ? name : name.slice(0, dot))
    .toLowerCase()
    .normalize("NFKC")
    .replace(/_hu_?[0-9a-f]{8,64}.{0,80}$/, "")
    .replace(/[-_](?=[0-9a-z]{8,64}$)(?=[a-z_-]{0,64}[0-9])[0-9a-z]{8,64}$/, "")
    .replace(/[-_@]\d{1,5}(?:x\d{0,5})?[wx]?$/, "");
  return stem === "" ? undefined : `image:${stem}`;
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
