// In comes one document and what is known about it; out go its findings. The state of one run, shared by all rules.
import { parseUrl } from "../../model/url.ts";
import { type ElementNode, xmlNamespace } from "../parse/xml-tree.ts";
import { cut, DocumentFindings } from "./document-findings.ts";
import type { RuleCode } from "./table.ts";

/** Consumers whose wishes are checked on request. */
export const profiles = ["google", "msn", "flipboard", "smartnews", "apple-podcasts"] as const;
export type Profile = (typeof profiles)[number];

export interface CheckOptions {
  /** Milliseconds since the epoch; what counts as the future. Default: the clock, read once. */
  readonly now?: number;
  /** Consumers whose wishes are to be checked too. */
  readonly profile?: Profile | readonly Profile[];
}

/** The state of checking one document. */
export class DocumentCheck {
  readonly text: string;
  /** Bytes of the document. */
  readonly size: number;
  readonly findings: DocumentFindings;
  readonly now: number;
  /** Where the document is served, when known. */
  readonly url: string | undefined;
  readonly encoding: string;
  readonly profiles: readonly Profile[];
  readonly #namespaces = new Set<string>();

  constructor(
    file: string,
    text: string,
    about: { size: number; now: number; url?: string; encoding: string; profiles: readonly Profile[] },
  ) {
    this.text = text;
    this.size = about.size;
    this.findings = new DocumentFindings(file, text);
    this.now = about.now;
    this.url = about.url;
    this.encoding = about.encoding;
    this.profiles = about.profiles;
  }

  /** Says something about an element, at its start tag. */
  report(element: ElementNode, code: RuleCode, message: string, hint?: string): void {
    this.findings.add(code, element.start, message, hint);
  }

  /** Says once per namespace that nobody knows it. */
  noteNamespace(uri: string, offset: number): void {
    if (this.#namespaces.has(uri)) return;
    this.#namespaces.add(uri);
    this.findings.add(
      "xml/unknown-namespace",
      offset,
      `The namespace "${cut(uri, 120)}" is not one that readers are known to use.`,
    );
  }

  /** Where an attribute stands in the source; the start tag when it cannot be found. */
  attributeOffset(element: ElementNode, name: string): number {
    const tag = this.text.slice(element.start, element.inner);
    const at = tag.search(new RegExp(`\\s${name.replaceAll(/[^\w:-]/g, ".")}\\s*=`));
    return at < 0 ? element.start : element.start + at + 1;
  }

  /**
   * Where the character at `index` of an element's text stands in the source: references, CDATA marks, comments and
   * child elements in between are stepped over.
   */
  textOffset(element: ElementNode, index: number): number {
    const end = element.end < 0 ? this.text.length : element.end;
    const source =
      /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<[^>]*>|&[^;\s]{1,40};|\r\n|[^<&\r]+|[\s\S]/y;
    let at = element.inner;
    let seen = 0;
    while (at < end) {
      source.lastIndex = at;
      const match = source.exec(this.text);
      if (!match) break;
      const [whole, cdata] = match;
      if (cdata !== undefined && seen + cdata.length > index) return at + 9 + (index - seen);
      if (cdata !== undefined) seen += cdata.length;
      else if (!whole.startsWith("<")) {
        const length = /^[&\r]/.test(whole) && whole.length > 1 ? 1 : whole.length;
        if (seen + length > index) {
          // Findings about a whole value point at its first visible character.
          const leading = index === 0 && length > 1 ? (/^\s*/.exec(whole)?.[0].length ?? 0) : 0;
          if (leading < length) return at + (length === 1 ? 0 : index - seen) + leading;
        }
        seen += length;
      }
      at += whole.length;
    }
    return element.inner > element.end ? element.start : element.inner;
  }

  /** The base address that applies to an element: `xml:base` of it and its ancestors, then the document's address. */
  baseOf(element: ElementNode): string | undefined {
    const chain: string[] = [];
    for (let at: ElementNode | undefined = element; at; at = at.parent) {
      const base = at.attributes.find(({ ns, local }) => ns === xmlNamespace && local === "base");
      if (base) chain.push(base.value);
    }
    let base = this.url;
    for (const reference of chain.reverse()) base = parseUrl(reference, base)?.href ?? base;
    return base;
  }
}

/** What a value check is told about where the value stands. */
export class Spot {
  readonly check: DocumentCheck;
  readonly element: ElementNode;
  readonly attribute: string | undefined;

  constructor(check: DocumentCheck, element: ElementNode, attribute?: string) {
    this.check = check;
    this.element = element;
    this.attribute = attribute;
  }

  /** `<link>`, or `href of <link>`. */
  get name(): string {
    return this.attribute ? `${this.attribute} of <${this.element.name}>` : `<${this.element.name}>`;
  }

  /** Says that the value is wrong: `<pubDate> is "…", which is not an RFC 822 date.` */
  reject(code: RuleCode, value: string, what: string, hint?: string): void {
    const shown = value.trim() === "" ? "empty" : `"${cut(value.trim().replaceAll(/\s+/g, " "), 120)}"`;
    this.report(code, `${this.name} is ${shown}, ${what}.`, hint);
  }

  report(code: RuleCode, message: string, hint?: string): void {
    const { check, element, attribute } = this;
    const offset = () =>
      attribute ? check.attributeOffset(element, attribute) : check.textOffset(element, 0);
    check.findings.add(code, offset, message, hint);
  }
}

/** Looks at one value; `value` is as the document has it, white space included. */
export type ValueCheck = (value: string, place: Spot) => void;
