// In comes the text of YAML front matter; out goes what its lines say where all of them are plain, clean and of known meaning, or undefined.
import { type FieldName, findField, findNearMiss } from "../fields/field-names.ts";
import { forbiddenKeys, resolvePlain } from "../front-matter/front-matter-value.ts";
import {
  type Cursor,
  endLine,
  readAuthorItem,
  readBlockList,
  readBlockText,
  readTextItem,
  type WrittenAuthor,
} from "./usual-blocks.ts";
import {
  cutComment,
  isBlank,
  isComment,
  isIdle,
  readBlockWord,
  readFlowList,
  readFlowText,
  readList,
  readSection,
  readText,
} from "./usual-values.ts";

/** What the lines say; all of it clean. */
export interface UsualLines {
  title: string | undefined;
  date: string | undefined;
  /** The key that gives the date, as it is spelt. */
  dateKey: string | undefined;
  updated: string | undefined;
  updatedKey: string | undefined;
  slug: string | undefined;
  id: string | undefined;
  description: string | undefined;
  correction: string | undefined;
  language: string | undefined;
  image: string | undefined;
  draft: string | undefined;
  section: string | undefined;
  category: readonly string[] | undefined;
  categories: readonly string[] | undefined;
  tags: readonly string[] | undefined;
  authors: readonly (string | WrittenAuthor)[] | undefined;
  /** Keys of the site's own. */
  extra: Record<string, unknown> | undefined;
  /** Fields whose key has no value. */
  empty: Set<FieldName> | undefined;
}

const space = 0x20;
const hash = 0x23;
const bracket = 0x5b;
const key = /^[A-Za-z_][A-Za-z0-9_-]{0,99}$/;
const blockHeader = /^[|>]-?$/;

/** Reads lines of `key: value`, and the lists below a key; undefined where something is not plainly right. */
export function readLines(text: string): UsualLines | undefined {
  const lines: UsualLines = {
    title: undefined,
    date: undefined,
    dateKey: undefined,
    updated: undefined,
    updatedKey: undefined,
    slug: undefined,
    id: undefined,
    description: undefined,
    correction: undefined,
    language: undefined,
    image: undefined,
    draft: undefined,
    section: undefined,
    category: undefined,
    categories: undefined,
    tags: undefined,
    authors: undefined,
    extra: undefined,
    empty: undefined,
  };
  const cursor: Cursor = { text, next: 0 };
  while (cursor.next < text.length) {
    const start = cursor.next;
    const end = endLine(cursor);
    if (end > start && !readLine(lines, cursor, start, end)) return undefined;
  }
  return lines.empty !== undefined && isGivenTwice(lines, lines.empty) ? undefined : lines;
}

/** Reads one line that is not blank, and what belongs to it below. */
function readLine(lines: UsualLines, cursor: Cursor, start: number, end: number): boolean {
  const { text } = cursor;
  if (text.charCodeAt(start) === hash) return isComment(text.slice(start, end));
  const colon = text.indexOf(":", start);
  if (colon < 0 || colon >= end) return false;
  let from = colon + 1;
  while (text.charCodeAt(from) === space) from += 1;
  const written = text.slice(start, colon);
  if (from >= end) return takeValue(lines, written, "", cursor);
  if (from === colon + 1) return false;
  const value = text.slice(from, end);
  if (text.charCodeAt(from) === hash) return isComment(value) && takeValue(lines, written, "", cursor);
  if (takeValue(lines, written, value, cursor)) return true;
  const cut = cutComment(value);
  return cut !== value && takeValue(lines, written, cut, cursor);
}

/** Takes in one value, which is empty where none is on the line; false where it is not plainly right. */
function takeValue(lines: UsualLines, written: string, value: string, cursor: Cursor): boolean {
  const spelling = findField(written);
  if (spelling === undefined) return takeOwn(lines, written, value, cursor);
  const { field } = spelling;
  if (written === "published") {
    // A switch or a date: one of them, once.
    if (!takeNothing(lines, written)) return false;
    if (cutComment(value) === "true") return true;
  }
  if (isIdle(field, value)) return takeNothing(lines, field);
  switch (field) {
    case "title":
    case "description":
    case "correction":
      return take(lines, field, blockHeader.test(value) ? readBlockText(cursor) : readText(value));
    case "slug":
    case "id":
    case "language":
    case "image":
      return take(lines, field, readText(value));
    case "section":
      return take(lines, field, readSection(value));
    case "date":
    case "updated":
      return takeMoment(lines, field, written, value);
    case "draft":
      return take(lines, field, cutComment(value));
    case "tags":
    case "category":
    case "categories":
    case "authors": {
      if (value !== "") return take(lines, field, readList(value));
      const items = readBlockList<string | WrittenAuthor>(
        cursor,
        field === "authors" ? readAuthorItem : readBlockWord,
      );
      return items?.length === 0 ? takeNothing(lines, field) : take(lines, field, items);
    }
    default:
      return false;
  }
}

/** Puts a value under its field; false where there is none, or another one already. */
function take<Field extends keyof UsualLines>(lines: UsualLines, field: Field, value: unknown): boolean {
  if (value === undefined || lines[field] !== undefined) return false;
  lines[field] = value as UsualLines[Field];
  return true;
}

function takeMoment(lines: UsualLines, field: "date" | "updated", written: string, value: string): boolean {
  const isQuoted = value.charCodeAt(0) === 0x22 || value.charCodeAt(0) === 0x27;
  if (!take(lines, field, isQuoted ? readText(value) : cutComment(value))) return false;
  lines[`${field}Key`] = written;
  return true;
}

/** A key without a value counts as one that is not there. */
function takeNothing(lines: UsualLines, field: FieldName): boolean {
  lines.empty ??= new Set();
  if (lines.empty.has(field)) return false;
  lines.empty.add(field);
  return true;
}

function isGivenTwice(lines: Partial<Record<FieldName, unknown>>, empty: ReadonlySet<FieldName>): boolean {
  for (const field of empty) if (lines[field] !== undefined) return true;
  return false;
}

/** A key of the site's own, with text, a number, a switch, or a list of texts. */
function takeOwn(lines: UsualLines, written: string, value: string, cursor: Cursor): boolean {
  if (!key.test(written) || forbiddenKeys.has(written) || findNearMiss(written) !== undefined) return false;
  if (written === "extra" || written === "taxonomies") return false;
  lines.extra ??= {};
  if (Object.hasOwn(lines.extra, written)) return false;
  const taken = readOwn(value, cursor);
  if (taken === undefined) return false;
  lines.extra[written] = taken;
  return true;
}

function readOwn(value: string, cursor: Cursor): unknown {
  if (value === "") {
    const items = readBlockList(cursor, readTextItem);
    return items?.length === 0 ? null : items;
  }
  if (value.charCodeAt(0) === bracket) return readFlowList(value, readFlowText);
  if (isBlank(value)) return "";
  const meant = resolvePlain(value);
  return typeof meant === "string" ? readText(value) : meant.value;
}
