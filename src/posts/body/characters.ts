// In comes any string; out goes text that XML and HTML can carry.
import { isPlainText } from "../../model/plain-text.ts";

const illegal = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
const suspicious = /[\0-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]/;
const special = /[&<>\0-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]/;

/** Drops what XML 1.0 forbids (2.2 Characters), ends lines with LF, and turns lone surrogates into U+FFFD. */
export function legalize(text: string): string {
  if (isPlainText(text) || !suspicious.test(text)) return text;
  return text
    .replace(/\r\n?/g, "\n")
    .replace(illegal, "")
    .replace(/\p{Surrogate}/gu, "\ufffd");
}

/** Finds the first character that XML forbids: its offset and code, or undefined. */
export function findIllegal(text: string): { offset: number; code: number } | undefined {
  const offset = text.search(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/);
  return offset === -1 ? undefined : { offset, code: text.charCodeAt(offset) };
}

/** Escapes text between tags. */
export function escapeText(text: string): string {
  if (!special.test(text)) return text;
  return legalize(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Escapes an attribute's value for double quotes. */
export function escapeAttribute(value: string): string {
  return escapeText(value).replaceAll('"', "&quot;");
}
