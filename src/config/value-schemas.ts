// Schemas for values of common kinds. `expected` and `such` complete the sentence "Write …" of an error message.
import * as v from "valibot";
import { type Format, formatNames } from "../model/format.ts";
import { parseCount, parseEmail, parseHttpUrl, parseLanguage, parseSitePath, parseText } from "./values.ts";

/** One value: `parse` gives its normalised form, or undefined when it cannot be used. */
export function leaf<Input, Output = Input>(
  parse: (input: unknown) => Output | undefined,
  expected: string,
): v.GenericSchema<Input, Output> {
  return v.pipe(
    v.custom<Input>((input) => parse(input) !== undefined, expected),
    v.transform((input) => parse(input) as Output),
  );
}

/** Text that is not empty. */
export function text(expected: string): v.GenericSchema<string> {
  return leaf<string>(parseText, expected);
}

export function matching(form: RegExp, expected: string): v.GenericSchema<string> {
  return leaf((input) => (typeof input === "string" && form.test(input) ? input : undefined), expected);
}

export const flag = leaf<boolean>(
  (input) => (typeof input === "boolean" ? input : undefined),
  "true or false",
);

export function count(most: number, such: number): v.GenericSchema<number> {
  return leaf<number>(parseCount(most), `a whole number from 1 to ${most}, such as ${such}`);
}

export function url(such: string): v.GenericSchema<string> {
  return leaf<string>(parseHttpUrl, `an absolute http(s) URL such as "${such}"`);
}

export function sitePath(such: string): v.GenericSchema<string> {
  return leaf<string>(parseSitePath, `a URL, or a path below the site such as "${such}"`);
}

export function email(such: string): v.GenericSchema<string> {
  return leaf<string>(parseEmail, `an e-mail address such as "${such}"`);
}

export const language = leaf<string>(parseLanguage, 'a language tag such as "id" or "en-GB"');

export function functionLike<Type extends (...given: never[]) => unknown>(
  expected: string,
): v.GenericSchema<Type> {
  return leaf<Type>((input) => (typeof input === "function" ? (input as Type) : undefined), expected);
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

/** A schema chosen by the value. Its types are those that the function around it declares. */
function choose<Input, Output>(choice: (input: unknown) => unknown): v.GenericSchema<Input, Output> {
  return v.lazy(choice as (input: unknown) => v.GenericSchema<Input, Output>);
}

/** Accepts nothing. */
export function refuseWith(expected: string): v.GenericSchema<never> {
  return v.custom<never>(() => false, expected);
}

/** A group of keys, or a single value in its place. */
export function either<GroupIn, GroupOut, ValueIn, ValueOut>(
  group: v.GenericSchema<GroupIn, GroupOut>,
  value: v.GenericSchema<ValueIn, ValueOut>,
): v.GenericSchema<GroupIn | ValueIn, GroupOut | ValueOut> {
  return choose((input) => (isRecord(input) ? group : value));
}

/** A list with at least one item, or a single item. */
export function oneOrMore<Input, Output>(
  item: v.GenericSchema<Input, Output>,
  expected: string,
  most = Number.POSITIVE_INFINITY,
): v.GenericSchema<Input | Input[], Output[]> {
  const single = v.pipe(
    item,
    v.transform((value) => [value]),
  );
  const many = v.pipe(
    listOf(item, expected),
    v.minLength(1, `${expected}, or a list with at least one`),
    v.maxLength(most, `a list of at most ${most} values`),
  );
  return choose((input) => (Array.isArray(input) ? many : single));
}

/** An object with these keys and no others. Each unknown key is one issue of type `never`; its message lists the known keys. */
export function section<const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.GenericSchema<
  v.InferInput<v.ObjectSchema<Entries, undefined>>,
  v.InferOutput<v.ObjectSchema<Entries, undefined>>
> {
  const known = Object.keys(entries).join(" ");
  const group = v.objectWithRest(entries, v.never(known));
  const refusal = refuseWith(`a group of keys: ${known.replaceAll(" ", ", ")}`);
  return choose((input) => (isRecord(input) ? group : refusal));
}

/** Values under keys that the site chooses. */
export function recordOf<Input, Output>(
  value: v.GenericSchema<Input, Output>,
  expected: string,
): v.GenericSchema<Record<string, Input>, Record<string, Output>> {
  return choose((input) => (isRecord(input) ? v.record(v.string(), value) : refuseWith(expected)));
}

/** A list whose every item is checked, so that each wrong one is named. */
export function listOf<Input, Output>(
  item: v.GenericSchema<Input, Output>,
  expected: string,
): v.GenericSchema<Input[], Output[]> {
  return choose((input) => (Array.isArray(input) ? v.array(item) : refuseWith(expected)));
}

/** True for an object that is neither a list nor a function. */
export function isRecord(input: unknown): input is Record<string, unknown> {
  return typeof input === "object" && input !== null && !Array.isArray(input);
}
