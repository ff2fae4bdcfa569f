import { createHash } from "node:crypto";
import { decodeHTML } from "entities";
import { decodeBytes } from "../parse/decode-bytes.ts";
import { type JsonNode, memberOf, stringOf } from "../parse/json-tree.ts";
import { atomNamespace } from "../parse/namespaces.ts";
import { type ParsedDocument, parseDocument } from "../parse/parsed-document.ts";
import { attributeOf, type ElementNode } from "../parse/xml-tree.ts";
import { relationOf } from "../rules/atom-link.ts";
import { readAnyDate } from "../values/dates.ts";

/** One entry as readers know it. */
export interface FeedEntry {
  /** What readers key on: guid or id; the link, else the title, where there is none. */
  readonly id: string;
  /** Plain text; empty when there is none. */
  readonly title: string;
  /** Permalink; empty when there is none. */
  readonly url: string;
  /** Milliseconds since the epoch. */
  readonly date?: number;
  /** Milliseconds since the epoch. */
  readonly updated?: number;
  /** SHA-256 of the words of the content, whatever markup they are in. */
  readonly digest: string;
}

/** A feed document as far as others need it. */
export interface FeedDocument {
  readonly kind: "rss" | "atom" | "json" | "sitemap" | "other";
  /** The address that the document says it has, as written. */
  readonly self?: string;
  readonly entries: readonly FeedEntry[];
  /** Why the rest of the document could not be read. */
  readonly broken?: string;
}

/** The entries of a document; none when it cannot be read. Never throws. */
export function readEntries(bytes: Uint8Array, name: string): readonly FeedEntry[] {
  return readFeedDocument(bytes, name).entries;
}

/** Reads what a document says about itself and its entries. Never throws; JSON is recognised by the extension of `name`. */
export function readFeedDocument(bytes: Uint8Array, name: string): FeedDocument {
  const { text } = decodeBytes(bytes);
  return readParsed(parseDocument(text, /\.json$/i.test(name)));
}

/**
 * The same for a document that is parsed already; one that could not be parsed has no entries. Callers that do not compare
 * words pass a `digest` that costs no time.
 */
export function readParsed(parsed: ParsedDocument | undefined, digest: Digest = digestWords): FeedDocument {
  if (parsed === undefined) return { kind: "other", entries: [] };
  if (parsed.json) return readJson(parsed.json.root, digest);
  const { text, xml } = parsed;
  const { root } = xml;
  const offence = xml.broken && { broken: xml.broken.message };
  if (root?.local === "feed" || root?.local === "entry")
    return { ...readAtom(root, text, digest), ...offence };
  if (root?.local === "rss" || root?.local === "RDF") return { ...readRss(root, text, digest), ...offence };
  if (root?.local === "urlset") {
    const entries = root.children.map((url) => childText(url, "loc")).filter((loc) => loc !== "");
    return {
      kind: "sitemap",
      entries: entries.map((url) => makeEntry({ id: url, title: "", url, text: "" }, digest)),
    };
  }
  return { kind: "other", entries: [] };
}

/** Makes the digest of an entry's content. */
export type Digest = (text: string) => string;

const digestWords: Digest = (text) => createHash("sha256").update(wordsOf(text)).digest("hex");

interface Parts {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly text: string;
  readonly date?: number | undefined;
  readonly updated?: number | undefined;
}

function makeEntry({ id, title, url, text, date, updated }: Parts, digest: Digest): FeedEntry {
  return {
    id: id || url || title,
    title,
    url,
    ...(date !== undefined && { date }),
    ...(updated !== undefined && { updated }),
    digest: digest(text),
  };
}

/** The words of HTML or text: tags out, references decoded, white space as one space. */
function wordsOf(markup: string): string {
  return decodeHTML(markup.replaceAll(/<[^<>]*>/g, " "))
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** The elements of a feed document that are its entries, in order. */
export function listItems(root: ElementNode): readonly ElementNode[] {
  if (root.local === "entry") return [root];
  if (root.local === "feed") return root.children.filter((child) => child.local === "entry");
  const holder = root.local === "RDF" ? root : root.children.find((child) => child.local === "channel");
  return holder?.children.filter((child) => child.local === "item") ?? [];
}

function readRss(root: ElementNode, source: string, digest: Digest): FeedDocument {
  const channel = root.children.find((child) => child.local === "channel");
  const self = channel?.children.find((child) => child.ns === atomNamespace && relationOf(child) === "self");
  const address = self && attributeOf(self, "href");
  return {
    kind: "rss",
    ...(address !== undefined && { self: address }),
    entries: listItems(root).map((item) =>
      makeEntry(
        {
          id:
            childText(item, "guid") || item.attributes.find(({ name }) => name === "rdf:about")?.value || "",
          title: wordsOf(childText(item, "title")),
          url: childText(item, "link"),
          date: readAnyDate(childText(item, "pubDate", "date") || undefined),
          updated: readAnyDate(childText(item, "updated", "modified") || undefined),
          text: contentOf(item, source, ["encoded", "description"]),
        },
        digest,
      ),
    ),
  };
}

function readAtom(root: ElementNode, source: string, digest: Digest): FeedDocument {
  const self = linkOf(root, "self");
  return {
    kind: "atom",
    ...(self !== undefined && { self }),
    entries: listItems(root).map((entry) =>
      makeEntry(
        {
          id: childText(entry, "id"),
          title: wordsOf(contentOf(entry, source, ["title"])),
          url: linkOf(entry, "alternate") ?? "",
          date: readAnyDate(childText(entry, "published", "updated") || undefined),
          updated: readAnyDate(childText(entry, "updated") || undefined),
          text: contentOf(entry, source, ["content", "summary"]),
        },
        digest,
      ),
    ),
  };
}

function readJson(root: JsonNode | undefined, digest: Digest): FeedDocument {
  const items = memberOf(root, "items");
  const self = stringOf(root, "feed_url");
  return {
    kind: "json",
    ...(self !== undefined && { self }),
    entries: items?.type === "array" ? items.items.map((item) => readJsonItem(item, digest)) : [],
  };
}

function readJsonItem(item: JsonNode, digest: Digest): FeedEntry {
  const id = memberOf(item, "id");
  return makeEntry(
    {
      id: id?.type === "string" || id?.type === "number" ? String(id.value) : "",
      title: stringOf(item, "title") ?? "",
      url: stringOf(item, "url") ?? "",
      date: readAnyDate(stringOf(item, "date_published")),
      updated: readAnyDate(stringOf(item, "date_modified")),
      text:
        stringOf(item, "content_html") ?? stringOf(item, "content_text") ?? stringOf(item, "summary") ?? "",
    },
    digest,
  );
}

function childText(parent: ElementNode, ...names: string[]): string {
  for (const name of names) {
    const child = parent.children.find(({ local, ns }) => local === name && !/mrss|itunes/.test(ns));
    if (child && child.text.trim() !== "") return child.text.trim();
  }
  return "";
}

/** The first of some children that says anything; XHTML as its source. */
function contentOf(parent: ElementNode, source: string, names: readonly string[]): string {
  for (const name of names) {
    const child = parent.children.find(({ local, ns }) => local === name && !/mrss|itunes/.test(ns));
    if (!child) continue;
    if (child.children.length > 0) return source.slice(child.inner, Math.max(child.inner, child.end));
    if (child.text.trim() !== "") return child.text;
  }
  return "";
}

function linkOf(parent: ElementNode, relation: string): string | undefined {
  const link = parent.children.find(
    (child) => child.ns === atomNamespace && child.local === "link" && relationOf(child) === relation,
  );
  return link && attributeOf(link, "href");
}

/**
 * Copies what is remembered of many documents: a part of a string keeps the whole string in memory. Equal strings are
 * stored once.
 */
export class EntryDetacher {
  readonly #words = new Map<string, string>();

  detach(feed: FeedDocument): FeedDocument {
    const entries = feed.entries.map((entry) => ({
      ...entry,
      id: this.#copy(entry.id),
      title: this.#copy(entry.title),
      url: this.#copy(entry.url),
    }));
    return { ...feed, ...(feed.self !== undefined && { self: this.#copy(feed.self) }), entries };
  }

  #copy(word: string): string {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    const copy = Buffer.from(word, "utf16le").toString("utf16le");
    this.#words.set(copy, copy);
    return copy;
  }
}
