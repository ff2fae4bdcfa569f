import type { Feed } from "feed";
import { type FeedFormat, writeFeed } from "./format.ts";
import type { CleanEntry, Label, Media, Person } from "./input/clean-entry.ts";
import type { CleanHead } from "./input/clean-head.ts";
import { atomId, isAbsoluteIri } from "./input/entry-id.ts";
import { fieldOf, languageOf, urlOf, valuesOf } from "./input/read-values.ts";
import { supplementsOf } from "./namespaces/registry.ts";
import { threading } from "./namespaces/threading.ts";
import { firstWords, htmlToText, rfc3339 } from "./text.ts";
import {
  type Attributes,
  element,
  fragmentOf,
  openRoot,
  optional,
  prolog,
  renderElements,
  type XmlElement,
} from "./xml.ts";

/**
 * Writes any `Feed` as Atom 1.0 (RFC 4287). Total: never throws; characters that XML forbids are left out, so are URLs
 * that are not absolute and extensions with unknown prefixes. Where Atom demands a date and none is known or plausible
 * (years 1970 to 9999), 1970-01-01T00:00:00Z is written: a date that is clearly not a real one.
 */
export function atom1(feed: Feed): string {
  return writeFeed(atom, feed);
}

export const atom: FeedFormat = {
  format: "atom",
  label: "Atom",
  fileName: "atom.xml",
  mediaType: "application/atom+xml",
  opmlVersion: "ATOM",
  serializeEntry(entry) {
    const children = entryElements(entry);
    supplements.addEntry(children, entry);
    return fragmentOf([element("entry", children, { "xml:lang": entry.language })], 1);
  },
  frameDocument(head, fragments) {
    const elements = [...feedElements(head), ...supplements.channel(head)];
    const attributes = { xmlns: "http://www.w3.org/2005/Atom", "xml:lang": head.language };
    const root = openRoot("feed", attributes, elements, fragments, head.namespaces);
    const start = `${prolog(head.stylesheet)}${root}${renderElements(elements, 1)}`;
    return { start, between: "", end: "</feed>\n" };
  },
};

const supplements = supplementsOf("atom", [threading]);

function link(rel: string, href: string | undefined, more: Attributes = {}): XmlElement[] {
  return href === undefined ? [] : [element("link", undefined, { rel, ...more, href })];
}

/** Numeric references, as in RSS: some readers decode named ones twice. */
function title(text: string): XmlElement {
  return { name: "title", content: text, attributes: { type: "text" }, escape: "numeric" };
}

function person(name: string, one: Omit<Person, "avatar">): XmlElement {
  return element(name, [
    element("name", one.name),
    ...optional("uri", one.url),
    ...optional("email", one.email),
  ]);
}

function feedElements(head: CleanHead): XmlElement[] {
  const authors =
    head.authors.length > 0 ? head.authors : [{ name: head.title, url: head.link, email: undefined }];
  return [
    element("id", head.id),
    title(head.title),
    ...optional("subtitle", head.description || undefined, { type: "text" }),
    element("updated", rfc3339(head.updated ?? 0)),
    ...link("alternate", head.link, { type: "text/html" }),
    ...link("self", head.self.atom, { type: "application/atom+xml" }),
    ...head.hubs.flatMap((hub) => link("hub", hub)),
    ...historyElements(head),
    ...authors.map((one) => person("author", one)),
    ...head.contributors.map((one) => person("contributor", one)),
    ...head.categories.map((term) => element("category", undefined, { term })),
    ...optional("generator", head.generator),
    ...optional("icon", head.favicon),
    ...optional("logo", head.image),
    ...optional("rights", head.copyright, { type: "text" }),
  ];
}

/** RFC 5005, section 4: an archive says what it is; the links lead through all of them and back. */
function historyElements({ history: { current, previous, next } }: CleanHead): XmlElement[] {
  const type = "application/atom+xml";
  return [
    ...(current.atom === undefined ? [] : [element("fh:archive")]),
    ...link("current", current.atom, { type }),
    ...link("prev-archive", previous.atom, { type }),
    ...link("next-archive", next.atom, { type }),
  ];
}

/** One a language, none in the entry's own; behind the page itself, which readers take for the first alternate. */
function translationLinks({ of, language: own }: CleanEntry): XmlElement[] {
  const given = valuesOf(of("translations"));
  if (given.length === 0) return [];
  const urls = new Map<string, string>();
  for (const one of given) {
    const language = languageOf(fieldOf(one, "language"));
    const url = urlOf(fieldOf(one, "url"));
    if (language && url && language !== own && !urls.has(language)) urls.set(language, url);
  }
  return [...urls].flatMap(([hreflang, url]) => link("alternate", url, { type: "text/html", hreflang }));
}

function entryElements(entry: CleanEntry): XmlElement[] {
  const published = entry.published ?? entry.updated ?? 0;
  return [
    element("id", atomId(entry.id)),
    title(titleOf(entry)),
    element("published", rfc3339(published)),
    element("updated", rfc3339(entry.updated ?? published)),
    ...link("alternate", entry.url, { type: "text/html" }),
    ...translationLinks(entry),
    ...link("related", entry.externalUrl),
    ...link("via", urlOf(entry.of("canonical"))),
    // RFC 4946.
    ...link("license", urlOf(entry.of("license"))),
    ...link("replies", entry.comments, { type: "text/html" }),
    ...entry.attachments.flatMap(enclosure),
    ...entry.authors.map((one) => person("author", one)),
    ...entry.contributors.map((one) => person("contributor", one)),
    ...entry.categories.map(category),
    ...optional("rights", entry.copyright, { type: "text" }),
    ...threading.entry(entry),
    ...summary(entry),
    ...content(entry),
  ];
}

/** Atom has no entries without a title: a note gets its first words, else its image's text, its address or its id. */
function titleOf(entry: CleanEntry): string {
  if (entry.title !== "") return entry.title;
  const text = htmlToText(entry.description ?? entry.body);
  return firstWords(text, 60) || entry.image?.alt || entry.url || entry.id;
}

function enclosure(file: Media): XmlElement[] {
  return link("enclosure", file.url, { type: file.type, length: file.length, title: file.title });
}

function category({ name, term, scheme, domain }: Label): XmlElement {
  const where = scheme ?? (domain !== undefined && isAbsoluteIri(domain) ? domain : undefined);
  return element("category", undefined, { term, scheme: where, label: name === term ? undefined : name });
}

/** A summary that is plain text says so; one with elements or entities in it is HTML. */
function summary({ description }: CleanEntry): XmlElement[] {
  if (description === undefined) return [];
  return description.includes("<")
    ? [element("summary", description, { type: "html" })]
    : [element("summary", htmlToText(description), { type: "text" })];
}

/** RFC 4287, section 4.1.1.1 asks for content or an alternate link. */
function content(entry: CleanEntry): XmlElement[] {
  const html = entry.content ?? (entry.description && entry.url ? undefined : entry.body);
  return html === undefined ? [] : [element("content", html, { type: "html" })];
}
