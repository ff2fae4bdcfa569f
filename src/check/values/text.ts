import { decodeHTML } from "entities";
import { defineProblem, type Problem } from "../../model/problem.ts";
import { checkHtml } from "../parse/html.ts";
import { isKnownElement } from "../parse/html-names.ts";
import { attributeOf } from "../parse/xml-tree.ts";
import type { Spot, ValueCheck } from "../rules/document-check.ts";
import { specs } from "../rules/specs.ts";

const closingTag = /<\/([a-z][a-z0-9]*)\s*>/gi;
const reference = /&(#\d+|#x[0-9a-f]+|[a-z][a-z0-9]{1,30})\b;?/gi;

/** The first closing tag of HTML, or reference, in plain text. */
export function findMarkup(text: string): string | undefined {
  if (!/[<&]/.test(text)) return undefined;
  for (const match of text.matchAll(closingTag)) {
    if (isKnownElement((match[1] ?? "").toLowerCase())) return match[0];
  }
  for (const match of text.matchAll(reference)) {
    const name = match[1] ?? "";
    if (name.startsWith("#") || decodeHTML(`&${name};`) !== `&${name};`) return match[0];
  }
  return undefined;
}

export const markupInText = defineProblem("value/markup", {
  severity: "warning",
  title: "HTML in plain text",
  why: "Some readers show the tags or entities as they are, others strip them: titles look broken somewhere.",
  fix: "Write plain text, and escape `&` and `<` once.",
  spec: `${specs.profile}#data-types-characterdata`,
});

/** Reports markup in plain text. */
export function checkPlain(text: string, spot: Spot, problem: Problem = markupInText): boolean {
  const markup = findMarkup(text);
  if (markup === undefined) return true;
  spot.report(problem, `${spot.name} is plain text but holds \`${markup}\`.`);
  return false;
}

export const plain: ValueCheck = (value, spot) => void checkPlain(value, spot);

const decodedTwice = defineProblem("value/character-data", {
  severity: "warning",
  title: "Text that readers decode twice",
  why: "`&` followed by a `<` looks like markup to readers that treat plain text as HTML.",
  fix: "Encode `&` as `&#x26;` and `<` as `&#x3C;`.",
  spec: `${specs.profile}#data-types-characterdata`,
});

/** Titles of RSS: plain, and without what readers decode twice. */
const title: ValueCheck = (value, spot) => {
  if (checkPlain(value, spot) && /&[^;\s]{0,40}<\//.test(value)) {
    spot.report(decodedTwice, `${spot.name} holds \`&\` before \`<\`, which some readers take for markup.`);
  }
};

/** HTML of RSS, escaped or in CDATA; descriptions were plain text until 0.92. */
const html: ValueCheck = (value, spot) => {
  const { document, element } = spot;
  let root = element;
  while (root.parent) root = root.parent;
  if (element.local === "description" && /^0\.9[01]$/.test(attributeOf(root, "version") ?? "")) return;
  checkHtml(value, document.baseOf(element) !== document.url, document.inTextOf(element));
};

export const textValues = {
  any: () => undefined,
  plain,
  title,
  html,
} satisfies Record<string, ValueCheck>;
