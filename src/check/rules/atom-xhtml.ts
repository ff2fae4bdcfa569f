import { defineProblem, type Problem } from "../../model/problem.ts";
import {
  checkElementName,
  checkHtmlAttribute,
  unknownHtml,
  unsafeAttribute,
  unsafeElement,
} from "../parse/html.ts";
import { isSafeMathAttribute, isSafeMathElement, isSafeSvgElement } from "../parse/html-names.ts";
import { atomNamespace, mathmlNamespace, svgNamespace, xhtmlNamespace } from "../parse/namespaces.ts";
import type { ElementNode } from "../parse/xml-tree.ts";
import { findMarkup } from "../values/text.ts";
import type { DocumentCheck } from "./document-check.ts";
import { namespaceMissing } from "./elements.ts";
import { specs } from "./specs.ts";

const divMissing = defineProblem("atom/div-missing", {
  severity: "error",
  title: "XHTML without its div",
  why: "XHTML text is one `div` in the XHTML namespace.",
  fix: 'Put the content into `<div xmlns="http://www.w3.org/1999/xhtml">`.',
  spec: `${specs.atom}#section-3.1.1.3`,
});

const notInline = defineProblem("atom/not-inline", {
  severity: "warning",
  title: "Escaped markup in XHTML",
  why: "Readers show the tags as text.",
  fix: 'Write elements, or `type="html"`.',
  spec: `${specs.atom}#section-3.1.1.3`,
});

/** XHTML text: exactly one div (RFC 4287, section 3.1.1.3). */
export function checkXhtml(element: ElementNode, document: DocumentCheck): void {
  const [first] = element.children;
  const spot = document.at(element);
  const marked = findMarkup(element.text);
  if (marked !== undefined)
    spot.report(notInline, `<${element.name}> is XHTML but holds escaped \`${marked}\`.`);
  if (first?.local !== "div" || element.textFirst) {
    if (first || element.text.trim() !== "") {
      spot.report(divMissing, `<${element.name}> is XHTML but does not begin with a <div>.`);
    }
  } else if (first.ns !== xhtmlNamespace) {
    spot.report(divMissing, `The <div> of <${element.name}> is not in the XHTML namespace.`);
    document.report(first, unknownHtml, `<${first.name}> is in the namespace "${first.ns}", not in XHTML.`);
  }
  for (const child of element.children) {
    checkMarkup(child, document);
    if (child.local === "div" && child.children.length === 0) {
      const inside = findMarkup(child.text);
      if (inside !== undefined)
        spot.report(notInline, `<${element.name}> is XHTML but holds escaped \`${inside}\`.`);
    }
  }
}

/** XHTML that RSS borrows (`xhtml:body`). */
export function checkXhtmlBody(element: ElementNode, document: DocumentCheck): void {
  for (const child of element.children) checkMarkup(child, document);
}

/** Elements and attributes of XHTML, MathML and SVG, all the way down. */
function checkMarkup(element: ElementNode, document: DocumentCheck): void {
  const report = (problem: Problem, message: string) => document.report(element, problem, message);
  const { ns, local } = element;
  const isUnsafe =
    (ns === mathmlNamespace && !isSafeMathElement(local)) ||
    (ns === svgNamespace && !isSafeSvgElement(local));
  if (ns === xhtmlNamespace) checkElementName(local.toLowerCase(), report);
  if (isUnsafe) report(unsafeElement, `Readers remove <${element.name}>.`);
  if (ns === atomNamespace) report(unknownHtml, `<${element.name}> is not in the XHTML namespace.`);
  if (ns === "") report(namespaceMissing, `<${element.name}> is in no namespace.`);
  for (const attribute of element.attributes) {
    if (attribute.ns !== "") continue;
    if (ns === xhtmlNamespace)
      checkHtmlAttribute(local, attribute.local.toLowerCase(), attribute.value, true, report);
    else if (ns === mathmlNamespace && !isSafeMathAttribute(attribute.local)) {
      report(unsafeAttribute, `Readers remove the attribute ${attribute.name} of <${element.name}>.`);
    }
  }
  for (const child of element.children) checkMarkup(child, document);
}
