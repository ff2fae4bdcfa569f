export interface StrippedMdx {
  /** As many lines as before, so that positions still hold. */
  readonly text: string;
  /** What was left out, in order of appearance, each once. */
  readonly removed: readonly {
    readonly what: string;
    /** Line within the text, from 1. */
    readonly line: number;
    /** The bracket or quote that ends it is missing: the rest of the text went with it. */
    readonly unclosed: boolean;
  }[];
}

/**
 * Takes MDX's additions out of a body. Code, fenced or inline, stays as it is.
 * Nothing is executed: what stood in braces is gone, and components leave the text between their tags.
 */
export function stripMdx(text: string): StrippedMdx {
  return new MdxReader(text).run();
}

const fence = /[ \t>]*(`{3,}|~{3,})[^\n]*/y;
/** Statements, not sentences that begin with the same word. */
const moduleStart =
  /(?:(import)\s*(?:["'{*]|type\b|[\w$]+\s*(?:,|from\b))|(export)\s*(?:[{*]|(?:default|const|let|var|function|async|class|type|interface|enum)\b))/y;
const componentTag = /<\/?(?:([A-Z][\w.]*|[a-z][\w-]*\.[\w.]+)|(?=>))/y;

class MdxReader {
  private readonly text: string;
  private at = 0;
  private out = "";
  private readonly removed = new Map<string, number>();
  /** Offset of the construct that never ends. */
  private unclosed = -1;

  constructor(text: string) {
    this.text = text;
  }

  run(): StrippedMdx {
    let lineStart = true;
    while (this.at < this.text.length) {
      const taken = (lineStart && (this.takeFence() || this.takeModule())) || this.takeInline();
      if (!taken) this.copy(this.at + 1);
      lineStart = this.at === 0 || this.text[this.at - 1] === "\n";
    }
    const removed = this.findLines();
    return { text: this.out, removed };
  }

  /** Offsets become lines in one go: counting for each would be quadratic. */
  private findLines(): StrippedMdx["removed"] {
    let line = 1;
    let from = 0;
    return [...this.removed].map(([what, offset]) => {
      for (let next = this.text.indexOf("\n", from); next !== -1 && next < offset; ) {
        line += 1;
        from = next + 1;
        next = this.text.indexOf("\n", from);
      }
      return { what, line, unclosed: offset === this.unclosed };
    });
  }

  private copy(end: number): boolean {
    this.out += this.text.slice(this.at, end);
    this.at = end;
    return true;
  }

  /** Leaves a stretch out but keeps its line ends. */
  private drop(end: number, what: string): boolean {
    const unclosed = end > this.text.length;
    if (unclosed) this.unclosed = this.at;
    if (unclosed || !this.removed.has(what))
      this.removed.set(unclosed ? `${what} without its end` : what, this.at);
    const stop = Math.min(end, this.text.length);
    for (let index = this.at; index < stop; index += 1) if (this.text[index] === "\n") this.out += "\n";
    this.at = stop;
    return true;
  }

  private takeFence(): boolean {
    fence.lastIndex = this.at;
    const match = fence.exec(this.text);
    const marks = match?.[1];
    if (match === null || marks === undefined) return false;
    const first = marks.charAt(0);
    const closing = new RegExp(`^[ \\t>]*${first}{${marks.length},}[ \\t]*$`, "gm");
    closing.lastIndex = fence.lastIndex;
    const end = closing.exec(this.text);
    return this.copy(end === null ? this.text.length : closing.lastIndex);
  }

  /** `import` and `export` run to the next blank line outside brackets. */
  private takeModule(): boolean {
    moduleStart.lastIndex = this.at;
    const match = moduleStart.exec(this.text);
    if (match === null) return false;
    let end = this.at;
    while (end < this.text.length && !(this.text[end] === "\n" && blankLine(this.text, end + 1)))
      end = "{([".includes(this.text.charAt(end)) ? this.endOfBraces(end) : this.endOfString(end);
    return this.drop(end, match[1] ?? match[2] ?? "import");
  }

  private takeInline(): boolean {
    const character = this.text.charAt(this.at);
    if (character === "\\") return this.copy(Math.min(this.at + 2, this.text.length));
    if (character === "`") return this.takeCode();
    if (character === "{") return this.takeExpression();
    return character === "<" && this.takeTag();
  }

  private takeCode(): boolean {
    let end = this.at;
    while (this.text[end] === "`") end += 1;
    const marks = this.text.slice(this.at, end);
    const blank = this.text.indexOf("\n\n", end);
    const limit = blank === -1 ? this.text.length : blank;
    for (let next = this.text.indexOf(marks, end); next !== -1 && next < limit; ) {
      let stop = next;
      while (this.text[stop] === "`") stop += 1;
      if (stop - next === marks.length) return this.copy(stop);
      next = this.text.indexOf(marks, stop);
    }
    return this.copy(end);
  }

  private takeExpression(): boolean {
    const end = this.endOfBraces(this.at);
    const comment = /^\{\s*\/\*/.test(this.text.slice(this.at, this.at + 20));
    return this.drop(end, comment ? "{/* \u2026 */}" : "{\u2026}");
  }

  private takeTag(): boolean {
    componentTag.lastIndex = this.at;
    const match = componentTag.exec(this.text);
    if (match === null) return false;
    let end = componentTag.lastIndex;
    while (end < this.text.length && this.text[end] !== ">")
      end = this.text[end] === "{" ? this.endOfBraces(end) : this.endOfString(end);
    return this.drop(end + 1, `<${match[1] ?? ""}>`);
  }

  /** Offset after the bracket that closes the one at `start`; past the end of the text where none does. */
  private endOfBraces(start: number): number {
    let depth = 0;
    let index = start;
    while (index < this.text.length) {
      const character = this.text.charAt(index);
      if ("{([".includes(character)) depth += 1;
      if ("})]".includes(character)) depth -= 1;
      if (depth === 0) return index + 1;
      index = this.endOfString(index);
    }
    return this.text.length + 1;
  }

  /** Offset after the string or comment at `start`, or after one character where there is neither. */
  private endOfString(start: number): number {
    const quote = this.text.charAt(start);
    if (this.text.startsWith("/*", start)) {
      const end = this.text.indexOf("*/", start + 2);
      return end === -1 ? start + 1 : end + 2;
    }
    if (quote !== '"' && quote !== "'" && quote !== "`") return start + 1;
    for (let index = start + 1; index < this.text.length; index += 1) {
      const character = this.text.charAt(index);
      if (character === "\\") index += 1;
      else if (character === quote) return index + 1;
      else if (character === "\n" && quote !== "`") return start + 1;
    }
    return start + 1;
  }
}

function blankLine(text: string, from: number): boolean {
  let index = from;
  while (text[index] === " " || text[index] === "\t") index += 1;
  return index >= text.length || text[index] === "\n";
}
