// In come a root's parts and the fragments inside it; out goes a whole XML document.
import type { Fragment, FragmentFacts } from "../model/plan.ts";
import { declare, type Namespaces } from "./namespaces/registry.ts";
import {
  type Attributes,
  escapeAttribute,
  prefixesOf,
  renderAttributes,
  renderElements,
  type XmlElement,
} from "./xml.ts";

/** The prefixes that the head's elements and the fragments use, each once, sorted. */
export function prefixesIn(head: readonly XmlElement[], fragments: readonly FragmentFacts[]): string[] {
  const found = new Set(prefixesOf(head));
  for (const { prefixes } of fragments) for (const prefix of prefixes) found.add(prefix);
  return [...found].sort();
}

/** An opening tag that declares exactly these prefixes. */
export function openRoot(
  name: string,
  attributes: Attributes,
  prefixes: readonly string[],
  namespaces: Namespaces,
): string {
  return `<${name}${renderAttributes({ ...attributes, ...declare(prefixes, namespaces) })}>\n`;
}

/** The XML declaration, at byte 0, and a style sheet's processing instruction where one is asked for. */
export function prolog(stylesheet: string | undefined): string {
  const type = stylesheet && styleTypes.find(([ending]) => ending.test(stylesheet))?.[1];
  const instruction = type ? `<?xml-stylesheet href="${escapeAttribute(stylesheet)}" type="${type}"?>\n` : "";
  return `<?xml version="1.0" encoding="utf-8"?>\n${instruction}`;
}

// Browsers no longer run XSLT; who asks for it by name still gets what was asked for.
const styleTypes: readonly (readonly [RegExp, string])[] = [
  [/\.css(?:[?#]|$)/i, "text/css"],
  [/\.xslt?(?:[?#]|$)/i, "text/xsl"],
];

/** Elements as a fragment: their text and the prefixes they use. */
export function fragmentOf(elements: readonly XmlElement[], level: number): Fragment {
  return { text: renderElements(elements, level), prefixes: prefixesOf(elements) };
}
