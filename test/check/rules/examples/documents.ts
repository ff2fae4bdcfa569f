// Whole documents around the part that a test is about, valid in every other respect.
import type { CheckedDocument, CheckOptions } from "../../../../src/check/check-document.ts";

/** A document that breaks a rule, and one that does not. */
export interface Example {
  readonly bad: string | Uint8Array;
  /** The same without the fault; absent where the sound documents of documents.test.ts show it. */
  readonly good?: string | Uint8Array;
  readonly about?: Partial<CheckedDocument>;
  readonly options?: CheckOptions;
}

/** The clock of all these tests. */
export const today = Date.UTC(2026, 10, 23);

const namespaces = {
  atom: "http://www.w3.org/2005/Atom",
  content: "http://purl.org/rss/1.0/modules/content/",
  dc: "http://purl.org/dc/elements/1.1/",
  itunes: "http://www.itunes.com/dtds/podcast-1.0.dtd",
  media: "http://search.yahoo.com/mrss/",
  podcast: "https://podcastindex.org/namespace/1.0",
  slash: "http://purl.org/rss/1.0/modules/slash/",
  sy: "http://purl.org/rss/1.0/modules/syndication/",
  thr: "http://purl.org/syndication/thread/1.0",
  fh: "http://purl.org/syndication/history/1.0",
  georss: "http://www.georss.org/georss",
  geo: "http://www.w3.org/2003/01/geo/wgs84_pos#",
  wfw: "http://wellformedweb.org/CommentAPI/",
  app: "http://www.w3.org/2007/app",
} as const;

/** Declares what the text uses. */
function declare(text: string): string {
  return Object.entries(namespaces)
    .filter(([prefix]) => text.includes(`<${prefix}:`) || text.includes(` ${prefix}:`))
    .map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`)
    .join("");
}

const selfLink = '<atom:link rel="self" type="application/rss+xml" href="https://example.org/rss.xml"/>';

/** RSS 2.0 around the inside of a channel, which has title, link, description and self link already. */
export function channel(inside: string, attributes = ""): string {
  const body = `<channel><title>Example</title><link>https://example.org/</link><description>All of it</description>${selfLink}${inside}</channel>`;
  return `<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"${declare(body + attributes)}${attributes}>${body}</rss>\n`;
}

/** RSS 2.0 around the inside of an item, which has title, description, guid and date already. */
export function item(inside: string): string {
  return channel(
    `<item><title>One</title><description>Text</description><guid>https://example.org/1</guid><pubDate>Wed, 02 Oct 2002 08:00:00 GMT</pubDate>${inside}</item>`,
  );
}

/** RSS 2.0 around one bare item. */
export function bareItem(inside: string): string {
  return channel(`<item>${inside}</item>`);
}

const feedHead =
  '<title>Example</title><id>https://example.org/</id><updated>2026-01-02T03:04:05Z</updated><author><name>Ani</name></author><link rel="alternate" type="text/html" href="https://example.org/"/><link rel="self" href="https://example.org/atom.xml"/>';

/** Atom around the inside of a feed, which has all it needs already. */
export function feed(inside: string, head = feedHead): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"${declare(inside)}>${head}${inside}</feed>\n`;
}

/** Atom around the inside of an entry, which has id, title and dates already. */
export function entry(
  inside: string,
  rest = '<link href="https://example.org/1"/><summary>Text</summary>',
): string {
  return feed(
    `<entry><id>https://example.org/1</id><title>One</title><published>2026-01-02T03:04:05Z</published><updated>2026-01-02T03:04:05Z</updated>${rest}${inside}</entry>`,
  );
}

/** JSON Feed with other members at the top. */
export function json(members: Record<string, unknown>): string {
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: "Example",
    home_page_url: "https://example.org/",
    feed_url: "https://example.org/feed.json",
    items: [],
    ...members,
  });
}

/** JSON Feed with one item. */
export function jsonItem(members: Record<string, unknown>): string {
  return json({
    items: [
      {
        id: "https://example.org/1",
        url: "https://example.org/1",
        content_html: "<p>Text</p>",
        date_published: "2026-01-02T03:04:05Z",
        ...members,
      },
    ],
  });
}

/** OPML around outlines. */
export function opml(outlines: string, head = "<title>Feeds</title>", version = "2.0"): string {
  return `<opml version="${version}"><head>${head}</head><body>${outlines}</body></opml>`;
}

/** A sitemap around `url` elements. */
export function sitemap(urls: string): string {
  return `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">${urls}</urlset>`;
}

/** One address of a news sitemap. */
export function newsUrl(
  name = "The Example",
  language = "en",
  date = "2026-11-22T10:00:00Z",
  at = "1",
): string {
  return `<url><loc>https://example.org/${at}</loc><news:news><news:publication><news:name>${name}</news:name><news:language>${language}</news:language></news:publication><news:publication_date>${date}</news:publication_date><news:title>One</news:title></news:news></url>`;
}
