import { CodeFinder } from "./code-finder.ts";
import { MdxScanner } from "./mdx-scanner.ts";
import { readJsxAttributes, writeMdxTag } from "./mdx-tags.ts";

export interface StrippedMdx {
  /** Markdown, with elements of HTML. */
  readonly text: string;
  /** What was left out that readers may miss, in order of appearance, each once. */
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
 * Nothing is executed: what stood in braces is gone unless it is text, and components leave the text between their tags.
 * @param readField gives the value of a post's own field
 */
export function stripMdx(text: string, readField: (key: string) => string | undefined): StrippedMdx {
  return new MdxReader(text, readField).run();
}

/** Statements, not sentences that begin with the same word. */
const moduleStart =
  /(?:import\s*(?:["'{*]|type\b|[\w$]+\s*(?:,|from\b))|export\s*(?:[{*]|(?:default|const|let|var|function|async|class|type|interface|enum)\b))/y;
const tagStart = /<(\/?)(?:([A-Za-z][\w-]*(?:\.[\w-]+)*)(?=[\s/>])|(?=>))/y;
const special = /[\\`{<$\n]/g;
/** Formulas in TeX, whose braces are its own. */
const formula = /\$\$[^$]{1,20000}\$\$|\$(?=[^\s$])[^$\n]{0,1000}[^\s$\\]\$(?!\d)/y;
const writtenText = /^\{\s*(?:"([^"\\\n]*)"|'([^'\\\n]*)'|`([^`\\$]*)`)\s*\}$/;
const ownField = /^\{\s*(?:frontmatter|frontMatter)\.([\w.]+)\s*\}$/;
const headingId = /\{#[\w:.-]+\}[ \t]*$/my;

class MdxReader {
  readonly #text: string;
  readonly #readField: (key: string) => string | undefined;
  readonly #code: CodeFinder;
  readonly #scanner: MdxScanner;
  #at = 0;
  #out = "";
  readonly #removed = new Map<string, number>();
  /** Offset of the construct that never ends. */
  #unclosed = -1;

  constructor(text: string, readField: (key: string) => string | undefined) {
    this.#text = text;
    this.#readField = readField;
    this.#code = new CodeFinder(text, { isHtml: false, hasIndented: false, isJsx: true });
    this.#scanner = new MdxScanner(text);
  }

  run(): StrippedMdx {
    let isLineStart = true;
    while (this.#at < this.#text.length) {
      if (!isLineStart || !(this.#takeCode(this.#code.endAtLine(this.#at)) || this.#takeModule()))
        this.#readLine();
      isLineStart = this.#text[this.#at - 1] === "\n";
    }
    return { text: this.#out, removed: this.#findLines() };
  }

  /** Offsets become lines in one go: counting for each would be quadratic. */
  #findLines(): StrippedMdx["removed"] {
    let line = 1;
    let from = 0;
    return [...this.#removed].map(([what, offset]) => {
      for (let next = this.#text.indexOf("\n", from); next !== -1 && next < offset; ) {
        line += 1;
        from = next + 1;
        next = this.#text.indexOf("\n", from);
      }
      return { what, line, unclosed: offset === this.#unclosed };
    });
  }

  #readLine(): void {
    special.lastIndex = this.#at;
    const next = special.exec(this.#text);
    this.#copy(next?.index ?? this.#text.length);
    if (next !== null && !this.#take(next[0])) this.#copy(this.#at + 1);
  }

  #take(character: string): boolean {
    if (character === "\\") return this.#copy(Math.min(this.#at + 2, this.#text.length));
    if (character === "`") return this.#takeCode(this.#code.endInLine(this.#at));
    if (character === "{") return this.#takeExpression();
    if (character === "$") return this.#takeFormula();
    return (
      character === "<" &&
      (this.#takeComment() || this.#takeCode(this.#code.endInLine(this.#at)) || this.#takeTag())
    );
  }

  #copy(end: number): true {
    this.#out += this.#text.slice(this.#at, end);
    this.#at = end;
    return true;
  }

  #takeCode(end: number | undefined): boolean {
    return end !== undefined && this.#copy(end);
  }

  #replace(end: number, text: string): true {
    this.#out += text;
    this.#at = end;
    return true;
  }

  /** Leaves a stretch out that readers may miss, or whose end is missing. */
  #drop(end: number, what: string): true {
    const unclosed = end > this.#text.length;
    if (unclosed) this.#unclosed = this.#at;
    const key = unclosed ? `${what} without its end` : what;
    if (!this.#removed.has(key)) this.#removed.set(key, this.#at);
    return this.#replace(Math.min(end, this.#text.length), "");
  }

  /** `import` and `export` run to the next blank line outside brackets. Readers miss nothing. */
  #takeModule(): boolean {
    moduleStart.lastIndex = this.#at;
    if (!moduleStart.test(this.#text)) return false;
    let end = this.#at;
    while (end < this.#text.length && !(this.#text[end] === "\n" && isBlankLine(this.#text, end + 1)))
      end = "{([".includes(this.#text.charAt(end))
        ? this.#scanner.endOfBraces(end)
        : this.#scanner.endOfString(end);
    return end > this.#text.length
      ? this.#drop(end, this.#text.slice(this.#at, this.#at + 6))
      : this.#replace(end, "");
  }

  #takeFormula(): boolean {
    formula.lastIndex = this.#at;
    return formula.test(this.#text) && this.#copy(formula.lastIndex);
  }

  #takeComment(): boolean {
    if (!this.#text.startsWith("<!--", this.#at)) return false;
    const end = this.#text.indexOf("-->", this.#at);
    if (end === -1) return this.#replace(this.#text.length, "");
    const isMark = /^<!--\s{0,9}more\s{0,9}$/i.test(this.#text.slice(this.#at, end).slice(0, 40));
    return isMark ? this.#copy(end + 3) : this.#replace(end + 3, "");
  }

  #takeExpression(): boolean {
    headingId.lastIndex = this.#at;
    if (headingId.test(this.#text)) return this.#copy(headingId.lastIndex);
    const end = this.#scanner.endOfBraces(this.#at);
    const source = this.#text.slice(this.#at, end);
    const isComment = /^\{\s{0,99}\/\*/.test(source);
    if (end > this.#text.length) return this.#drop(end, isComment ? "{/* \u2026 */}" : "{\u2026}");
    const [, double, single, template] = writtenText.exec(source) ?? [];
    const written = double ?? single ?? template ?? this.#readField(ownField.exec(source)?.[1] ?? "");
    if (written !== undefined) return this.#replace(end, written);
    const isEmpty = isComment && /^\{\s*\/\*[\s\S]*\*\/\s*\}$/.test(source);
    return isEmpty || source.slice(1, -1).trim() === ""
      ? this.#replace(end, "")
      : this.#drop(end, "{\u2026}");
  }

  #takeTag(): boolean {
    tagStart.lastIndex = this.#at;
    const match = tagStart.exec(this.#text);
    if (match === null) return false;
    const [, slash = "", name = ""] = match;
    const isComponent = /^[A-Z]|\./.test(name);
    const start = tagStart.lastIndex;
    let end = start;
    while (end < this.#text.length && this.#text[end] !== ">") {
      if (!isComponent && this.#text[end] === "<") return false;
      end = this.#text[end] === "{" ? this.#scanner.endOfBraces(end) : this.#scanner.endOfString(end);
    }
    if (end >= this.#text.length && !isComponent && end === this.#text.length) return false;
    if (name === "") return this.#replace(end + 1, "");
    if (end >= this.#text.length) return this.#drop(end + 1, `<${name}>`);
    const attributes =
      slash === "" ? readJsxAttributes(this.#text.slice(start, end)) : new Map<string, string>();
    if (!isComponent)
      return this.#replace(end + 1, slash === "" ? writeMdxTag(name, attributes) : `</${name}>`);
    const isPicture =
      /(?:^|\.)(?:Image|Img)$/.test(name) && attributes.has("src") && attributes.get("src") !== "";
    return isPicture
      ? this.#replace(end + 1, writeMdxTag("img", attributes))
      : this.#drop(end + 1, `<${name}>`);
  }
}

function isBlankLine(text: string, from: number): boolean {
  let index = from;
  while (text[index] === " " || text[index] === "\t") index += 1;
  return index >= text.length || text[index] === "\n";
}
