import { parseUrl } from "../../model/url.ts";
import { sitemapNamespace } from "../parse/namespaces.ts";
import type { ElementNode } from "../parse/xml-tree.ts";
import { elementMissing } from "../rules/elements.ts";
import { defineRule, type Rule } from "../rules/rule.ts";
import { specs } from "../rules/specs.ts";
import { readW3cDate } from "../values/dates.ts";
import type { Shape, Vocabulary } from "./shape.ts";

const newsNamespace = "http://www.google.com/schemas/sitemap-news/0.9";
const mostAddresses = 50_000;
const mostArticles = 1_000;

const rootRules: readonly Rule[] = [
  defineRule("sitemap/too-many", {
    severity: "error",
    title: "More than 50,000 addresses",
    why: "Search engines reject the file.",
    fix: "Split it and add a sitemap index.",
    spec: specs.sitemap,
    check(root, document) {
      const { length } = root.children;
      if (length > mostAddresses)
        document.report(root, this, `The file has ${length} addresses; ${mostAddresses} are allowed.`);
    },
  }),
  defineRule("sitemap/too-large", {
    severity: "error",
    title: "A sitemap larger than 50 MB",
    why: "Search engines reject the file.",
    fix: "Split it and add a sitemap index.",
    spec: specs.sitemap,
    check(root, document) {
      if (document.size > 50 * 1024 * 1024) document.report(root, this, "The file is larger than 50 MB.");
    },
  }),
  defineRule("sitemap/news-too-many", {
    severity: "error",
    title: "More than 1,000 news articles",
    why: "Google reads 1,000 of a file.",
    fix: "Split it and add a sitemap index.",
    spec: specs.news,
    check(root, document) {
      const { length } = root.children.filter((url) =>
        url.children.some((child) => child.ns === newsNamespace && child.local === "news"),
      );
      if (length > mostArticles)
        document.report(root, this, `The file has ${length} articles; Google reads ${mostArticles}.`);
    },
  }),
  defineRule("sitemap/repeated", {
    severity: "warning",
    title: "One address twice",
    why: "Search engines read it once.",
    fix: "Keep one.",
    spec: specs.sitemap,
    check(root, document) {
      const seen = new Set<string>();
      for (const { loc, value } of addressesOf(root)) {
        if (seen.has(value)) document.at(loc).reject(this, value, "which appears twice");
        seen.add(value);
      }
    },
  }),
  defineRule("sitemap/host", {
    severity: "warning",
    title: "Addresses of several hosts",
    why: "Search engines accept addresses of the sitemap's own host only.",
    fix: "Make one sitemap for each host.",
    spec: specs.sitemap,
    check(root, document) {
      const addresses = addressesOf(root);
      const first = addresses[0]?.url.host;
      for (const { loc, value, url } of addresses)
        if (url.host !== first) document.at(loc).reject(this, value, `but the first address is at ${first}`);
    },
  }),
];

const newsRules: readonly Rule[] = [
  defineRule("sitemap/news-old", {
    severity: "warning",
    title: "An article older than two days",
    why: "Google News takes articles of the last two days only.",
    fix: "Drop the address or its `news:news`.",
    spec: specs.news,
    check(news, document) {
      const date = childOf(news, "publication_date");
      const at = date && readW3cDate(date.text);
      if (date && at !== undefined && at < document.now - 2 * 86_400_000)
        document.at(date).reject(this, date.text, "more than two days ago");
    },
  }),
  defineRule("sitemap/news-name", {
    severity: "warning",
    title: "A publication name with parentheses",
    why: "It has to be the name as it appears on news.google.com, without anything in parentheses.",
    fix: "Leave the parentheses out.",
    spec: specs.news,
    check(news, document) {
      const publication = childOf(news, "publication");
      const name = publication && childOf(publication, "name");
      if (name && /\(.*\)/.test(name.text))
        document.at(name).reject(this, name.text, "which has something in parentheses");
    },
  }),
];

function childOf(parent: ElementNode, local: string): ElementNode | undefined {
  return parent.children.find((child) => child.local === local);
}

/** The addresses of a sitemap that can be read. */
function addressesOf(root: ElementNode): { loc: ElementNode; value: string; url: URL }[] {
  return root.children.flatMap((entry) => {
    const loc = childOf(entry, "loc");
    const value = loc?.text.trim() ?? "";
    const url = parseUrl(value);
    return loc && url ? [{ loc, value, url }] : [];
  });
}

const shapes: Readonly<Record<string, Shape>> = {
  urlset: { children: { url: "sitemapUrl many" }, rules: rootRules },
  sitemapindex: { children: { sitemap: "sitemapEntry many" }, rules: rootRules },
  sitemapEntry: {
    children: { loc: "web-url nonblank", lastmod: "w3c-date" },
    required: { loc: elementMissing },
  },
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
    required: { loc: elementMissing },
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
    required: {
      "news:publication": elementMissing,
      "news:publication_date": elementMissing,
      "news:title": elementMissing,
    },
    rules: newsRules,
  },
  newsPublication: {
    children: { "news:name": "plain nonblank", "news:language": "news-language" },
    required: { "news:name": elementMissing, "news:language": elementMissing },
  },
};

export const sitemapVocabulary: Vocabulary = {
  own: new Set([sitemapNamespace]),
  shapes,
  strict: new Set(["news"]),
  closed: new Set(["news"]),
  plainAttributes: false,
};
