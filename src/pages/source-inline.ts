import { decodeHTML } from "entities";
import type { TokenList } from "./token-list.ts";

/** Elements of HTML that are text with markup; every other `<name` is a component. */
const plainTags = new Set(
  (
    "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup data dd del " +
    "details dfn dir div dl dt em figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hgroup hr i ins kbd " +
    "label li main mark nav nobr ol p picture pre q rb rp rt rtc ruby s samp section small source span strike " +
    "strong sub summary sup table tbody td tfoot th thead time tr track tt u ul var wbr"
  ).split(" "),
);

const inlineTags = new Set(
  "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small span strike strong sub sup tt u var wbr".split(
    " ",
  ),
);

const tagName = /<(\/?)([A-Za-z][\w.:-]{0,60})(?=[\s>/{])/y;
const quoted = /"([^"]{0,2000})"|'([^']{0,2000})'|`([^`]{0,2000})`/g;
const imageAttribute = /\s(?:src|data-src|url|image)\s{0,9}=\s{0,9}["'{]{0,2}([^"'{}\s>]{1,2000})/i;
const address = /<((?:https?|mailto):[^\s<>]{1,2000})>/y;
const footnoteMark = /\[\^[^\]\n]{1,200}\]/y;
const wikiLink = /!?\[\[([^[\]\n]{1,500})\]\]/y;
const inlineMath = /\$(?![\s\d$])([^$\n]{1,500}?[^\s$\\])\$(?!\d)/y;
const braces = /\{([^{}\n]{1,400})\}/y;

/** Templates: how they begin and end. What is in quotes may be shown; the rest is code. */
const templates: readonly (readonly [start: string, end: string])[] = [
  ["{{<", ">}}"],
  ["{{%", "%}}"],
  ["{{", "}}"],
  ["{%", "%}"],
  ["$$", "$$"],
  ["\\(", "\\)"],
  ["\\[", "\\]"],
  ["<!--", "-->"],
];

/** Characters that a tag, a link's target or an image's text may have. */
const longestBracket = 4000;

/** Reads running text: words, and marks where templates, components, math and frames are. */
export class InlineReader {
  readonly #tokens: TokenList;
  #text = "";
  #at = 0;
  #pending = "";
  #isCode = false;
  /** Where each closing sign was found last; searched again only from there, so that all searches together are linear. */
  readonly #closers = new Map<string, number>();
  /** Characters that searches without success may still look at: without it, many open brackets cost a square. */
  #budget = 0;

  constructor(tokens: TokenList) {
    this.#tokens = tokens;
  }

  /** @param isCode the text may be code: the words of tags may be shown */
  read(text: string, isCode = false): void {
    this.#text = text;
    this.#at = 0;
    this.#isCode = isCode;
    this.#closers.clear();
    this.#budget = 20_000 + text.length * 8;
    const special = /[\\`![\]<{$*~=]/g;
    for (;;) {
      special.lastIndex = this.#at;
      const found = special.exec(text);
      this.#pending += text.slice(this.#at, found?.index ?? text.length);
      if (found === null) break;
      this.#at = found.index;
      this.#readSpecial(found[0]);
    }
    this.#endWords();
  }

  #readSpecial(sign: string): void {
    if (this.#readTemplate()) return;
    const isRead =
      (sign === "\\" && this.#readEscape()) ||
      (sign === "`" && this.#readCode()) ||
      (sign === "!" && (this.#readWikiLink() || this.#readImage())) ||
      (sign === "[" && (this.#readFootnoteMark() || this.#readWikiLink())) ||
      (sign === "]" && this.#readLinkEnd()) ||
      (sign === "<" && (this.#readTag() || this.#readAddress())) ||
      (sign === "{" && this.#readBraces()) ||
      (sign === "$" && this.#readMath()) ||
      ((sign === "*" || sign === "~" || sign === "=") && this.#readEmphasis());
    if (isRead) return;
    this.#pending += sign;
    this.#at += 1;
  }

  #readTemplate(): boolean {
    const template = templates.find(([start]) => this.#text.startsWith(start, this.#at));
    if (template === undefined) return false;
    const [start, end] = template;
    const close = this.#find(end, this.#at + start.length);
    if (close < 0 || close - this.#at > 20_000) return false;
    const inner = this.#text.slice(this.#at + start.length, close);
    this.#at = close + end.length;
    if (start === "<!--") return true;
    if (start.includes("{")) this.#readCall(start, inner);
    else this.#addComponent(inner);
    return true;
  }

  /** A template call. What is between comment tags is never shown. */
  #readCall(start: string, inner: string): void {
    const name = /^[\s-]{0,9}(\/?\w{1,40})/.exec(inner)?.[1] ?? "";
    if (start === "{{%" || start === "{{<" ? inner.trim().startsWith("/*") : name === "comment") {
      const end = name === "comment" ? this.#find("endcomment", this.#at) : -1;
      const close = end < 0 ? -1 : this.#find("%}", end);
      if (close >= 0) this.#at = close + 2;
      return;
    }
    this.#endWords();
    this.#tokens.mark(!/^[\s-]{0,9}(?:\/|end)/.test(inner));
    for (const [, double, single, back] of inner.matchAll(quoted)) {
      const argument = double ?? single ?? back ?? "";
      if (/\.(?:png|jpe?g|gif|webp|avif|svg)$/i.test(argument)) this.#tokens.addImage(argument);
      else this.#tokens.addText(argument, true);
    }
    this.#tokens.mark();
  }

  #readEscape(): boolean {
    this.#pending += this.#text.slice(this.#at + 1, this.#at + 2);
    this.#at += 2;
    return true;
  }

  #readCode(): boolean {
    let length = 1;
    while (this.#text[this.#at + length] === "`") length += 1;
    const run = "`".repeat(length);
    let close = length > 20 ? -1 : this.#find(run, this.#at + length);
    // A longer run does not close a shorter one.
    for (let tries = 0; close >= 0 && this.#text[close + length] === "`" && tries < 20; tries += 1) {
      let after = close;
      while (this.#text[after] === "`") after += 1;
      close = this.#text.indexOf(run, after);
    }
    if (close < 0 || close - this.#at > 20_000) {
      this.#at += length;
      return true;
    }
    this.#pending += this.#text.slice(this.#at + length, close).replaceAll("&", "&amp;");
    this.#at = close + length;
    return true;
  }

  #readImage(): boolean {
    if (this.#text[this.#at + 1] !== "[") return false;
    const close = this.#closing(this.#at + 1, "[", "]");
    const link = close < 0 ? undefined : this.#linkEnd(close);
    if (link === undefined) return false;
    this.#endWords();
    if (link.target !== undefined) this.#tokens.addImage(link.target);
    else this.#tokens.mark(true);
    this.#tokens.addText(`${this.#text.slice(this.#at + 2, close)} ${link.title}`, true);
    this.#at = link.end;
    return true;
  }

  #readLinkEnd(): boolean {
    const link = this.#linkEnd(this.#at);
    if (link === undefined) return false;
    if (link.title !== "") {
      this.#endWords();
      this.#tokens.addText(link.title, true);
    }
    this.#at = link.end;
    return true;
  }

  /** What follows the `]` of a link: `(target "title")` or `[reference]`. */
  #linkEnd(at: number): { end: number; target?: string; title: string } | undefined {
    const sign = this.#text[at + 1];
    if (sign !== "(" && sign !== "[") return undefined;
    const close = this.#closing(at + 1, sign, sign === "(" ? ")" : "]");
    if (close < 0) return undefined;
    if (sign === "[") return { end: close + 1, title: "" };
    const inner = this.#text.slice(at + 2, close).trim();
    const angle = inner.startsWith("<") ? inner.indexOf(">") : -1;
    const space = inner.search(/\s/);
    const cut = angle > 0 ? angle + 1 : space < 0 ? inner.length : space;
    const attributes = /^\{[^{}\n]{0,400}\}/.exec(this.#text.slice(close + 1, close + 402))?.[0] ?? "";
    const target = inner.slice(0, cut).replace(/^<|>$/g, "");
    return { end: close + 1 + attributes.length, target, title: inner.slice(cut).trim() };
  }

  /** Where the bracket that opens at `at` closes, -1 if it does not. */
  #closing(at: number, open: string, close: string): number {
    let depth = 0;
    const limit = Math.min(this.#text.length, at + longestBracket, at + this.#budget);
    for (let i = at; i < limit; i += 1) {
      const sign = this.#text[i];
      if (sign === "\\") i += 1;
      else if (sign === open) depth += 1;
      else if (sign === close) {
        depth -= 1;
        if (depth === 0) return i;
      }
    }
    this.#budget -= limit - at;
    return -1;
  }

  #readFootnoteMark(): boolean {
    const mark = this.#match(footnoteMark);
    if (mark === null) return false;
    this.#endWords();
    this.#tokens.mark();
    this.#at += mark[0].length;
    return true;
  }

  #readWikiLink(): boolean {
    const link = this.#match(wikiLink);
    if (link === null) return false;
    this.#at += link[0].length;
    if (link[0].startsWith("!")) {
      this.#endWords();
      this.#tokens.addImage((link[1] ?? "").replace(/\|.*$/, ""));
    } else this.#addComponent(link[1] ?? "");
    return true;
  }

  #readTag(): boolean {
    const found = this.#match(tagName);
    const end = found === null ? -1 : this.#tagEnd(this.#at + found[0].length);
    if (found === null || end < 0) return false;
    const [start, closing, name = ""] = found;
    const rest = this.#text.slice(this.#at + start.length, end);
    const all = this.#text.slice(this.#at, end + 1);
    this.#at = end + 1;
    if (this.#isCode) {
      this.#endWords();
      this.#tokens.addText(all, true);
      return true;
    }
    const lower = name.toLowerCase();
    if (inlineTags.has(name)) return true;
    this.#endWords();
    if (lower === "img" || lower === "image" || lower === "amp-img") this.#addTagImage(rest);
    else if (lower === "script" || lower === "style") this.#skipTo(`</${lower}`);
    else if (!plainTags.has(name)) this.#addTagComponent(rest, closing === "/");
    return true;
  }

  /** Where a tag ends: a `>` outside of quotes and braces. */
  #tagEnd(at: number): number {
    let quote = "";
    let depth = 0;
    const limit = Math.min(this.#text.length, at + longestBracket, at + this.#budget);
    for (let i = at; i < limit; i += 1) {
      const sign = this.#text[i] as string;
      if (quote !== "") quote = sign === quote ? "" : quote;
      else if (sign === '"' || (sign === "'" && depth === 0)) quote = sign;
      else if (sign === "{") depth += 1;
      else if (sign === "}") depth -= 1;
      else if (sign === ">" && depth <= 0) return i;
      else if (sign === "<" && depth <= 0) break;
    }
    this.#budget -= limit - at;
    return -1;
  }

  #addTagImage(rest: string): void {
    const source = imageAttribute.exec(rest)?.[1];
    if (source === undefined) this.#tokens.mark(true);
    else this.#tokens.addImage(source);
    this.#addArguments(rest);
  }

  #addTagComponent(rest: string, isClosing: boolean): void {
    this.#tokens.mark(!isClosing);
    if (isClosing) return;
    this.#addArguments(rest);
    this.#tokens.mark();
  }

  #addArguments(rest: string): void {
    for (const [, double, single, back] of rest.matchAll(quoted))
      this.#tokens.addText(double ?? single ?? back ?? "", true);
  }

  #skipTo(end: string): void {
    const close = this.#find(end, this.#at);
    if (close >= 0) this.#at = close;
  }

  #readAddress(): boolean {
    const found = this.#match(address);
    if (found === null) return false;
    this.#pending += ` ${found[1]} `;
    this.#at += found[0].length;
    return true;
  }

  /** An expression in MDX, or the attributes of a heading or link. */
  #readBraces(): boolean {
    const found = this.#match(braces);
    if (found === null) return false;
    this.#at += found[0].length;
    if (/^[#.:]/.test(found[1] ?? "")) {
      this.#endWords();
      this.#tokens.addText(found[1] ?? "", true);
    } else this.#addComponent(found[1] ?? "");
    return true;
  }

  #readMath(): boolean {
    const found = this.#match(inlineMath);
    if (found === null) return false;
    this.#at += found[0].length;
    this.#addComponent(found[1] ?? "");
    return true;
  }

  /** Signs of emphasis join the letters beside them, as the page does; between digits they are signs of sums. */
  #readEmphasis(): boolean {
    const sign = this.#text[this.#at] as string;
    let end = this.#at;
    while (this.#text[end] === sign) end += 1;
    if (sign !== "*" && end - this.#at !== 2) return false;
    if (/\d$/.test(this.#pending.slice(-1)) && /\d/.test(this.#text[end] ?? "")) return false;
    this.#at = end;
    return true;
  }

  #addComponent(text: string): void {
    this.#endWords();
    this.#tokens.mark(true);
    this.#tokens.addText(text, true);
    this.#tokens.mark();
  }

  #endWords(): void {
    if (this.#pending === "") return;
    this.#tokens.addText(this.#pending.includes("&") ? decodeHTML(this.#pending) : this.#pending);
    this.#pending = "";
  }

  #find(sign: string, from: number): number {
    const known = this.#closers.get(sign);
    if (known !== undefined && (known < 0 || known >= from)) return known;
    const found = this.#text.indexOf(sign, from);
    this.#closers.set(sign, found);
    return found;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text);
  }
}
