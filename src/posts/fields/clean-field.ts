import { defineProblem } from "../../model/problem.ts";
import { findIllegal, legalize } from "../body/characters.ts";
import { type Mapping, quoteValue, type Value, valueText } from "../front-matter/front-matter-value.ts";
import type { FieldContext, FieldPath } from "./collect-fields.ts";

const beyondAscii = /[^\x20-\x7e]/;
const space = 0x20;

export const ignoredValue = defineProblem("post/value-ignored", {
  severity: "warning",
  title: "A value that is left out",
  many: "{count} values are left out",
  why: "What it was meant to say is unknown, or feeds cannot carry it. The post goes out without it.",
  fix: "Write a value of the kind that the message names, or take it out.",
});

/** How many tags, and how many authors, a post may have: each may have a feed in three formats. */
export const mostNames = 100;

const tooMany = defineProblem("post/too-many", {
  severity: "warning",
  title: "More tags or authors than a post may have",
  many: "{count} posts have more tags or authors than a post may have",
  why: `Each of them may get a feed of its own, in every format. The first ${mostNames} count.`,
  fix: `Keep the ${mostNames} that say most about the post.`,
});

/** The first {@link mostNames} of a post's tags or authors; says so where there are more. */
export function limitNames<T>(
  context: Pick<FieldContext, "findings">,
  path: FieldPath,
  names: readonly T[],
): readonly T[] {
  if (names.length <= mostNames) return names;
  const message = `${path.join(".")} has ${names.length} values; the first ${mostNames} count, and the others are left out.`;
  context.findings.push({ problem: tooMany, path, message });
  return names.slice(0, mostNames);
}

const illegalCharacters = defineProblem("post/illegal-characters", {
  severity: "warning",
  title: "Characters that XML forbids",
  why: "One such character makes a whole feed unreadable, so it is removed. Readers get the value without it.",
  fix: "Delete the characters; they are left out of the feeds.",
  spec: "https://www.w3.org/TR/xml/#charsets",
});

const unbalancedDirection = defineProblem("post/bidi", {
  severity: "warning",
  title: "Invisible characters that turn the direction of text",
  why: "In a list of posts such a character turns the direction of the text after it as well, and can make one title look like another.",
  fix: "Delete the invisible characters, unless they belong to a word.",
  spec: "https://www.unicode.org/reports/tr9/",
});

/** Reports a value that is left out of the feeds without harm to the rest. */
export function reportIgnored(
  context: FieldContext,
  path: FieldPath,
  value: Value,
  why: string,
  hint: string,
): void {
  context.findings.push({
    problem: ignoredValue,
    path,
    message: `${path.join(".")} is ${quoteValue(value)}; ${why}, so it is left out.`,
    hint,
  });
}

/** Text that XML can carry, in NFC; what had to be removed is reported. */
export function cleanBlock(context: FieldContext, path: FieldPath, text: string): string {
  return beyondAscii.test(text) ? cleanUnusual(context, path, text) : text;
}

function cleanUnusual(context: Pick<FieldContext, "findings">, path: FieldPath, text: string): string {
  const illegal = findIllegal(text);
  if (illegal) {
    const code = illegal.code.toString(16).toUpperCase().padStart(4, "0");
    context.findings.push({
      problem: illegalCharacters,
      path,
      message: `${path.join(".")} has the character U+${code}, which XML forbids; it was removed.`,
      hint: "Remove it from the post; it is invisible in most editors.",
    });
  }
  return legalize(text).normalize("NFC");
}

/** {@link cleanBlock} on one line: white space collapsed, and no character that turns the direction of what follows. */
export function cleanLine(context: Pick<FieldContext, "findings">, path: FieldPath, text: string): string {
  if (!beyondAscii.test(text)) return isTidy(text) ? text : tidy(text);
  if (isCleanLine(text)) return text;
  const clean = cleanUnusual(context, path, text);
  const line = isTidy(clean) && !/[\t\n\r\u2028\u2029]/.test(clean) ? clean : tidy(clean);
  const balanced = removeTurns(line);
  if (balanced === line) return line;
  context.findings.push({
    problem: unbalancedDirection,
    path,
    message: `${path.join(".")} has invisible characters that turn the direction of the text around it; they were removed.`,
    hint: "Remove them from the post. Right-to-left text needs none.",
  });
  return balanced.trim();
}

/** The first of some keys of a mapping that has text, cleaned by {@link cleanLine}. */
export function pickLine(
  context: FieldContext,
  path: FieldPath,
  mapping: Mapping,
  keys: readonly string[],
): string | undefined {
  for (const key of keys) {
    const text = valueText(mapping.get(key));
    if (text !== undefined) return cleanLine(context, [...path, key], text);
  }
  return undefined;
}

/** Letters, marks and signs that stay as they are on a line; surrogates and invisible characters are looked at one by one. */
const unremarkable =
  /^[\x20-\x7e\u00a1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff]*$/;

/** Whether {@link cleanLine} has nothing to do to a text, and nothing to say about it. */
export function isCleanLine(text: string): boolean {
  if (!isTidy(text)) return false;
  return !beyondAscii.test(text) || (unremarkable.test(text) && text.normalize("NFC") === text);
}

/** Whether no space is at either end or beside another. */
function isTidy(text: string): boolean {
  return text.charCodeAt(0) !== space && text.charCodeAt(text.length - 1) !== space && !text.includes("  ");
}

function tidy(text: string): string {
  return text.replace(/[ \t\n\r\u2028\u2029]+/g, " ").trim();
}

/** Removes direction overrides, and embeddings and isolates that do not end within the text (UAX 9). */
function removeTurns(line: string): string {
  if (!/[\u202a-\u202e\u2066-\u2069]/.test(line)) return line;
  const units = [...line];
  const open: number[] = [];
  const drop = new Set<number>();
  units.forEach((char, at) => {
    if (/[\u202d\u202e]/.test(char)) drop.add(at);
    if (/[\u202a\u202b\u202d\u202e\u2066-\u2068]/.test(char)) open.push(at);
    if (char !== "\u202c" && char !== "\u2069") return;
    const last = open.at(-1);
    const matches = last !== undefined && (char === "\u2069") === /[\u2066-\u2068]/.test(units[last] ?? "");
    if (!matches || (last !== undefined && drop.has(last))) drop.add(at);
    if (matches) open.pop();
  });
  for (const at of open) drop.add(at);
  return units.filter((_, at) => !drop.has(at)).join("");
}
