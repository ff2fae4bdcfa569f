// In come the namespace declarations of a document; out go findings about misspelt namespaces and confusing prefixes.

import { findNamespace, findPrefix } from "../parse/namespaces.ts";
import type { XmlDocument } from "../parse/xml-tree.ts";
import type { DocumentCheck } from "./document-check.ts";

/** Spellings of Media RSS that people find in old documents. */
const MEDIA = /^https?:\/\/search\.yahoo\.com\/(mrss|searchrss|rss|mrss\/mediarss|rss\/media)\/?$/i;

/** Looks at every declaration once. */
export function checkNamespaces(document: XmlDocument, check: DocumentCheck): void {
  const seen = new Set<string>();
  for (const { prefix, uri, offset } of document.namespaces) {
    const key = `${prefix} ${uri}`;
    if (seen.has(key) || uri === "") continue;
    seen.add(key);
    if (/\s/.test(uri))
      check.findings.add("xml/namespace", offset, `The namespace "${uri}" has white space in it.`);
    const usual = findPrefix(uri);
    const owner = findNamespace(prefix);
    if (usual === undefined && MEDIA.test(uri)) {
      check.findings.add("media/namespace", offset, `The prefix "${prefix}" stands for "${uri}".`);
    } else if (usual === undefined && owner !== undefined && prefix !== "xml") {
      check.findings.add(
        "xml/reserved-prefix",
        offset,
        `The prefix "${prefix}" stands for "${uri}", not for "${owner}".`,
        `Write \`xmlns:${prefix}="${owner}"\`.`,
      );
    } else if (prefix !== "" && (usual === "atom" || usual === "xhtml") && isForeign(document, usual)) {
      check.findings.add(
        "xml/namespace-prefix",
        offset,
        `The prefix "${prefix}" stands for ${usual === "atom" ? "Atom" : "XHTML"}.`,
        "Declare the namespace without a prefix.",
      );
    }
  }
}

/** In RSS a prefix is the only way to use Atom; in Atom, elements of Atom and XHTML go without. */
function isForeign(document: XmlDocument, usual: string): boolean {
  return document.root?.local === "feed" || document.root?.local === "entry" || usual === "xhtml";
}
