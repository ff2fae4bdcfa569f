// Text and content of Atom (RFC 4287, sections 3.1 and 4.1.3).
import { defineProblem } from "../../model/problem.ts";
import { checkHtml } from "../parse/html.ts";
import { attributeOf, type ElementNode } from "../parse/xml-tree.ts";
import { checkPlain } from "../values/text.ts";
import { invalidMediaType, isMediaType } from "../values/words.ts";
import { checkXhtml } from "./atom-xhtml.ts";
import type { DocumentCheck, Spot } from "./document-check.ts";
import { attributeBlank, attributeUnknown, elementBlank, elementText, elementUnknown } from "./elements.ts";
import { specs } from "./specs.ts";

const wrongTextType = defineProblem("atom/text-type", {
  severity: "error",
  title: "A text type that does not exist",
  why: "Text is `text`, `html` or `xhtml`; readers do not know others.",
  fix: 'Write `type="html"` for escaped HTML.',
  spec: `${specs.atom}#section-3.1`,
});

/** title, subtitle, summary, rights: plain text, escaped HTML or XHTML (RFC 4287, section 3.1). */
export function checkText(element: ElementNode, document: DocumentCheck): void {
  const type = attributeOf(element, "type");
  if (type?.includes("/")) {
    document.at(element, "type").reject(wrongTextType, type, "which is none of text, html and xhtml");
  } else if (type !== undefined && !["", "text", "html", "xhtml"].includes(type)) {
    document.at(element, "type").reject(invalidMediaType, type, "which is none of text, html and xhtml");
  }
  checkBody(element, type, document);
}

const typeMissing = defineProblem("atom/type-missing", {
  severity: "hint",
  title: "Content elsewhere without a type",
  why: "Readers cannot tell whether they can show it.",
  fix: 'Add `type`, such as `type="video/mp4"`.',
  spec: `${specs.atom}#section-4.1.3.2`,
});

/** content: any type, in the document or elsewhere (RFC 4287, section 4.1.3). */
export function checkContent(element: ElementNode, document: DocumentCheck): void {
  const type = attributeOf(element, "type");
  const src = attributeOf(element, "src");
  const words = src === undefined ? ["text", "html", "xhtml", ""] : [""];
  if (src !== undefined && type === undefined) {
    document.report(element, typeMissing, `<${element.name}> elsewhere has no type.`);
  }
  if (
    type !== undefined &&
    !words.includes(type) &&
    (!isMediaType(type) || /^(multipart|message)\//i.test(type))
  ) {
    document.at(element, "type").reject(invalidMediaType, type, "which is not a type that content can have");
  }
  if (src !== undefined) {
    if (element.children.length > 0 || element.text.trim() !== "") {
      document.report(element, elementUnknown, `<${element.name}> has src, so it has to be empty.`);
    }
    return;
  }
  checkBody(element, type, document);
}

const fragmentAsPage = defineProblem("atom/fragment", {
  severity: "warning",
  title: "A fragment that says it is a whole page",
  why: "`text/html` and `application/xhtml+xml` are types of whole documents.",
  fix: 'Write `type="html"` or `type="xhtml"`.',
  spec: `${specs.atom}#section-4.1.3.3`,
});

function checkBody(element: ElementNode, given: string | undefined, document: DocumentCheck): void {
  const type = given === undefined || given === "" ? "text" : given;
  const spot = document.at(element);
  if (given === "")
    document.at(element, "type").report(attributeBlank, `type of <${element.name}> is empty.`);
  checkMode(element, document);
  if (element.text.trim() === "" && element.children.length === 0) {
    document.report(element, elementBlank, `<${element.name}> is empty.`);
  }
  if (type === "xhtml") {
    checkXhtml(element, document);
    return;
  }
  const xml = /[+/]xml$/i.test(type);
  if (xml) {
    if (element.text.trim() !== "")
      spot.report(elementText, `<${element.name}> of type "${type}" holds text, not elements.`);
    if (type === "application/xhtml+xml" && element.children.some((child) => child.local !== "html")) {
      spot.report(
        fragmentAsPage,
        `<${element.name}> says that it is a whole XHTML page, but is a part of one.`,
      );
    }
    return;
  }
  reportChildren(element, document);
  checkEscaped(element, type, spot);
}

const notEscaped = defineProblem("atom/not-escaped", {
  severity: "error",
  title: "Elements where escaped text was promised",
  why: '`mode="escaped"` is from a draft and does not fit what is there.',
  fix: 'Remove `mode` and write `type="xhtml"` or escaped HTML.',
  spec: `${specs.atom}#section-3.1`,
});

/** In drafts of Atom, `mode` said how content was encoded. */
function checkMode(element: ElementNode, document: DocumentCheck): void {
  const mode = attributeOf(element, "mode");
  if (mode === undefined) return;
  document
    .at(element, "mode")
    .report(attributeUnknown, `<${element.name}> has no attribute "mode"; it is from a draft of Atom.`);
  if (mode === "escaped" && element.children.length > 0) {
    document.report(element, notEscaped, `<${element.name}> says that it is escaped, but holds elements.`);
  }
}

function reportChildren(element: ElementNode, document: DocumentCheck): void {
  for (const child of element.children) {
    document.report(child, elementUnknown, `<${child.name}> is in <${element.name}>, which holds text only.`);
  }
  if (element.children.length > 0 && element.text.trim() !== "") {
    document.at(element).report(elementText, `<${element.name}> holds text beside elements.`);
  }
}

const invalidBase64 = defineProblem("value/base64", {
  severity: "error",
  title: "Not Base64",
  why: "Content of this type has to be Base64, so readers cannot decode it.",
  fix: "Encode the bytes as Base64, or give the type that the content has.",
  spec: `${specs.atom}#section-4.1.3.3`,
});

const undeclaredHtml = defineProblem("atom/undeclared-html", {
  severity: "warning",
  title: "HTML in text that says it is plain",
  why: "Readers show the tags.",
  fix: 'Add `type="html"`.',
  spec: `${specs.atom}#section-3.1.1.1`,
});

function checkEscaped(element: ElementNode, type: string, spot: Spot): void {
  const { text } = element;
  if (type.includes("/") && !/^text\//i.test(type)) {
    if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text) || text.replaceAll(/\s/g, "").length % 4 !== 0) {
      spot.report(invalidBase64, `<${element.name}> of type "${type}" is not Base64.`);
    } else if (/\/html$/i.test(type)) {
      checkHtml(Buffer.from(text, "base64").toString(), true, (problem, _, message) =>
        spot.report(problem, message),
      );
    }
    return;
  }
  if (type === "html" || /\/html$/i.test(type)) {
    checkHtml(text, true, spot.document.inTextOf(element));
    if (type !== "html" && !/<html/i.test(text)) {
      spot.report(fragmentAsPage, `<${element.name}> says that it is a whole page, but is a part of one.`);
    }
    return;
  }
  checkPlain(text.trim(), spot, undeclaredHtml);
}
