import mime from "mime/lite";
import { parseUrl } from "../../model/url.ts";
import { cleanText } from "../xml.ts";

/** A field of any value, which may not be an object; a getter that throws counts as absent. */
export function fieldOf(source: unknown, name: string): unknown {
  if (typeof source !== "object" || source === null) return undefined;
  try {
    return Reflect.get(source, name);
  } catch {
    return undefined;
  }
}

/** The values of an array; of anything else none. */
export function valuesOf(value: unknown): readonly unknown[] {
  try {
    return isList(value) ? [...value] : [];
  } catch {
    return [];
  }
}

/** Whether this is an array; a revoked proxy is not. */
export function isList(value: unknown): value is readonly unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/** The names of an object's own fields; of anything else none. */
export function namesOf(value: unknown): string[] {
  try {
    return typeof value === "object" && value !== null ? Object.keys(value) : [];
  } catch {
    return [];
  }
}

/** A string as text without characters that XML forbids; a number as written in English; else empty. */
export function cleanTextOf(value: unknown): string {
  if (typeof value === "string") return cleanText(value);
  return (typeof value === "number" && Number.isFinite(value)) || typeof value === "bigint" ? `${value}` : "";
}

/** Text on one line: runs of white space become one space, none at the ends. */
export function lineOf(value: unknown): string {
  const text = cleanTextOf(value);
  return /\s{2}|[^\S ]|^ | $/.test(text) ? text.replace(/\s+/g, " ").trim() : text;
}

/** `undefined` in place of an empty string. */
export function present(text: string): string | undefined {
  return text === "" ? undefined : text;
}

/** An absolute http(s) URL (or mailto where allowed), normalised and all ASCII, or nothing. */
export function urlOf(value: unknown, schemes: readonly string[] = ["http:", "https:"]): string | undefined {
  const text = typeof value === "string" ? value : cleanTextOf(fieldOf(value, "href"));
  // Most fields are empty, and an exception costs more than all the rest.
  const parsed = text.includes(":") ? parseUrl(text) : undefined;
  return parsed && schemes.includes(parsed.protocol) ? escapeUrl(parsed.href) : undefined;
}

/** Most URLs: nothing in them needs escaping. */
const plainUrl = /^[a-z]+:[\w\-.~/?@:!$&'()*+,;=]*$/;

/** RFC 3986 allows fewer characters than the WHATWG parser leaves alone. */
function escapeUrl(href: string): string {
  if (plainUrl.test(href)) return href;
  const [, head = "", path = "", fragment = ""] = /^([a-z]+:(?:\/\/[^/?#]*)?)([^#]*)(.*)$/s.exec(href) ?? [];
  const encode = (text: string): string =>
    text.replace(/[\\^`{|}"<>[\]\s]|%(?![0-9A-Fa-f]{2})/g, encodeAscii);
  const host = head.replace(/[\\^`{|}"<>]|%(?![0-9A-Fa-f]{2})/g, encodeAscii);
  return `${host}${encode(path)}${fragment === "" ? "" : `#${encode(fragment.slice(1)).replaceAll("#", "%23")}`}`;
}

function encodeAscii(found: string): string {
  return `%${found.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}

const earliest = Date.UTC(1970, 0, 1);
const latest = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Milliseconds since the epoch of a valid Date whose UTC year has four digits and is not before 1970. */
export function instantOf(value: unknown): number | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  try {
    const time = Date.prototype.getTime.call(value);
    return time > earliest && time <= latest ? time : undefined;
  } catch {
    return undefined;
  }
}

/** A finite number above zero. */
export function amountOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : undefined;
}

/** A whole number above zero. */
export function countOf(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? amountOf(value) : undefined;
}

/** A language tag by the shape of BCP 47. */
export function languageOf(value: unknown): string | undefined {
  const text = lineOf(value);
  return /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$|^x(-[A-Za-z0-9]{1,8})+$/.test(text) ? text : undefined;
}

/** An e-mail address in the plain form that RSS and Atom can carry. */
export function emailOf(value: unknown): string | undefined {
  const text = lineOf(value);
  return /^[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(text) ? text : undefined;
}

const mediaType = /^[A-Za-z0-9][\w!#$&^.+-]*\/[A-Za-z0-9][\w!#$&^.+-]*$/;

/** The given media type, else the one of the URL's file name, else `application/octet-stream`. */
export function mediaTypeOf(value: unknown, url: string): string {
  const text = lineOf(value);
  if (mediaType.test(text)) return text.toLowerCase();
  return mime.getType(new URL(url).pathname) ?? "application/octet-stream";
}
