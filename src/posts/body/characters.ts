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
export function escapeHtmlText(text: string): string {
  if (!special.test(text)) return text;
  return legalize(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Escapes an attribute's value for double quotes. */
export function escapeHtmlAttribute(value: string): string {
  return escapeHtmlText(value).replaceAll('"', "&quot;");
}

/** Lower-case letters, marks and digits of any script, with hyphens between. */
export function slugifyHeading(text: string): string {
  const slug = text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
  return slug === "" ? "section" : slug;
}

/** The names of one post's headings. The same name again gets a number. */
export class HeadingNames {
  readonly #taken = new Set<string>();
  /** The next number for a name: looking for it from 1 each time would be quadratic. */
  readonly #next = new Map<string, number>();

  take(wanted: string): string {
    let name = wanted;
    let count = this.#next.get(wanted) ?? 1;
    for (; this.#taken.has(name); count += 1) name = `${wanted}-${count}`;
    this.#next.set(wanted, count);
    this.#taken.add(name);
    return name;
  }
}
