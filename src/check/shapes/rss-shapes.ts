// RSS 0.9x, 1.0 and 2.0.
import { defineProblem } from "../../model/problem.ts";
import { rdfNamespace, rssNamespaces } from "../parse/namespaces.ts";
import { elementMissing } from "../rules/elements.ts";
import { channelRules, rssRootRules } from "../rules/rss-channel.ts";
import { enclosureRules, guidRules, itemRules } from "../rules/rss-item.ts";
import {
  aboutRule,
  cloudRules,
  daysRules,
  hoursRules,
  imageRules,
  rssDescriptionMissing,
  rssLinkMissing,
  rssTitleMissing,
  textInputRules,
} from "../rules/rss-parts.ts";
import { specs } from "../rules/specs.ts";
import { atomShapes } from "./atom-shapes.ts";
import {
  closedExtensions,
  dublinCoreChildren,
  extensionShapes,
  extensionsOfEntry,
  extensionsOfFeed,
} from "./extension-shapes.ts";
import type { Shape, Vocabulary } from "./shape.ts";

/** Elements of Atom that RSS feeds borrow. */
const atomInChannel = {
  "atom:link": "atomLink many",
  "atom:id": "id",
  "atom:updated": "atom-date",
  "atom:author": "atomPerson many",
  "atom:contributor": "atomPerson many",
  "atom:icon": "reference",
  "atom:logo": "reference",
  "atom:rights": "atomText",
  "atom:subtitle": "atomText",
  "atom:title": "atomText",
  "atom:generator": "atomGenerator",
  "atom:category": "atomCategory many",
};
const atomInItem = {
  "atom:link": "atomLink many",
  "atom:id": "id",
  "atom:updated": "atom-date",
  "atom:published": "atom-date",
  "atom:author": "atomPerson many",
  "atom:contributor": "atomPerson many",
  "atom:content": "atomContent",
  "atom:summary": "atomText",
  "atom:title": "atomText",
  "atom:rights": "atomText",
  "atom:source": "foreign",
  "atom:category": "atomCategory many",
};

const channel: Shape = {
  attributes: { "rdf:about": "any" },
  children: {
    title: "title nonblank",
    link: "url",
    description: "plain nonblank",
    language: "language",
    copyright: "plain nonblank",
    managingEditor: "contact",
    webMaster: "contact",
    pubDate: "rss-date",
    lastBuildDate: "rss-date",
    category: "rssCategory nonblank many",
    generator: "plain nonblank",
    docs: "url",
    cloud: "rssCloud",
    ttl: "positive-integer",
    image: "rssImage",
    rating: "any",
    textInput: "rssTextInput",
    skipHours: "rssHours",
    skipDays: "rssDays",
    item: "rssItem many",
    ...extensionsOfFeed,
    ...atomInChannel,
    "rdf:type": "foreign many",
  },
  required: {
    title: rssTitleMissing,
    link: rssLinkMissing,
    description: rssDescriptionMissing,
  },
  rules: channelRules,
};

/** The channel of RSS 0.90 and 1.0: its items are beside it. */
const rdfChannel: Shape = {
  ...channel,
  children: { ...channel.children, textinput: "rssTextInput", items: "foreign" },
  rules: [aboutRule, ...channelRules],
};

const item: Shape = {
  attributes: { "rdf:about": "any" },
  children: {
    title: "title nonblank",
    link: "url",
    description: "html",
    author: "contact",
    category: "rssCategory nonblank many",
    comments: "url",
    enclosure: "rssEnclosure many",
    guid: "rssGuid nonblank",
    pubDate: "rss-date",
    source: "rssSource nonblank",
    ...extensionsOfEntry,
    ...atomInItem,
    "content:encoded": "html",
    "content:items": "foreign",
    "xhtml:body": "xhtmlBody",
    "xhtml:div": "xhtmlBody",
    "rdf:type": "foreign many",
  },
  rules: itemRules,
};

const rdfItem: Shape = {
  ...item,
  required: { title: rssTitleMissing, link: rssLinkMissing },
  rules: [aboutRule, ...itemRules],
};

/** What holds more than a value inside a channel or an item. */
const rssPartShapes: Readonly<Record<string, Shape>> = {
  rssCategory: { value: "plain", attributes: { domain: "any" } },
  rssCloud: {
    attributes: {
      domain: "any required",
      port: "port required",
      path: "any required",
      registerProcedure: "any required",
      protocol: "cloud-protocol required",
    },
    rules: cloudRules,
  },
  rssImage: {
    attributes: { "rdf:about": "any", "rdf:resource": "any" },
    children: {
      url: "url",
      title: "title nonblank",
      link: "url",
      width: "image-width",
      height: "image-height",
      description: "plain nonblank",
      ...dublinCoreChildren,
    },
    rules: imageRules,
  },
  rssTextInput: {
    attributes: { "rdf:about": "any", "rdf:resource": "any" },
    children: {
      title: "title nonblank",
      description: "plain nonblank",
      name: "form-name",
      link: "url",
      ...dublinCoreChildren,
    },
    rules: textInputRules,
  },
  rssHours: { children: { hour: "hour many" }, required: { hour: elementMissing }, rules: hoursRules },
  rssDays: { children: { day: "day many" }, required: { day: elementMissing }, rules: daysRules },
  rssGuid: { value: "any", attributes: { isPermaLink: "boolean" }, rules: guidRules },
  rssSource: { value: "plain", attributes: { url: "url-attribute required" } },
  rssEnclosure: {
    attributes: { url: "web-url required", length: "any required", type: "media-type required" },
    rules: enclosureRules,
  },
};

const channelMissing = defineProblem("rss/channel-missing", {
  severity: "error",
  title: "No channel",
  why: "Everything of an RSS feed is inside `<channel>`.",
  fix: "Add `<channel>`.",
  spec: specs.rss,
});

const shapes: Readonly<Record<string, Shape>> = {
  ...extensionShapes,
  ...atomShapes,
  rssRoot: {
    attributes: { version: "any required" },
    children: { channel: "rssChannel" },
    required: { channel: channelMissing },
    rules: rssRootRules,
  },
  rdfRoot: {
    children: { channel: "rdfChannel", image: "rssImage", item: "rdfItem many", textinput: "rssTextInput" },
    required: { channel: channelMissing },
  },
  rssChannel: channel,
  rdfChannel,
  rdfItem,
  rssItem: item,
  ...rssPartShapes,
};

const blinkElement = defineProblem("rss/blink", {
  severity: "error",
  title: "There is no blink element in RSS",
  why: "Readers skip it.",
  fix: "Remove `<blink>`.",
  spec: specs.rss,
});

export const rssVocabulary: Vocabulary = {
  own: rssNamespaces,
  shapes,
  strict: new Set(["itunes", "trackback", "media"]),
  closed: closedExtensions,
  plainAttributes: true,
  unknown: (child, parent, document) => {
    if (child.ns === rdfNamespace) return true;
    if (child.local.toLowerCase() === "blink" && (child.ns === "" || child.name.startsWith("blogChannel:"))) {
      document.report(child, blinkElement, `<${child.name}> is in <${parent.name}>.`);
      return child.ns === "";
    }
    return false;
  },
};
