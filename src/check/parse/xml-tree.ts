import { SaxesParser, type SaxesTagNS } from "saxes";
import { type Doctype, readDoctype } from "./doctype.ts";

export interface AttributeNode {
  /** As written, with its prefix. */
  readonly name: string;
  readonly local: string;
  /** Namespace, empty when none. */
  readonly ns: string;
  readonly value: string;
}

export interface ElementNode {
  readonly name: string;
  readonly local: string;
  readonly prefix: string;
  readonly ns: string;
  readonly attributes: readonly AttributeNode[];
  readonly parent: ElementNode | undefined;
  readonly children: ElementNode[];
  /** The element's own character data, joined. */
  text: string;
  /** Whether something other than white space comes before the first child. */
  textFirst: boolean;
  /** Offset of `<` of the start tag, and of what follows that tag. */
  readonly start: number;
  readonly inner: number;
  /** Offset of the end tag; -1 when the document broke off inside this element. */
  end: number;
}

export interface XmlDocument {
  readonly root: ElementNode | undefined;
  readonly doctype: Doctype | undefined;
  /** The first offence against XML 1.0 or its namespaces; nothing after it was read. */
  readonly broken: { readonly offset: number; readonly message: string } | undefined;
  /** A limit that stopped the reading. */
  readonly limit: { readonly offset: number; readonly message: string } | undefined;
  readonly namespaces: readonly { prefix: string; uri: string; offset: number }[];
  readonly stylesheets: readonly { body: string; offset: number }[];
}

/** Feeds stay far below: HTML in XHTML content nests tens of levels, not hundreds. */
const maxDepth = 200;
const maxElements = 1_000_000;

class Stop extends Error {}

/** Reads a document without expanding anything but a few internal entities. Never throws. */
export function parseXml(text: string): XmlDocument {
  const builder = new TreeBuilder(text);
  builder.read();
  return builder;
}

/** Builds the tree from the events of the parser; stops at the first offence or limit. */
class TreeBuilder implements XmlDocument {
  root: ElementNode | undefined;
  doctype: Doctype | undefined;
  broken: XmlDocument["broken"];
  limit: XmlDocument["limit"];
  readonly namespaces: { prefix: string; uri: string; offset: number }[] = [];
  readonly stylesheets: { body: string; offset: number }[] = [];
  readonly #text: string;
  readonly #parser = new SaxesParser({ xmlns: true, position: false });
  #open: ElementNode | undefined;
  #start = 0;
  #depth = 0;
  #count = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): void {
    const parser = this.#parser;
    parser.on("error", (error) => this.#onError(error));
    parser.on("doctype", (raw) => this.#onDoctype(raw));
    parser.on("processinginstruction", ({ target, body }) => {
      if (target === "xml-stylesheet") this.stylesheets.push({ body, offset: this.#lastIndexOf("<?") });
    });
    parser.on("opentagstart", () => {
      this.#start = this.#lastIndexOf("<");
    });
    parser.on("opentag", (tag) => this.#onOpen(tag));
    parser.on("text", (chunk) => this.#onText(chunk));
    parser.on("cdata", (chunk) => this.#onText(chunk));
    parser.on("closetag", () => this.#onClose());
    try {
      parser.write(this.#text).close();
    } catch (error) {
      if (!(error instanceof Stop)) this.broken ??= { offset: 0, message: String(error) };
    }
  }

  #lastIndexOf(mark: string): number {
    return Math.max(0, this.#text.lastIndexOf(mark, this.#parser.position - 1));
  }

  #onError(error: Error): void {
    const message = error.message.replace(/^\d+:\d+: /, "");
    // An entity that an unread external subset may declare is no offence (XML 1.0, 4.1 "Entity Declared").
    if (this.doctype?.external && /undefined entity/.test(message)) return;
    const offset = Math.max(0, Math.min(this.#text.length, this.#parser.position) - 1);
    this.broken = { offset, message };
    throw new Stop();
  }

  #onDoctype(raw: string): void {
    this.doctype = readDoctype(raw, this.#lastIndexOf("<!DOCTYPE"));
    Object.assign(this.#parser.ENTITIES, this.doctype.entities);
  }

  #onOpen(tag: SaxesTagNS): void {
    this.#count += 1;
    this.#depth += 1;
    if (this.#depth > maxDepth) this.#stopAt(`Elements are nested more than ${maxDepth} deep.`);
    if (this.#count > maxElements) this.#stopAt(`The document has more than ${maxElements} elements.`);
    const element = makeElement(tag, this.#open, this.#start, this.#parser.position);
    for (const [prefix, uri] of Object.entries(tag.ns))
      this.namespaces.push({ prefix, uri, offset: this.#start });
    if (this.#open) this.#open.children.push(element);
    else this.root ??= element;
    this.#open = element;
  }

  #onText(chunk: string): void {
    const element = this.#open;
    if (!element) return;
    element.text += chunk;
    if (element.children.length === 0 && !element.textFirst && /\S/.test(chunk)) element.textFirst = true;
  }

  #onClose(): void {
    this.#depth -= 1;
    if (!this.#open) return;
    this.#open.end = this.#lastIndexOf("<");
    this.#open = this.#open.parent;
  }

  #stopAt(message: string): never {
    this.limit = { offset: this.#start, message };
    throw new Stop();
  }
}

function makeElement(
  tag: SaxesTagNS,
  parent: ElementNode | undefined,
  start: number,
  inner: number,
): ElementNode {
  const attributes: AttributeNode[] = [];
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

/** The attribute of that name without a namespace. */
export function attributeOf(element: ElementNode, local: string): string | undefined {
  return element.attributes.find((attribute) => attribute.ns === "" && attribute.local === local)?.value;
}

export const xmlNamespace = "http://www.w3.org/XML/1998/namespace";
