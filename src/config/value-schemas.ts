// In comes what a value of a common kind is for; out goes its schema: text, a flag, a count, one of some words, formats.
import * as v from "valibot";
import { type Format, formatFiles } from "../model/plan.ts";
import { leaf, listOf } from "./leaf.ts";
import { parseCount, parseText } from "./values.ts";

/** Text that is not empty; `what` says it with an example. */
export function text(what: string): v.GenericSchema<string> {
  return leaf<string>(parseText, what);
}

export const flag = leaf<boolean>(
  (input) => (typeof input === "boolean" ? input : undefined),
  "true or false",
);

export function count(most: number, such: number): v.GenericSchema<number> {
  return leaf<number>(parseCount(most), `a whole number from 1 to ${most}, such as ${such}`);
}

export function oneOf<const Word extends string>(words: readonly Word[]): v.GenericSchema<Word> {
  const shown = words.map((word) => `"${word}"`);
  const list = shown.length > 1 ? `${shown.slice(0, -1).join(", ")} or ${shown.at(-1)}` : shown.join("");
  return leaf<Word>((input) => words.find((word) => word === input), list);
}

/** Each format once, at least one. */
export const formats = v.pipe(
  listOf(oneOf(Object.keys(formatFiles) as Format[]), 'a list of formats such as ["rss", "atom", "json"]'),
  v.minLength(1, 'at least one format, such as ["rss"]'),
  v.transform((list) => [...new Set(list)]),
);
