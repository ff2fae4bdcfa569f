// In comes the text of an XML document; out goes a light tree with offsets, or how far it could be read and why not further.
import { SaxesParser, type SaxesTagNS } from "saxes";
import { type Doctype, readDoctype } from "./doctype.ts";

export interface XmlAttribute {
  /** As written, with its prefix. */
  readonly name: string;
  readonly local: string;
  /** Namespace, empty when none. */
  readonly ns: string;
  readonly value: string;
}

export interface XmlElement {
  readonly name: string;
  readonly local: string;
  readonly prefix: string;
  readonly ns: string;
  readonly attributes: readonly XmlAttribute[];
  readonly parent: XmlElement | undefined;
  readonly children: XmlElement[];
  /** The element's own character data, joined. */
  text: string;
  /** Whether something other than white space stood before the first child. */
  textFirst: boolean;
  /** Offset of `<` of the start tag, and of what follows that tag. */
  readonly start: number;
  readonly inner: number;
  /** Offset of the end tag; -1 when the document broke off inside this element. */
  end: number;
}

export interface XmlDocument {
  readonly root: XmlElement | undefined;
  readonly doctype: Doctype | undefined;
  /** The first offence against XML 1.0 or its namespaces; nothing behind it was read. */
  readonly broken: { readonly offset: number; readonly message: string } | undefined;
  /** A limit that stopped the reading. */
  readonly limit: { readonly offset: number; readonly message: string } | undefined;
  readonly namespaces: readonly { prefix: string; uri: string; offset: number }[];
  readonly stylesheets: readonly { body: string; offset: number }[];
}

/** Deeper or more than this is no feed: HTML in XHTML content nests tens of levels, not hundreds. */
const MAX_DEPTH = 200;
const MAX_ELEMENTS = 1_000_000;

class Stop extends Error {}

/** Reads a document without expanding anything but a few internal entities. Never throws. */
export function parseXml(text: string): XmlDocument {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const out = {
    root: undefined as XmlElement | undefined,
    doctype: undefined as Doctype | undefined,
    broken: undefined as XmlDocument["broken"],
    limit: undefined as XmlDocument["limit"],
    namespaces: [] as { prefix: string; uri: string; offset: number }[],
    stylesheets: [] as { body: string; offset: number }[],
  };
  let open: XmlElement | undefined;
  let start = 0;
  let depth = 0;
  let count = 0;
  const stopAt = (message: string) => {
    out.limit = { offset: start, message };
    throw new Stop();
  };
  parser.on("error", (error) => {
    const message = error.message.replace(/^\d+:\d+: /, "");
    if (out.doctype && readUndefinedEntity(message, out.doctype)) return;
    out.broken = { offset: Math.max(0, Math.min(text.length, parser.position) - 1), message };
    throw new Stop();
  });
  parser.on("doctype", (raw) => {
    out.doctype = readDoctype(raw, Math.max(0, text.lastIndexOf("<!DOCTYPE", parser.position)));
    Object.assign(parser.ENTITIES, out.doctype.entities);
  });
  parser.on("processinginstruction", ({ target, body }) => {
    if (target !== "xml-stylesheet") return;
    out.stylesheets.push({ body, offset: text.lastIndexOf("<?", parser.position - 1) });
  });
  parser.on("opentagstart", () => {
    start = text.lastIndexOf("<", parser.position - 1);
  });
  parser.on("opentag", (tag) => {
    count += 1;
    depth += 1;
    if (depth > MAX_DEPTH) stopAt(`Elements are nested more than ${MAX_DEPTH} deep.`);
    if (count > MAX_ELEMENTS) stopAt(`The document has more than ${MAX_ELEMENTS} elements.`);
    const element = makeElement(tag, open, start, parser.position);
    for (const [prefix, uri] of Object.entries(tag.ns)) out.namespaces.push({ prefix, uri, offset: start });
    if (open) open.children.push(element);
    else out.root ??= element;
    open = element;
  });
  const onText = (chunk: string) => {
    if (!open) return;
    open.text += chunk;
    if (open.children.length === 0 && !open.textFirst && /\S/.test(chunk)) open.textFirst = true;
  };
  parser.on("text", onText);
  parser.on("cdata", onText);
  parser.on("closetag", () => {
    depth -= 1;
    if (!open) return;
    open.end = text.lastIndexOf("<", parser.position - 1);
    open = open.parent;
  });
  try {
    parser.write(text).close();
  } catch (error) {
    if (!(error instanceof Stop)) out.broken ??= { offset: 0, message: String(error) };
  }
  return out;
}

function makeElement(
  tag: SaxesTagNS,
  parent: XmlElement | undefined,
  start: number,
  inner: number,
): XmlElement {
  const attributes: XmlAttribute[] = [];
  for (const name in tag.attributes) {
    const attribute = tag.attributes[name];
    if (!attribute || attribute.prefix === "xmlns" || name === "xmlns") continue;
    attributes.push({ name, local: attribute.local, ns: attribute.uri, value: attribute.value });
  }
  return {
    name: tag.name,
    local: tag.local,
    prefix: tag.prefix,
    ns: tag.uri,
    attributes,
    parent,
    children: [],
    text: "",
    textFirst: false,
    start,
    inner,
    end: -1,
  };
}

/** An entity that an unread external subset may declare is no offence (XML 1.0, 4.1 "Entity Declared"). */
function readUndefinedEntity(message: string, doctype: Doctype): boolean {
  return doctype.external && /undefined entity/.test(message);
}

/** The attribute of that name without a namespace. */
export function attributeOf(element: XmlElement, local: string): string | undefined {
  return element.attributes.find((attribute) => attribute.ns === "" && attribute.local === local)?.value;
}

export const XML_NS = "http://www.w3.org/XML/1998/namespace";

/** The value of `xml:lang`, `xml:base` or `xml:space` on this very element. */
export function xmlAttributeOf(element: XmlElement, local: string): string | undefined {
  return element.attributes.find((attribute) => attribute.ns === XML_NS && attribute.local === local)?.value;
}
