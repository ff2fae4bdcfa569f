import { type AnyNode, type Element, isTag, isText, type ParentNode } from "domhandler";

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Elements that flow in a line of text. Every other one, a custom element too, begins a block. */
const inlineElements = words(
  "a abbr acronym b bdi bdo big br cite code data del dfn em font i img input ins kbd label map mark math nobr " +
    "output picture q rb rp rt rtc ruby s samp small source span strike strong sub sup svg time track tt u var wbr",
);

/** Elements that show something other than words; they stay, but what is inside of them is not read. */
const silentElements = words("svg noscript iframe object embed audio video canvas");

/** Elements that show nothing, or are not for reading. */
const unseenElements = words(
  "script style template head input select textarea datalist button dialog title link meta",
);

/** Text for screen readers alone; nobody sees it. */
const unseenClasses = words(
  "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only screenreader-text sr-only-focusable " +
    "a11y-hidden",
);

export function isInline(node: AnyNode): boolean {
  return !isTag(node) || inlineElements.has(node.name);
}

export function isHeading(element: Element): boolean {
  return /^h[1-6]$/.test(element.name);
}

export function childElements(parent: ParentNode): Element[] {
  return parent.children.filter(isTag);
}

/** The classes of an element, at most 40 of them, in lower case. */
export function classesOf(element: Element): string[] {
  const written = element.attribs.class;
  if (written === undefined || written === "") return [];
  return written.slice(0, 2000).toLowerCase().trim().split(/\s+/, 40);
}

export function hasClass(element: Element, names: ReadonlySet<string>): boolean {
  return classesOf(element).some((name) => names.has(name));
}

const noDisplay = /(?:^|;)\s{0,9}(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)/i;

/** Whether an element is left out with all that is in it, because nobody reads it on the page. */
export function isUnseen(element: Element): boolean {
  const { name, attribs } = element;
  if (name === "script") return !/^math\//i.test(attribs.type ?? "");
  if (unseenElements.has(name)) return true;
  if (attribs.hidden !== undefined && attribs.hidden !== "until-found") return true;
  // KaTeX hides its drawing where it has written MathML for everybody else.
  if (attribs["aria-hidden"] === "true" && name !== "svg") return name !== "span" || !isOnlyFormula(element);
  if (attribs.style !== undefined && noDisplay.test(attribs.style.slice(0, 1000))) return true;
  return attribs.class !== undefined && hasClass(element, unseenClasses);
}

function isOnlyFormula(element: Element): boolean {
  return hasClass(element, new Set(["katex-html"])) && element.prev === null && element.next === null;
}

/** Whether an element holds no words of the page, although it stays. */
export function isSilent(element: Element): boolean {
  return silentElements.has(element.name) || element.name === "script";
}

/** The text of a node that is seen, cut after `limit` characters. */
export function nodeText(node: AnyNode, limit = 20_000): string {
  let text = "";
  const visit = (inner: AnyNode): void => {
    if (text.length >= limit) return;
    if (isText(inner)) text += inner.data;
    else if (isTag(inner) && !isSilent(inner) && !isUnseen(inner))
      for (const child of inner.children) visit(child);
  };
  visit(node);
  return text.slice(0, limit);
}

/** The elements under `root` in the order of the page; `enter` says whether to go into one. */
export function elementsUnder(
  root: ParentNode,
  enter: (element: Element) => boolean = () => true,
): Element[] {
  const found: Element[] = [];
  const visit = (parent: ParentNode): void => {
    for (const child of parent.children) {
      if (!isTag(child)) continue;
      found.push(child);
      if (enter(child)) visit(child);
    }
  };
  visit(root);
  return found;
}
