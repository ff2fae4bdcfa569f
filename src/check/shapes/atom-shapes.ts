// Atom (RFC 4287).
import { atomNamespace } from "../parse/namespaces.ts";
import { entryRules, sourceRules } from "../rules/atom-entry.ts";
import { feedRules } from "../rules/atom-feed.ts";
import { linkRules } from "../rules/atom-link.ts";
import { checkContent, checkText } from "../rules/atom-text.ts";
import { checkXhtmlBody } from "../rules/atom-xhtml.ts";
import { elementMissing } from "../rules/elements.ts";
import {
  closedExtensions,
  extensionShapes,
  extensionsOfEntry,
  extensionsOfFeed,
} from "./extension-shapes.ts";
import type { Shape, Vocabulary } from "./shape.ts";

/** Elements that a feed and the source of an entry share. */
const feedParts = {
  author: "atomPerson many",
  category: "atomCategory many",
  contributor: "atomPerson many",
  generator: "atomGenerator nonblank",
  icon: "bare-reference nonblank",
  id: "bare-id",
  link: "atomLink many",
  logo: "bare-reference nonblank",
  rights: "atomText",
  subtitle: "atomText",
  title: "atomText",
  updated: "bare-atom-date",
} as const;

const feedRequired = { id: elementMissing, title: elementMissing, updated: elementMissing } as const;

/** Shapes of Atom that other vocabularies borrow. */
export const atomShapes: Readonly<Record<string, Shape>> = {
  atomPerson: {
    children: {
      name: "plain nonblank",
      email: "bare-email",
      uri: "bare-reference",
      "atom:name": "plain nonblank",
      "atom:email": "email",
      "atom:uri": "reference",
    },
    check: (element, document) => {
      if (!element.children.some((child) => child.local === "name")) {
        document.report(element, elementMissing, `<${element.name}> has no <name>.`);
      }
    },
  },
  atomText: { attributes: { type: "any", mode: "any" }, opaque: true, value: "any", check: checkText },
  atomContent: {
    attributes: { type: "any", src: "reference-attribute", mode: "any" },
    opaque: true,
    value: "any",
    check: checkContent,
  },
  atomGenerator: { value: "plain", attributes: { uri: "reference-attribute", version: "any" }, children: {} },
  atomCategory: {
    value: "any",
    attributes: { term: "any required", scheme: "url-attribute", label: "plain" },
    opaque: true,
  },
  atomLink: {
    attributes: {
      href: "reference-attribute",
      rel: "any nonblank",
      type: "media-type",
      hreflang: "language",
      title: "plain nonblank",
      length: "count",
      "thr:count": "count",
      "thr:updated": "atom-date",
      "thr:when": "thread-when",
    },
    opaque: true,
    value: "any",
    rules: linkRules,
  },
  xhtmlBody: { opaque: true, value: "any", check: checkXhtmlBody },
};

const shapes: Readonly<Record<string, Shape>> = {
  ...extensionShapes,
  ...atomShapes,
  atomFeed: {
    children: {
      ...feedParts,
      entry: "atomEntry many",
      ...extensionsOfFeed,
      ...pickThreading(),
      "at:deleted-entry": "deletedEntry many",
    },
    required: feedRequired,
    rules: feedRules,
  },
  atomEntry: {
    children: {
      author: "atomPerson many",
      category: "atomCategory many",
      content: "atomContent",
      contributor: "atomPerson many",
      id: "bare-id",
      link: "atomLink many",
      published: "bare-atom-date",
      rights: "atomText",
      source: "atomSource",
      summary: "atomText",
      title: "atomText",
      updated: "bare-atom-date",
      "app:edited": "atom-date",
      "app:control": "appControl",
      ...extensionsOfEntry,
    },
    required: feedRequired,
    rules: entryRules,
  },
  atomSource: { children: { ...feedParts, ...extensionsOfFeed, ...pickThreading() }, rules: sourceRules },
  appControl: { children: { "app:draft": "app-draft" } },
  deletedEntry: {
    attributes: { ref: "url-attribute required", when: "atom-date required" },
    children: { "at:by": "atomPerson", "at:comment": "atomText", link: "atomLink many" },
  },
};

/** Threading elements outside entries: RFC 4287, section 6.4 allows them, and RFC 4685 does not forbid it. */
function pickThreading() {
  return { "thr:in-reply-to": "inReplyTo many" };
}

export const atomVocabulary: Vocabulary = {
  own: new Set([atomNamespace]),
  shapes,
  strict: new Set(["itunes", "trackback"]),
  closed: closedExtensions,
  plainAttributes: false,
};
