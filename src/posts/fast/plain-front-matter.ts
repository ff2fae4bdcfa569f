import {
  forbiddenKeys,
  type Mapping,
  resolvePlain,
  TypedScalar,
  type Value,
} from "../front-matter/front-matter-value.ts";

const keyName = /^[A-Za-z_][A-Za-z0-9_-]{0,99}$/;
const itemPattern = /^( *)- +/;
const blankOrComment = /^ *(?:#|$)/;
const itemKey = /^[A-Za-z_][A-Za-z0-9_-]{0,99}: /;
/** Control characters, Unicode's other spaces and line ends, and the byte order mark are left to the parser. */
const unusual = /[\x00-\x09\x0b-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/;
/** What a plain scalar may start with: letters, digits, and characters beyond ASCII. */
const plainStart = /^[A-Za-z0-9\u00a1-\uffff]/;
/** One item of a list in brackets. */
const flowItem =
  /^(?:"[^"\\]*"|'[^']*'|[A-Za-z0-9\u00a1-\uffff](?:[^[\]{},:#"'&*!|>%@`]*[^[\]{},:#"'&*!|>%@` ])?)$/;

/** Quotes with no escapes but those of the quote itself and of the backslash; a comment may follow. */
const quoted = /^(?:"((?:[^"\\]|\\["\\])*)"|'((?:[^']|'')*)')(?: +#.*)?$/;
/** The header of text over several lines; the parser reads those with other indicators. */
const blockHeader = /^[|>]-?$/;

/** Reads plain front matter; `text` is without fences, its lines end in LF or CRLF. */
export function readPlainFrontMatter(text: string): Mapping | undefined {
  const source = text.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
  if (unusual.test(source)) return undefined;
  const table = new Map<string, Value>();
  const lines = source.split("\n");
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? "";
    at += 1;
    if (isSkipped(line)) continue;
    const colon = line.indexOf(":");
    const key = readKey(line, colon);
    if (key === undefined || table.has(key)) return undefined;
    const rest = line.slice(colon + 1).trim();
    const first = rest.charCodeAt(0);
    let value: Value | undefined;
    if (rest === "" || first === 0x7c || first === 0x3e) {
      const block = rest === "" ? readBlockList(lines, at) : readBlockText(lines, at, rest);
      at = block?.next ?? at;
      value = block?.value;
    } else value = first === 0x5b ? readFlowList(rest) : readScalar(rest);
    if (value === undefined) return undefined;
    table.set(key, value);
  }
  return table;
}

/** The key of a line whose first colon is at `colon`; a space or nothing has to follow it. */
function readKey(line: string, colon: number): string | undefined {
  if (colon < 0 || (colon + 1 < line.length && line.charCodeAt(colon + 1) !== 0x20)) return undefined;
  const key = line.slice(0, colon);
  return keyName.test(key) && !forbiddenKeys.has(key) ? key : undefined;
}

/** Blank lines and whole-line comments at the left margin mean nothing between entries. */
function isSkipped(line: string): boolean {
  const first = line.charCodeAt(0);
  return line === "" || first === 0x23 || (first === 0x20 && line.trim() === "");
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

/** Folded or literal text of lines with the same indentation, none of them blank. */
function readBlockText(
  lines: readonly string[],
  start: number,
  header: string,
): { value: string; next: number } | undefined {
  if (!blockHeader.test(header)) return undefined;
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
  // A blank line may belong to the text: left to the parser.
  if ((lines[at] ?? "x") === "" && at < lines.length - 1) return undefined;
  return {
    value: texts.join(header.startsWith(">") ? " " : "\n") + (header.endsWith("-") ? "" : "\n"),
    next: at,
  };
}

/** A list in brackets. One with a comma in quotes is left to the parser. */
function readFlowList(text: string): Value[] | undefined {
  if (!text.endsWith("]")) return undefined;
  const inner = text.slice(1, -1).trim();
  if (inner === "") return [];
  const items: Value[] = [];
  for (const piece of inner.split(",")) {
    const item = piece.trim();
    if (!flowItem.test(item)) return undefined;
    const first = item.charCodeAt(0);
    items.push(first === 0x22 || first === 0x27 ? item.slice(1, -1) : resolvePlain(item));
  }
  return items;
}

function readBlockList(lines: readonly string[], start: number): { value: Value; next: number } | undefined {
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
  return { value: items.length > 0 ? items : new TypedScalar("", null), next: at };
}

/** A list's item that is itself `key: value` lines, such as an author; `column` is that of its keys. */
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
    const entry = line.slice(column);
    const colon = entry.indexOf(":");
    const key = readKey(entry, colon);
    if (key === undefined || table.has(key)) return undefined;
    const value = readScalar(entry.slice(colon + 1).trim());
    if (value === undefined) return undefined;
    table.set(key, value);
  }
  return { table, next: at };
}
