// In comes the tree of an XML document; out goes what it is, and findings about its form, namespaces and elements.

import {
  atomNamespace,
  findPrefix,
  rdfNamespace,
  rssNamespaces,
  sitemapNamespace,
} from "../parse/namespaces.ts";
import type { DocumentKind } from "../parse/parsed-document.ts";
import { attributeOf, type ElementNode, type XmlDocument } from "../parse/xml-tree.ts";
import { checkProfiles } from "../rules/consumers.ts";
import type { DocumentCheck } from "../rules/document-check.ts";
import { checkNamespaces } from "../rules/namespace-declarations.ts";
import type { RuleCode } from "../rules/table.ts";
import { atomVocabulary } from "./atom-shapes.ts";
import { opmlVocabulary } from "./opml-shapes.ts";
import { rssVocabulary } from "./rss-shapes.ts";
import { type Vocabulary, walkShape } from "./shape.ts";
import { sitemapVocabulary } from "./sitemap-shapes.ts";

/**
 * C1 controls, the replacement character, and the two letters that begin most UTF-8 sequences when they are read as
 * ISO 8859-1; the guillemets are left out, since «AMANHÃ» is a word.
 */
const MISREAD = /[\u0080-\u009f\ufffd]|[\u00c2\u00c3][\u00a0-\u00aa\u00ac-\u00ba\u00bc-\u00bf]/g;

interface Kind {
  readonly kind: DocumentKind;
  readonly vocabulary: Vocabulary;
  readonly shape: string;
}

/** Namespaces of Atom before it was a standard. */
const DRAFTS = /^http:\/\/(purl\.org\/atom\/ns#|example\.com\/newformat#|www\.w3\.org\/2004\/atom)/i;

const ROOTS: Readonly<Record<string, Kind>> = {
  rss: { kind: "rss", vocabulary: rssVocabulary, shape: "rssRoot" },
  RDF: { kind: "rdf", vocabulary: rssVocabulary, shape: "rdfRoot" },
  feed: { kind: "atom", vocabulary: atomVocabulary, shape: "atomFeed" },
  entry: { kind: "atom", vocabulary: atomVocabulary, shape: "atomEntry" },
  opml: { kind: "opml", vocabulary: opmlVocabulary, shape: "opmlRoot" },
  outlineDocument: { kind: "opml", vocabulary: opmlVocabulary, shape: "opmlRoot" },
  urlset: { kind: "sitemap", vocabulary: sitemapVocabulary, shape: "urlset" },
  sitemapindex: { kind: "sitemap-index", vocabulary: sitemapVocabulary, shape: "sitemapindex" },
};

const HOMES: Readonly<Record<DocumentKind, readonly string[]>> = {
  rss: [""],
  rdf: [rdfNamespace],
  atom: [atomNamespace],
  opml: [""],
  sitemap: [sitemapNamespace],
  "sitemap-index": [sitemapNamespace],
  json: [],
  unknown: [],
};

/** Checks an XML document as a whole. */
export function checkXml(
  document: XmlDocument,
  check: DocumentCheck,
  mediaType: string | undefined,
): DocumentKind {
  const { text } = check;
  if (document.broken) {
    check.findings.add("xml/not-well-formed", document.broken.offset, sayBroken(document, text));
  }
  if (document.limit) check.findings.add("xml/limit", document.limit.offset, document.limit.message);
  const version = /^<\?xml\s+version\s*=\s*["']([^"']*)/.exec(text)?.[1];
  if (version !== undefined && version !== "1.0") {
    check.findings.add("xml/version", 0, `The document says that it is XML "${version}".`);
  }
  checkDoctype(document, check);
  checkCharacters(check);
  for (const { body, offset } of document.stylesheets) {
    if (/xsl/i.test(/type\s*=\s*["']([^"']*)/.exec(body)?.[1] ?? body)) {
      check.findings.add("xml/stylesheet", offset, "The document names an XSLT style sheet.");
    }
  }
  const { root } = document;
  if (!root) return "unknown";
  if (/^(application|text)\/xml/i.test(mediaType ?? "") && root.start > 512) {
    check.report(root, "xml/root-late", `<${root.name}> begins at character ${root.start}.`);
  }
  checkNamespaces(document, check);
  return checkRoot(root, check);
}

function checkRoot(root: ElementNode, check: DocumentCheck): DocumentKind {
  const known = Object.hasOwn(ROOTS, root.local) ? ROOTS[root.local] : undefined;
  if (!known) {
    const page = root.local.toLowerCase() === "html";
    check.report(root, page ? "xml/html-page" : "xml/root", `The root element is <${root.name}>.`);
    return "unknown";
  }
  if (!HOMES[known.kind].includes(root.ns)) {
    const draft = known.kind === "atom" && DRAFTS.test(root.ns);
    const code: RuleCode = draft
      ? "xml/obsolete-namespace"
      : root.ns === ""
        ? "xml/missing-namespace"
        : "xml/wrong-namespace";
    const shown = root.ns === "" ? "no namespace" : `the namespace "${root.ns}"`;
    check.report(root, code, `<${root.name}> is in ${shown}.`, sayHome(known.kind));
    if (root.ns !== "" && findPrefix(root.ns) === undefined) check.noteNamespace(root.ns, root.start);
    if (!(known.kind === "rss" && rssNamespaces.has(root.ns))) return known.kind;
  }
  const shape = known.vocabulary.shapes[known.shape];
  if (shape) walkShape(root, shape, known.vocabulary, check);
  checkProfiles(root, known.kind, check);
  return known.kind;
}

function sayHome(kind: DocumentKind): string {
  const home = HOMES[kind][0];
  return home ? `Write \`xmlns="${home}"\`.` : "Remove the `xmlns`.";
}

function sayBroken(document: XmlDocument, text: string): string {
  const { offset = 0, message = "" } = document.broken ?? {};
  if (/declaration/i.test(message) && /^\s*<\?xml/.test(text) && !text.startsWith("<?xml")) {
    return "Something stands before `<?xml`; the declaration has to be the very first thing.";
  }
  const near = text
    .slice(Math.max(0, offset - 20), offset + 1)
    .replaceAll(/\s+/g, " ")
    .trim();
  return `Not well-formed: ${message.replace(/\.$/, "")}, at \`${near}\`.`;
}

function checkCharacters(check: DocumentCheck): void {
  for (const match of check.text.matchAll(MISREAD)) {
    const code = (match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    const twice = match[0].length > 1;
    const message = twice
      ? `"${match[0]}" looks like UTF-8 that was encoded twice.`
      : `The character U+${code} is no letter or sign.`;
    check.findings.add("xml/characters", match.index, message);
    if (check.findings.isFull("xml/characters")) return;
  }
}

function checkDoctype(document: XmlDocument, check: DocumentCheck): void {
  const { doctype, root } = document;
  if (!doctype) return;
  for (const name of doctype.refused) {
    check.findings.add("xml/entity-refused", doctype.offset, `The entity "${name}" was not expanded.`);
  }
  for (const name of doctype.externalEntities) {
    check.findings.add("xml/entity", doctype.offset, `The entity "${name}" stands in another file.`);
  }
  // The document type lives on at rssboard.org; the address that Netscape gave it is gone.
  if (root?.local !== "rss" || !/^https?:\/\/(my|home)\.netscape\.com\//.test(doctype.systemId ?? "")) return;
  check.findings.add("rss/doctype", doctype.offset, `The document type at "${doctype.systemId}" is gone.`);
  if (attributeOf(root, "version") !== "0.91") {
    check.findings.add("rss/doctype-version", doctype.offset, "The document type is that of RSS 0.91.");
  }
}
