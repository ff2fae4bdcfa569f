import { type Namespaces, namespaceUri } from "../model/namespaces.ts";
import { isPlainText } from "../model/plain-text.ts";
import type { Fragment, FragmentFacts } from "../model/plan.ts";

/** An element: text, children, or neither. Attributes that are undefined are left out. */
export interface XmlElement {
  readonly name: string;
  readonly attributes?: Attributes | undefined;
  readonly content?: string | readonly XmlElement[] | undefined;
  /** How `&`, `<` and `>` are written; `numeric` is what the RSS profile advises for titles. */
  readonly escape?: "numeric";
}

export type Attributes = Readonly<Record<string, string | number | undefined>>;

export function element(
  name: string,
  content?: string | readonly XmlElement[],
  attributes?: Attributes,
): XmlElement {
  return { name, content, attributes };
}

/** The element, or nothing without a text for it. */
export function optional(
  name: string,
  text: string | number | boolean | undefined,
  attributes?: Attributes,
): XmlElement[] {
  return text === undefined ? [] : [element(name, String(text), attributes)];
}

// XML 1.0 (fifth edition), section 2.2, the complement of production [2] Char without surrogates.
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;
const everyForbidden = new RegExp(forbidden, "g");

/** Characters that need more than escaping of `&`, `<` and `>`: rare in most languages, so that one test is enough. */
const unusual = /[\u0000-\u0008\u000B-\u001F\u0085\u2028\u2029\uD800-\uDFFF\uFFFE\uFFFF]/;

/** From this length on, the result for the last text is stored. */
const long = 512;
/** The last long text without such characters: a text is cleaned first and escaped soon after. */
let lastUsual = "";

/** Whether a text needs no more than escaping of `&`, `<` and `>`. */
function isUsual(text: string): boolean {
  if (text.length < long) return isPlainText(text) || !unusual.test(text);
  if (text === lastUsual) return true;
  if (!isPlainText(text) && unusual.test(text)) return false;
  lastUsual = text;
  return true;
}

/** Drops the characters that XML 1.0 forbids and turns lone surrogates into U+FFFD. */
export function cleanText(text: string): string {
  if (isUsual(text)) return text;
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return forbidden.test(whole) ? whole.replace(everyForbidden, "") : whole;
}

const named = ["&amp;", "&lt;", "&gt;"] as const;
const numeric = ["&#x26;", "&#x3C;", "&#x3E;"] as const;

/** Characters that a parser of XML 1.0 or 1.1 changes: line ends, and in attributes white space. */
const lineEnds = /[\r\u0085\u2028\u2029]/;
const everyLineEnd = new RegExp(lineEnds, "g");
const everySpace = /[\t\n\r\u0085\u2028\u2029]/g;

/** The long text that was escaped last: RSS and Atom of one entry have the same text. */
let lastEscaped = { text: "", escaped: "" };

/** Text between tags. `>` is escaped too, so there is no `]]>`. */
export function escapeText(text: string, style?: "numeric"): string {
  if (text.length < long || style !== undefined) return escapeAnew(text, style);
  if (text !== lastEscaped.text) lastEscaped = { text, escaped: escapeAnew(text, style) };
  return lastEscaped.escaped;
}

function escapeAnew(text: string, style: "numeric" | undefined): string {
  if (isUsual(text)) return escapeMarks(text, style === "numeric" ? numeric : named);
  const marked = escapeMarks(cleanText(text), style === "numeric" ? numeric : named);
  return lineEnds.test(marked) ? marked.replace(everyLineEnd, referTo) : marked;
}

/** The value of an attribute or of a processing instruction's pseudo-attribute, for double quotes. */
export function escapeAttribute(text: string): string {
  const clean = cleanText(text);
  if (!/[&<>"\t\n\r\u0085\u2028\u2029]/.test(clean)) return clean;
  return escapeMarks(clean, named).replaceAll('"', "&quot;").replace(everySpace, referTo);
}

/** Replacing one character by another text is several times faster than calling a function for each. */
function escapeMarks(text: string, [and, less, more]: readonly [string, string, string]): string {
  if (!/[&<>]/.test(text)) return text;
  return text.replaceAll("&", and).replaceAll("<", less).replaceAll(">", more);
}

function referTo(found: string): string {
  return `&#x${found.charCodeAt(0).toString(16).toUpperCase()};`;
}

/** Writes elements, one a line, indented by two spaces a level. */
export function renderElements(elements: readonly XmlElement[], level: number): string {
  let text = "";
  for (const one of elements) text += `${renderElement(one, level)}\n`;
  return text;
}

function renderElement(one: XmlElement, level: number): string {
  const { name, content } = one;
  const indent = "  ".repeat(level);
  const start = `${indent}<${name}${renderAttributes(one.attributes)}`;
  if (content === undefined || content.length === 0) return `${start}/>`;
  if (typeof content === "string") return `${start}>${escapeText(content, one.escape)}</${name}>`;
  return `${start}>\n${renderElements(content, level + 1)}${indent}</${name}>`;
}

/** ` name="value"` for each attribute that has a value. */
export function renderAttributes(attributes: Attributes | undefined): string {
  if (attributes === undefined) return "";
  let text = "";
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    if (value !== undefined) text += ` ${name}="${escapeAttribute(String(value))}"`;
  }
  return text;
}

/** The namespace prefixes that elements and their attributes use, sorted; `xml` needs no declaration. */
export function prefixesOf(elements: readonly XmlElement[]): string[] {
  const found = new Set<string>();
  collectPrefixes(elements, found);
  found.delete("xml");
  return [...found].sort();
}

function collectPrefixes(elements: readonly XmlElement[], found: Set<string>): void {
  for (const { name, attributes, content } of elements) {
    addPrefix(name, found);
    if (attributes !== undefined) for (const one of Object.keys(attributes)) addPrefix(one, found);
    if (typeof content === "object") collectPrefixes(content, found);
  }
}

function addPrefix(name: string, found: Set<string>): void {
  const colon = name.indexOf(":");
  if (colon > 0) found.add(name.slice(0, colon));
}

/** The opening tag of a document; declares exactly the prefixes that its head's elements and its fragments use. */
export function openRoot(
  name: string,
  attributes: Attributes,
  head: readonly XmlElement[],
  fragments: readonly FragmentFacts[],
  declared: Namespaces,
): string {
  const prefixes = new Set([...prefixesOf(head), ...fragments.flatMap((one) => one.prefixes)]);
  const declarations = [...prefixes]
    .sort()
    .map((prefix) => [`xmlns:${prefix}`, namespaceUri(prefix, declared)]);
  return `<${name}${renderAttributes({ ...attributes, ...Object.fromEntries(declarations) })}>\n`;
}

/** The XML declaration, at byte 0, and a processing instruction for the style sheet, if there is one. */
export function prolog(stylesheet: string | undefined): string {
  const type = stylesheet && styleTypes.find(([ending]) => ending.test(stylesheet))?.[1];
  const instruction = type ? `<?xml-stylesheet href="${escapeAttribute(stylesheet)}" type="${type}"?>\n` : "";
  return `<?xml version="1.0" encoding="utf-8"?>\n${instruction}`;
}

// Browsers no longer run XSLT, but a site may still name such a file.
const styleTypes: readonly (readonly [RegExp, string])[] = [
  [/\.css(?:[?#]|$)/i, "text/css"],
  [/\.xslt?(?:[?#]|$)/i, "text/xsl"],
];

export function fragmentOf(elements: readonly XmlElement[], level: number): Fragment {
  return { text: renderElements(elements, level), prefixes: prefixesOf(elements) };
}
