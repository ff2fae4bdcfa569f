import { type JsonTree, parseJsonTree } from "./json-tree.ts";
import { parseXml, type XmlDocument } from "./xml-tree.ts";

/** A text and its tree; offsets in the tree are offsets in the text. */
export type ParsedDocument =
  | { readonly text: string; readonly json: JsonTree; readonly xml?: undefined }
  | { readonly text: string; readonly json?: undefined; readonly xml: XmlDocument };

/** Parses JSON where the text begins like it or `isJson` says so; else XML. Never throws. */
export function parseDocument(text: string, isJson = false): ParsedDocument {
  return isJson || /^[\s\ufeff]*[{[]/.test(text)
    ? { text, json: parseJsonTree(text.replace(/^\ufeff/, " ")) }
    : { text, xml: parseXml(text) };
}

/** What a document is; `unknown` when its root says nothing. */
export type DocumentKind = "rss" | "rdf" | "atom" | "json" | "opml" | "sitemap" | "sitemap-index" | "unknown";
