import type { Feed } from "feed";
import { type FeedFormat, writeFeed } from "./format.ts";
import type { CleanEntry, Person } from "./input/clean-entry.ts";
import type { CleanHead } from "./input/clean-head.ts";
import { mediaTypeOf } from "./input/read-values.ts";
import { atomInRss } from "./namespaces/atom-in-rss.ts";
import { commentApi } from "./namespaces/comment-api.ts";
import { contentModule } from "./namespaces/content.ts";
import { creativeCommons } from "./namespaces/creative-commons.ts";
import { creators, dublinCore } from "./namespaces/dublin-core.ts";
import { enclosureOf } from "./namespaces/media.ts";
import { supplementsOf } from "./namespaces/registry.ts";
import { rfc822 } from "./text.ts";
import { element, fragmentOf, openRoot, optional, prolog, renderElements, type XmlElement } from "./xml.ts";

/**
 * Writes any `Feed` as RSS 2.0 (rssboard.org/rss-specification and -profile). Total: never throws; characters that XML
 * forbids are left out, so are dates that are invalid or outside the years 1970 to 9999, URLs that are not absolute, and
 * extensions with unknown prefixes.
 */
export function rss2(feed: Feed): string {
  return writeFeed(rss, feed);
}

export const rss: FeedFormat = {
  format: "rss",
  label: "RSS",
  fileName: "rss.xml",
  mediaType: "application/rss+xml",
  opmlVersion: "RSS2",
  serializeEntry(entry) {
    return fragmentOf([element("item", itemElements(entry))], 2);
  },
  frameDocument(head, fragments) {
    const elements = [...channelElements(head), ...supplements.channel(head)];
    const root = openRoot("rss", { version: "2.0" }, elements, fragments, head.namespaces);
    const start = `${prolog(head.stylesheet)}${root}  <channel>\n${renderElements(elements, 2)}`;
    return { start, between: "", end: "  </channel>\n</rss>\n" };
  },
};

const supplements = supplementsOf("rss", [atomInRss, dublinCore, creativeCommons, commentApi, contentModule]);

/** The profile's advice for plain text: `&` and `<` as numbers, so that they are not taken for HTML. */
function plainText(name: string, text: string): XmlElement {
  return { name, content: text, escape: "numeric" };
}

function channelElements(head: CleanHead): XmlElement[] {
  const editor = head.authors.find((one) => one.email);
  return [
    plainText("title", head.title),
    element("link", head.link ?? head.self.rss),
    element("description", head.description || head.title),
    ...optional("language", head.language),
    ...optional("copyright", head.copyright),
    ...optional("managingEditor", mailbox(editor) ?? editor?.email),
    ...optional("pubDate", head.published === undefined ? undefined : rfc822(head.published)),
    ...optional("lastBuildDate", head.updated === undefined ? undefined : rfc822(head.updated)),
    ...head.categories.map((category) => element("category", category)),
    ...optional("generator", head.generator),
    element("docs", head.docs),
    ...optional("ttl", head.ttl?.toString()),
    ...channelImage(head),
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
  addAll(elements, atomInRss.entry(entry));
  addAll(elements, authorElements(entry.authors));
  for (const { name, scheme, domain } of entry.categories)
    elements.push(element("category", name, { domain: domain ?? scheme }));
  addAll(elements, dublinCore.entry(entry, "rss"));
  addAll(elements, creativeCommons.entry(entry, "rss"));
  if (comments !== undefined) elements.push(element("comments", comments));
  addAll(elements, commentApi.entry(entry));
  addAll(elements, enclosureElements(entry));
  elements.push(element("description", entry.description ?? entry.body));
  addAll(elements, contentModule.entry(entry));
  supplements.addEntry(elements, entry);
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
  const { name } = person;
  // These have a meaning in addresses (RFC 5322, sections 3.2.1 and 3.4), and programs refuse or cut such names.
  if (/[,()<>"\\]/.test(name)) return undefined;
  return name === "" || name === person.email ? person.email : `${person.email} (${name})`;
}

/** At most one; an unknown length is written 0. */
function enclosureElements(entry: CleanEntry): XmlElement[] {
  const file = enclosureOf(entry);
  if (file === undefined) return [];
  return [element("enclosure", undefined, { url: file.url, length: file.length ?? 0, type: file.type })];
}
