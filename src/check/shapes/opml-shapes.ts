// Out goes OPML 1.0 and 2.0 as a table, with the few rules that a table cannot hold.

import { attributeOf, type ElementNode } from "../parse/xml-tree.ts";
import { type DocumentCheck, Spot } from "../rules/document-check.ts";
import type { Shape, Vocabulary } from "./shape.ts";

const VERSIONS = new Set(["1.0", "1.1", "2.0"]);
const TYPES = new Set(["rss", "atom", "link", "include", "text", "blogpost", "thread", "photo", "headline"]);
const FEED_VERSIONS = new Set([
  "RSS",
  "RSS1",
  "RSS2",
  "scriptingNews",
  "ATOM",
  "ATOM1",
  "RSS0.91",
  "RSS0.92",
]);

function checkRoot(root: ElementNode, check: DocumentCheck): void {
  const version = attributeOf(root, "version");
  if (root.local === "outlineDocument") {
    check.report(root, "opml/old-name", "The document is called <outlineDocument>.");
  } else if (version === undefined) {
    check.report(
      root,
      "attribute/missing",
      `<${root.name}> has no attribute "version".`,
      'Write `<opml version="2.0">`.',
    );
  } else if (!VERSIONS.has(version.trim())) {
    new Spot(check, root, "version").reject(
      "opml/document-version",
      version,
      "which is not a version of OPML",
    );
  }
}

function checkOutline(outline: ElementNode, check: DocumentCheck): void {
  const type = attributeOf(outline, "type");
  const version = attributeOf(outline, "version");
  const feed = type?.toLowerCase() === "rss";
  if (type !== undefined && !TYPES.has(type.toLowerCase())) {
    new Spot(check, outline, "type").reject("opml/type", type, "which OPML does not name");
  }
  if (version !== undefined && !FEED_VERSIONS.has(version)) {
    new Spot(check, outline, "version").reject("opml/version", version, "which is not a version of a feed");
  }
  const xmlUrl = attributeOf(outline, "xmlUrl");
  if (type === undefined && xmlUrl !== undefined)
    check.report(outline, "opml/type-missing", "The feed has no type.");
  if (/^(link|include)$/i.test(type ?? "") && attributeOf(outline, "url") === undefined) {
    check.report(outline, "opml/link-url", `The outline of type "${type}" has no url.`);
  }
  if (!feed) return;
  if (attributeOf(outline, "xmlUrl") === undefined)
    check.report(outline, "opml/xml-url", "The feed has no xmlUrl.");
  if (attributeOf(outline, "title") === undefined)
    check.report(outline, "opml/title", "The feed has no title.");
}

const shapes: Readonly<Record<string, Shape>> = {
  opmlRoot: {
    attributes: { version: "any" },
    children: { head: "opmlHead", body: "opmlBody" },
    required: { head: "element/missing", body: "element/missing" },
    check: checkRoot,
  },
  opmlHead: {
    children: {
      title: "any",
      dateCreated: "rss-date",
      dateModified: "rss-date",
      ownerName: "any",
      ownerEmail: "contact-quiet",
      ownerId: "url",
      docs: "url",
      expansionState: "expansion",
      vertScrollState: "integer",
      windowTop: "integer",
      windowLeft: "integer",
      windowBottom: "integer",
      windowRight: "integer",
      link: "any many",
      cloud: "any",
    },
  },
  opmlBody: { children: { outline: "outline many" }, required: { outline: "element/missing" } },
  outline: {
    attributes: {
      text: "any required",
      type: "any",
      isComment: "boolean",
      isBreakpoint: "boolean",
      created: "rss-date",
      category: "any",
      xmlUrl: "url-attribute",
      htmlUrl: "url-attribute",
      url: "url-attribute",
      description: "any",
      language: "language",
      title: "any",
      version: "any",
    },
    children: { outline: "outline many" },
    check: checkOutline,
  },
};

export const opmlVocabulary: Vocabulary = {
  own: new Set([""]),
  shapes,
  strict: new Set(),
  closed: new Set(),
  plainAttributes: false,
};
