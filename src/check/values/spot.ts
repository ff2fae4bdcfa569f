// In comes one spot of a document (an element's text or an attribute); out go findings about it, named and positioned.
import type { DocumentCheck } from "../document-check.ts";
import { cut } from "../findings.ts";
import type { XmlElement } from "../parse/xml-tree.ts";
import type { RuleCode } from "../rules/table.ts";

/** What a value check is told about where the value stands. */
export class Place {
  readonly check: DocumentCheck;
  readonly element: XmlElement;
  readonly attribute: string | undefined;

  constructor(check: DocumentCheck, element: XmlElement, attribute?: string) {
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
export type ValueCheck = (value: string, place: Place) => void;
