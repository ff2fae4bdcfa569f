// In comes front matter from the line below a key; out goes the list or the text that stands there, where it is plain and clean, or undefined.
import { isCleanLine } from "../fields/clean-field.ts";
import { cutComment, isComment, readBlockWord, readText } from "./usual-values.ts";

/** Front matter's text, and where the next line of it begins. */
export interface Cursor {
  readonly text: string;
  next: number;
}

/** An author as `key: value` lines of a list give it. */
export interface WrittenAuthor {
  name?: string;
  email?: string;
  url?: string;
}

const LF = 0x0a;
const CR = 0x0d;
const space = 0x20;
const hash = 0x23;
const dash = 0x2d;
const authorLine = /^([A-Za-z]+): +([^ ].*)$/;

/** Moves to the next line; gives the end of this one, without its line end and the spaces before it. */
export function endLine(cursor: Cursor): number {
  const { text, next: start } = cursor;
  const newline = text.indexOf("\n", start);
  let end = newline < 0 ? text.length : newline;
  cursor.next = newline < 0 ? text.length : newline + 1;
  if (end > start && newline >= 0 && text.charCodeAt(end - 1) === CR) end -= 1;
  while (end > start && text.charCodeAt(end - 1) === space) end -= 1;
  return end;
}

function skipSpaces(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === space) at += 1;
  return at;
}

/** Lines with a dash, all indented alike; without any the key has no value, and the list no items. */
export function readBlockList<Item>(
  cursor: Cursor,
  readItem: (written: string, cursor: Cursor, column: number) => Item | undefined,
): Item[] | undefined {
  const { text } = cursor;
  const items: Item[] = [];
  let indent = -1;
  while (cursor.next < text.length) {
    const start = cursor.next;
    const mark = skipSpaces(text, start);
    const first = text.charCodeAt(mark);
    const end = endLine(cursor);
    if (mark >= end) continue;
    if (first === hash) {
      if (!isComment(text.slice(mark, end))) return undefined;
      continue;
    }
    if (first !== dash) {
      cursor.next = start;
      return mark > start ? undefined : items;
    }
    const from = skipSpaces(text, mark + 1);
    if (from === mark + 1 || from >= end || (indent >= 0 && mark - start !== indent)) return undefined;
    indent = mark - start;
    const item = readItem(text.slice(from, end), cursor, from - start);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return items;
}

/** An item of a list that the site has for itself: a text, perhaps with a comment behind it. */
export function readTextItem(written: string): string | undefined {
  return readText(cutComment(written));
}

/** An author: a word, or `name:` with `email:` and `url:` on lines whose keys stand at `column`. */
export function readAuthorItem(
  written: string,
  cursor: Cursor,
  column: number,
): string | WrittenAuthor | undefined {
  if (!authorLine.test(written)) return readBlockWord(written);
  const author: WrittenAuthor = {};
  for (let line = written; ; ) {
    const match = authorLine.exec(line);
    const key = match?.[1];
    if ((key !== "name" && key !== "email" && key !== "url") || author[key] !== undefined) return undefined;
    const value = readText(cutComment(match?.[2] ?? ""));
    if (value === undefined) return undefined;
    author[key] = value;
    const start = cursor.next;
    const from = skipSpaces(cursor.text, start);
    if (from - start !== column) return author;
    line = cursor.text.slice(from, Math.max(from, endLine(cursor)));
  }
}

/** Text over several lines that are indented alike, none of them blank: as one line, which is all that its field takes. */
export function readBlockText(cursor: Cursor): string | undefined {
  const { text } = cursor;
  const indent = skipSpaces(text, cursor.next) - cursor.next;
  const parts: string[] = [];
  while (text.charCodeAt(cursor.next) === space) {
    const start = cursor.next;
    const from = skipSpaces(text, start);
    const end = endLine(cursor);
    if (from - start !== indent || from >= end) return undefined;
    parts.push(text.slice(from, end));
  }
  const first = text.charCodeAt(cursor.next);
  // A blank line may belong to the text: the parser's to judge.
  if (parts.length === 0 || first === LF || first === CR) return undefined;
  const line = parts.join(" ");
  return isCleanLine(line) ? line : undefined;
}
