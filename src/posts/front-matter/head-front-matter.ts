// The head of Python-Markdown's extension Meta-Data, which Pelican uses: `Key: value` lines up to the first blank one.
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
