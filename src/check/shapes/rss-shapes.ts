// Out goes RSS 0.9x, 1.0 and 2.0 as a table: root, channel and item.
import { rdfNamespace, rssNamespaces } from "../parse/namespaces.ts";
import { checkChannel, checkRssRoot } from "../rules/rss-channel.ts";
import { checkEnclosure, checkGuid, checkItem } from "../rules/rss-item.ts";
import {
  checkAbout,
  checkCloud,
  checkDays,
  checkHours,
  checkImage,
  checkTextInput,
} from "../rules/rss-parts.ts";
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
    title: "rss/title-missing",
    link: "rss/link-missing",
    description: "rss/description-missing",
  },
  check: checkChannel,
};

/** The channel of RSS 0.90 and 1.0: its items stand beside it. */
const rdfChannel: Shape = {
  ...channel,
  children: { ...channel.children, textinput: "rssTextInput", items: "foreign" },
  check: (element, check) => {
    checkAbout(element, check);
    checkChannel(element, check);
  },
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
  check: checkItem,
};

const rdfItem: Shape = {
  ...item,
  required: { title: "rss/title-missing", link: "rss/link-missing" },
  check: (element, check) => {
    checkAbout(element, check);
    checkItem(element, check);
  },
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
    check: checkCloud,
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
    check: checkImage,
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
    check: checkTextInput,
  },
  rssHours: { children: { hour: "hour many" }, required: { hour: "element/missing" }, check: checkHours },
  rssDays: { children: { day: "day many" }, required: { day: "element/missing" }, check: checkDays },
  rssGuid: { value: "any", attributes: { isPermaLink: "boolean" }, check: checkGuid },
  rssSource: { value: "plain", attributes: { url: "url-attribute required" } },
  rssEnclosure: {
    attributes: { url: "web-url required", length: "any required", type: "media-type required" },
    check: checkEnclosure,
  },
};

const shapes: Readonly<Record<string, Shape>> = {
  ...extensionShapes,
  ...atomShapes,
  rssRoot: {
    attributes: { version: "any required" },
    children: { channel: "rssChannel" },
    required: { channel: "rss/channel-missing" },
    check: checkRssRoot,
  },
  rdfRoot: {
    children: { channel: "rdfChannel", image: "rssImage", item: "rdfItem many", textinput: "rssTextInput" },
    required: { channel: "rss/channel-missing" },
  },
  rssChannel: channel,
  rdfChannel,
  rdfItem,
  rssItem: item,
  ...rssPartShapes,
};

export const rssVocabulary: Vocabulary = {
  own: rssNamespaces,
  shapes,
  strict: new Set(["itunes", "trackback", "media"]),
  closed: closedExtensions,
  plainAttributes: true,
  unknown: (child, parent, check) => {
    if (child.ns === rdfNamespace) return true;
    if (child.local.toLowerCase() === "blink" && (child.ns === "" || child.name.startsWith("blogChannel:"))) {
      check.report(child, "rss/blink", `<${child.name}> stands in <${parent.name}>.`);
      return child.ns === "";
    }
    return false;
  },
};
