// Out goes sitemaps, sitemap indexes and Google's news sitemap as a table, with the few rules that a table cannot hold.
import { parseUrl } from "../../model/url.ts";
import { sitemapNamespace } from "../parse/namespaces.ts";
import type { ElementNode } from "../parse/xml-tree.ts";
import { type DocumentCheck, Spot } from "../rules/document-check.ts";
import { readW3cDate } from "../values/dates.ts";
import type { Shape, Vocabulary } from "./shape.ts";

const NEWS = "http://www.google.com/schemas/sitemap-news/0.9";
const MAX_URLS = 50_000;
const MAX_NEWS = 1_000;
const MAX_BYTES = 50 * 1024 * 1024;
const TWO_DAYS = 2 * 86_400_000;

function childOf(parent: ElementNode, local: string): ElementNode | undefined {
  return parent.children.find((child) => child.local === local);
}

function checkRoot(root: ElementNode, check: DocumentCheck): void {
  if (root.children.length > MAX_URLS) {
    check.report(
      root,
      "sitemap/too-many",
      `The file has ${root.children.length} addresses; ${MAX_URLS} are allowed.`,
    );
  }
  if (check.size > MAX_BYTES) check.report(root, "sitemap/too-large", "The file is larger than 50 MB.");
  const articles = root.children.filter((url) =>
    url.children.some((child) => child.ns === NEWS && child.local === "news"),
  );
  if (articles.length > MAX_NEWS) {
    check.report(
      root,
      "sitemap/news-too-many",
      `The file has ${articles.length} articles; Google reads ${MAX_NEWS}.`,
    );
  }
  const seen = new Set<string>();
  let host: string | undefined;
  for (const entry of root.children) {
    const loc = childOf(entry, "loc");
    const value = loc?.text.trim() ?? "";
    if (!loc || !parseUrl(value)) continue;
    if (seen.has(value)) new Spot(check, loc).reject("sitemap/repeated", value, "which stands here already");
    seen.add(value);
    host ??= new URL(value).host;
    if (new URL(value).host !== host) {
      new Spot(check, loc).reject("sitemap/host", value, `but the first address is at ${host}`);
    }
  }
}

function checkNews(news: ElementNode, check: DocumentCheck): void {
  const date = childOf(news, "publication_date");
  const at = date && readW3cDate(date.text);
  if (date && at !== undefined && at < check.now - TWO_DAYS) {
    new Spot(check, date).reject("sitemap/news-old", date.text, "more than two days ago");
  }
  const publication = childOf(news, "publication");
  const name = publication && childOf(publication, "name");
  if (name && /\(.*\)/.test(name.text)) {
    new Spot(check, name).reject("sitemap/news-name", name.text, "which has something in parentheses");
  }
}

const missing = "element/missing" as const;

const shapes: Readonly<Record<string, Shape>> = {
  urlset: { children: { url: "sitemapUrl many" }, check: checkRoot },
  sitemapindex: { children: { sitemap: "sitemapEntry many" }, check: checkRoot },
  sitemapEntry: { children: { loc: "web-url nonblank", lastmod: "w3c-date" }, required: { loc: missing } },
  sitemapUrl: {
    children: {
      loc: "web-url nonblank",
      lastmod: "w3c-date",
      changefreq: "frequency",
      priority: "priority",
      "news:news": "news",
      "gimage:image": "foreign many",
      "gvideo:video": "foreign many",
      "xhtml:link": "foreign many",
    },
    required: { loc: missing },
  },
  foreign: { opaque: true, value: "any" },
  news: {
    children: {
      "news:publication": "newsPublication",
      "news:publication_date": "w3c-date nonblank",
      "news:title": "plain nonblank",
      "news:access": "any",
      "news:genres": "any",
      "news:keywords": "any",
      "news:stock_tickers": "any",
      "news:geo_locations": "any",
    },
    required: { "news:publication": missing, "news:publication_date": missing, "news:title": missing },
    check: checkNews,
  },
  newsPublication: {
    children: { "news:name": "plain nonblank", "news:language": "news-language" },
    required: { "news:name": missing, "news:language": missing },
  },
};

export const sitemapVocabulary: Vocabulary = {
  own: new Set([sitemapNamespace]),
  shapes,
  strict: new Set(["news"]),
  closed: new Set(["news"]),
  plainAttributes: false,
};
