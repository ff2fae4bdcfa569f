import {
  forbiddenKeys,
  type Mapping,
  resolvePlain,
  TypedScalar,
  type Value,
} from "../front-matter/front-matter-value.ts";

const keyPattern = /^([A-Za-z_][A-Za-z0-9_-]{0,99}):(?: +|$)/;
const itemPattern = /^( *)- +/;
const blankOrComment = /^ *(?:#|$)/;
const itemKey = /^[A-Za-z_][A-Za-z0-9_-]{0,99}: /;
/** Control characters, Unicode's other spaces and line ends, and the byte order mark are the parser's to judge. */
const unusual = /[\x00-\x09\x0b-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/;
/** What a plain scalar may start with: letters, digits, and characters beyond ASCII. */
const plainStart = /^[A-Za-z0-9\u00a1-\uffff]/;
const flowItem =
  /[ ]*(?:"([^"\\]*)"|'([^']*)'|([A-Za-z0-9\u00a1-\uffff](?:[^[\]{},:#"'&*!|>%@`]*[^[\]{},:#"'&*!|>%@` ])?))[ ]*([,\]])/y;

/** Quotes with no escapes but those of the quote itself and of the backslash; a comment may follow. */
const quoted = /^(?:"((?:[^"\\]|\\["\\])*)"|'((?:[^']|'')*)')(?: +#.*)?$/;
/** The header of text over several lines; its other indicators are the parser's. */
const blockHeader = /^([|>])(-?)$/;

/** Reads plain front matter; `text` is without fences, its lines end in LF or CRLF. */
export function readPlainFrontMatter(text: string): Mapping | undefined {
  const source = text.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
  if (unusual.test(source)) return undefined;
  const table = new Map<string, Value>();
  const lines = source.split("\n");
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? "";
    at += 1;
    if (isSkipped(line)) continue;
    const match = keyPattern.exec(line);
    const key = match?.[1];
    if (!match || key === undefined || forbiddenKeys.has(key) || table.has(key)) return undefined;
    const rest = line.slice(match[0].length).trimEnd();
    const block = blockHeader.exec(rest);
    if (block) {
      const text = readBlockText(lines, at, block[1] === ">", block[2] === "-");
      if (text === undefined) return undefined;
      table.set(key, text.value);
      at = text.next;
      continue;
    }
    if (rest !== "") {
      const value = readValue(rest);
      if (value === undefined) return undefined;
      table.set(key, value);
      continue;
    }
    const list = readBlockList(lines, at);
    if (list === undefined) return undefined;
    table.set(key, list.items.length > 0 ? list.items : new TypedScalar("", null));
    at = list.next;
  }
  return table;
}

/** Blank lines and whole-line comments at the left margin mean nothing between entries. */
function isSkipped(line: string): boolean {
  return line === "" || line.charCodeAt(0) === 0x23 || line.trim() === "";
}

function readValue(text: string): Value | undefined {
  return text.charCodeAt(0) === 0x5b ? readFlowList(text) : readScalar(text);
}

function readScalar(whole: string): string | TypedScalar | undefined {
  const first = whole.charCodeAt(0);
  if (first === 0x22 || first === 0x27) return readQuoted(whole);
  const comment = whole.indexOf(" #");
  const text = comment < 0 ? whole : whole.slice(0, comment).trimEnd();
  if (!plainStart.test(text) || text.endsWith(":") || text.includes(": ")) return undefined;
  return resolvePlain(text);
}

/** Quoted text on one line, with the two escapes that people need, and perhaps a comment behind it. */
function readQuoted(text: string): string | undefined {
  const match = quoted.exec(text);
  if (!match) return undefined;
  const double = match[1];
  if (double === undefined) return match[2]?.replaceAll("''", "'");
  return double.includes("\\") ? double.replace(/\\(["\\])/g, "$1") : double;
}

/** Folded or literal text of lines that are all indented alike, none of them blank. */
function readBlockText(
  lines: readonly string[],
  start: number,
  folded: boolean,
  strip: boolean,
): { value: string; next: number } | undefined {
  const indent = /^ +(?=[^ ])/.exec(lines[start] ?? "")?.[0] ?? "";
  if (indent === "") return undefined;
  const texts: string[] = [];
  let at = start;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (line.charCodeAt(0) !== 0x20) break;
    const text = line.slice(indent.length);
    if (!line.startsWith(indent) || text === "" || text.startsWith(" ")) return undefined;
    texts.push(text);
  }
  // A blank line may belong to the text: the parser's to judge.
  if ((lines[at] ?? "x") === "" && at < lines.length - 1) return undefined;
  return { value: texts.join(folded ? " " : "\n") + (strip ? "" : "\n"), next: at };
}

function readFlowList(text: string): Value[] | undefined {
  const items: Value[] = [];
  if (/^\[ *\]$/.test(text)) return items;
  let at = 1;
  while (at < text.length) {
    flowItem.lastIndex = at;
    const match = flowItem.exec(text);
    if (!match) return undefined;
    const plain = match[3];
    items.push(plain === undefined ? (match[1] ?? match[2] ?? "") : resolvePlain(plain));
    at = flowItem.lastIndex;
    if (match[4] === "]") return at === text.length ? items : undefined;
  }
  return undefined;
}

function readBlockList(
  lines: readonly string[],
  start: number,
): { items: Value[]; next: number } | undefined {
  const items: Value[] = [];
  let indent = -1;
  let at = start;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (blankOrComment.test(line)) continue;
    const first = line.charCodeAt(0);
    if (first !== 0x20 && first !== 0x2d) break;
    const match = itemPattern.exec(line);
    if (!match) return undefined;
    const width = (match[1] ?? "").length;
    if (indent >= 0 && width !== indent) return undefined;
    indent = width;
    const rest = line.slice(match[0].length).trimEnd();
    if (itemKey.test(rest)) {
      const map = readItemMap(lines, at, match[0].length);
      if (map === undefined) return undefined;
      items.push(map.table);
      at = map.next - 1;
      continue;
    }
    const item = readScalar(rest);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return { items, next: at };
}

/** A list's item that is itself `key: value` lines, such as an author; `column` is where its keys stand. */
function readItemMap(
  lines: readonly string[],
  start: number,
  column: number,
): { table: Mapping; next: number } | undefined {
  const table = new Map<string, Value>();
  const margin = " ".repeat(column);
  let at = start;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (at > start && !line.startsWith(margin)) break;
    const match = keyPattern.exec(line.slice(column));
    const key = match?.[1];
    if (!match || key === undefined || forbiddenKeys.has(key) || table.has(key)) return undefined;
    const value = readScalar(line.slice(column + match[0].length).trimEnd());
    if (value === undefined) return undefined;
    table.set(key, value);
  }
  return { table, next: at };
}
