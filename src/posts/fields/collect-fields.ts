import type { Config } from "../../model/config.ts";
import { defineProblem, type Problem } from "../../model/problem.ts";
import type { FileName } from "../folder/file-name.ts";
import {
  isMapping,
  isNull,
  isSequence,
  type Mapping,
  quoteValue,
  TypedScalar,
  type Value,
  valueText,
} from "../front-matter/front-matter-value.ts";
import { type FieldName, findField, findNearMiss, sharedFields } from "./field-names.ts";

/** Keys and list positions that lead to a value in front matter; empty for the file as a whole. */
export type FieldPath = readonly (string | number)[];

/** A problem that was found with a field; its line and column are looked up later. */
export interface FieldFinding {
  readonly problem: Problem;
  readonly path: FieldPath;
  /** It is the key that is wrong, not its value. */
  readonly isKey?: true;
  readonly message: string;
  readonly hint?: string;
}

/** A field that the front matter has. */
export interface WrittenField {
  readonly path: FieldPath;
  readonly value: Value;
  readonly rank: number;
}

/** What the readers of fields work with: the front matter of one post sorted into fields, and what was found so far. */
export interface FieldContext {
  readonly config: Config;
  readonly name: FileName;
  readonly fields: Readonly<Partial<Record<FieldName, WrittenField>>>;
  readonly findings: FieldFinding[];
  /** Keys that feedwright does not know, as written. */
  readonly unknown: readonly (readonly [string, Value])[];
}

const nearMissedKey = defineProblem("post/key-near-miss", {
  severity: "hint",
  title: "A key that looks like a misspelt one",
  many: "{count} keys look like misspelt ones",
  why: "A misspelt key has no effect: readers do not see what it was meant to say.",
  fix: "Write the key as the message spells it, or ignore this where the key is your own.",
});

const twoSpellings = defineProblem("post/two-spellings", {
  severity: "warning",
  title: "One field under two names with two values",
  many: "{count} fields are written under two names with two values",
  why: "Only one of the two values reaches readers, and it may be the one that is out of date.",
  fix: "Keep one of the two keys.",
});

/** Sorts the keys of front matter into fields. */
export function collectFields(data: Mapping, config: Config, name: FileName): FieldContext {
  const fields: Partial<Record<FieldName, WrittenField>> = {};
  const findings: FieldFinding[] = [];
  const unknown: [string, Value][] = [];
  for (const [key, value] of data) {
    if (isMapping(value) && (key === "extra" || key === "taxonomies")) {
      const rest = collectZola(key, value, fields, findings);
      if (rest.size > 0) unknown.push([key, rest]);
    } else if (!collectOne([key], key, value, fields, findings)) {
      unknown.push([key, value]);
      const near = findNearMiss(key);
      if (near !== undefined && !data.has(near)) findings.push(describeNearMiss(key, near));
    } else if (isShared(key)) unknown.push([key, value]);
  }
  return { config, name, fields, findings, unknown };
}

function isShared(key: string): boolean {
  const spelling = findField(key);
  return spelling !== undefined && sharedFields.has(spelling.field);
}

/** Zola keeps its own keys at the top, and everything else in the tables `extra` and `taxonomies`. */
function collectZola(
  table: string,
  values: Mapping,
  fields: Partial<Record<FieldName, WrittenField>>,
  findings: FieldFinding[],
): Mapping {
  const rest = new Map<string, Value>();
  for (const [key, value] of values) {
    if (!collectOne([table, key], key, value, fields, findings) || isShared(key)) rest.set(key, value);
  }
  return rest;
}

/** Puts a value under its field; false when the key means no field. */
function collectOne(
  path: FieldPath,
  key: string,
  value: Value,
  fields: Partial<Record<FieldName, WrittenField>>,
  findings: FieldFinding[],
): boolean {
  const spelling = findField(key);
  if (spelling === undefined) return false;
  if (isNull(value)) return true;
  const field = redirect(spelling.field, key, value);
  // A key at the top comes before one in a table of Zola's.
  const rank = spelling.rank + (path.length > 1 ? 100 : 0);
  const other = fields[field];
  const own: WrittenField = { path, value, rank };
  if (other === undefined) {
    fields[field] = own;
    return true;
  }
  const [winner, loser] = rank < other.rank ? [own, other] : [other, own];
  fields[field] = winner;
  if (!sameValue(winner.value, loser.value)) findings.push(describeSpellings(field, winner, loser));
  return true;
}

/** `published: false` is Jekyll's draft, and `retracted: true` has no date: the value decides what such keys mean. */
function redirect(field: FieldName, key: string, value: Value): FieldName {
  if (key === "url" || key === "link")
    return typeof value === "string" && /^\s*https?:\/\//i.test(value) ? "link" : field;
  if (key !== "published" && key !== "retracted") return field;
  return value instanceof TypedScalar && typeof value.value === "boolean" ? key : field;
}

function describeNearMiss(key: string, near: string): FieldFinding {
  return {
    problem: nearMissedKey,
    path: [key],
    isKey: true,
    message: `The key ${quoteValue(key)} means nothing to feedwright.`,
    hint: `Write ${near} if that is what it should be; other keys are kept as they are.`,
  };
}

function describeSpellings(field: FieldName, winner: WrittenField, loser: WrittenField): FieldFinding {
  return {
    problem: twoSpellings,
    path: loser.path,
    message: `${winner.path.join(".")} and ${loser.path.join(".")} both give the ${field}, with two values; ${winner.path.join(".")} counts.`,
    hint: "Remove one of them.",
  };
}

function sameValue(a: Value, b: Value): boolean {
  const one = valueText(a);
  if (one !== undefined) return one === valueText(b);
  if (isSequence(a) && isSequence(b))
    return a.length === b.length && a.every((item, i) => sameValue(item, b[i] ?? ""));
  if (isMapping(a) && isMapping(b))
    return a.size === b.size && [...a].every(([key, value]) => sameValue(value, b.get(key) ?? ""));
  return isNull(a) && isNull(b);
}
