// In comes one scalar of front matter; out goes a value that keeps what was written beside what it means.

/**
 * A scalar that the front matter's language reads as something else than text: `007`, `true`, `null`, a TOML date.
 * `text` is what was written, so that titles, slugs and tags keep it; `value` is what the language makes of it.
 */
export class Written {
  readonly text: string;
  readonly value: boolean | number | null | string;

  constructor(text: string, value: boolean | number | null | string) {
    this.text = text;
    this.value = value;
  }
}

/** One value of front matter. Text is a string; a mapping is a Map, so that no key can reach a prototype. */
export type Value = string | Written | readonly Value[] | Table;
export type Table = ReadonlyMap<string, Value>;

/** What kept front matter from being read: a code, a message and where, in UTF-16 units of the front matter's text. */
export class FrontMatterFault extends Error {
  readonly code:
    | "front-matter/syntax"
    | "front-matter/forbidden-key"
    | "front-matter/not-mapping"
    | "front-matter/too-large";
  readonly offset: number;
  readonly hint: string | undefined;

  constructor(code: FrontMatterFault["code"], message: string, offset: number, hint?: string) {
    super(message);
    this.code = code;
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
export function resolvePlain(text: string): string | Written {
  if (text.length <= 5) {
    const word = words.get(text);
    if (word !== undefined) return new Written(text, word);
  }
  const first = text.charCodeAt(0);
  const numeric = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e;
  if (!numeric) return text;
  if (integer.test(text)) return new Written(text, Number.parseInt(text, 10));
  if (radix.test(text) || float.test(text)) return new Written(text, Number(text));
  return text;
}

/** The text of a scalar as written; undefined for null, lists and mappings. */
export function textOf(value: Value | undefined): string | undefined {
  if (typeof value === "string") return value;
  if (value instanceof Written && value.value !== null) return value.text;
  return undefined;
}

/** True for a key without a value: `title:`, `title: ~`, `title: null`. */
export function isNull(value: Value | undefined): boolean {
  return value instanceof Written && value.value === null;
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isTable(value: Value | undefined): value is Table {
  return value instanceof Map;
}

/** Says what kind of value stands there, for messages. */
export function kindOf(value: Value): string {
  if (isList(value)) return "a list";
  if (isTable(value)) return "a mapping";
  return typeof value === "string" ? "text" : value.value === null ? "empty" : `the ${typeof value.value}`;
}

/** The value as plain data, as the front matter's language gives it. */
export function toPlain(value: Value): unknown {
  if (typeof value === "string") return value;
  if (value instanceof Written) return value.value;
  if (isList(value)) return value.map(toPlain);
  if (!isTable(value)) return undefined;
  const object: Record<string, unknown> = {};
  for (const [key, inner] of value) object[key] = toPlain(inner);
  return object;
}
