import { defineProblem } from "../../model/problem.ts";
import { findNamespace, findPrefix } from "../parse/namespaces.ts";
import type { XmlDocument } from "../parse/xml-tree.ts";
import type { DocumentCheck } from "./document-check.ts";
import { specs } from "./specs.ts";

/** Spellings of Media RSS that people find in old documents. */
const oldMediaRss = /^https?:\/\/search\.yahoo\.com\/(mrss|searchrss|rss|mrss\/mediarss|rss\/media)\/?$/i;

const brokenNamespace = defineProblem("xml/namespace", {
  severity: "error",
  title: "A namespace that is not an address",
  why: "Readers compare namespaces letter by letter; with white space it is a different one.",
  fix: "Write the namespace exactly as its specification does.",
  spec: specs.names,
});

const reservedPrefix = defineProblem("xml/reserved-prefix", {
  severity: "warning",
  title: "A well-known prefix for another namespace",
  why: "Some readers look at the prefix only and misread the elements; most often the namespace is misspelt.",
  fix: "Use the prefix for the namespace that it is known for.",
  spec: specs.names,
});

const unusualPrefix = defineProblem("xml/namespace-prefix", {
  severity: "hint",
  title: "An unusual prefix for a well-known namespace",
  why: "Some readers match `prefix:name` as text, and some expect Atom and XHTML without any prefix.",
  fix: "Use the customary prefix; for Atom and XHTML, none.",
  spec: specs.names,
});

const misspeltMediaRss = defineProblem("media/namespace", {
  severity: "error",
  title: "A misspelt Media RSS namespace",
  why: "Namespaces are compared letter by letter, so every media element is lost.",
  fix: "Write `http://search.yahoo.com/mrss/`, with the slash at the end.",
  spec: specs.media,
});

/** Looks at every declaration once. */
export function checkNamespaces(xml: XmlDocument, document: DocumentCheck): void {
  const seen = new Set<string>();
  for (const { prefix, uri, offset } of xml.namespaces) {
    const key = `${prefix} ${uri}`;
    if (seen.has(key) || uri === "") continue;
    seen.add(key);
    if (/\s/.test(uri))
      document.findings.add(brokenNamespace, offset, `The namespace "${uri}" has white space in it.`);
    const usual = findPrefix(uri);
    const owner = findNamespace(prefix);
    if (usual === undefined && oldMediaRss.test(uri)) {
      document.findings.add(misspeltMediaRss, offset, `The prefix "${prefix}" stands for "${uri}".`);
    } else if (usual === undefined && owner !== undefined && prefix !== "xml") {
      document.findings.add(
        reservedPrefix,
        offset,
        `The prefix "${prefix}" stands for "${uri}", not for "${owner}".`,
        `Write \`xmlns:${prefix}="${owner}"\`.`,
      );
    } else if (prefix !== "" && (usual === "atom" || usual === "xhtml") && isForeign(xml, usual)) {
      document.findings.add(
        unusualPrefix,
        offset,
        `The prefix "${prefix}" stands for ${usual === "atom" ? "Atom" : "XHTML"}.`,
        "Declare the namespace without a prefix.",
      );
    }
  }
}

/** In RSS a prefix is the only way to use Atom; in Atom, elements of Atom and XHTML go without. */
function isForeign({ root }: XmlDocument, usual: string): boolean {
  return root?.local === "feed" || root?.local === "entry" || usual === "xhtml";
}
