import { type ChildNode, isTag } from "domhandler";
import type { PageBlock } from "./blocks.ts";
import { stableNames } from "./container.ts";
import { classesOf, isHeading } from "./dom.ts";

/** What a block is called on every page of a layout. */
export function signatureOf({ element, nodes }: PageBlock): string {
  if (element === undefined)
    return `text:${nodes
      .filter(isTag)
      .map((node: ChildNode & { name: string }) => node.name)
      .slice(0, 6)
      .join(",")}`;
  const { name, attribs } = element;
  const classes = stableNames(classesOf(element))
    .sort()
    .map((one) => `.${one}`);
  const id =
    attribs.id === undefined || isHeading(element) ? [] : stableNames([attribs.id]).map((one) => `#${one}`);
  const role = attribs.role === undefined ? "" : `[${attribs.role.slice(0, 40)}]`;
  return `${name}${id.join("")}${classes.join("")}${role}`;
}
