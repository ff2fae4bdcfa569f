import type { CheckProfile } from "../../model/config.ts";
import { defineProblem } from "../../model/problem.ts";
import {
  atomNamespace,
  findPrefix,
  rdfNamespace,
  rssNamespaces,
  sitemapNamespace,
} from "../parse/namespaces.ts";
import type { DocumentKind } from "../parse/parsed-document.ts";
import { attributeOf, type ElementNode, type XmlDocument } from "../parse/xml-tree.ts";
import { checkConsumers } from "../rules/consumers.ts";
import type { DocumentCheck } from "../rules/document-check.ts";
import { namespaceMissing } from "../rules/elements.ts";
import { checkNamespaces } from "../rules/namespace-declarations.ts";
import { specs } from "../rules/specs.ts";
import { atomVocabulary } from "./atom-shapes.ts";
import { opmlVocabulary } from "./opml-shapes.ts";
import { rssVocabulary } from "./rss-shapes.ts";
import { type Vocabulary, walkShape } from "./shape.ts";
import { sitemapVocabulary } from "./sitemap-shapes.ts";

/**
 * C1 controls, the replacement character, and the two letters that begin most UTF-8 sequences when they are read as
 * ISO 8859-1; the guillemets are left out, since «AMANHÃ» is a word.
 */
const misread = /[\u0080-\u009f\ufffd]|[\u00c2\u00c3][\u00a0-\u00aa\u00ac-\u00ba\u00bc-\u00bf]/g;

interface Kind {
  readonly kind: DocumentKind;
  readonly vocabulary: Vocabulary;
  readonly shape: string;
}

/** Namespaces of Atom before it was a standard. */
const drafts = /^http:\/\/(purl\.org\/atom\/ns#|example\.com\/newformat#|www\.w3\.org\/2004\/atom)/i;

const roots: Readonly<Record<string, Kind>> = {
  rss: { kind: "rss", vocabulary: rssVocabulary, shape: "rssRoot" },
  RDF: { kind: "rdf", vocabulary: rssVocabulary, shape: "rdfRoot" },
  feed: { kind: "atom", vocabulary: atomVocabulary, shape: "atomFeed" },
  entry: { kind: "atom", vocabulary: atomVocabulary, shape: "atomEntry" },
  opml: { kind: "opml", vocabulary: opmlVocabulary, shape: "opmlRoot" },
  outlineDocument: { kind: "opml", vocabulary: opmlVocabulary, shape: "opmlRoot" },
  urlset: { kind: "sitemap", vocabulary: sitemapVocabulary, shape: "urlset" },
  sitemapindex: { kind: "sitemap-index", vocabulary: sitemapVocabulary, shape: "sitemapindex" },
};

const namespacesOf: Readonly<Record<DocumentKind, readonly string[]>> = {
  rss: [""],
  rdf: [rdfNamespace],
  atom: [atomNamespace],
  opml: [""],
  sitemap: [sitemapNamespace],
  "sitemap-index": [sitemapNamespace],
  json: [],
  unknown: [],
};

export const documentLimit = defineProblem("xml/limit", {
  severity: "error",
  title: "A document that is too large or too deep",
  why: "The check stopped reading here. Readers have limits too: Feedbin reads 10 MiB, Miniflux 15 MB.",
  fix: "Publish fewer entries, and check why elements nest so deep or are so many.",
  spec: specs.xml,
});

const notWellFormed = defineProblem("xml/not-well-formed", {
  severity: "error",
  title: "Not well-formed XML",
  why: "A conforming XML reader stops here; Thunderbird and many others then show nothing of the feed.",
  fix: "Correct the place that the message names. Most often a `&` or `<` in text is not escaped, a tag is not closed, or a prefix has no `xmlns:` declaration.",
  spec: specs.xml,
});

const wrongXmlVersion = defineProblem("xml/version", {
  severity: "error",
  title: "Not XML 1.0",
  why: "Readers know XML 1.0 only.",
  fix: 'Write `<?xml version="1.0" encoding="utf-8"?>`.',
  spec: specs.xml,
});

const lateRoot = defineProblem("xml/root-late", {
  severity: "warning",
  title: "The root element begins too late",
  why: "Readers that guess the kind of an `application/xml` document look at its first 512 bytes only.",
  fix: "Move long comments behind the root element's start tag.",
  spec: "https://mimesniff.spec.whatwg.org/",
});

const styleSheet = defineProblem("xml/stylesheet", {
  severity: "warning",
  title: "An XSLT style sheet",
  why: "Browsers have removed XSLT, so people who open the feed see nothing of it.",
  fix: 'Leave the instruction out, or name a CSS style sheet with `type="text/css"`.',
  spec: "https://developer.chrome.com/docs/web-platform/deprecating-xslt",
});

/** Checks an XML document as a whole. */
export function checkXml(
  xml: XmlDocument,
  document: DocumentCheck,
  { mediaType, consumers }: { mediaType: string | undefined; consumers: readonly CheckProfile[] },
): DocumentKind {
  const { text } = document;
  if (xml.broken) {
    document.findings.add(notWellFormed, xml.broken.offset, describeBroken(xml, text));
  }
  if (xml.limit) document.findings.add(documentLimit, xml.limit.offset, xml.limit.message);
  const version = /^<\?xml\s+version\s*=\s*["']([^"']*)/.exec(text)?.[1];
  if (version !== undefined && version !== "1.0") {
    document.findings.add(wrongXmlVersion, 0, `The document says that it is XML "${version}".`);
  }
  checkDoctype(xml, document);
  checkCharacters(document);
  for (const { body, offset } of xml.stylesheets) {
    if (/xsl/i.test(/type\s*=\s*["']([^"']*)/.exec(body)?.[1] ?? body)) {
      document.findings.add(styleSheet, offset, "The document names an XSLT style sheet.");
    }
  }
  const { root } = xml;
  if (!root) return "unknown";
  if (/^(application|text)\/xml/i.test(mediaType ?? "") && root.start > 512) {
    document.report(root, lateRoot, `<${root.name}> begins at character ${root.start}.`);
  }
  checkNamespaces(xml, document);
  return checkRoot(root, document, consumers);
}

const unknownRoot = defineProblem("xml/root", {
  severity: "error",
  title: "Not a kind of document that feedwright knows",
  why: "Readers find no feed here.",
  fix: "The root element is `rss`, `rdf:RDF`, `feed`, `entry`, `opml`, `urlset` or `sitemapindex`; a JSON Feed begins with `{`.",
  spec: specs.rss,
});

const htmlPage = defineProblem("xml/html-page", {
  severity: "error",
  title: "A web page instead of a feed",
  why: "The address serves HTML, so subscribers get nothing.",
  fix: "Serve the feed at this address, or correct the address.",
  spec: specs.html,
});

const wrongNamespace = defineProblem("xml/wrong-namespace", {
  severity: "error",
  title: "The root element is in the wrong namespace",
  why: "Namespaces are compared letter by letter; readers do not recognise the elements.",
  fix: "Use the namespace exactly as its specification writes it.",
  spec: specs.names,
});

const draftNamespace = defineProblem("xml/obsolete-namespace", {
  severity: "error",
  title: "The namespace of a draft",
  why: "Today's readers know only the final specification.",
  fix: "Use `http://www.w3.org/2005/Atom`.",
  spec: specs.atom,
});

function checkRoot(
  root: ElementNode,
  document: DocumentCheck,
  consumers: readonly CheckProfile[],
): DocumentKind {
  const known = Object.hasOwn(roots, root.local) ? roots[root.local] : undefined;
  if (!known) {
    const page = root.local.toLowerCase() === "html";
    document.report(root, page ? htmlPage : unknownRoot, `The root element is <${root.name}>.`);
    return "unknown";
  }
  if (!namespacesOf[known.kind].includes(root.ns)) {
    const draft = known.kind === "atom" && drafts.test(root.ns);
    const problem = draft ? draftNamespace : root.ns === "" ? namespaceMissing : wrongNamespace;
    const shown = root.ns === "" ? "no namespace" : `the namespace "${root.ns}"`;
    document.report(root, problem, `<${root.name}> is in ${shown}.`, describeNamespace(known.kind));
    if (root.ns !== "" && findPrefix(root.ns) === undefined) document.noteNamespace(root.ns, root.start);
    if (!(known.kind === "rss" && rssNamespaces.has(root.ns))) return known.kind;
  }
  const shape = known.vocabulary.shapes[known.shape];
  if (shape) walkShape(root, shape, known.vocabulary, document);
  checkConsumers(root, known.kind, document, consumers);
  return known.kind;
}

function describeNamespace(kind: DocumentKind): string {
  const home = namespacesOf[kind][0];
  return home ? `Write \`xmlns="${home}"\`.` : "Remove the `xmlns`.";
}

function describeBroken(xml: XmlDocument, text: string): string {
  const { offset = 0, message = "" } = xml.broken ?? {};
  if (/declaration/i.test(message) && /^\s*<\?xml/.test(text) && !text.startsWith("<?xml")) {
    return "Something is before `<?xml`; the declaration must come first.";
  }
  const near = text
    .slice(Math.max(0, offset - 20), offset + 1)
    .replaceAll(/\s+/g, " ")
    .trim();
  return `Not well-formed: ${message.replace(/\.$/, "")}, at \`${near}\`.`;
}

const misreadCharacter = defineProblem("xml/characters", {
  severity: "warning",
  title: "Characters that look like an encoding mistake",
  why: "C1 control characters and U+FFFD are almost always windows-1252 or doubly encoded text read wrongly; people see garbage.",
  fix: "Find where the text was decoded with the wrong encoding and write it again.",
  spec: `${specs.xml}#charsets`,
});

function checkCharacters(document: DocumentCheck): void {
  for (const match of document.text.matchAll(misread)) {
    const code = (match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    const twice = match[0].length > 1;
    const message = twice
      ? `"${match[0]}" looks like UTF-8 that was encoded twice.`
      : `The character U+${code} is not a letter or sign.`;
    document.findings.add(misreadCharacter, match.index, message);
    if (document.findings.isFull(misreadCharacter)) return;
  }
}

const externalEntity = defineProblem("xml/entity", {
  severity: "warning",
  title: "An entity that is in another file",
  why: "Readers do not fetch it, so its text is missing.",
  fix: "Write the text itself.",
  spec: `${specs.xml}#sec-external-ent`,
});

const refusedEntity = defineProblem("xml/entity-refused", {
  severity: "error",
  title: "An entity that is not safe to expand",
  why: "It grows beyond reason, refers to itself or holds markup; readers refuse such documents as an attack.",
  fix: "Write the text itself and drop the document type declaration.",
  spec: `${specs.xml}#norecursion`,
});

const lostDoctype = defineProblem("rss/doctype", {
  severity: "error",
  title: "A document type declaration",
  why: "The definitions it names are gone from the web; readers that fetch them fail.",
  fix: "Remove the `<!DOCTYPE …>` line.",
  spec: specs.rss,
});

const wrongDoctype = defineProblem("rss/doctype-version", {
  severity: "error",
  title: "A document type of another version",
  why: "The declaration is for RSS 0.91, the document is not.",
  fix: "Remove the `<!DOCTYPE …>` line.",
  spec: specs.rss,
});

function checkDoctype(xml: XmlDocument, document: DocumentCheck): void {
  const { doctype, root } = xml;
  if (!doctype) return;
  for (const name of doctype.refused) {
    document.findings.add(refusedEntity, doctype.offset, `The entity "${name}" was not expanded.`);
  }
  for (const name of doctype.externalEntities) {
    document.findings.add(externalEntity, doctype.offset, `The entity "${name}" is in another file.`);
  }
  // rssboard.org still has the document type; the address that Netscape gave it is gone.
  if (root?.local !== "rss" || !/^https?:\/\/(my|home)\.netscape\.com\//.test(doctype.systemId ?? "")) return;
  document.findings.add(lostDoctype, doctype.offset, `The document type at "${doctype.systemId}" is gone.`);
  if (attributeOf(root, "version") !== "0.91") {
    document.findings.add(wrongDoctype, doctype.offset, "The document type is that of RSS 0.91.");
  }
}
