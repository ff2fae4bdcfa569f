// In comes an Atom text, content or source, or XHTML borrowed by RSS; out go findings about its type and what it holds.

import { checkHtml } from "../parse/html.ts";
import { attributeOf, type ElementNode } from "../parse/xml-tree.ts";
import { checkPlain } from "../values/text.ts";
import { isMediaType } from "../values/words.ts";
import { atomChildren } from "./atom-feed.ts";
import { checkAlternates } from "./atom-link.ts";
import { checkXhtml } from "./atom-xhtml.ts";
import { type DocumentCheck, Spot } from "./document-check.ts";

/** title, subtitle, summary, rights: plain text, escaped HTML or XHTML (RFC 4287, section 3.1). */
export function checkText(element: ElementNode, check: DocumentCheck): void {
  const type = attributeOf(element, "type");
  if (type?.includes("/")) {
    new Spot(check, element, "type").reject("atom/text-type", type, "which is none of text, html and xhtml");
  } else if (type !== undefined && !["", "text", "html", "xhtml"].includes(type)) {
    new Spot(check, element, "type").reject(
      "value/media-type",
      type,
      "which is none of text, html and xhtml",
    );
  }
  checkBody(element, type, check);
}

/** content: any type, in the document or elsewhere (RFC 4287, section 4.1.3). */
export function checkContent(element: ElementNode, check: DocumentCheck): void {
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
    new Spot(check, element, "type").reject(
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

function checkBody(element: ElementNode, given: string | undefined, check: DocumentCheck): void {
  const type = given === undefined || given === "" ? "text" : given;
  const place = new Spot(check, element);
  if (given === "")
    new Spot(check, element, "type").report("attribute/blank", `type of <${element.name}> is empty.`);
  checkMode(element, check);
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

/** `mode` told how content was encoded in drafts of Atom. */
function checkMode(element: ElementNode, check: DocumentCheck): void {
  const mode = attributeOf(element, "mode");
  if (mode === undefined) return;
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

function reportChildren(element: ElementNode, check: DocumentCheck): void {
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

function checkEscaped(element: ElementNode, type: string, place: Spot): void {
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

/** The source of an entry that came from another feed (RFC 4287, section 4.2.11). */
export function checkSource(source: ElementNode, check: DocumentCheck): void {
  checkAlternates(source, check);
  for (const name of ["id", "title", "updated"]) {
    if (atomChildren(source, name).length === 0) {
      check.report(source, "atom/source-incomplete", `<${source.name}> has no <${name}>.`);
    }
  }
}
