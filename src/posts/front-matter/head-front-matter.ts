// Front matter without an opening fence: the head of Python-Markdown's extension Meta-Data, which Pelican uses (`Key:
// value` lines up to the first blank one), Hugo's JSON, and Hexo's YAML and JSON with the closing fence alone.
import type { Mapping, Value } from "./front-matter-value.ts";

const LF = 0x0a;
/** Bytes of a head that are looked at. */
const maxHead = 16 * 1024;
const keyLine = /^ {0,3}([A-Za-z0-9_-]{1,60}):(?!\/\/)[ \t]*/;
const furtherLine = /^(?: {4}|\t)[ \t]*\S/;

/** Keys of which two, or the title alone, make lines at the top of a file a head, and no text that begins with a colon. */
const headKeys: ReadonlySet<string> = new Set(
  "title date modified tags keywords category slug author authors summary status lang template save_as".split(
    " ",
  ),
);

/** The byte behind the lines of a head at `start`, and the first byte of the body; undefined where there is none. */
export function findHead(bytes: Buffer, start: number): { end: number; bodyOffset: number } | undefined {
  if (!isLetter(bytes[start])) return undefined;
  const limit = Math.min(bytes.length, start + maxHead);
  let known = 0;
  let at = start;
  while (at < limit) {
    const newline = bytes.indexOf(LF, at);
    const next = newline < 0 ? bytes.length : newline + 1;
    const line = bytes.toString("utf8", at, Math.min(next, at + 200)).trimEnd();
    if (line === "") return known > 1 ? { end: at, bodyOffset: next } : undefined;
    const key = keyLine.exec(line)?.[1]?.toLowerCase();
    if (key === undefined ? at === start || !furtherLine.test(line) : false) return undefined;
    if (key === "title") known += 2;
    else if (key !== undefined && headKeys.has(key)) known += 1;
    at = next;
  }
  return known > 1 && at >= bytes.length ? { end: bytes.length, bodyOffset: bytes.length } : undefined;
}

/** JSON from a brace at the very start to the one that closes it, or lines up to `---` or `;;;` without a blank one. */
export function findOpenHead(
  bytes: Buffer,
  start: number,
): { language: "yaml" | "json"; end: number; bodyOffset: number } | undefined {
  const first = bytes[start];
  const isBrace = first === 0x7b;
  if (!isBrace && first !== 0x22 && !isLetter(first)) return undefined;
  const text = bytes.toString("latin1", start, Math.min(bytes.length, start + maxHead));
  if (isBrace ? !/^\{\s{0,50}"[^"\n]{1,60}"\s{0,50}:/.test(text) : !/^"?[A-Za-z_][\w-]{0,60}"?:\s/.test(text))
    return undefined;
  if (isBrace) {
    const end = findBrace(text);
    const rest = /^[ \t\r]*(?:\n|$)/.exec(end < 0 ? "x" : text.slice(end, end + 80))?.[0];
    return rest === undefined
      ? undefined
      : { language: "json", end: start + end, bodyOffset: start + end + rest.length };
  }
  const close = /\n(?:-{3,}|;{3,})[ \t\r]*(?:\n|$)|\n[ \t\r]*\n/.exec(text);
  const mark = close?.[0].charAt(1);
  if (!close || (mark !== "-" && mark !== ";")) return undefined;
  const lines = text.slice(0, close.index + 1);
  // A line of hyphens below text is a heading: it takes a title and a date to be sure.
  if (mark === "-" && !(/^title:/im.test(lines) && /^date:/im.test(lines))) return undefined;
  const end = start + close.index + 1;
  return {
    language: text.startsWith('"') ? "json" : "yaml",
    end,
    bodyOffset: start + close.index + close[0].length,
  };
}

/** Behind the brace that closes the first one; -1 where none does. */
function findBrace(text: string): number {
  let depth = 0;
  for (let at = 0, quoted = false; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (quoted && sign === "\\") at += 1;
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === "{") depth += 1;
    else if (!quoted && sign === "}") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}

/** Keys whose further lines are further members of a list. */
const lists = /^(?:tags|keywords|authors?)$/i;

/** Reads a head: every value is text as it is written. Undefined where a line is neither a key nor a further line. */
export function readHead(text: string): Mapping | undefined {
  const table = new Map<string, Value>();
  let last: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === "") continue;
    const match = keyLine.exec(line);
    if (match?.[1] !== undefined) {
      last = match[1];
      table.set(last, line.slice(match[0].length).trim());
    } else if (last !== undefined && furtherLine.test(line)) {
      const before = String(table.get(last));
      const joint = before === "" ? "" : lists.test(last) && !/[,;]$/.test(before) ? ", " : " ";
      table.set(last, `${before}${joint}${line.trim()}`);
    } else return undefined;
  }
  return table;
}
