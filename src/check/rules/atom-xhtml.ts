// In comes an element that holds XHTML; out go findings about its div and what readers remove.

import { checkElementName, checkHtmlAttribute } from "../parse/html.ts";
import { isSafeMathAttribute, isSafeMathElement, isSafeSvgElement } from "../parse/html-names.ts";
import { atomNamespace, mathmlNamespace, svgNamespace, xhtmlNamespace } from "../parse/namespaces.ts";
import type { ElementNode } from "../parse/xml-tree.ts";
import { findMarkup } from "../values/text.ts";
import { type DocumentCheck, Spot } from "./document-check.ts";

/** XHTML text: exactly one div (RFC 4287, section 3.1.1.3). */
export function checkXhtml(element: ElementNode, check: DocumentCheck): void {
  const [first] = element.children;
  const place = new Spot(check, element);
  const marked = findMarkup(element.text);
  if (marked !== undefined)
    place.report("atom/not-inline", `<${element.name}> is XHTML but holds escaped \`${marked}\`.`);
  if (first?.local !== "div" || element.textFirst) {
    if (first || element.text.trim() !== "") {
      place.report("atom/div-missing", `<${element.name}> is XHTML but does not begin with a <div>.`);
    }
  } else if (first.ns !== xhtmlNamespace) {
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
export function checkXhtmlBody(element: ElementNode, check: DocumentCheck): void {
  for (const child of element.children) checkMarkup(child, check);
}

/** Elements and attributes of XHTML, MathML and SVG, all the way down. */
function checkMarkup(element: ElementNode, check: DocumentCheck): void {
  const report = (code: Parameters<DocumentCheck["report"]>[1], message: string) =>
    check.findings.add(code, element.start, message);
  const { ns, local } = element;
  if (ns === xhtmlNamespace) {
    checkElementName(local.toLowerCase(), element.start, (code, _, message) => report(code, message));
  } else if (ns === mathmlNamespace && !isSafeMathElement(local))
    report("html/unsafe-element", `Readers remove <${element.name}>.`);
  else if (ns === svgNamespace && !isSafeSvgElement(local))
    report("html/unsafe-element", `Readers remove <${element.name}>.`);
  else if (ns === atomNamespace) report("html/unknown", `<${element.name}> is not in the XHTML namespace.`);
  if (ns === "") {
    report("xml/missing-namespace", `<${element.name}> stands in no namespace.`);
  }
  for (const attribute of element.attributes) {
    if (attribute.ns !== "") continue;
    if (ns === xhtmlNamespace)
      checkHtmlAttribute(local, attribute.local.toLowerCase(), attribute.value, true, report);
    else if (ns === mathmlNamespace && !isSafeMathAttribute(attribute.local)) {
      report("html/unsafe-attribute", `Readers remove the attribute ${attribute.name} of <${element.name}>.`);
    }
  }
  for (const child of element.children) checkMarkup(child, check);
}
