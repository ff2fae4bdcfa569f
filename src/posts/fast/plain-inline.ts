import { escapeHtmlAttribute, escapeHtmlText } from "../body/characters.ts";
import { type AddressScope, readTarget } from "./plain-address.ts";
import { classifyRun, closes, opens, unclear } from "./plain-emphasis.ts";

/** A character that may be more than text. Every line ends with one, so the search for the next is never long. */
const special = /[\t\n\\`*_~[!<>&^]/g;

const entity = /&(?:#|[a-z][a-z0-9]{1,31};)/iy;
const punctuation = /[!-/:-@[-`{-~]/;
/** Letters, or one of the signs that begin a comment, an end tag or an instruction. */
const markup = /[A-Za-z/!?]/;
/** An alternative text in which nothing is Markdown. */
const simpleAlt = /^[^\\`*_~[\]<&^\n\t]*$/;

const undone = -1;

/** Renders the characters from `start` to `end`, which is where the block's text ends. */
export function renderInline(
  text: string,
  start: number,
  end: number,
  scope: AddressScope,
): string | undefined {
  return new InlineReader(text, start, end, scope).read();
}

class InlineReader {
  #out = "";
  /** Where the text begins that is not written yet. */
  #from: number;
  readonly #text: string;
  readonly #end: number;
  readonly #scope: AddressScope;
  /** Elements of emphasis that wait for their end, each by the run that opened it. */
  readonly #open: string[] = [];

  constructor(text: string, start: number, end: number, scope: AddressScope) {
    this.#text = text;
    this.#from = start;
    this.#end = end;
    this.#scope = scope;
  }

  read(): string | undefined {
    const text = this.#text;
    const end = this.#end;
    let at = this.#from;
    while (at < end) {
      special.lastIndex = at;
      at = special.test(text) ? special.lastIndex - 1 : end;
      if (at >= end) break;
      at = this.#take(text[at] as string, at);
      // Attributes may follow a link, code or emphasis.
      if (at === undone || (text[at] === "{" && at < end)) return undefined;
    }
    return this.#open.length > 0 ? undefined : this.#out + text.slice(this.#from, end);
  }

  /** Each way gives the offset to go on at, or `undone`. */
  #take(character: string, at: number): number {
    const next = at + 1 < this.#end ? (this.#text[at + 1] as string) : "";
    switch (character) {
      case "\n":
        return this.#breakLine(at);
      case "&":
        entity.lastIndex = at;
        return entity.test(this.#text) ? undone : this.#replace(at, at + 1, "&amp;");
      case "<":
        return markup.test(next) ? undone : this.#replace(at, at + 1, "&lt;");
      case ">":
        return this.#replace(at, at + 1, "&gt;");
      case "\\":
        return this.#takeEscape(at, next);
      case "`":
        return this.#takeCode(at);
      case "[":
        return next === "^" ? undone : this.#takeLink(at);
      case "!":
        return next === "[" ? this.#takeImage(at) : at + 1;
      case "^":
        return next === "[" ? undone : at + 1;
      case "\t":
        return undone;
      default:
        return this.#takeRun(at, character);
    }
  }

  #replace(start: number, stop: number, html: string): number {
    this.#out += this.#text.slice(this.#from, start) + html;
    this.#from = stop;
    return stop;
  }

  #breakLine(at: number): number {
    let last = at;
    while (last > this.#from && this.#text.charCodeAt(last - 1) === 0x20) last -= 1;
    let next = at + 1;
    while (next < this.#end && this.#text.charCodeAt(next) === 0x20) next += 1;
    this.#replace(last, next, at - last > 1 ? "<br>\n" : "\n");
    return next;
  }

  #takeEscape(at: number, next: string): number {
    if (next === " ") return undone;
    if (next === "\n") {
      this.#replace(at, at + 1, "<br>");
      // Spaces before a backslash stay, and so do two before the line's end after it.
      return this.#breakLine(at + 1);
    }
    return next !== "" && punctuation.test(next) ? this.#replace(at, at + 2, escapeHtmlText(next)) : at + 1;
  }

  #takeCode(at: number): number {
    const content = at + this.#runAt(at).length;
    const end = this.#endOfCode(at);
    if (end === undone) return undone;
    const code = this.#text.slice(content, end - (content - at));
    const shown = code.replaceAll("\n", " ").replace(/^ (.+) $/, "$1");
    return this.#replace(at, end, `<code>${escapeHtmlText(shown)}</code>`);
  }

  /** The offset after the run that closes the code which a run opens. */
  #endOfCode(at: number): number {
    const { length } = this.#runAt(at);
    let start = this.#text.indexOf("`", at + length);
    while (start !== -1 && start < this.#end) {
      const stop = start + this.#runAt(start).length;
      if (stop - start === length) return stop;
      start = this.#text.indexOf("`", stop);
    }
    return undone;
  }

  /** The run of one character at an offset. */
  #runAt(at: number): string {
    const code = this.#text.charCodeAt(at);
    let stop = at + 1;
    while (stop < this.#end && this.#text.charCodeAt(stop) === code) stop += 1;
    return this.#text.slice(at, stop);
  }

  /** Runs of one or two that close what was opened last, or open where nothing else can be meant. */
  #takeRun(at: number, marker: string): number {
    const run = this.#runAt(at);
    const stop = at + run.length;
    if (run === "~") return stop;
    const can = classifyRun(this.#text, at, stop, this.#end);
    if (can === 0) return stop;
    if (run.length > 2 || can === unclear) return undone;
    const element = marker === "~" ? "s" : run.length === 2 ? "strong" : "em";
    if ((can & closes) !== 0 && this.#open.at(-1) === run) {
      this.#open.pop();
      return this.#replace(at, stop, `</${element}>`);
    }
    if (can !== opens && (can === closes || this.#open.length > 0)) return undone;
    this.#open.push(run);
    return this.#replace(at, stop, `<${element}>`);
  }

  #takeLink(at: number): number {
    const label = this.#endOfLabel(at + 1);
    if (label === undone) return undone;
    // A text with definitions of references does not get here, so brackets without an address are text.
    if (label + 1 >= this.#end || this.#text[label + 1] !== "(") return at + 1;
    const found = readTarget(this.#text, label + 1, "link", this.#scope);
    if (found === undefined || found.end > this.#end) return undone;
    const shown = renderInline(this.#text, at + 1, label, this.#scope);
    if (shown === undefined) return undone;
    return this.#replace(
      at,
      found.end,
      `<a href="${escapeHtmlAttribute(found.url)}"${found.title}>${shown}</a>`,
    );
  }

  /** Where a label ends: at its bracket, or at the text's end where it has none. */
  #endOfLabel(start: number): number {
    for (let at = start; at < this.#end; at += 1) {
      const character = this.#text[at] as string;
      if (character === "]") return at;
      if (character === "`") {
        const stop = this.#endOfCode(at);
        if (stop === undone) return undone;
        at = stop - 1;
      } else if (character === "[" || character === "\\" || character === "<") return undone;
    }
    return this.#end;
  }

  #takeImage(at: number): number {
    const close = this.#text.indexOf("]", at);
    const alt = this.#text.slice(at + 2, close);
    if (close === -1 || close >= this.#end || !simpleAlt.test(alt)) return undone;
    const found = readTarget(this.#text, close + 1, "media", this.#scope);
    if (found === undefined || found.end > this.#end) return undone;
    const source = `src="${escapeHtmlAttribute(found.url)}" alt="${escapeHtmlAttribute(alt)}"`;
    return this.#replace(at, found.end, `<img ${source}${found.title}>`);
  }
}
