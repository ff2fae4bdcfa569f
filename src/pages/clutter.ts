import { type AnyNode, type Element, isTag, isText } from "domhandler";
import { childElements, elementsUnder, hasClass, isHeading, isSilent, isUnseen, nodeText } from "./dom.ts";
import { lettersOf, wordsOf } from "./words.ts";

const names = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const anchorClasses = names(
  "anchor anchor-link anchorjs-link header-anchor header-link headerlink heading-anchor heading-link hash-link " +
    "headline-hash permalink sl-anchor-link direct-link hanchor header-mark section-anchor headings-anchor anchor-heading " +
    "hash heading-hash td-heading-self-link",
);

const lineNumberClasses = names(
  "gutter linenos linenodiv lineno lnt ln line-number line-numbers line-numbers-rows linenumber code-line-numbers " +
    "rouge-gutter blob-num",
);

const codeToolClasses = names(
  "copy copy-btn copy-button copybtn clipboard-copy clipboard-button code-copy copy-code-button copy-code copy-notice " +
    "code-lang code-language lang-label language-label highlight-tools code-header code-toolbar-label toolbar code-title-bar " +
    "code-copy-button hljs-copy btn-copy btn-clipboard code-block-fold highlight-lang lang hexo-code-copy codeblock-tools " +
    "mac-bar code-tools code-block-header",
);

/**
 * What no page means as text, wherever it is: anchors beside headings, buttons, line numbers, labels and buttons of code,
 * tables of contents.
 */
export function findClutter(root: Element): Set<Element> {
  const clutter = new Set<Element>();
  const visit = (element: Element): boolean => {
    const isClutter =
      isUnseen(element) ||
      element.name === "button" ||
      isHeadingAnchor(element) ||
      isCodeTool(element) ||
      isContents(element);
    if (isClutter) clutter.add(boxAround(element, root));
    return !isClutter && !isSilent(element);
  };
  elementsUnder(root, visit);
  return clutter;
}

/** A link to the heading that it is in or beside, with a sign or a few words of its own. */
function isHeadingAnchor(element: Element): boolean {
  if (element.name !== "a") return false;
  const heading = headingOf(element);
  if (heading === undefined) return false;
  const isOwn = hasClass(element, anchorClasses);
  const href = element.attribs.href ?? "";
  if (!isOwn && !href.includes("#")) return false;
  const inside = wordsOf(nodeText(element, 300));
  const isInside = heading.parent !== element.parent;
  const others = isInside ? lettersOf(nodeText(heading, 1000)).length - inside.join("").length : 1;
  if (others <= 0 && inside.length > 0) return false;
  if (isOwn || inside.length === 0) return inside.length < 40 && !holdsImage(element);
  const target = decodeName(href.slice(href.indexOf("#") + 1));
  return (
    target !== "" && (target === heading.attribs.id || target === anchorBefore(element)) && inside.length < 40
  );
}

function headingOf(element: Element): Element | undefined {
  let parent = element.parent;
  for (let steps = 0; parent !== null && isTag(parent) && steps < 3; steps += 1) {
    if (isHeading(parent)) return parent;
    parent = parent.parent;
  }
  const id = decodeName((element.attribs.href ?? "").replace(/^#/, ""));
  return [element.prev, element.next, element.prev?.prev, element.next?.next].find(
    (near): near is Element => near != null && isTag(near) && isHeading(near) && near.attribs.id === id,
  );
}

function anchorBefore(element: Element): string | undefined {
  return element.attribs.id ?? element.attribs.name;
}

function holdsImage(element: Element): boolean {
  return elementsUnder(element).some(({ name }) => name === "img");
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name.slice(0, 1000));
  } catch {
    return name;
  }
}

/** Line numbers, and labels and buttons about a piece of code: only near a `<pre>`, for their names are short. */
function isCodeTool(element: Element): boolean {
  if (element.attribs.class === undefined || element.name === "pre" || element.name === "table") return false;
  if (hasClass(element, lineNumberClasses)) return isAboutCode(element) && !holdsCode(element);
  if (!hasClass(element, codeToolClasses)) return false;
  return wordsOf(nodeText(element, 200)).length <= 12 && isAboutCode(element) && !holdsCode(element);
}

/** A column of numbers is often a `<pre>` as well. */
function holdsCode(element: Element): boolean {
  return elementsUnder(element).some(
    (inner) => (inner.name === "pre" || inner.name === "code") && /[^\d\s]/.test(nodeText(inner, 2000)),
  );
}

function isAboutCode(element: Element): boolean {
  let at: AnyNode | null = element.parent;
  for (let steps = 0; at !== null && isTag(at) && steps < 6; steps += 1) {
    if (at.name === "pre" || at.name === "code") return true;
    if (
      /^(?:figure|table|td|tr|tbody|div|section)$/.test(at.name) &&
      at.children.length <= 8 &&
      hasPre(at, 4)
    )
      return true;
    at = at.parent;
    if (at !== null && isTag(at) && /^(?:article|main|body)$/.test(at.name)) return false;
  }
  return false;
}

function hasPre(element: Element, depth: number): boolean {
  return childElements(element)
    .slice(0, 8)
    .some((child) => child.name === "pre" || (depth > 0 && child.name !== "p" && hasPre(child, depth - 1)));
}

/** A list of nothing but links to headings of this page. Footnotes link back as well, but hold text. */
function isContents(element: Element): boolean {
  if (element.name !== "ul" && element.name !== "ol" && element.name !== "nav") return false;
  let links = 0;
  let rest = false;
  const visit = (node: AnyNode): void => {
    if (rest) return;
    if (isText(node)) rest = wordsOf(node.data).some((word) => !/^\d+$/.test(word));
    else if (isTag(node) && !isUnseen(node)) {
      if (node.name === "a") {
        const href = node.attribs.href ?? "";
        if (!/^[^?]{0,500}#./.test(href) || href.includes("://")) rest = true;
        links += 1;
      } else if (node.name === "img" || node.name === "pre") rest = true;
      else for (const child of node.children) visit(child);
    }
  };
  for (const child of element.children) visit(child);
  return !rest && links >= 1 && !isBackReference(element);
}

function isBackReference(element: Element): boolean {
  return elementsUnder(element).some(
    ({ name, attribs }) =>
      name === "a" &&
      (/backref|footnote/i.test(`${attribs.class ?? ""} ${attribs.role ?? ""}`) ||
        /^#(?:fn|cite)/.test(attribs.href ?? "")),
  );
}

/** The box around a table of contents, where it holds no more than a caption besides. */
function boxAround(element: Element, root: Element): Element {
  if (element.name !== "ul" && element.name !== "ol" && element.name !== "nav") return element;
  let box = element;
  const length = wordsOf(nodeText(element)).length;
  for (let steps = 0; steps < 4; steps += 1) {
    const { parent } = box;
    if (
      parent === null ||
      !isTag(parent) ||
      parent === root ||
      !/^(?:nav|div|aside|details|section)$/.test(parent.name)
    )
      break;
    if (parent.children.length > 12 || wordsOf(nodeText(parent)).length - length > 6 || holdsImage(parent))
      break;
    box = parent;
  }
  return box;
}
