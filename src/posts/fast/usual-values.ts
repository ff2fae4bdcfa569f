// In comes one value as front matter writes it on a line; out goes what it means where that is plain and clean, or undefined.
import { isCleanLine } from "../fields/clean-field.ts";
import { type FieldName, sharedFields } from "../fields/field-names.ts";
import { resolvePlain } from "../front-matter/front-matter-value.ts";

const space = 0x20;
const doubleQuote = 0x22;
const singleQuote = 0x27;
const bracket = 0x5b;
/** One word or phrase of a list in brackets, without anything that has a meaning there. */
const flowItem = /^[A-Za-z0-9\u00a1-\ud7ff](?:[^[\]{},:#"'&*!|>%@`]*[^[\]{},:#"'&*!|>%@` ])?$/;
/** What begins nothing but text, or a number: whatever else YAML's indicators are (YAML 1.2.2, section 5.3), these are none. */
const textStart = /^[A-Za-z0-9/.($_<]/;
const comment = /^#[\x20-\x7e\u00a1-\ud7ff]*$/;
const quotedStart = /^(?:"(?:[^"\\]|\\["\\])*"|'(?:[^']|'')*')/;

/** Values that say what holds anyway. */
const idleValues = new Map<FieldName, readonly string[]>([
  ["hidden", ["false"]],
  ["unlisted", ["false"]],
  ["private", ["false"]],
  ["noindex", ["false"]],
  ["status", ["published", "publish"]],
  ["visibility", ["public"]],
  // A theme's switch.
  ["comments", ["true", "false"]],
]);
/** Fields for which a text without letters is as good as no value. */
const mayBeBlank: ReadonlySet<FieldName> = new Set([
  ...(["title", "description", "correction", "slug", "image", "section"] as const),
  ...(["tags", "category", "categories"] as const),
]);

/** Fields that may have something to say where nothing stands behind their key: lists, and what a site has for its own. */
const mayGoOn: ReadonlySet<FieldName> = new Set([
  ...(["tags", "category", "categories", "authors"] as const),
  ...sharedFields,
]);

/** Whether a post with this value, which is empty where none is on the line, is the same as one without the key. */
export function isIdle(field: FieldName, written: string): boolean {
  if (written === "") return !mayGoOn.has(field);
  return isBlank(written) ? mayBeBlank.has(field) : idleValues.get(field)?.includes(written) === true;
}

/** Whether it is a pair of quotes with nothing between them. */
export function isBlank(written: string): boolean {
  return written === '""' || written === "''";
}

/** Whether what stands there is a comment, and nothing in it is for the parser to judge. */
export function isComment(written: string): boolean {
  return comment.test(written);
}

/** A value without the comment behind it; whatever is in doubt stays whole, and is then no plain value. */
export function cutComment(written: string): string {
  if (!written.includes(" #")) return written;
  const first = written.charCodeAt(0);
  const isQuoted = first === doubleQuote || first === singleQuote;
  const end = isQuoted ? (quotedStart.exec(written)?.[0].length ?? written.length) : 0;
  const at = written.indexOf(" #", end);
  if (at < 0 || !isComment(written.slice(at + 1))) return written;
  const value = trimSpaces(written.slice(0, at));
  // Quotes in a list: the hash may stand inside of them.
  const isSure = isQuoted ? value.length === end : first !== bracket || !/["']/.test(value);
  return isSure ? value : written;
}

/** A scalar that means just what is written: no other type, nothing to clean. */
export function readText(written: string): string | undefined {
  const first = written.charCodeAt(0);
  if (first === doubleQuote || first === singleQuote) return readQuoted(written, first);
  if (first < 0xa1 && !textStart.test(written)) return undefined;
  return isPlain(written) && resolvePlain(written) === written ? written : undefined;
}

/** Sites repeat few words: answers are kept, so that each is judged once. */
function keepAnswers(read: (written: string) => string | undefined): typeof read {
  const answers = new Map<string, string>();
  return (written) => {
    const kept = answers.get(written);
    if (kept !== undefined) return kept;
    const answer = read(written);
    if (answer !== undefined && answers.size < 2000) answers.set(written, answer);
    return answer;
  };
}

/** A word of a list below its key, perhaps with a comment behind it. */
export const readBlockWord = keepAnswers((written) => readWord(cutComment(written)));

/** A word of a list in brackets. */
export const readFlowWord = keepAnswers((written) => (isFlowScalar(written) ? readWord(written) : undefined));

/** The same for keys of the site's own, whose items keep their types. */
export function readFlowText(written: string): string | undefined {
  return isFlowScalar(written) ? readText(written) : undefined;
}

function isFlowScalar(written: string): boolean {
  const first = written.charCodeAt(0);
  return first === doubleQuote || first === singleQuote || flowItem.test(written);
}

/** Numbers and switches count as written. */
function readWord(written: string): string | undefined {
  const first = written.charCodeAt(0);
  if (first >= 0x30 && first <= 0x39) return isPlain(written) ? written : undefined;
  return readTag(written) ?? readSwitch(written);
}

/** A tag or a section; the hash that may stand before one, and is no part of it, is the readers' to take off. */
function readTag(written: string): string | undefined {
  const text = readText(written);
  return text?.charCodeAt(0) === 0x23 ? undefined : text;
}

export const readSection = keepAnswers(readTag);

function readSwitch(written: string): string | undefined {
  return /^(?:true|True|TRUE|false|False|FALSE)$/.test(written) ? written : undefined;
}

/** Whether a plain scalar in a block ends with its line, and nothing in it is to be cleaned. */
function isPlain(written: string): boolean {
  if (written.includes(": ") || written.includes(" #") || written.endsWith(":")) return false;
  return isCleanLine(written);
}

/** Text in quotes, with no escapes but those of the quotes themselves and of the backslash. */
function readQuoted(written: string, mark: number): string | undefined {
  if (written.length < 3 || written.charCodeAt(written.length - 1) !== mark) return undefined;
  let text = written.slice(1, -1);
  if (mark === singleQuote) {
    if (text.includes("'")) {
      if (!/^(?:[^']|'')*$/.test(text)) return undefined;
      text = text.replaceAll("''", "'");
    }
  } else if (text.includes("\\") || text.includes('"')) {
    if (!/^(?:[^"\\]|\\["\\])*$/.test(text)) return undefined;
    text = text.replace(/\\(["\\])/g, "$1");
  }
  return isCleanLine(text) ? text : undefined;
}

/** A list in brackets; each of its words is read by `readItem`. */
export function readFlowList(
  written: string,
  readItem: (word: string) => string | undefined,
): readonly string[] | undefined {
  if (!written.endsWith("]")) return undefined;
  const inner = trimSpaces(written.slice(1, -1));
  if (inner === "") return [];
  const words = inner.split(",");
  for (let at = 0; at < words.length; at += 1) {
    const taken = readItem(trimSpaces(words[at] ?? ""));
    if (taken === undefined) return undefined;
    words[at] = taken;
  }
  return words;
}

/** Words in brackets, or one word; a list without brackets has its own rules. */
export function readList(written: string): readonly string[] | undefined {
  if (written.charCodeAt(0) === bracket) return readFlowList(written, readFlowWord);
  const word = readText(written);
  return word === undefined || /[,;#]/.test(word) ? undefined : [word];
}

/** Spaces only: other white space is for the readers to judge. */
function trimSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) === space) start += 1;
  while (end > start && text.charCodeAt(end - 1) === space) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}
