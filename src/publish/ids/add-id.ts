import { isDeepStrictEqual } from "node:util";
import { readFrontMatter } from "../../posts/front-matter/front-matter.ts";
import { valueText } from "../../posts/front-matter/front-matter-value.ts";

const idNames = ["id", "guid", "uuid"];

/** A number under `id` is the row of a database and no identifier: such ids are under `guid`. */
const rowNumber = /^\d+$/;

/** Adds one line at the end of the front matter. Reads it back, to be sure that nothing else has changed. */
export function addId(
  source: string,
  id: string,
): { readonly source: string } | { readonly refusal: string } {
  const before = readFrontMatter(Buffer.from(source));
  if (before.kind === "problem") return { refusal: before.message };
  if (before.kind === "none") {
    const eol = source.includes("\r\n") ? "\r\n" : "\n";
    const mark = source.startsWith("\ufeff") ? "\ufeff" : "";
    const head = `${mark}---${eol}${rowNumber.test(id) ? "guid" : "id"}: ${JSON.stringify(id)}${eol}---${eol}`;
    return { source: `${head}${source.slice(mark.length)}` };
  }
  const rows = [...before.data].filter(
    ([key, value]) => key.toLowerCase() === "id" && rowNumber.test(valueText(value) ?? ""),
  );
  const taken = [...before.data.keys()].find(
    (key) => idNames.includes(key.toLowerCase()) && !rows.some(([row]) => row === key),
  );
  if (taken !== undefined) return { refusal: `its front matter already has another ${taken}.` };
  const start = before.text === "" ? source.indexOf("\n") + 1 : source.indexOf(before.text);
  const key = rows.length > 0 || rowNumber.test(id) ? "guid" : "id";
  for (const text of candidates(before.text, before.language, key, id)) {
    const edited = source.slice(0, start) + text + source.slice(start + before.text.length);
    const after = readFrontMatter(Buffer.from(edited));
    if (after.kind !== "front-matter" || !isDeepStrictEqual(after.data.get(key), id)) continue;
    const rest = new Map(after.data);
    rest.delete(key);
    const sameBody = bodyOf(edited, after.bodyOffset) === bodyOf(source, before.bodyOffset);
    if (sameBody && isDeepStrictEqual(plain(rest), plain(before.data))) return { source: edited };
  }
  return { refusal: "its front matter is written in a way to which a line cannot be added safely." };
}

function bodyOf(source: string, offset: number): string {
  return Buffer.from(source).subarray(offset).toString("utf8");
}

/** Maps and lists in a form that can be compared. */
function plain(value: unknown): unknown {
  if (value instanceof Map) return [...value].map(([key, part]) => [key, plain(part)]);
  if (Array.isArray(value)) return value.map(plain);
  return value;
}

/** The front matter with the line added, at the likeliest place first. */
function candidates(text: string, language: string, key: string, id: string): string[] {
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const whole = text === "" || text.endsWith("\n") ? text : `${text}${eol}`;
  if (language === "json") {
    const end = text.lastIndexOf("}");
    const head = text.slice(0, end).trimEnd();
    if (end < 0) return [];
    const indent = /\n([ \t]*)\S/.exec(text)?.[1] ?? "  ";
    const tail = text.slice(head.length);
    return [
      `${head}${head.endsWith("{") ? "" : ","}${eol}${indent}"${key}": ${JSON.stringify(id)}${/^\s*\n/.test(tail) ? "" : eol}${tail}`,
    ];
  }
  if (language === "head") return [`${whole}${key}: ${id}${eol}`];
  if (language === "toml") {
    const line = `${key} = ${JSON.stringify(id)}${eol}`;
    // What follows a table header belongs to that table.
    const headers = [...whole.matchAll(/^[ \t]*\[/gm)].map(
      ({ index }) => whole.slice(0, index) + line + whole.slice(index),
    );
    return [...headers, whole + line];
  }
  const indent = /^([ \t]*)[^\s#]/m.exec(text)?.[1] ?? "";
  return [`${whole}${indent}${key}: ${JSON.stringify(id)}${eol}`];
}
