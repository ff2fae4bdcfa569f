// In comes a value that is text or HTML; out go findings about markup in plain text and about the HTML.
import { decodeHTML } from "entities";
import { checkHtml } from "../parse/html.ts";
import { isKnownElement } from "../parse/html-names.ts";
import { attributeOf } from "../parse/xml-tree.ts";
import type { Spot, ValueCheck } from "../rules/document-check.ts";
import type { RuleCode } from "../rules/table.ts";

const CLOSING = /<\/([a-z][a-z0-9]*)\s*>/gi;
const REFERENCE = /&(#\d+|#x[0-9a-f]+|[a-z][a-z0-9]{1,30})\b;?/gi;

/** The first closing tag of HTML or reference in a text that is to be plain. */
export function findMarkup(text: string): string | undefined {
  if (!/[<&]/.test(text)) return undefined;
  for (const match of text.matchAll(CLOSING)) {
    if (isKnownElement((match[1] ?? "").toLowerCase())) return match[0];
  }
  for (const match of text.matchAll(REFERENCE)) {
    const name = match[1] ?? "";
    if (name.startsWith("#") || decodeHTML(`&${name};`) !== `&${name};`) return match[0];
  }
  return undefined;
}

/** Says where plain text holds markup, under the rule that fits the place. */
export function checkPlain(text: string, place: Spot, code: RuleCode = "value/markup"): boolean {
  const markup = findMarkup(text);
  if (markup === undefined) return true;
  place.report(code, `${place.name} is plain text but holds \`${markup}\`.`);
  return false;
}

const plain: ValueCheck = (value, place) => void checkPlain(value, place);

/** Titles of RSS: plain, and nothing that readers decode twice. */
const title: ValueCheck = (value, place) => {
  if (checkPlain(value, place) && /&[^;\s]{0,40}<\//.test(value)) {
    place.report(
      "value/character-data",
      `${place.name} holds \`&\` before \`<\`, which some readers take for markup.`,
    );
  }
};

/** HTML of RSS, escaped or in CDATA; descriptions were plain text until 0.92. */
const html: ValueCheck = (value, place) => {
  const { check, element } = place;
  let root = element;
  while (root.parent) root = root.parent;
  if (element.local === "description" && /^0\.9[01]$/.test(attributeOf(root, "version") ?? "")) return;
  checkHtml(value, check.baseOf(element) !== check.url, (code, index, message) =>
    check.findings.add(code, () => check.textOffset(element, index), message),
  );
};

export const textValues = {
  any: () => undefined,
  plain,
  title,
  html,
} satisfies Record<string, ValueCheck>;
