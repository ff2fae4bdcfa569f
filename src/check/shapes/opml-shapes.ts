import { attributeOf, type ElementNode } from "../parse/xml-tree.ts";
import { attributeMissing, elementMissing } from "../rules/elements.ts";
import { defineRule, type Rule, ruleFor } from "../rules/rule.ts";
import { specs } from "../rules/specs.ts";
import type { Shape, Vocabulary } from "./shape.ts";

const rootRules: readonly Rule[] = [
  defineRule("opml/old-name", {
    severity: "warning",
    title: "`outlineDocument`",
    why: "That was its name before OPML 1.0.",
    fix: "Write `<opml>`.",
    spec: specs.opml,
    check(root, document) {
      if (root.local === "outlineDocument")
        document.report(root, this, "The document is called <outlineDocument>.");
    },
  }),
  ruleFor(attributeMissing, function (root, document) {
    if (root.local !== "outlineDocument" && attributeOf(root, "version") === undefined)
      document.report(
        root,
        this,
        `<${root.name}> has no attribute "version".`,
        'Write `<opml version="2.0">`.',
      );
  }),
  defineRule("opml/document-version", {
    severity: "error",
    title: "Not a version of OPML",
    why: "Readers know 1.0 and 2.0.",
    fix: 'Write `version="2.0"`.',
    spec: specs.opml,
    check(root, document) {
      const version = attributeOf(root, "version");
      if (root.local === "outlineDocument" || version === undefined) return;
      if (!["1.0", "1.1", "2.0"].includes(version.trim()))
        document.at(root, "version").reject(this, version, "which is not a version of OPML");
    },
  }),
];

const types = ["rss", "atom", "link", "include", "text", "blogpost", "thread", "photo", "headline"];
const versions = ["RSS", "RSS1", "RSS2", "scriptingNews", "ATOM", "ATOM1", "RSS0.91", "RSS0.92"];

const outlineRules: readonly Rule[] = [
  defineRule("opml/type", {
    severity: "warning",
    title: "A type of outline that OPML does not name",
    why: "Readers treat it as text.",
    fix: "Use `rss`, `link` or `include`.",
    spec: `${specs.opml}#1629042982000`,
    check(outline, document) {
      const type = attributeOf(outline, "type");
      if (type !== undefined && !types.includes(type.toLowerCase()))
        document.at(outline, "type").reject(this, type, "which OPML does not name");
    },
  }),
  defineRule("opml/version", {
    severity: "warning",
    title: "A feed version that does not exist",
    why: "OPML lists `RSS`, `RSS1`, `RSS2` and `scriptingNews`.",
    fix: "Write one of them or leave it out.",
    spec: `${specs.opml}#subscriptionLists`,
    check(outline, document) {
      const version = attributeOf(outline, "version");
      if (version !== undefined && !versions.includes(version))
        document.at(outline, "version").reject(this, version, "which is not a version of a feed");
    },
  }),
  defineRule("opml/type-missing", {
    severity: "warning",
    title: "A feed without a type",
    why: 'Readers look for `type="rss"`.',
    fix: 'Add `type="rss"`.',
    spec: `${specs.opml}#subscriptionLists`,
    check(outline, document) {
      if (attributeOf(outline, "type") === undefined && attributeOf(outline, "xmlUrl") !== undefined)
        document.report(outline, this, "The feed has no type.");
    },
  }),
  defineRule("opml/link-url", {
    severity: "warning",
    title: "A link without address",
    why: "There is nothing to open.",
    fix: "Add `url`.",
    spec: specs.opml,
    check(outline, document) {
      const type = attributeOf(outline, "type");
      if (/^(link|include)$/i.test(type ?? "") && attributeOf(outline, "url") === undefined)
        document.report(outline, this, `The outline of type "${type}" has no url.`);
    },
  }),
  defineRule("opml/xml-url", {
    severity: "warning",
    title: "A feed without address",
    why: "Readers cannot subscribe to it.",
    fix: "Add `xmlUrl`.",
    spec: `${specs.opml}#subscriptionLists`,
    check(outline, document) {
      if (isFeed(outline) && attributeOf(outline, "xmlUrl") === undefined)
        document.report(outline, this, "The feed has no xmlUrl.");
    },
  }),
  defineRule("opml/title", {
    severity: "warning",
    title: "A feed without title",
    why: "Some readers show `title`, not `text`.",
    fix: "Add `title`.",
    spec: `${specs.opml}#subscriptionLists`,
    check(outline, document) {
      if (isFeed(outline) && attributeOf(outline, "title") === undefined)
        document.report(outline, this, "The feed has no title.");
    },
  }),
];

function isFeed(outline: ElementNode): boolean {
  return attributeOf(outline, "type")?.toLowerCase() === "rss";
}

const shapes: Readonly<Record<string, Shape>> = {
  opmlRoot: {
    attributes: { version: "any" },
    children: { head: "opmlHead", body: "opmlBody" },
    required: { head: elementMissing, body: elementMissing },
    rules: rootRules,
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
  opmlBody: { children: { outline: "outline many" }, required: { outline: elementMissing } },
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
    rules: outlineRules,
  },
};

export const opmlVocabulary: Vocabulary = {
  own: new Set([""]),
  shapes,
  strict: new Set(),
  closed: new Set(),
  plainAttributes: false,
};
