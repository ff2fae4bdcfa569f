import { defineProblem, type Problem } from "../../model/problem.ts";
/**
 * A scalar that the front matter's language reads as something else than text: `007`, `true`, `null`, a TOML date.
 * `text` is what was written, so that titles, slugs and tags keep it; `value` is what the language makes of it.
 */
export class TypedScalar {
  readonly text: string;
  readonly value: boolean | number | null | string;

  constructor(text: string, value: boolean | number | null | string) {
    this.text = text;
    this.value = value;
  }
}

/** One value of front matter. Text is a string; a mapping is a Map, so that no key can reach a prototype. */
export type Value = string | TypedScalar | readonly Value[] | Mapping;
export type Mapping = ReadonlyMap<string, Value>;

export const syntaxError = defineProblem("front-matter/syntax", {
  severity: "error",
  title: "Front matter with a syntax error",
  many: "The front matter of {posts} has a syntax error",
  why: "Programs disagree about what such front matter says, and a wrong guess could publish a draft. The post cannot go into a feed.",
  fix: "Correct the line: a value with `: ` or a leading sign goes into quotation marks, tabs become spaces.",
});

export const tooLargeError = defineProblem("front-matter/too-large", {
  severity: "error",
  title: "Front matter larger or deeper than the limit",
  why: "So much front matter is most likely text whose closing fence is missing. Readers would not see that text, so the post cannot go into a feed.",
  fix: "Move text from the front matter into the body.",
});

/** Front matter that cannot be read. `offset` says where, in UTF-16 units of its text. */
export class FrontMatterError extends Error {
  readonly problem: Problem;
  readonly offset: number;
  readonly hint: string | undefined;

  constructor(problem: Problem, message: string, offset: number, hint?: string) {
    super(message);
    this.problem = problem;
    this.offset = offset;
    this.hint = hint;
  }
}

/** Keys that reach an object's prototype in careless programs; refused at every depth. */
export const forbiddenKeys: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

const integer = /^[-+]?[0-9]+$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const radix = /^0(?:o[0-7]+|x[0-9a-fA-F]+)$/;
const words = new Map<string, boolean | number | null>([
  ["", null],
  ["~", null],
  ["null", null],
  ["Null", null],
  ["NULL", null],
  ["true", true],
  ["True", true],
  ["TRUE", true],
  ["false", false],
  ["False", false],
  ["FALSE", false],
  [".nan", Number.NaN],
  [".NaN", Number.NaN],
  [".NAN", Number.NaN],
  ...[".inf", ".Inf", ".INF"].flatMap((word): [string, number][] => [
    [word, Number.POSITIVE_INFINITY],
    [`+${word}`, Number.POSITIVE_INFINITY],
    [`-${word}`, Number.NEGATIVE_INFINITY],
  ]),
]);

/** Resolves a plain YAML scalar by the core schema (YAML 1.2.2, section 10.3.2). */
export function resolvePlain(text: string): string | TypedScalar {
  if (text.length <= 5) {
    const word = words.get(text);
    if (word !== undefined) return new TypedScalar(text, word);
  }
  const first = text.charCodeAt(0);
  const numeric = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e;
  if (!numeric) return text;
  if (integer.test(text)) return new TypedScalar(text, Number.parseInt(text, 10));
  if (radix.test(text) || float.test(text)) return new TypedScalar(text, Number(text));
  // What YAML 1.1 takes for a time in UTC: Jekyll's zone of a date depends on the quotes around it.
  if (isYamlTime(text)) return new TypedScalar(text, text);
  return text;
}

const yamlTime = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|[ \t]+)\d{1,2}:\d{2}:\d{2}(?:\.\d*)?$/;

/** Whether YAML 1.1 reads unquoted text as a time without a zone. */
function isYamlTime(text: string): boolean {
  return text.charCodeAt(4) === 0x2d && text.length < 40 && yamlTime.test(text);
}

/** The text of a scalar as written; undefined for null, lists and mappings. */
export function valueText(value: Value | undefined): string | undefined {
  if (typeof value === "string") return value;
  if (value instanceof TypedScalar && value.value !== null) return value.text;
  return undefined;
}

/** True for a key without a value: `title:`, `title: ~`, `title: null`. */
export function isNull(value: Value | undefined): boolean {
  return value instanceof TypedScalar && value.value === null;
}

export function isSequence(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMapping(value: Value | undefined): value is Mapping {
  return value instanceof Map;
}

/** Says what kind of value it is, for messages. */
export function describeKind(value: Value): string {
  if (isSequence(value)) return "a list";
  if (isMapping(value)) return "a mapping";
  return typeof value === "string" ? "text" : value.value === null ? "empty" : `the ${typeof value.value}`;
}

/** The value as plain data, as the front matter's language gives it. */
export function toPlain(value: Value): unknown {
  if (typeof value === "string") return value;
  if (value instanceof TypedScalar) return value.value;
  if (isSequence(value)) return value.map(toPlain);
  if (!isMapping(value)) return undefined;
  const object: Record<string, unknown> = {};
  for (const [key, inner] of value) object[key] = toPlain(inner);
  return object;
}

/** Shows a value in a message: one line, at most 60 characters, nothing that a terminal would obey. */
export function quoteValue(value: Value): string {
  const text = valueText(value);
  if (text === undefined) return describeKind(value);
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return JSON.stringify(short).replace(
    /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
