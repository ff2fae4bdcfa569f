import { type AnyNode, type ChildNode, Element, isTag, isText, type ParentNode, Text } from "domhandler";
import { appendChild, prepend, removeElement, replaceElement } from "domutils";

/** All text under a node, hidden or not. */
export function allText(node: AnyNode): string {
  if (isText(node)) return node.data;
  return "children" in node ? node.children.map(allText).join("") : "";
}

export function makeElement(
  name: string,
  attribs: Record<string, string>,
  content: string | ChildNode[] = [],
): Element {
  const element = new Element(name, attribs);
  for (const child of typeof content === "string" ? [new Text(content)] : content)
    appendChild(element, child);
  return element;
}

export function replaceWith(node: ChildNode, other: ChildNode): void {
  replaceElement(node, other);
}

/** Puts an element's children in its place. */
export function unwrap(element: Element): void {
  for (const child of [...element.children]) prepend(element, child);
  removeElement(element);
}

/** The element beside a node, with nothing but white space between them. */
export function besideElement(node: ChildNode, side: "prev" | "next"): Element | undefined {
  let at = node[side];
  while (at !== null && (isText(at) ? at.data.trim() === "" : at.type === "comment")) at = at[side];
  return at !== null && isTag(at) ? at : undefined;
}

export function isWithin(element: Element, names: ReadonlySet<string>): boolean {
  for (let at: ParentNode | null = element.parent; at !== null; at = at.parent)
    if (isTag(at) && names.has(at.name)) return true;
  return false;
}
