import { parseDocument } from "htmlparser2";

type Node = ReturnType<typeof parseDocument>["children"][number];
type Element = Extract<Node, { attribs: Record<string, string> }>;

const hidden = new Set(["script", "style", "template", "head", "svg", "annotation", "noscript", "button"]);
/** All other elements part words, those of MathML too: a half is not 12. */
const inline = new Set(
  (
    "a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span " +
    "strong sub sup time tt u var wbr"
  ).split(" "),
);
/** Classes of what generators add around an author's words: heading anchors, line numbers, titles for screen readers. */
const added =
  /(^|\s)(header-anchor|hash-link|headerlink|gutter|lang|sr-only|visually-hidden|footnotes-sep)(\s|$)/;

/** What a reader sees of HTML, the parts of a formula apart: text with white space collapsed, without marks and arrows of footnotes. */
export function visibleText(html: string): string {
  return readNodes(parseDocument(html).children)
    .replace(/\u200b|\u00ad|\ufe0e/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** Makes texts equal that differ only in the typography which some Markdown processors add. */
export function foldTypography(text: string): string {
  return text
    .replace(/[\u2018\u2019\u201a\u2039\u203a]/g, "'")
    .replace(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"')
    .replace(/\u2026/g, "...")
    .replace(/ *(?:[\u2013\u2014]|-{2,3}) */g, "-")
    .replace(/ +([.,;:!?)])/g, "$1");
}

function readNodes(nodes: readonly Node[]): string {
  return nodes.map(readNode).join("");
}

function readNode(node: Node): string {
  if (node.type === "text") return node.data;
  if (node.type === "cdata") return readNodes(node.children);
  if (!("attribs" in node) || isLeftOut(node)) return "";
  const text = readNodes(node.children);
  return inline.has(node.name) ? text : ` ${text} `;
}

function isLeftOut(element: Element): boolean {
  const { attribs, name, children } = element;
  if (hidden.has(name) || attribs["aria-hidden"] === "true" || attribs.hidden !== undefined) return true;
  if (added.test(attribs.class ?? "")) return true;
  if (name === "a") return /^#(user-content-)?fn/i.test(attribs.href?.replace(/^[^#]*/, "") ?? "");
  return name === "sup" && children.some((child) => "attribs" in child && isLeftOut(child));
}
