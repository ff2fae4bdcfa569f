interface Fence {
  readonly mark: string;
  readonly length: number;
  /** It stands in a quote, which ends it too. */
  readonly isQuoted: boolean;
}

const opening = /([ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,4})?[ \t]*)(`{3,}(?![^\n]*`)|~{3,})/y;
const item = /[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]{1,4}|$)/my;
/** Where a paragraph ends, and code in a line with it. */
const paragraphEnd = /\n(?=[ \t>]*(?:\n|$|#{1,6}[ \n]|[-*+][ \t]|\d{1,9}[.)][ \t]|`{3}|~{3}|:{2,}))/g;
const htmlCode = /<(pre|code|script|style|textarea)(?=[\s>])/iy;
const jsxCode = /<(script|style)(?=[\s>])/iy;

/** How a body is written, as far as it matters for code. */
export interface CodeForm {
  /** Only elements of HTML hold code. */
  readonly isHtml: boolean;
  /** Lines indented by four spaces are code. */
  readonly hasIndented: boolean;
  /** Elements are JSX: what stands in `<code>` is read too. */
  readonly isJsx?: true;
}

/** Finds code in a body that is read from its beginning to its end: fenced, indented, in a line, or in HTML's own elements. */
export class CodeFinder {
  readonly #text: string;
  readonly #form: CodeForm;
  /** How far the text of the present list item is indented; 0 outside lists. */
  #listIndent = 0;
  #afterBlank = true;
  /** Runs of backticks of the paragraph that was read last, by length. */
  readonly #runs = new Map<number, number[]>();
  #runsEnd = -1;
  /** Last end tags, by element. */
  readonly #lastEnds = new Map<string, number>();

  constructor(text: string, form: CodeForm) {
    this.#text = text;
    this.#form = form;
  }

  /** Where the code ends that begins with the line at `at`; undefined where none does. */
  endAtLine(at: number): number | undefined {
    if (this.#form.isHtml) return undefined;
    return this.#endOfFence(at) ?? this.#endOfIndented(at);
  }

  /** Where the code ends that begins with the character at `at`; undefined where none does. */
  endInLine(at: number): number | undefined {
    const character = this.#text[at];
    if (character === "<") return this.#endOfHtml(at);
    return character === "`" && !this.#form.isHtml ? this.#endOfRun(at) : undefined;
  }

  #endOfLine(at: number): number {
    const end = this.#text.indexOf("\n", at);
    return end === -1 ? this.#text.length : end + 1;
  }

  #endOfFence(at: number): number | undefined {
    opening.lastIndex = at;
    const [, before = "", marks] = opening.exec(this.#text) ?? [];
    if (marks === undefined) return undefined;
    const fence = { mark: marks.charAt(0), length: marks.length, isQuoted: before.includes(">") };
    this.#afterBlank = true;
    let next = this.#endOfLine(at);
    while (next < this.#text.length) {
      const end = this.#endOfLine(next);
      const line = this.#text.slice(next, end);
      if (fence.isQuoted && !/^[ \t]*>/.test(line)) return next;
      if (isClosing(line, fence)) return end;
      next = end;
    }
    return next;
  }

  /** Lines in lists are code where they are indented by four spaces more than the item's text. */
  #endOfIndented(at: number): number | undefined {
    const end = this.#endOfLine(at);
    const line = this.#text.slice(at, end);
    const isBlank = line.trim() === "";
    const indent = measureIndent(line);
    const wasBlank = this.#afterBlank;
    this.#afterBlank = isBlank;
    if (isBlank) return undefined;
    if (wasBlank && indent < this.#listIndent) this.#listIndent = indent;
    if (this.#form.hasIndented && wasBlank && indent >= this.#listIndent + 4) {
      this.#afterBlank = true;
      return end;
    }
    item.lastIndex = at;
    const match = item.exec(this.#text);
    if (match !== null) this.#listIndent = measureIndent(match[0]) + match[0].trimStart().length;
    return undefined;
  }

  /** Code in a line ends with as many backticks as it began with, in the same paragraph. */
  #endOfRun(at: number): number {
    const length = runLength(this.#text, at);
    if (at >= this.#runsEnd) this.#readRuns(at);
    const starts = this.#runs.get(length) ?? [];
    while ((starts.at(-1) ?? at + 1) <= at) starts.pop();
    const next = starts.at(-1);
    return (next ?? at) + length;
  }

  #readRuns(at: number): void {
    this.#runs.clear();
    paragraphEnd.lastIndex = at;
    this.#runsEnd = paragraphEnd.exec(this.#text)?.index ?? this.#text.length;
    let next = this.#text.indexOf("`", at);
    while (next !== -1 && next < this.#runsEnd) {
      const length = runLength(this.#text, next);
      const starts = this.#runs.get(length);
      if (starts === undefined) this.#runs.set(length, [next]);
      else starts.push(next);
      next = this.#text.indexOf("`", next + length);
    }
    // The next one last: it is taken away as the text is read.
    for (const starts of this.#runs.values()) starts.reverse();
  }

  #endOfHtml(at: number): number | undefined {
    const elements = this.#form.isJsx ? jsxCode : htmlCode;
    elements.lastIndex = at;
    const name = elements.exec(this.#text)?.[1]?.toLowerCase();
    if (name === undefined || this.#lastEnd(name) < at) return undefined;
    const closing = new RegExp(`</${name}`, "gi");
    closing.lastIndex = at;
    const end = closing.exec(this.#text)?.index ?? at;
    const bracket = this.#text.indexOf(">", end);
    return bracket === -1 ? undefined : bracket + 1;
  }

  #lastEnd(name: string): number {
    let last = this.#lastEnds.get(name);
    if (last === undefined) {
      last = -1;
      for (const { index } of this.#text.matchAll(new RegExp(`</${name}`, "gi"))) last = index;
      this.#lastEnds.set(name, last);
    }
    return last;
  }
}

function runLength(text: string, at: number): number {
  let end = at;
  while (text[end] === "`") end += 1;
  return end - at;
}

function isClosing(line: string, { mark, length }: Fence): boolean {
  const marks = line.replace(/^[ \t>]*/, "").trimEnd();
  return marks.length >= length && marks === mark.repeat(marks.length);
}

function measureIndent(line: string): number {
  let width = 0;
  for (const character of line) {
    if (character === " ") width += 1;
    else if (character === "\t") width += 4 - (width % 4);
    else break;
  }
  return width;
}
