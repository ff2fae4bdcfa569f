// In comes any Feed of the package `feed`; out goes an RSS 2.0 document (rssboard.org/rss-specification and -profile).
import type { Feed } from "feed";
import { type EntryContext, type FormatWriter, writeWhole } from "./format-writer.ts";
import { type CleanEntry, changedAt, type Person } from "./input/clean-entry.ts";
import { type CleanHead, cleanHead, itemsOf } from "./input/clean-head.ts";
import { rfc822 } from "./input/instants.ts";
import { mediaTypeOf } from "./input/read-values.ts";
import { elementsOfAdditions } from "./namespaces/any/compact-elements.ts";
import { channelLinks, updatedElement } from "./namespaces/atom-in-rss.ts";
import { commentFeed } from "./namespaces/comment-api.ts";
import { encodedContent } from "./namespaces/content.ts";
import { creators, dublinCore } from "./namespaces/dublin-core.ts";
import { geoPoint } from "./namespaces/geo-rss.ts";
import { licenceInRss } from "./namespaces/licence.ts";
import { enclosureOf, mediaElements } from "./namespaces/media.ts";
import { sourceMarkdown } from "./namespaces/source.ts";
import { inReplyTo } from "./namespaces/threading.ts";
import { type Attributes, element, renderElements, type XmlElement } from "./xml.ts";
import { fragmentOf, openRoot, prefixesIn, prolog } from "./xml-document.ts";

/**
 * Writes any `Feed` as RSS 2.0. Total: never throws; characters that XML forbids are left out, so are dates that
 * are invalid or outside the years 1970 to 9999, URLs that are not absolute, and extensions with unknown prefixes.
 */
export function rss2(feed: Feed): string {
  return writeWhole(rssWriter, feed, itemsOf(feed), cleanHead(feed).namespaces);
}

export const rssWriter: FormatWriter = {
  format: "rss",
  serializeEntry(entry, context: EntryContext = {}) {
    const children = itemElements(entry);
    addAll(children, elementsOfAdditions(entry.additions, "rss", context.namespaces));
    return fragmentOf([element("item", children)], 2);
  },
  frameDocument(feed, fragments) {
    const head = cleanHead(feed);
    const elements = [
      ...channelElements(head),
      ...elementsOfAdditions(head.additions, "rss", head.namespaces),
    ];
    const root = openRoot("rss", { version: "2.0" }, prefixesIn(elements, fragments), head.namespaces);
    const start = `${prolog(head.stylesheet)}${root}  <channel>\n${renderElements(elements, 2)}`;
    return { start, between: "", end: "  </channel>\n</rss>\n" };
  },
};

/** The element, or nothing where there is no text for it. */
function optional(name: string, text: string | undefined, attributes?: Attributes): XmlElement[] {
  return text === undefined ? [] : [element(name, text, attributes)];
}

/** The profile's advice for plain text: `&` and `<` as numbers, so that nobody takes them for HTML. */
function plainText(name: string, text: string): XmlElement {
  return { name, content: text, escape: "numeric" };
}

function channelElements(head: CleanHead): XmlElement[] {
  return [
    plainText("title", head.title),
    element("link", head.link ?? head.self.rss),
    element("description", head.description || head.title),
    ...optional("language", head.language),
    ...optional("copyright", head.copyright),
    ...optional("managingEditor", mailbox(head.authors.find((one) => one.email))),
    ...optional("pubDate", head.published === undefined ? undefined : rfc822(head.published)),
    ...optional("lastBuildDate", head.updated === undefined ? undefined : rfc822(head.updated)),
    ...head.categories.map((category) => element("category", category)),
    ...optional("generator", head.generator),
    element("docs", head.docs),
    ...optional("ttl", head.ttl?.toString()),
    ...channelImage(head),
    ...channelLinks(head),
  ];
}

/** RSS allows GIF, JPEG and PNG; title and link repeat the channel's. */
function channelImage(head: CleanHead): XmlElement[] {
  const { image, link } = head;
  if (image === undefined || link === undefined) return [];
  if (!["image/gif", "image/jpeg", "image/png"].includes(mediaTypeOf(undefined, image))) return [];
  return [element("image", [element("url", image), plainText("title", head.title), element("link", link)])];
}

/** Written for each of thousands of entries: a list that grows costs several times less than one spread into another. */
function itemElements(entry: CleanEntry): XmlElement[] {
  const { title, id, url, published, comments } = entry;
  const elements = title === "" ? [] : [plainText("title", title)];
  if (url !== undefined) elements.push(element("link", url));
  elements.push(element("guid", id, { isPermaLink: id === url ? "true" : "false" }));
  if (published !== undefined) elements.push(element("pubDate", rfc822(published)));
  addAll(elements, updatedElement(changedAt(entry)));
  addAll(elements, authorElements(entry.authors));
  for (const { name, scheme, domain } of entry.categories)
    elements.push(element("category", name, { domain: domain ?? scheme }));
  addAll(elements, dublinCore(entry));
  addAll(elements, licenceInRss(entry));
  if (comments !== undefined) elements.push(element("comments", comments));
  addAll(elements, commentFeed(entry));
  addAll(elements, enclosureElements(entry));
  elements.push(element("description", entry.description ?? entry.body));
  addAll(elements, encodedContent(entry));
  addAll(elements, mediaElements(entry));
  addAll(elements, inReplyTo(entry));
  addAll(elements, geoPoint(entry));
  addAll(elements, sourceMarkdown(entry));
  return elements;
}

function addAll(elements: XmlElement[], more: readonly XmlElement[]): void {
  for (const one of more) elements.push(one);
}

/** One author with an e-mail address is an `author`; names alone, and several people, are `dc:creator`s. */
function authorElements(authors: readonly Person[]): XmlElement[] {
  const [first, ...others] = authors;
  const box = others.length === 0 ? mailbox(first) : undefined;
  return box ? [element("author", box)] : creators(authors);
}

function mailbox(person: Person | undefined): string | undefined {
  if (!person?.email) return undefined;
  const name = person.name.replace(/[()]/g, " ").replace(/\s+/g, " ").trim();
  return name === "" || name === person.email ? person.email : `${person.email} (${name})`;
}

/** At most one; an unknown length is written 0. */
function enclosureElements(entry: CleanEntry): XmlElement[] {
  const file = enclosureOf(entry);
  if (file === undefined) return [];
  return [element("enclosure", undefined, { url: file.url, length: file.length ?? 0, type: file.type })];
}
