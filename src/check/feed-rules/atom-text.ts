// In comes an Atom text, content or source, or XHTML borrowed by RSS; out go findings about its type and what it holds.

import type { DocumentCheck } from "../document-check.ts";
import { checkElementName, checkHtml, checkHtmlAttribute } from "../html.ts";
import { isSafeMathAttribute, isSafeMathElement, isSafeSvgElement } from "../html-names.ts";
import { ATOM, MATHML, SVG, XHTML } from "../namespaces.ts";
import { Place } from "../place.ts";
import { checkPlain, findMarkup } from "../values/text.ts";
import { isMediaType } from "../values/words.ts";
import { attributeOf, type XmlElement } from "../xml-tree.ts";
import { atomChildren } from "./atom-feed.ts";
import { checkAlternates } from "./atom-link.ts";

/** title, subtitle, summary, rights: plain text, escaped HTML or XHTML (RFC 4287, section 3.1). */
export function checkText(element: XmlElement, check: DocumentCheck): void {
  const type = attributeOf(element, "type");
  if (type?.includes("/")) {
    new Place(check, element, "type").reject("atom/text-type", type, "which is none of text, html and xhtml");
  } else if (type !== undefined && !["", "text", "html", "xhtml"].includes(type)) {
    new Place(check, element, "type").reject(
      "value/media-type",
      type,
      "which is none of text, html and xhtml",
    );
  }
  checkBody(element, type, check);
}

/** content: any type, in the document or elsewhere (RFC 4287, section 4.1.3). */
export function checkContent(element: XmlElement, check: DocumentCheck): void {
  const type = attributeOf(element, "type");
  const src = attributeOf(element, "src");
  const words = src === undefined ? ["text", "html", "xhtml", ""] : [""];
  if (src !== undefined && type === undefined) {
    check.report(element, "atom/type-missing", `<${element.name}> elsewhere has no type.`);
  }
  if (
    type !== undefined &&
    !words.includes(type) &&
    (!isMediaType(type) || /^(multipart|message)\//i.test(type))
  ) {
    new Place(check, element, "type").reject(
      "value/media-type",
      type,
      "which is not a type that content can have",
    );
  }
  if (src !== undefined) {
    if (element.children.length > 0 || element.text.trim() !== "") {
      check.report(element, "element/unknown", `<${element.name}> has src, so it has to be empty.`);
    }
    return;
  }
  checkBody(element, type, check);
}

function checkBody(element: XmlElement, given: string | undefined, check: DocumentCheck): void {
  const type = given === undefined || given === "" ? "text" : given;
  const place = new Place(check, element);
  if (given === "")
    new Place(check, element, "type").report("attribute/blank", `type of <${element.name}> is empty.`);
  const mode = attributeOf(element, "mode");
  if (mode !== undefined) {
    check.findings.add(
      "attribute/unknown",
      () => check.attributeOffset(element, "mode"),
      `<${element.name}> has no attribute "mode"; it is from a draft of Atom.`,
    );
    if (mode === "escaped" && element.children.length > 0) {
      check.report(
        element,
        "atom/not-escaped",
        `<${element.name}> says that it is escaped, but holds elements.`,
      );
    }
  }
  if (element.text.trim() === "" && element.children.length === 0) {
    check.report(element, "element/blank", `<${element.name}> is empty.`);
  }
  if (type === "xhtml") {
    checkXhtml(element, check);
    return;
  }
  const xml = /[+/]xml$/i.test(type);
  if (xml) {
    if (element.text.trim() !== "")
      place.report("element/text", `<${element.name}> of type "${type}" holds text, not elements.`);
    if (type === "application/xhtml+xml" && element.children.some((child) => child.local !== "html")) {
      place.report(
        "atom/fragment",
        `<${element.name}> says that it is a whole XHTML page, but is a part of one.`,
      );
    }
    return;
  }
  reportChildren(element, check);
  checkEscaped(element, type, place);
}

function reportChildren(element: XmlElement, check: DocumentCheck): void {
  for (const child of element.children) {
    check.report(
      child,
      "element/unknown",
      `<${child.name}> stands in <${element.name}>, which holds text only.`,
    );
  }
  if (element.children.length > 0 && element.text.trim() !== "") {
    check.findings.add(
      "element/text",
      () => check.textOffset(element, 0),
      `<${element.name}> holds text beside elements.`,
    );
  }
}

const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

function checkEscaped(element: XmlElement, type: string, place: Place): void {
  const { check } = place;
  const { text } = element;
  if (type.includes("/") && !/^text\//i.test(type)) {
    if (!BASE64.test(text) || text.replaceAll(/\s/g, "").length % 4 !== 0) {
      place.report("value/base64", `<${element.name}> of type "${type}" is not Base64.`);
    } else if (/\/html$/i.test(type)) {
      checkHtml(Buffer.from(text, "base64").toString(), true, (code, _, message) =>
        place.report(code, message),
      );
    }
    return;
  }
  if (type === "html" || /\/html$/i.test(type)) {
    checkHtml(text, true, (code, index, message) =>
      check.findings.add(code, () => check.textOffset(element, index), message),
    );
    if (type !== "html" && !/<html/i.test(text)) {
      place.report("atom/fragment", `<${element.name}> says that it is a whole page, but is a part of one.`);
    }
    return;
  }
  checkPlain(text.trim(), place, "atom/undeclared-html");
}

/** XHTML text: exactly one div (RFC 4287, section 3.1.1.3). */
function checkXhtml(element: XmlElement, check: DocumentCheck): void {
  const [first] = element.children;
  const place = new Place(check, element);
  const marked = findMarkup(element.text);
  if (marked !== undefined)
    place.report("atom/not-inline", `<${element.name}> is XHTML but holds escaped \`${marked}\`.`);
  if (first?.local !== "div" || element.textFirst) {
    if (first || element.text.trim() !== "") {
      place.report("atom/div-missing", `<${element.name}> is XHTML but does not begin with a <div>.`);
    }
  } else if (first.ns !== XHTML) {
    place.report("atom/div-missing", `The <div> of <${element.name}> is not in the XHTML namespace.`);
    check.findings.add(
      "html/unknown",
      first.start,
      `<${first.name}> is in the namespace "${first.ns}", not in XHTML.`,
    );
  }
  for (const child of element.children) {
    checkMarkup(child, check);
    if (child.local === "div" && child.children.length === 0) {
      const inside = findMarkup(child.text);
      if (inside !== undefined)
        place.report("atom/not-inline", `<${element.name}> is XHTML but holds escaped \`${inside}\`.`);
    }
  }
}

/** XHTML that RSS borrows (`xhtml:body`). */
export function checkXhtmlBody(element: XmlElement, check: DocumentCheck): void {
  for (const child of element.children) checkMarkup(child, check);
}

/** Elements and attributes of XHTML, MathML and SVG, all the way down. */
function checkMarkup(element: XmlElement, check: DocumentCheck): void {
  const report = (code: Parameters<DocumentCheck["report"]>[1], message: string) =>
    check.findings.add(code, element.start, message);
  const { ns, local } = element;
  if (ns === XHTML) {
    checkElementName(local.toLowerCase(), element.start, (code, _, message) => report(code, message));
  } else if (ns === MATHML && !isSafeMathElement(local))
    report("html/unsafe-element", `Readers remove <${element.name}>.`);
  else if (ns === SVG && !isSafeSvgElement(local))
    report("html/unsafe-element", `Readers remove <${element.name}>.`);
  else if (ns === ATOM) report("html/unknown", `<${element.name}> is not in the XHTML namespace.`);
  if (ns === "") {
    report("xml/missing-namespace", `<${element.name}> stands in no namespace.`);
  }
  for (const attribute of element.attributes) {
    if (attribute.ns !== "") continue;
    if (ns === XHTML) checkHtmlAttribute(local, attribute.local.toLowerCase(), attribute.value, true, report);
    else if (ns === MATHML && !isSafeMathAttribute(attribute.local)) {
      report("html/unsafe-attribute", `Readers remove the attribute ${attribute.name} of <${element.name}>.`);
    }
  }
  for (const child of element.children) checkMarkup(child, check);
}

/** The source of an entry that came from another feed (RFC 4287, section 4.2.11). */
export function checkSource(source: XmlElement, check: DocumentCheck): void {
  checkAlternates(source, check);
  for (const name of ["id", "title", "updated"]) {
    if (atomChildren(source, name).length === 0) {
      check.report(source, "atom/source-incomplete", `<${source.name}> has no <${name}>.`);
    }
  }
}
