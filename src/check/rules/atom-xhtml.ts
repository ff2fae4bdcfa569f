// In comes an element that holds XHTML; out go findings about its div and what readers remove.
import type { DocumentCheck } from "../document-check.ts";
import { ATOM, MATHML, SVG, XHTML } from "../namespaces.ts";
import { checkElementName, checkHtmlAttribute } from "../parse/html.ts";
import { isSafeMathAttribute, isSafeMathElement, isSafeSvgElement } from "../parse/html-names.ts";
import type { XmlElement } from "../parse/xml-tree.ts";
import { Place } from "../values/spot.ts";
import { findMarkup } from "../values/text.ts";

/** XHTML text: exactly one div (RFC 4287, section 3.1.1.3). */
export function checkXhtml(element: XmlElement, check: DocumentCheck): void {
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
