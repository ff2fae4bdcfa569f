/** Finds the ends of what JavaScript brackets and quotes in a body. Linear, however many of them have no end. */
export class MdxScanner {
  readonly #text: string;
  /** Up to where a quote has no end, by quote. */
  readonly #unquoted = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
  }

  /** Offset after the bracket that closes the one at `start`; past the end of the text where none does. */
  endOfBraces(start: number): number {
    let depth = 0;
    let index = start;
    while (index < this.#text.length) {
      const character = this.#text.charAt(index);
      if ("{([".includes(character)) depth += 1;
      if ("})]".includes(character)) depth -= 1;
      if (depth === 0) return index + 1;
      index = this.endOfString(index);
    }
    return this.#text.length + 1;
  }

  /** Offset after the string or comment at `start`, or after one character where there is neither. */
  endOfString(start: number): number {
    const quote = this.#text.charAt(start);
    if (quote === "/" && this.#text[start + 1] === "*") return this.#endOfComment(start);
    if (quote !== '"' && quote !== "'" && quote !== "`") return start + 1;
    if (start < (this.#unquoted.get(quote) ?? 0)) return start + 1;
    let index = start + 1;
    for (; index < this.#text.length; index += 1) {
      const character = this.#text.charAt(index);
      if (character === "\\") index += 1;
      else if (character === quote) return index + 1;
      else if (character === "\n" && quote !== "`") break;
    }
    this.#unquoted.set(quote, index);
    return start + 1;
  }

  #endOfComment(start: number): number {
    if (start < (this.#unquoted.get("/*") ?? 0)) return start + 1;
    const end = this.#text.indexOf("*/", start + 2);
    if (end === -1) this.#unquoted.set("/*", this.#text.length);
    return end === -1 ? start + 1 : end + 2;
  }
}
