// In come elements as plain data, with any strings; out goes XML 1.0 text that is well-formed whatever they hold.

/** An element: text, children, or neither. Attributes that are undefined are left out. */
export interface XmlElement {
  readonly name: string;
  readonly attributes?: Attributes | undefined;
  readonly content?: string | readonly XmlElement[] | undefined;
  /** How `&`, `<` and `>` are written; `numeric` is what the RSS profile advises for titles. */
  readonly escape?: "numeric";
}

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Makes an element. */
export function element(
  name: string,
  content?: string | readonly XmlElement[],
  attributes?: Attributes,
): XmlElement {
  return { name, content, attributes };
}

// XML 1.0 (fifth edition), section 2.2, the complement of production [2] Char without surrogates.
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

const loneSurrogate = /\p{Cs}/gu;

/** Drops the characters that XML 1.0 forbids and turns lone surrogates into U+FFFD. */
export function cleanText(text: string): string {
  return text.replace(loneSurrogate, "\uFFFD").replace(forbidden, "");
}

const named: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  // A parser turns raw CR into LF, and each of these into a space inside an attribute.
  "\r": "&#xD;",
  "\n": "&#xA;",
  "\t": "&#x9;",
  // XML 1.1 and some parsers of XML 1.0 take these for line ends.
  "\u0085": "&#x85;",
  "\u2028": "&#x2028;",
  "\u2029": "&#x2029;",
};
const numeric: Readonly<Record<string, string>> = { ...named, "&": "&#x26;", "<": "&#x3C;", ">": "&#x3E;" };

/** Text between tags. `>` is escaped too, so `]]>` cannot come about. */
export function escapeText(text: string, style?: "numeric"): string {
  const table = style === "numeric" ? numeric : named;
  return cleanText(text).replace(/[&<>\r\u0085\u2028\u2029]/g, (found) => table[found] ?? "");
}

/** The value of an attribute or of a processing instruction's pseudo-attribute, for double quotes. */
export function escapeAttribute(text: string): string {
  return cleanText(text).replace(/[&<>"\r\n\t\u0085\u2028\u2029]/g, (found) => named[found] ?? "");
}

/** Writes elements, one a line, indented by two spaces a level. */
export function renderElements(elements: readonly XmlElement[], level: number): string {
  return elements.map((one) => `${renderElement(one, level)}\n`).join("");
}

function renderElement(one: XmlElement, level: number): string {
  const indent = "  ".repeat(level);
  const start = `${indent}<${one.name}${renderAttributes(one.attributes)}`;
  const { content } = one;
  if (content === undefined || content.length === 0) return `${start}/>`;
  if (typeof content === "string") return `${start}>${escapeText(content, one.escape)}</${one.name}>`;
  return `${start}>\n${renderElements(content, level + 1)}${indent}</${one.name}>`;
}

/** ` name="value"` for each attribute that has a value. */
export function renderAttributes(attributes: Attributes = {}): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? "" : ` ${name}="${escapeAttribute(String(value))}"`))
    .join("");
}

/** The namespace prefixes that elements and their attributes use, sorted; `xml` needs no declaration. */
export function prefixesOf(elements: readonly XmlElement[]): string[] {
  const found = new Set<string>();
  const visit = (one: XmlElement): void => {
    for (const name of [one.name, ...Object.keys(one.attributes ?? {})]) {
      const colon = name.indexOf(":");
      if (colon > 0) found.add(name.slice(0, colon));
    }
    if (Array.isArray(one.content)) one.content.forEach(visit);
  };
  elements.forEach(visit);
  found.delete("xml");
  return [...found].sort();
}
