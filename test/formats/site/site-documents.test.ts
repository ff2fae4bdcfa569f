import { describe, expect, test } from "vitest";
import { makeSiteDocuments } from "../../../src/formats/site/site-documents.ts";
import { makeStylesheet, stylesheetHref } from "../../../src/formats/site/stylesheet.ts";
import type { Config } from "../../../src/model/config.ts";
import { mixedFeeds, somePosts } from "../../browser/sites.ts";
import { siteConfig } from "../samples.ts";

const now = Date.UTC(2026, 10, 23);
const posts = somePosts(3);
const make = (more: Partial<Config> = {}, feeds: Partial<Config["feeds"]> = {}) => {
  const base = siteConfig();
  const config = { ...base, ...more, feeds: { ...base.feeds, ...feeds } };
  return makeSiteDocuments({ config, plans: mixedFeeds, newest: posts, news: posts, published: posts, now });
};
const paths = (...args: Parameters<typeof make>) => make(...args).map(({ path }) => path);

describe("nothing is emitted for a feature that is not configured", () => {
  test("by default: the page and the style of raw feeds", () => {
    expect(paths()).toEqual(["feeds.css", "index.html"]);
  });

  test("with both turned off: nothing", () => {
    expect(paths({ page: false }, { stylesheet: false })).toEqual([]);
  });

  test.each<[string, Partial<Config>, Partial<Config["feeds"]>]>([
    ["news-sitemap.xml", { news: { publication: "Kabar" } }, {}],
    ["sitemap.xml", { sitemap: true }, {}],
    ["feeds.opml", {}, { opml: true }],
    [".well-known/feed-menu.json", {}, { menu: true }],
    ["autodiscovery.html", {}, { links: true }],
    ["_headers", { headers: true }, {}],
  ])("%s when it is asked for", (path, more, feeds) => {
    expect(paths(more, feeds).filter((one) => !["feeds.css", "index.html"].includes(one))).toEqual([path]);
  });

  test("a site of JSON Feeds alone has no style for XML", () => {
    expect(paths({}, { formats: ["json"] })).toEqual(["index.html"]);
  });
});

test("_headers knows every feed and every document beside them", () => {
  const more = { headers: true, sitemap: true, news: { publication: "Kabar" } };
  const headers = String(make(more, { opml: true, menu: true }).at(-1)?.content);
  for (const path of [
    "/rss.xml",
    "/tags/:name1/atom.xml",
    "/news-sitemap.xml",
    "/sitemap.xml",
    "/feeds.opml",
    "/index.html",
    "/feeds.css",
  ])
    expect(headers).toContain(`${path}\n  Content-Type: `);
  expect(headers).toMatch(/\/\.well-known\/feed-menu\.json\n {2}Content-Type: application\/json\n/);
});

test("the news sitemap is left to whoever writes it elsewhere, and _headers knows it all the same", () => {
  const config = { ...siteConfig(), news: { publication: "Kabar" }, headers: true };
  const files = makeSiteDocuments({ config, plans: mixedFeeds, newest: posts, now });
  expect(files.map(({ path }) => path)).not.toContain("news-sitemap.xml");
  expect(String(files.at(-1)?.content)).toContain("/news-sitemap.xml\n");
});

test("rule 2: the same facts give the same bytes, and the clock is in none of them", () => {
  const all: Partial<Config> = { sitemap: true, headers: true };
  const config = {
    ...siteConfig(),
    ...all,
    feeds: { ...siteConfig().feeds, opml: true, menu: true, links: true },
  };
  const at = (instant: number) =>
    makeSiteDocuments({ config, plans: [...mixedFeeds], newest: posts, published: posts, now: instant });
  expect(at(now + 86_400_000)).toEqual(at(now));
});

describe("feeds.css", () => {
  test.each([
    ["", "feeds.css"],
    ["tags/kopi/", "../../feeds.css"],
  ])("from the folder %j it is %s", (folder, href) => {
    expect(stylesheetHref(folder)).toBe(href);
  });

  test("says what a feed is in the site's language, and loads nothing", () => {
    const css = String(makeStylesheet("id").content);
    expect(css).toContain("Ini adalah feed");
    expect(css).not.toMatch(/@import|url\(/);
  });
});
