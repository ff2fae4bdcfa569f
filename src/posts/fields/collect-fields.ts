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
import { type FieldName, findField, findNearMiss, sharedFields, visibilityFields } from "./field-names.ts";
import { isVisibilityWord } from "./visibility-words.ts";

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
  /** What other keys say of the same field, where the strictest has to be found. */
  readonly others?: readonly WrittenField[];
}

/** What the readers of fields work with: the front matter of one post sorted into fields, and what was found so far. */
export interface FieldContext {
  readonly config: Config;
  readonly name: FileName;
  readonly fields: Readonly<Partial<Record<FieldName, WrittenField>>>;
  readonly findings: FieldFinding[];
  /** Keys that feedwright does not know, as written. */
  readonly unknown: readonly (readonly [string, Value])[];
  /** Gives the beginning of the body. */
  readonly body?: (() => string) | undefined;
}

const nearMissedKey = defineProblem("post/key-near-miss", {
  severity: "hint",
  title: "A key that looks like a misspelt one",
  many: "{count} keys look like misspelt ones",
  why: "A misspelt key has no effect: readers do not see what it was meant to say.",
  fix: "Write the key as the message spells it, or ignore this where the key is your own.",
});

const misspeltVisibility = defineProblem("post/visibility-near-miss", {
  severity: "error",
  title: "A misspelt key that was to say who sees a post",
  many: "{count} misspelt keys were to say who sees a post",
  why: "Misspelt it has no effect, and readers would see what was to be kept from them. The post does not go into a feed.",
  fix: "Write the key as the message spells it, or give your own key a name that is less similar.",
});

const repeatedKey = defineProblem("front-matter/repeated-key", {
  severity: "warning",
  title: "A key that is written twice",
  many: "{count} keys are written twice",
  why: "Only the last of the two values reaches readers, and other programs may take the first. Of keys about who sees the post, the strictest counts.",
  fix: "Keep one of the two.",
});

const twoSpellings = defineProblem("post/two-spellings", {
  severity: "warning",
  title: "One field under two names with two values",
  many: "{count} fields are written under two names with two values",
  why: "Only one of the two values reaches readers, and it may be the one that is out of date.",
  fix: "Keep one of the two keys.",
});

/** A value that another under the same key comes after. */
export interface RepeatedKey {
  readonly path: readonly string[];
  readonly value: Value;
}

/** Sorts the keys of front matter into fields. Of `repeated`, only what says who may see the post still counts. */
export function collectFields(
  data: Mapping,
  config: Config,
  name: FileName,
  repeated: readonly RepeatedKey[] = [],
  body?: () => string,
): FieldContext {
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
      if (near !== undefined) reportNearMiss(key, near, value, data, findings);
    } else if (isShared(key)) unknown.push([key, value]);
  }
  for (const { path, value } of repeated) {
    const key = path.at(-1) ?? "";
    findings.push(describeRepeated(path, key));
    const spelling = path.length === 1 ? findField(key) : undefined;
    const field = spelling && redirect(spelling.field, key, value);
    if (field !== undefined && visibilityFields.has(field)) collectOne(path, key, value, fields, findings);
  }
  return { config, name, fields, findings, unknown, body };
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
  const field = redirect(spelling.field, key, value);
  if (field === undefined) return false;
  if (isAbsent(field, value)) return true;
  // A key at the top comes before one in a table of Zola's.
  const rank = spelling.rank + (path.length > 1 ? 100 : 0);
  const other = fields[field];
  const own: WrittenField = { path, value, rank };
  if (other === undefined) {
    fields[field] = own;
    return true;
  }
  if (visibilityFields.has(field)) {
    fields[field] = { ...other, others: [...(other.others ?? []), own] };
    return true;
  }
  const [winner, loser] = rank < other.rank ? [own, other] : [other, own];
  fields[field] = winner;
  // Cover, hero and banner are three things to a theme.
  if (field !== "image" && !sameValue(winner.value, loser.value))
    findings.push(describeSpellings(field, winner, loser));
  return true;
}

/** Fields that `false` says something about; for all others it is a theme's switch, and means that nothing is there. */
const switches: ReadonlySet<FieldName> = new Set([
  ...[...visibilityFields].filter((field) => !["publishDate", "expires", "password"].includes(field)),
  "permalink",
  "link",
  "comments",
  "explicit",
  "sitemap",
  "episode",
] as const);

/** An empty value says nothing, and neither does `false` where a text is expected. */
function isAbsent(field: FieldName, value: Value): boolean {
  if (typeof value === "string") return value.trim() === "";
  if (isNull(value)) return true;
  if (!(value instanceof TypedScalar)) return false;
  if (value.value === true) return field === "authors" || field === "description";
  return value.value === false && !switches.has(field);
}

/** What a key means may depend on its value; undefined where it is the site's own. */
function redirect(field: FieldName, key: string, value: Value): FieldName | undefined {
  switch (field) {
    case "permalink":
      return isAddress(value) && /^(?:url|link)$/i.test(key) ? "link" : field;
    // `published: false` is Jekyll's draft, and `retracted: true` has no date.
    case "date":
      return /^published$/i.test(key) && !isDateLike(value) ? "published" : field;
    case "published":
      return isDateLike(value) ? "date" : field;
    case "expires":
      return /^retracted$/i.test(key) && readSwitch(value) !== undefined ? "retracted" : field;
    // Importers write the row of a database. No reader knows a post by it.
    case "id":
      return /^id$/i.test(key) && /^\d+$/.test(valueText(value) ?? "") ? undefined : field;
    // Other programs have tables of their own under these names.
    case "feed":
      return isMapping(value) || isAddress(value) ? undefined : field;
    case "build":
      return isMapping(value) ? field : undefined;
    case "sitemap":
      return isOutOfSitemap(value) ? field : undefined;
    case "render":
      return readSwitch(value) === undefined ? undefined : field;
    default:
      return field;
  }
}

/** Whether a value begins as dates do, so that it is to be read as one. */
function isDateLike(value: Value): boolean {
  const text = valueText(value);
  return text !== undefined && text.length > 5 && /\d/.test(text);
}

const yes: ReadonlySet<string> = new Set(["true", "yes", "on", "y"]);
const no: ReadonlySet<string> = new Set(["false", "no", "off", "n"]);

/** Yes or no in the words of YAML 1.1, quoted or not; undefined for anything else. */
export function readSwitch(value: Value): boolean | undefined {
  const word = valueText(value)?.trim().toLowerCase();
  if (word === undefined) return undefined;
  return yes.has(word) ? true : no.has(word) ? false : undefined;
}

/** `false`, and the tables that Hugo and VitePress have for it. */
function isOutOfSitemap(value: Value): boolean {
  if (!isMapping(value)) return readSwitch(value) === false;
  return ["disable", "exclude"].some((key) => readSwitch(value.get(key) ?? "") === true);
}

function isAddress(value: Value): boolean {
  return typeof value === "string" && /^\s*https?:\/\//i.test(value);
}

/**
 * A misspelt key about visibility whose value says something is an error: what it was meant to hide would be shown. Any
 * other is worth a hint, unless the key is there as well.
 */
function reportNearMiss(
  key: string,
  near: string,
  value: Value,
  data: Mapping,
  findings: FieldFinding[],
): void {
  const field = findField(near)?.field;
  const decides =
    field !== undefined &&
    (visibilityFields.has(field) || near === "published") &&
    (readSwitch(value) !== undefined ||
      isVisibilityWord(value) ||
      (field === "expires" && isDateLike(value)));
  if (decides)
    findings.push({
      problem: misspeltVisibility,
      path: [key],
      isKey: true,
      message: `The key ${quoteValue(key)} looks like ${near}, which says who may see the post.`,
      hint: `Write ${near}, or give the key another name.`,
    });
  else if (!data.has(near)) findings.push(describeNearMiss(key, near));
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

function describeRepeated(path: FieldPath, key: string): FieldFinding {
  return {
    problem: repeatedKey,
    path,
    isKey: true,
    message: `The key ${quoteValue(key)} is written twice; the last one counts.`,
    hint: "Keep one of the two.",
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
