import { generatorWords } from "../../model/generator-mark.ts";
import type { OutputFile } from "../../model/plan.ts";
import type { Post } from "../../model/post.ts";
import { rfc3339 } from "../text.ts";
import { type Attributes, element, renderAttributes, renderElements, type XmlElement } from "../xml.ts";

/** The part of a post that a sitemap uses. */
export type SitemapPost = Pick<Post, "url" | "date" | "updated" | "canonical">;

export interface SitemapLimits {
  readonly urls: number;
  readonly bytes: number;
}

/** The protocol allows 50,000 URLs and 50 MiB; what is around the entries needs a little room. */
const protocolLimits: SitemapLimits = { urls: 50_000, bytes: 52_428_800 - 1024 };

const namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

/** Writes every post once, oldest first, so that a full file does not change. */
export function makeSitemap(
  posts: readonly SitemapPost[],
  siteUrl: string,
  limits: SitemapLimits = protocolLimits,
): OutputFile[] {
  const entries = [...posts]
    .filter(isAtHome)
    .sort((a, b) => a.date - b.date || (a.url < b.url ? -1 : a.url > b.url ? 1 : 0))
    .map((post) => ({ element: urlElement(post), changed: post.updated ?? post.date }));
  return splitSitemap("sitemap", {}, entries, siteUrl, limits);
}

/** A page that is to be in no sitemap, or says its text belongs to another address, is not to be submitted. */
export function isAtHome({ url, canonical, sitemap }: Pick<Post, "url" | "canonical" | "sitemap">): boolean {
  return sitemap !== false && (canonical === undefined || canonical === url);
}

function urlElement({ url, date, updated }: SitemapPost): XmlElement {
  return element("url", [element("loc", url), element("lastmod", rfc3339(updated ?? date))]);
}

/** One entry of a sitemap and when its page last changed, in milliseconds. */
export interface SitemapEntry {
  readonly element: XmlElement;
  readonly changed: number;
}

/**
 * `<name>.xml` with these entries; beyond the limits `<name>.xml` is an index of `<name>-1.xml`, `<name>-2.xml` …, so
 * the address that was submitted stays valid. `namespaces` are attributes for the namespaces beside the protocol's.
 */
export function splitSitemap(
  name: string,
  namespaces: Attributes,
  entries: readonly SitemapEntry[],
  siteUrl: string,
  limits: SitemapLimits,
): OutputFile[] {
  const attributes = { xmlns: namespace, ...namespaces };
  const parts = fillParts(entries, limits);
  if (parts.length <= 1) return [sitemapFile(`${name}.xml`, "urlset", attributes, parts[0]?.text ?? "")];
  const index = parts.map(({ changed }, i) =>
    element("sitemap", [
      element("loc", new URL(`${name}-${i + 1}.xml`, siteUrl).href),
      element("lastmod", rfc3339(changed)),
    ]),
  );
  return [
    sitemapFile(`${name}.xml`, "sitemapindex", { xmlns: namespace }, renderElements(index, 1)),
    ...parts.map(({ text }, i) => sitemapFile(`${name}-${i + 1}.xml`, "urlset", attributes, text)),
  ];
}

function fillParts(
  entries: readonly SitemapEntry[],
  limits: SitemapLimits,
): { text: string; changed: number }[] {
  const parts: { text: string[]; bytes: number; changed: number }[] = [];
  for (const entry of entries) {
    const text = renderElements([entry.element], 1);
    const bytes = Buffer.byteLength(text);
    let part = parts.at(-1);
    if (part === undefined || part.text.length >= limits.urls || part.bytes + bytes > limits.bytes) {
      part = { text: [], bytes: 0, changed: 0 };
      parts.push(part);
    }
    part.text.push(text);
    part.bytes += bytes;
    part.changed = Math.max(part.changed, entry.changed);
  }
  return parts.map(({ text, changed }) => ({ text: text.join(""), changed }));
}

function sitemapFile(path: string, root: string, attributes: Attributes, entries: string): OutputFile {
  const content = `<?xml version="1.0" encoding="utf-8"?>\n<!-- ${generatorWords} -->\n<${root}${renderAttributes(attributes)}>\n${entries}</${root}>\n`;
  return { path, mediaType: "application/xml", content };
}
