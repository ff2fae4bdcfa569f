// In comes what a value of a common kind is for; out goes its schema: text, a flag, a count, one of some words, formats.
import * as v from "valibot";
import { type Format, formatNames } from "../model/format.ts";
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
  listOf(oneOf<Format>([...formatNames]), 'a list of formats such as ["rss", "atom", "json"]'),
  v.minLength(1, 'at least one format, such as ["rss"]'),
  v.transform((list) => [...new Set(list)]),
);

/**
 * A schema for one value: `parse` returns the normalised value, or undefined when it cannot be used.
 * `expected` completes the sentence "Write …" and holds an example.
 */
export function leaf<Input, Output = Input>(
  parse: (input: unknown) => Output | undefined,
  expected: string,
): v.GenericSchema<Input, Output> {
  return v.pipe(
    v.custom<Input>((input) => parse(input) !== undefined, expected),
    v.transform((input) => parse(input) as Output),
  );
}

/** An object with these keys and no others. Each unknown key is one issue of type `never`; its message lists the known keys. */
export function section<const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.GenericSchema<
  v.InferInput<v.ObjectSchema<Entries, undefined>>,
  v.InferOutput<v.ObjectSchema<Entries, undefined>>
> {
  const known = Object.keys(entries).join(" ");
  return v.lazy((input) =>
    isRecord(input)
      ? v.objectWithRest(entries, v.never(known))
      : v.custom<never>(() => false, `a group of keys: ${known.replaceAll(" ", ", ")}`),
  ) as unknown as v.GenericSchema<
    v.InferInput<v.ObjectSchema<Entries, undefined>>,
    v.InferOutput<v.ObjectSchema<Entries, undefined>>
  >;
}

/** Values under keys that the site chooses. */
export function recordOf<Input, Output>(
  value: v.GenericSchema<Input, Output>,
  expected: string,
): v.GenericSchema<Record<string, Input>, Record<string, Output>> {
  return v.lazy((input) =>
    isRecord(input) ? v.record(v.string(), value) : v.custom<never>(() => false, expected),
  ) as unknown as v.GenericSchema<Record<string, Input>, Record<string, Output>>;
}

/** A list whose every item is checked, so that each wrong one is named. */
export function listOf<Input, Output>(
  item: v.GenericSchema<Input, Output>,
  expected: string,
): v.GenericSchema<Input[], Output[]> {
  return v.lazy((input) =>
    Array.isArray(input) ? v.array(item) : v.custom<never>(() => false, expected),
  ) as unknown as v.GenericSchema<Input[], Output[]>;
}

/** True for an object that is neither a list nor a function. */
export function isRecord(input: unknown): input is Record<string, unknown> {
  return typeof input === "object" && input !== null && !Array.isArray(input);
}
