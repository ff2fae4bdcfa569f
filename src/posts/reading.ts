// In comes the front matter of one post; out goes, field by field, which key gave the value, and a list of findings.
import type { Code } from "../model/codes.ts";
import type { Config } from "../model/config.ts";
import { findIllegal, legalize } from "./characters.ts";
import { type FieldName, findField, findNearMiss } from "./field-names.ts";
import type { FileName } from "./file-name.ts";
import { isList, isNull, isTable, kindOf, type Table, textOf, type Value } from "./front-matter-value.ts";

/** Keys and list positions that lead to a value in front matter; empty for the file as a whole. */
export type Path = readonly (string | number)[];

/** A problem with a value; its place in the file is looked up once there is something to report. */
export interface Finding {
  readonly code: Code;
  readonly path: Path;
  readonly message: string;
  readonly hint?: string;
}

/** A field that the front matter has. */
export interface Found {
  readonly path: Path;
  readonly value: Value;
  readonly rank: number;
}

/** What is at hand while one post is read. */
export interface Reading {
  readonly config: Config;
  readonly name: FileName;
  readonly fields: Readonly<Partial<Record<FieldName, Found>>>;
  readonly findings: Finding[];
  /** Keys that feedwright does not know, as written. */
  readonly unknown: readonly (readonly [string, Value])[];
}

/** Sorts the keys of front matter into fields. */
export function collectFields(data: Table, config: Config, name: FileName): Reading {
  const fields: Partial<Record<FieldName, Found>> = {};
  const findings: Finding[] = [];
  const unknown: [string, Value][] = [];
  for (const [key, value] of data) {
    if (isTable(value) && (key === "extra" || key === "taxonomies")) {
      const rest = collectZola(key, value, fields, findings);
      if (rest.size > 0) unknown.push([key, rest]);
    } else if (!collectOne([key], key, value, fields, findings)) {
      unknown.push([key, value]);
      const near = findNearMiss(key);
      if (near !== undefined && !data.has(near)) findings.push(nearMiss(key, near));
    }
  }
  return { config, name, fields, findings, unknown };
}

/** Zola keeps its own keys at the top, and everything else in the tables `extra` and `taxonomies`. */
function collectZola(
  table: string,
  values: Table,
  fields: Partial<Record<FieldName, Found>>,
  findings: Finding[],
): Table {
  const rest = new Map<string, Value>();
  for (const [key, value] of values) {
    if (!collectOne([table, key], key, value, fields, findings)) rest.set(key, value);
  }
  return rest;
}

/** Puts a value under its field; false when the key means no field. */
function collectOne(
  path: Path,
  key: string,
  value: Value,
  fields: Partial<Record<FieldName, Found>>,
  findings: Finding[],
): boolean {
  const spelling = findField(key);
  if (spelling === undefined) return false;
  if (isNull(value)) return true;
  const { field, rank: order } = redirect(spelling.field, key, value, spelling.rank);
  // A key at the top comes before one in a table of Zola's.
  const rank = order + (path.length > 1 ? 100 : 0);
  const other = fields[field];
  if (other === undefined) {
    fields[field] = { path, value, rank };
    return true;
  }
  const [winner, loser] = rank < other.rank ? [{ path, value, rank }, other] : [other, { path, value, rank }];
  fields[field] = winner;
  if (!sameValue(winner.value, loser.value)) findings.push(twoSpellings(field, winner, loser));
  return true;
}

/** `published: false` is Jekyll's draft, and `retracted: true` has no date: the value decides what such keys mean. */
function redirect(
  field: FieldName,
  key: string,
  value: Value,
  rank: number,
): { field: FieldName; rank: number } {
  if (typeof value === "string" || isList(value) || isTable(value)) {
    if ((key === "url" || key === "link") && typeof value === "string" && /^\s*https?:\/\//i.test(value))
      return { field: "link", rank };
    return { field, rank };
  }
  if (key === "published" && typeof value.value === "boolean") return { field: "published", rank };
  if (key === "retracted" && typeof value.value === "boolean") return { field: "retracted", rank };
  return { field, rank };
}

function nearMiss(key: string, near: string): Finding {
  return {
    code: "post/key-near-miss",
    path: [key],
    message: `The key ${quote(key)} means nothing to feedwright.`,
    hint: `Write ${near} if that is what it should be; other keys are kept as they are.`,
  };
}

function twoSpellings(field: FieldName, winner: Found, loser: Found): Finding {
  return {
    code: "post/two-spellings",
    path: loser.path,
    message: `${winner.path.join(".")} and ${loser.path.join(".")} both give the ${field}, with two values; ${winner.path.join(".")} counts.`,
    hint: "Remove one of them.",
  };
}

function sameValue(a: Value, b: Value): boolean {
  const one = textOf(a);
  if (one !== undefined) return one === textOf(b);
  if (isList(a) && isList(b))
    return a.length === b.length && a.every((item, i) => sameValue(item, b[i] ?? ""));
  if (isTable(a) && isTable(b))
    return a.size === b.size && [...a].every(([key, value]) => sameValue(value, b.get(key) ?? ""));
  return isNull(a) && isNull(b);
}

/** Shows a value in a message: one line, at most 60 characters, nothing that a terminal would obey. */
export function quote(value: Value): string {
  const text = textOf(value);
  if (text === undefined) return kindOf(value);
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return JSON.stringify(short).replace(
    /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Reports a value that its field cannot take. */
export function reportWrong(
  reading: Reading,
  path: Path,
  value: Value,
  expected: string,
  hint: string,
): void {
  reading.findings.push({
    code: "post/wrong-value",
    path,
    message: `${path.join(".")} is ${quote(value)}; ${expected}.`,
    hint,
  });
}

/** Reports a value that is left out of the feeds without harm to the rest. */
export function reportIgnored(reading: Reading, path: Path, value: Value, why: string, hint: string): void {
  reading.findings.push({
    code: "post/value-ignored",
    path,
    message: `${path.join(".")} is ${quote(value)}; ${why}, so it is left out.`,
    hint,
  });
}

/** Text that XML can carry, in NFC; what had to be removed is reported. */
export function cleanText(reading: Reading, path: Path, text: string): string {
  if (!/[^\x20-\x7e]/.test(text)) return text;
  const illegal = findIllegal(text);
  if (illegal) {
    const code = illegal.code.toString(16).toUpperCase().padStart(4, "0");
    reading.findings.push({
      code: "post/illegal-characters",
      path,
      message: `${path.join(".")} has the character U+${code}, which XML forbids; it was removed.`,
      hint: "Remove it from the post; it is invisible in most editors.",
    });
  }
  return legalize(text).normalize("NFC");
}

/** {@link cleanText} on one line: white space collapsed, and no character that turns the direction of what follows. */
export function cleanLine(reading: Reading, path: Path, text: string): string {
  const clean = cleanText(reading, path, text);
  const line = /[\t\n\r\u2028\u2029]|^ | $| {2}/.test(clean)
    ? clean.replace(/[ \t\n\r\u2028\u2029]+/g, " ").trim()
    : clean;
  const balanced = removeTurns(line);
  if (balanced === line) return line;
  reading.findings.push({
    code: "post/bidi",
    path,
    message: `${path.join(".")} has invisible characters that turn the direction of the text around it; they were removed.`,
    hint: "Remove them from the post. Right-to-left text needs none.",
  });
  return balanced.trim();
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
