import { createRequire } from "node:module";
import { DOMParser, type Element as DomElement } from "@xmldom/xmldom";
import ajvModule, { type ValidateFunction } from "ajv";
import formatsModule from "ajv-formats";
import { XMLValidator } from "fast-xml-parser";
import { SaxesParser } from "saxes";
import { knownNamespaces } from "../../src/model/namespaces.ts";

/** An element as every parser sees it; names are `{namespace}local`. */
export interface Tree {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: Tree[];
}

/** Parses with two strict parsers and a validator, which must all agree, and gives the tree. */
export function readXml(text: string): Tree {
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new Error(`fast-xml-parser: ${valid.err.msg} at line ${valid.err.line}`);
  const first = readWithSaxes(text);
  const second = readWithXmldom(text);
  if (JSON.stringify(first) !== JSON.stringify(second)) {
    throw new Error(`the parsers disagree:\n${JSON.stringify(first)}\n${JSON.stringify(second)}`);
  }
  return first;
}

function readWithSaxes(text: string): Tree {
  const parser = new SaxesParser({ xmlns: true });
  const root: Tree = { name: "", attributes: {}, text: "", children: [] };
  const open: Tree[] = [root];
  parser.on("opentag", (tag) => {
    const attributes = Object.values(tag.attributes).filter(
      (one) => one.prefix !== "xmlns" && one.name !== "xmlns",
    );
    const tree: Tree = {
      name: `{${tag.uri}}${tag.local}`,
      attributes: sorted(attributes.map((one) => [`{${one.uri}}${one.local}`, one.value])),
      text: "",
      children: [],
    };
    open.at(-1)?.children.push(tree);
    open.push(tree);
  });
  parser.on("text", (value) => {
    const current = open.at(-1);
    if (current) current.text += value;
  });
  parser.on("closetag", () => {
    const closed = open.pop();
    if (closed && closed.children.length > 0) closed.text = "";
  });
  parser.write(text).close();
  return root.children[0] ?? root;
}

function readWithXmldom(text: string): Tree {
  const onError = (level: string, message: string): void => {
    // A character that a feed may hold; the warning is a guess about encodings.
    if (message.startsWith("Unicode replacement character")) return;
    throw new Error(`xmldom ${level}: ${message}`);
  };
  const root = new DOMParser({ onError }).parseFromString(text, "text/xml").documentElement;
  if (root === null) throw new Error("xmldom found no root");
  return treeOf(root);
}

function treeOf(node: DomElement): Tree {
  const attributes = Array.from(node.attributes).filter(
    (one) => one.prefix !== "xmlns" && one.name !== "xmlns",
  );
  const children = Array.from(node.childNodes).filter((one): one is DomElement => one.nodeType === 1);
  return {
    name: `{${node.namespaceURI ?? ""}}${node.localName}`,
    attributes: sorted(attributes.map((one) => [`{${one.namespaceURI ?? ""}}${one.localName}`, one.value])),
    text: children.length > 0 ? "" : (node.textContent ?? ""),
    children: children.map(treeOf),
  };
}

function sorted(pairs: [string, string][]): Record<string, string> {
  return Object.fromEntries(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

export const namespaces = Object.fromEntries(knownNamespaces);

/** A name as {@link Tree} has it: `title`, or `dc:creator`. */
function expand(name: string): string {
  const [prefix, local] = name.includes(":") ? (name.split(":") as [string, string]) : ["", name];
  const uri = namespaces[prefix] ?? "";
  return `{${uri}}${local}`;
}

/** The children with this name, in order; in Atom documents say `atom:title`. */
export function all(tree: Tree | undefined, name: string): Tree[] {
  return (tree?.children ?? []).filter((one) => one.name === expand(name));
}

export function one(tree: Tree | undefined, name: string): Tree | undefined {
  return all(tree, name)[0];
}

export function text(tree: Tree | undefined, name: string): string | undefined {
  return one(tree, name)?.text;
}

export function attribute(tree: Tree | undefined, name: string): string | undefined {
  return tree?.attributes[`{}${name}`];
}

/** Names of the children, in order, with the prefixes of {@link namespaces}. */
export function order(tree: Tree | undefined): string[] {
  const prefixes = new Map<string, string>(
    Object.entries(namespaces).map(([prefix, uri]) => [uri, `${prefix}:`]),
  );
  return (tree?.children ?? []).map((child) => {
    const [, uri = "", local = ""] = /^\{(.*)\}(.*)$/.exec(child.name) ?? [];
    return (prefixes.get(uri) ?? "") + local;
  });
}

export function channelOf(rss: string): Tree | undefined {
  return one(readXml(rss), "channel");
}

export function itemsOfRss(rss: string): Tree[] {
  return all(channelOf(rss), "item");
}

export function entriesOf(atom: string): Tree[] {
  return all(readXml(atom), "atom:entry");
}

/** A JSON Feed as the tests look at it. */
export interface JsonFeed {
  version: string;
  title: string;
  authors?: JsonAuthor[];
  hubs?: { type: string; url: string }[];
  items: JsonItem[];
  [name: string]: unknown;
}
export interface JsonAuthor {
  name?: string;
  url?: string;
  avatar?: string;
}
export interface JsonItem {
  id: string;
  url?: string;
  title?: string;
  content_html: string;
  summary?: string;
  authors?: JsonAuthor[];
  tags?: string[];
  attachments?: Record<string, unknown>[];
  [name: string]: unknown;
}

const require = createRequire(import.meta.url);
let validate: ValidateFunction | undefined;

/** Parses JSON and holds it against `jsonfeed-schema`. */
export function readJson(text: string): JsonFeed {
  if (validate === undefined) {
    const ajv = new ajvModule.default({ allErrors: true, strict: false });
    formatsModule.default(ajv);
    validate = ajv.compile(require("jsonfeed-schema"));
  }
  const value: unknown = JSON.parse(text);
  if (!validate(value)) throw new Error(`jsonfeed-schema: ${JSON.stringify(validate.errors)}`);
  return value as JsonFeed;
}
