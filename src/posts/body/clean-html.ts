import { Tokenizer, type TokenizerCallbacks } from "htmlparser2";
import { escapeHtmlText } from "./characters.ts";
import { buildAttributes, type MediaReference } from "./clean-attributes.ts";
import { ElementStack } from "./element-stack.ts";
import { writeFrame } from "./frames.ts";
import {
  drawnMath,
  droppedElements,
  type HtmlRules,
  largestBody,
  neededAround,
  rawTextElements,
  renamedElements,
  reportedElements,
  voidElements,
} from "./html-rules.ts";
import { unknownAddress } from "./web-address.ts";

/** Elements open at once; deeper ones lose their tags and keep their text. */
export const deepestNesting = 200;

/** Kinds of removed things that are named; an author needs the first few. */
const mostReported = 50;

export interface CleanHtml {
  readonly html: string;
  /** Offset in `html` where `<!-- more -->` stood. */
  readonly more?: number;
  /** What was left out that an author should hear about, such as `<script>`. */
  readonly removed: ReadonlySet<string>;
  /** Relative references, as written: they may name local files. */
  readonly references: readonly MediaReference[];
  /** It would have been more than {@link largestBody}: what is here is a part. */
  readonly isCut?: true;
}

/**
 * Cleans HTML in one pass. Total: any string gives safe output, and cleaning that again changes nothing.
 * @param base what relative URLs are resolved against: the permalink.
 * @param rewrite gives the address that is meant by one in the text: links may name posts by their files
 */
export function cleanHtml(
  html: string,
  base: URL,
  rules: HtmlRules,
  rewrite: (address: string) => string = (address) => address,
): CleanHtml {
  return new Cleaner(html, base, rules, rewrite).run();
}

const addressAttribute = /^(?:href|src|srcset|poster|cite)$/;

class Cleaner implements TokenizerCallbacks {
  readonly #input: string;
  readonly #base: URL;
  readonly #rules: HtmlRules;
  readonly #rewrite: (address: string) => string;
  #out = "";
  readonly #stack = new ElementStack();
  /** Opening tags passed over although their kind stays: their end tags are passed over as well. */
  readonly #ignored = new Map<string, number>();
  readonly #lastEnd = new Map<string, number>();
  readonly #removed = new Set<string>();
  readonly #references: MediaReference[] = [];
  readonly #attributes = new Map<string, string>();
  #name = "";
  #attribute = "";
  #value = "";
  /** The element whose content is being left out, and how often it is open. */
  #dropping = "";
  #dropDepth = 0;
  /** Nothing but white space since an image that a script would have loaded. */
  #afterLazyImage = false;
  #more: number | undefined;
  /** Whether formulas are there as MathML too; undefined until somebody asks. */
  #hasMath: boolean | undefined;

  constructor(input: string, base: URL, rules: HtmlRules, rewrite: (address: string) => string) {
    this.#input = input;
    this.#base = base;
    this.#rules = rules;
    this.#rewrite = rewrite;
  }

  run(): CleanHtml {
    const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: true }, this);
    tokenizer.write(this.#input);
    tokenizer.end();
    this.#out += this.#stack.closeAll();
    const more = this.#more;
    const facts = { ...(more !== undefined && { more }), ...(this.#isFull && { isCut: true as const }) };
    return { html: this.#out, removed: this.#removed, references: this.#references, ...facts };
  }

  get #isFull(): boolean {
    return this.#out.length > largestBody;
  }

  ontext(start: number, end: number): void {
    if (this.#dropping === "" && !this.#isFull) this.#write(this.#input.slice(start, end));
  }
  ontextentity(code: number): void {
    if (this.#dropping === "") this.#write(String.fromCodePoint(code));
  }
  onopentagname(start: number, end: number): void {
    this.#name = this.#input.slice(start, end).toLowerCase();
    this.#attributes.clear();
  }
  onattribname(start: number, end: number): void {
    this.#attribute = this.#input.slice(start, end).toLowerCase();
    this.#value = "";
  }
  onattribdata(start: number, end: number): void {
    this.#value += this.#input.slice(start, end);
  }
  onattribentity(code: number): void {
    this.#value += String.fromCodePoint(code);
  }
  onattribend(): void {
    if (this.#attributes.has(this.#attribute)) return;
    const isAddress = addressAttribute.test(this.#attribute);
    if (isAddress && this.#value.includes(unknownAddress)) return;
    const isRead = isAddress && this.#dropping === "" && !this.#isFull;
    this.#attributes.set(this.#attribute, isRead ? this.#rewrite(this.#value) : this.#value);
  }
  onopentagend(end: number): void {
    this.#openElement(end + 1);
  }
  onselfclosingtag(end: number): void {
    this.#openElement(end + 1);
  }
  onclosetag(start: number, end: number): void {
    this.#closeElement(this.#input.slice(start, end).trim().toLowerCase());
  }
  oncomment(start: number, end: number, offset: number): void {
    if (this.#dropping !== "" || this.#more !== undefined || end - start > 64) return;
    if (/^\s*more\s*$/i.test(this.#input.slice(start, end - offset))) this.#more = this.#out.length;
  }
  oncdata(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  #write(text: string): void {
    if (this.#afterLazyImage && text.trim() !== "") this.#afterLazyImage = false;
    this.#out += escapeHtmlText(text);
  }

  #openElement(after: number): void {
    const written = this.#name;
    if (this.#isFull) return;
    if (this.#dropping !== "") {
      if (written === this.#dropping) this.#dropDepth += 1;
      return;
    }
    if (reportedElements.has(written)) this.#report(written);
    for (const key of this.#attributes.keys())
      if (key.startsWith("on")) this.#remember(`the attribute ${key.slice(0, 40)}`);
    const lazy = this.#afterLazyImage;
    this.#afterLazyImage = false;
    if (written === "iframe") this.#out += writeFrame(this.#attributes, this.#base, this.#stack.isOpen("a"));
    if (written === "input") this.#openInput();
    if (this.#isDrawnMath(written)) this.#startDropping(written, after);
    else if (droppedElements.has(written) || (written === "noscript" && lazy))
      this.#startDropping(written, after);
    else if (written === "p" || this.#rules.elements.has(renamedElements.get(written) ?? written))
      this.#openKept(renamedElements.get(written) ?? written, after);
  }

  /** What KaTeX and MathJax draw beside their MathML; where there is none, the author hears of it. */
  #isDrawnMath(name: string): boolean {
    const isHidden = name === "nobr" && this.#attributes.get("aria-hidden") === "true";
    if (!isHidden && !drawnMath.test(this.#attributes.get("class") ?? "")) return false;
    this.#hasMath ??= /<math[\s>]/i.test(this.#input);
    if (!this.#hasMath) this.#remember("a formula without MathML");
    return true;
  }

  #openKept(name: string, after: number): void {
    this.#out += this.#stack.closeBefore(name);
    const isVoid = voidElements.has(name);
    const attributes = this.#accept(name, after);
    if (attributes === undefined || (!isVoid && this.#stack.depth >= deepestNesting)) {
      if (!isVoid) this.#ignored.set(name, (this.#ignored.get(name) ?? 0) + 1);
      return;
    }
    this.#out += `<${name}${attributes}>`;
    if (isVoid) return;
    this.#stack.push(name);
  }

  /** Gives the attributes as they are written out, or undefined when the tag is to be passed over. */
  #accept(name: string, after: number): string | undefined {
    const around = neededAround.get(name);
    if (around !== undefined && !around.some((parent) => this.#stack.isOpen(parent))) return undefined;
    const built = buildAttributes(
      name,
      this.#attributes,
      this.#rules.elements.get(name) ?? new Set(),
      this.#base,
    );
    for (const what of built.refused) this.#remember(what);
    this.#references.push(...built.references);
    if (name === "img") return this.#acceptImage(built, after);
    if (name === "a" && !built.names.has("href") && !built.names.has("id")) return undefined;
    if ((name === "source" || name === "track") && !built.names.has("src") && !built.names.has("srcset"))
      return undefined;
    return built.text;
  }

  #acceptImage(
    built: { text: string; names: ReadonlySet<string>; lazy: boolean; inline: boolean },
    after: number,
  ): string | undefined {
    const nextIsFallback = /^\s{0,100}<noscript/i.test(this.#input.slice(after, after + 120));
    if (built.inline && nextIsFallback) return undefined;
    if (!built.names.has("src") && !built.names.has("srcset")) {
      if (!nextIsFallback) this.#write(this.#attributes.get("alt") ?? "");
      return undefined;
    }
    this.#afterLazyImage = built.lazy;
    return built.text;
  }

  #openInput(): void {
    if ((this.#attributes.get("type") ?? "").trim().toLowerCase() === "checkbox")
      this.#out += this.#attributes.has("checked") ? "\u2611" : "\u2610";
    else this.#report("input");
  }

  #startDropping(name: string, after: number): void {
    // Without an end tag the rest of the post would go: then only the tag does, unless a browser would swallow it too.
    if (!rawTextElements.has(name) && this.#lastEndTag(name) < after) return;
    this.#dropping = name;
    this.#dropDepth = 1;
  }

  #lastEndTag(name: string): number {
    let last = this.#lastEnd.get(name);
    if (last === undefined) {
      last = -1;
      for (const match of this.#input.matchAll(new RegExp(`</${name}`, "gi"))) last = match.index;
      this.#lastEnd.set(name, last);
    }
    return last;
  }

  #closeElement(written: string): void {
    if (this.#dropping !== "") {
      if (written === this.#dropping) this.#dropDepth -= 1;
      if (this.#dropDepth === 0) this.#dropping = "";
      return;
    }
    const name = renamedElements.get(written) ?? written;
    if (name === "br") this.#out += "<br>";
    const passedOver = this.#ignored.get(name) ?? 0;
    if (passedOver > 0) this.#ignored.set(name, passedOver - 1);
    else this.#out += this.#stack.close(name);
  }

  #report(name: string): void {
    if (name !== "input" || (this.#attributes.get("type") ?? "").trim().toLowerCase() !== "checkbox")
      this.#remember(`<${name}>`);
  }

  #remember(what: string): void {
    if (this.#removed.size < mostReported) this.#removed.add(what);
  }
}
