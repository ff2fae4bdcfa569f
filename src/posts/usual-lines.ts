// In comes the text of YAML front matter; out goes what its lines say where all of them are plain, clean and of known meaning, or undefined.
import { isCleanLine } from "./clean-field.ts";
import { findField, findNearMiss } from "./field-names.ts";
import { forbiddenKeys, resolvePlain } from "./front-matter-value.ts";

/** What the lines say; all of it clean. */
export interface UsualLines {
  title: string | undefined;
  date: string | undefined;
  updated: string | undefined;
  slug: string | undefined;
  id: string | undefined;
  description: string | undefined;
  correction: string | undefined;
  language: string | undefined;
  image: string | undefined;
  draft: string | undefined;
  section: string | undefined;
  categories: readonly string[] | undefined;
  tags: readonly string[] | undefined;
  authors: readonly string[] | undefined;
  extra: Record<string, string | boolean> | undefined;
}

const CR = 0x0d;
const space = 0x20;
const key = /^[A-Za-z_][A-Za-z0-9_-]{0,99}$/;
/** One word or phrase of a list in brackets, without anything that has a meaning there. */
const flowItem = /^[A-Za-z0-9\u00a1-\ud7ff](?:[^[\]{},:#"'&*!|>%@`]*[^[\]{},:#"'&*!|>%@` ])?$/;
/** Reads lines of `key: value`; undefined where one of them is not plainly right. */
export function readLines(text: string): UsualLines | undefined {
  const lines: UsualLines = {
    title: undefined,
    date: undefined,
    updated: undefined,
    slug: undefined,
    id: undefined,
    description: undefined,
    correction: undefined,
    language: undefined,
    image: undefined,
    draft: undefined,
    section: undefined,
    categories: undefined,
    tags: undefined,
    authors: undefined,
    extra: undefined,
  };
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    const next = newline < 0 ? text.length : newline + 1;
    let end = newline < 0 ? text.length : newline;
    if (end > at && newline >= 0 && text.charCodeAt(end - 1) === CR) end -= 1;
    while (end > at && text.charCodeAt(end - 1) === space) end -= 1;
    const colon = text.indexOf(":", at);
    if (end > at && text.charCodeAt(at) !== 0x23) {
      let start = colon + 1;
      while (text.charCodeAt(start) === space) start += 1;
      // Nothing behind the colon, or no space: an empty value, the head of a list, or no key at all.
      if (colon < 0 || start === colon + 1 || start >= end) return undefined;
      if (!takeLine(lines, text.slice(at, colon), text.slice(start, end))) return undefined;
    }
    at = next;
  }
  return lines;
}

/** Takes in one line; false where it is not plainly right. */
function takeLine(lines: UsualLines, written: string, value: string): boolean {
  const field = findField(written)?.field;
  switch (field) {
    case "title":
    case "slug":
    case "id":
    case "description":
    case "correction":
    case "language":
    case "image":
    case "section": {
      if (lines[field] !== undefined) return false;
      lines[field] = readText(value);
      return lines[field] !== undefined;
    }
    case "date":
    case "updated": {
      if (lines[field] !== undefined) return false;
      const isQuoted = value.charCodeAt(0) === 0x22 || value.charCodeAt(0) === 0x27;
      lines[field] = isQuoted ? readText(value) : value;
      return lines[field] !== undefined;
    }
    case "draft": {
      if (lines.draft !== undefined) return false;
      lines.draft = value;
      return true;
    }
    case "tags":
    case "categories":
    case "authors": {
      if (lines[field] !== undefined) return false;
      lines[field] = readList(value);
      return lines[field] !== undefined;
    }
    case undefined:
      return takeUnknown(lines, written, value);
    default:
      return false;
  }
}

/** A key of the site's own, with text or a switch. */
function takeUnknown(lines: UsualLines, written: string, value: string): boolean {
  if (!key.test(written) || forbiddenKeys.has(written) || findNearMiss(written) !== undefined) return false;
  if (written === "extra" || written === "taxonomies") return false;
  lines.extra ??= {};
  if (Object.hasOwn(lines.extra, written)) return false;
  const taken = value === "true" || (value === "false" ? false : readText(value));
  if (taken === undefined) return false;
  lines.extra[written] = taken;
  return true;
}

/** A scalar that means just what is written: no escape, no other type, nothing to clean. */
function readText(written: string): string | undefined {
  const first = written.charCodeAt(0);
  if (first === 0x22 || first === 0x27) {
    const text = written.slice(1, -1);
    if (text === "" || written.charCodeAt(written.length - 1) !== first) return undefined;
    if (text.includes(first === 0x22 ? '"' : "'") || text.includes("\\")) return undefined;
    return isCleanLine(text) ? text : undefined;
  }
  // A letter, a slash, or a character beyond ASCII: nothing else is text for certain.
  const isLetter = (first >= 0x41 && first <= 0x5a) || (first >= 0x61 && first <= 0x7a);
  if (!isLetter && first !== 0x2f && first < 0xa1) return undefined;
  if (written.includes(": ") || written.includes(" #") || written.endsWith(":")) return undefined;
  if (resolvePlain(written) !== written) return undefined;
  return isCleanLine(written) ? written : undefined;
}

/** Words in brackets, or one word; a list without brackets has its own rules. */
function readList(written: string): readonly string[] | undefined {
  if (written.charCodeAt(0) !== 0x5b) {
    const word = readText(written);
    return word === undefined || /[,;#]/.test(word) ? undefined : [word];
  }
  if (!written.endsWith("]")) return undefined;
  const words = written.slice(1, -1).split(",");
  for (let at = 0; at < words.length; at += 1) {
    const word = trimSpaces(words[at] ?? "");
    const first = word.charCodeAt(0);
    const isPlain =
      first !== 0x22 && first !== 0x27 && flowItem.test(word) && isCleanLine(word) && !isNothing(word);
    const taken = isPlain ? word : first === 0x22 || first === 0x27 ? readText(word) : undefined;
    if (taken === undefined) return undefined;
    words[at] = taken;
  }
  return words;
}

/** Spaces only: other white space is for the readers to judge. */
function trimSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) === space) start += 1;
  while (end > start && text.charCodeAt(end - 1) === space) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

function isNothing(word: string): boolean {
  const value = resolvePlain(word);
  return typeof value !== "string" && value.value === null;
}
