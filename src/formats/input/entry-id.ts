import { createHash } from "node:crypto";
import { parseUrl } from "../../model/url.ts";
import { cleanTextOf, fieldOf, instantOf, lineOf, present, urlOf } from "./read-values.ts";

/** Name space of the UUIDs made here. It must never change, or subscribers see every entry again. */
const uuidSpace = "9a5a2f0e-6d0b-4c5f-8a54-a1f3c07b6e21";

/** A UUID of this project's own, as a URN. */
export function uuidUrn(name: string): string {
  return `urn:uuid:${nameUuid(uuidSpace, name)}`;
}

/** A name-based UUID (RFC 9562, version 5). */
export function nameUuid(space: string, name: string): string {
  const spaceBytes = Buffer.from(space.replaceAll("-", ""), "hex");
  const bytes = createHash("sha1").update(spaceBytes).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The item's id as it was given, on one line; else its link; else a digest of what it says. Never empty. */
export function entryId(item: unknown): string {
  const given = present(oneLine(fieldOf(item, "guid"))) ?? present(oneLine(fieldOf(item, "id")));
  return given ?? urlOf(fieldOf(item, "link")) ?? uuidUrn(JSON.stringify(factsOf(item)));
}

/** Readers compare ids character by character, so white space that XML changes and JSON does not becomes one space. */
function oneLine(value: unknown): string {
  const text = cleanTextOf(value).trim();
  return /[\t\n\r\u2028\u2029]| {2}/.test(text) ? text.replace(/[ \t\n\r\u2028\u2029]+/g, " ") : text;
}

function factsOf(item: unknown): unknown[] {
  const dates = ["published", "date"].map((name) => instantOf(fieldOf(item, name)) ?? null);
  return [...["title", "description", "content"].map((name) => lineOf(fieldOf(item, name))), ...dates];
}

// RFC 3987 in outline: a scheme, then no space, control, direction mark, private or special character.
const absoluteIri =
  /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`\u0000-\u0020\u007F-\u00A0\u200E\u200F\u202A-\u202E\u2066-\u2069\uE000-\uF8FF\uFDD0-\uFDEF\uFFF0-\uFFFF]+$/u;

/** Whether Atom can have this id unchanged (RFC 4287, section 4.2.6: an absolute IRI). */
export function isAbsoluteIri(id: string): boolean {
  return (
    absoluteIri.test(id) &&
    (!/^https?:/i.test(id) || (/^https?:\/\/[^/]/i.test(id) && parseUrl(id) !== undefined))
  );
}

/** The id for Atom: the id itself if it is an IRI, else a UUID made of it, always the same one. */
export function atomId(id: string): string {
  return isAbsoluteIri(id) ? id : uuidUrn(id);
}
