import { defineProblem, type Problem } from "../../model/problem.ts";
import { parseUrl } from "../../model/url.ts";
import type { HtmlReport } from "../parse/html.ts";
import { type ElementNode, xmlNamespace } from "../parse/xml-tree.ts";
import { cut, DocumentFindings } from "./document-findings.ts";
import { specs } from "./specs.ts";

const unknownNamespace = defineProblem("xml/unknown-namespace", {
  severity: "hint",
  title: "A namespace that feedwright does not know",
  why: "Readers skip what they do not know; that is fine for an extension and bad for a misspelt one.",
  fix: "Compare the namespace with its specification; it is case-sensitive.",
  spec: specs.names,
});

/** One document that is being checked: what is known of it, and what was found so far. */
export class DocumentCheck {
  readonly text: string;
  /** Bytes. */
  readonly size: number;
  readonly findings: DocumentFindings;
  /** Milliseconds since the epoch; what counts as the future. */
  readonly now: number;
  /** Where the document is served, when known. */
  readonly url: string | undefined;
  readonly encoding: string;
  readonly #namespaces = new Set<string>();

  constructor(document: {
    file: string;
    text: string;
    size: number;
    now: number;
    url: string | undefined;
    encoding: string;
  }) {
    this.text = document.text;
    this.size = document.size;
    this.findings = new DocumentFindings(document.file, document.text);
    this.now = document.now;
    this.url = document.url;
    this.encoding = document.encoding;
  }

  /** Reports a problem where an element or a value starts. */
  report({ start }: { readonly start: number }, problem: Problem, message: string, hint?: string): void {
    this.findings.add(problem, start, message, hint);
  }

  /** The text of an element, or the value of one of its attributes. */
  at(element: ElementNode, attribute?: string): Spot {
    return new Spot(this, element, attribute);
  }

  /** Reports problems of the HTML that an element holds as text. */
  inTextOf(element: ElementNode): HtmlReport {
    return (problem, index, message) =>
      this.findings.add(problem, () => this.textOffset(element, index), message);
  }

  /** Reports once for each namespace that no reader is known to use it. */
  noteNamespace(uri: string, offset: number): void {
    if (this.#namespaces.has(uri)) return;
    this.#namespaces.add(uri);
    this.findings.add(
      unknownNamespace,
      offset,
      `The namespace "${cut(uri, 120)}" is not one that readers are known to use.`,
    );
  }

  /** Offset of an attribute in the source; of the start tag when it cannot be found. */
  attributeOffset(element: ElementNode, name: string): number {
    const tag = this.text.slice(element.start, element.inner);
    const at = tag.search(new RegExp(`\\s${name.replaceAll(/[^\w:-]/g, ".")}\\s*=`));
    return at < 0 ? element.start : element.start + at + 1;
  }

  /**
   * Offset in the source of the character at `index` of an element's text: references, CDATA marks, comments and child
   * elements in between are stepped over.
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

/** One value in a document: the text of an element, or an attribute. */
export class Spot {
  readonly document: DocumentCheck;
  readonly element: ElementNode;
  readonly attribute: string | undefined;

  constructor(document: DocumentCheck, element: ElementNode, attribute?: string) {
    this.document = document;
    this.element = element;
    this.attribute = attribute;
  }

  /** `<link>`, or `href of <link>`. */
  get name(): string {
    return this.attribute ? `${this.attribute} of <${this.element.name}>` : `<${this.element.name}>`;
  }

  /** Reports a wrong value: `<pubDate> is "…", which is not an RFC 822 date.` */
  reject(problem: Problem, value: string, what: string, hint?: string): void {
    const shown = value.trim() === "" ? "empty" : `"${cut(value.trim().replaceAll(/\s+/g, " "), 120)}"`;
    this.report(problem, `${this.name} is ${shown}, ${what}.`, hint);
  }

  report(problem: Problem, message: string, hint?: string): void {
    const { document, element, attribute } = this;
    const offset = () =>
      attribute ? document.attributeOffset(element, attribute) : document.textOffset(element, 0);
    document.findings.add(problem, offset, message, hint);
  }
}

/** Checks one value; `value` is as the document has it, white space included. */
export type ValueCheck = (value: string, spot: Spot) => void;
