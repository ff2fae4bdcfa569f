import { escapeHtmlText } from "../body/characters.ts";
import { endOfLine, isBlank } from "./plain-lines.ts";

export interface ListItem {
  /** Its lines without the indentation. */
  readonly text: string;
}

export interface PlainList {
  readonly items: readonly ListItem[];
  /** The first number; absent where items are not numbered. */
  readonly start?: number;
  /** There are blank lines between items. */
  readonly loose: boolean;
  /** Offset after it. */
  readonly end: number;
}

const marker = /(?:[-*+]|(\d{1,9})[.)]) {1,4}(?=[^ \n])/y;
const rule = /([-*])(?: *\1){2,} *$/my;

/** Reads the items of a list whose lines are indented as far as their item's text, and that is between blank lines or ends. */
export function readItems(text: string, at: number): PlainList | undefined {
  const sort = sortAt(text, at);
  const items: ListItem[] = [];
  let start: number | undefined;
  let loose = false;
  let next = at;
  for (;;) {
    marker.lastIndex = next;
    const match = marker.exec(text);
    if (match === null || sortAt(text, next) !== sort || isRule(text, next)) return undefined;
    if (items.length === 0 && match[1] !== undefined) start = Number(match[1]);
    const lines = readLines(text, next, match[0].length);
    if (lines === undefined) return undefined;
    items.push({ text: lines.text });
    next = skipBlank(text, lines.end);
    if (next >= text.length || (next > lines.end && isOther(text, next, sort)))
      return { items, ...(start !== undefined && { start }), loose, end: next };
    if (next > lines.end) loose = true;
  }
}

/** Whether what follows a blank line is no part of the list before it. */
function isOther(text: string, at: number, sort: string): boolean {
  return text[at] !== " " && (sortAt(text, at) !== sort || isRule(text, at));
}

/** Which list a line could belong to: its bullet, or the sign after its number. */
function sortAt(text: string, at: number): string {
  const found = /[-*+]|\d{1,9}([.)])/y;
  found.lastIndex = at;
  const match = found.exec(text);
  return match?.[1] ?? match?.[0] ?? "";
}

function isRule(text: string, at: number): boolean {
  rule.lastIndex = at;
  return rule.test(text);
}

function readLines(text: string, at: number, width: number): { text: string; end: number } | undefined {
  let end = endOfLine(text, at);
  let lines = text.slice(at + width, end);
  for (let next = end + 1; next < text.length; next = end + 1) {
    const stop = endOfLine(text, next);
    if (isBlank(text, next, stop) || text[next] !== " ") break;
    if (!isBlank(text, next, next + width)) return undefined;
    lines += `\n${text.slice(next + width, stop)}`;
    end = stop;
  }
  return { text: lines, end: end + 1 };
}

function skipBlank(text: string, at: number): number {
  let next = at;
  while (next < text.length) {
    const end = endOfLine(text, next);
    if (!isBlank(text, next, end)) break;
    next = end + 1;
  }
  return next;
}

export interface CodeBlock {
  readonly html: string;
  /** Offset after it. */
  readonly end: number;
}

/** Reads code between fences, the closing one included. */
export function readFence(text: string, at: number): CodeBlock | undefined {
  const opening = /(`{3,}|~{3,}) *(?:([\w+#.-]{1,40})(?: [^`\\&\n]*)?)?$/my;
  opening.lastIndex = at;
  const [, marks, language] = opening.exec(text) ?? [];
  if (marks === undefined) return undefined;
  const start = endOfLine(text, at) + 1;
  const closing = new RegExp(`^ {0,3}${marks[0]}{${marks.length},}[ \\t]*$`, "gm");
  closing.lastIndex = start;
  const end = closing.exec(text)?.index;
  if (end === undefined) return undefined;
  const name = language === undefined ? "" : ` class="language-${language}"`;
  const html = `<pre><code${name}>${escapeHtmlText(text.slice(start, end))}</code></pre>\n`;
  return { html, end: closing.lastIndex + 1 };
}

/** Reads lines that are indented by four spaces or more, and the blank ones between them. */
export function readIndented(text: string, at: number): CodeBlock | undefined {
  const lines: string[] = [];
  let kept = 0;
  let last = at;
  let next = at;
  while (next < text.length) {
    const end = endOfLine(text, next);
    const isEmpty = isBlank(text, next, end);
    if (!isEmpty && !text.startsWith("    ", next)) break;
    lines.push(text.slice(Math.min(next + 4, end), end));
    next = end + 1;
    if (isEmpty) continue;
    kept = lines.length;
    last = next;
  }
  // How far a tab indents, and whether a line with one is blank, takes counting.
  if (text[next] === " " || /^ *\t/m.test(text.slice(at, next + 1))) return undefined;
  const code = escapeHtmlText(lines.slice(0, kept).join("\n"));
  return { html: `<pre><code>${code}\n</code></pre>\n`, end: last };
}
