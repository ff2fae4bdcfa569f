import { Tokenizer, type TokenizerCallbacks } from "htmlparser2";
import { escapeHtmlText } from "./characters.ts";
import { buildAttributes, type MediaReference } from "./clean-attributes.ts";
import { ElementStack } from "./element-stack.ts";
import { writeFrame } from "./frames.ts";
import {
  droppedElements,
  type HtmlRules,
  neededAround,
  rawTextElements,
  renamedElements,
  reportedElements,
  voidElements,
} from "./html-rules.ts";

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
}

/**
 * Cleans HTML in one pass. Total: any string gives safe output, and cleaning that again changes nothing.
 * @param base what relative URLs are resolved against: the permalink.
 */
export function cleanHtml(html: string, base: URL, rules: HtmlRules): CleanHtml {
  return new Cleaner(html, base, rules).run();
}

class Cleaner implements TokenizerCallbacks {
  private readonly input: string;
  private readonly base: URL;
  private readonly rules: HtmlRules;
  private out = "";
  private readonly stack = new ElementStack();
  /** Opening tags passed over although their kind stays: their end tags are passed over as well. */
  private readonly ignored = new Map<string, number>();
  private readonly lastEnd = new Map<string, number>();
  private readonly removed = new Set<string>();
  private readonly references: MediaReference[] = [];
  private readonly attributes = new Map<string, string>();
  private name = "";
  private attribute = "";
  private value = "";
  /** The element whose content is being left out, and how often it is open. */
  private dropping = "";
  private dropDepth = 0;
  /** Nothing but white space since an image that a script would have loaded. */
  private afterLazyImage = false;
  private more: number | undefined;

  constructor(input: string, base: URL, rules: HtmlRules) {
    this.input = input;
    this.base = base;
    this.rules = rules;
  }

  run(): CleanHtml {
    const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: true }, this);
    tokenizer.write(this.input);
    tokenizer.end();
    this.out += this.stack.closeAll();
    const { removed, references, more } = this;
    return { html: this.out, removed, references, ...(more !== undefined && { more }) };
  }

  ontext(start: number, end: number): void {
    if (this.dropping === "") this.write(this.input.slice(start, end));
  }
  ontextentity(code: number): void {
    if (this.dropping === "") this.write(String.fromCodePoint(code));
  }
  onopentagname(start: number, end: number): void {
    this.name = this.input.slice(start, end).toLowerCase();
    this.attributes.clear();
  }
  onattribname(start: number, end: number): void {
    this.attribute = this.input.slice(start, end).toLowerCase();
    this.value = "";
  }
  onattribdata(start: number, end: number): void {
    this.value += this.input.slice(start, end);
  }
  onattribentity(code: number): void {
    this.value += String.fromCodePoint(code);
  }
  onattribend(): void {
    if (!this.attributes.has(this.attribute)) this.attributes.set(this.attribute, this.value);
  }
  onopentagend(end: number): void {
    this.openElement(end + 1);
  }
  onselfclosingtag(end: number): void {
    this.openElement(end + 1);
  }
  onclosetag(start: number, end: number): void {
    this.closeElement(this.input.slice(start, end).trim().toLowerCase());
  }
  oncomment(start: number, end: number, offset: number): void {
    if (this.dropping !== "" || this.more !== undefined || end - start > 64) return;
    if (/^\s*more\s*$/i.test(this.input.slice(start, end - offset))) this.more = this.out.length;
  }
  oncdata(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  private write(text: string): void {
    if (this.afterLazyImage && text.trim() !== "") this.afterLazyImage = false;
    this.out += escapeHtmlText(text);
  }

  private openElement(after: number): void {
    const written = this.name;
    if (this.dropping !== "") {
      if (written === this.dropping) this.dropDepth += 1;
      return;
    }
    if (reportedElements.has(written)) this.report(written);
    for (const key of this.attributes.keys())
      if (key.startsWith("on")) this.remember(`the attribute ${key.slice(0, 40)}`);
    const lazy = this.afterLazyImage;
    this.afterLazyImage = false;
    if (written === "iframe") this.out += writeFrame(this.attributes, this.base, this.stack.isOpen("a"));
    if (written === "input") this.openInput();
    if (droppedElements.has(written) || (written === "noscript" && lazy)) this.startDropping(written, after);
    else if (written === "p" || this.rules.elements.has(renamedElements.get(written) ?? written))
      this.openKept(renamedElements.get(written) ?? written, after);
  }

  private openKept(name: string, after: number): void {
    this.out += this.stack.closeBefore(name);
    const isVoid = voidElements.has(name);
    const attributes = this.accept(name, after);
    if (attributes === undefined || (!isVoid && this.stack.depth >= deepestNesting)) {
      if (!isVoid) this.ignored.set(name, (this.ignored.get(name) ?? 0) + 1);
      return;
    }
    this.out += `<${name}${attributes}>`;
    if (isVoid) return;
    this.stack.push(name);
  }

  /** Gives the attributes as they are written out, or undefined when the tag is to be passed over. */
  private accept(name: string, after: number): string | undefined {
    const around = neededAround.get(name);
    if (around !== undefined && !around.some((parent) => this.stack.isOpen(parent))) return undefined;
    const built = buildAttributes(
      name,
      this.attributes,
      this.rules.elements.get(name) ?? new Set(),
      this.base,
    );
    for (const what of built.refused) this.remember(what);
    this.references.push(...built.references);
    if (name === "img") return this.acceptImage(built, after);
    if (name === "a" && !built.names.has("href") && !built.names.has("id")) return undefined;
    if ((name === "source" || name === "track") && !built.names.has("src") && !built.names.has("srcset"))
      return undefined;
    return built.text;
  }

  private acceptImage(
    built: { text: string; names: ReadonlySet<string>; lazy: boolean; inline: boolean },
    after: number,
  ): string | undefined {
    const nextIsFallback = /^\s{0,100}<noscript/i.test(this.input.slice(after, after + 120));
    if (built.inline && nextIsFallback) return undefined;
    if (!built.names.has("src") && !built.names.has("srcset")) {
      if (!nextIsFallback) this.write(this.attributes.get("alt") ?? "");
      return undefined;
    }
    this.afterLazyImage = built.lazy;
    return built.text;
  }

  private openInput(): void {
    if ((this.attributes.get("type") ?? "").trim().toLowerCase() === "checkbox")
      this.out += this.attributes.has("checked") ? "\u2611" : "\u2610";
    else this.report("input");
  }

  private startDropping(name: string, after: number): void {
    // Without an end tag the rest of the post would go: then only the tag does, unless a browser would swallow it too.
    if (!rawTextElements.has(name) && this.lastEndTag(name) < after) return;
    this.dropping = name;
    this.dropDepth = 1;
  }

  private lastEndTag(name: string): number {
    let last = this.lastEnd.get(name);
    if (last === undefined) {
      last = -1;
      for (const match of this.input.matchAll(new RegExp(`</${name}`, "gi"))) last = match.index;
      this.lastEnd.set(name, last);
    }
    return last;
  }

  private closeElement(written: string): void {
    if (this.dropping !== "") {
      if (written === this.dropping) this.dropDepth -= 1;
      if (this.dropDepth === 0) this.dropping = "";
      return;
    }
    const name = renamedElements.get(written) ?? written;
    if (name === "br") this.out += "<br>";
    const passedOver = this.ignored.get(name) ?? 0;
    if (passedOver > 0) this.ignored.set(name, passedOver - 1);
    else this.out += this.stack.close(name);
  }

  private report(name: string): void {
    if (name !== "input" || (this.attributes.get("type") ?? "").trim().toLowerCase() !== "checkbox")
      this.remember(`<${name}>`);
  }

  private remember(what: string): void {
    if (this.removed.size < mostReported) this.removed.add(what);
  }
}
