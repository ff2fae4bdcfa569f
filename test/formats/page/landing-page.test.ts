import fc from "fast-check";
import { type DefaultTreeAdapterMap, parse } from "parse5";
import { describe, expect, test } from "vitest";
import { directionOf, relativeTo } from "../../../src/formats/page/markup.ts";
import { makePage } from "../../../src/formats/page/page.ts";
import { siteTexts } from "../../../src/formats/page/texts.ts";
import type { FeedHead } from "../../../src/formats/site/feed-list.ts";
import type { PageData } from "../../../src/model/config.ts";
import { headOf, mixedFeeds, siteFeedHead, somePosts } from "../../browser/sites.ts";
import { hostileString } from "../input/hostile.ts";
import { samplePost, siteConfig } from "../samples.ts";

type Node = DefaultTreeAdapterMap["node"];
type Element = DefaultTreeAdapterMap["element"];

function elementsOf(html: string): Element[] {
  const errors: string[] = [];
  const document = parse(html, { onParseError: ({ code }) => errors.push(code) });
  expect(errors).toEqual([]);
  const walk = (node: Node): Element[] => [
    ...("tagName" in node ? [node] : []),
    ...("childNodes" in node ? node.childNodes.flatMap(walk) : []),
  ];
  return walk(document);
}
const attributes = ({ attrs }: Element) => Object.fromEntries(attrs.map(({ name, value }) => [name, value]));
const make = (feeds: readonly FeedHead[] = mixedFeeds, posts = somePosts(10), config = siteConfig()) =>
  String(makePage(feeds, posts, config)[0]?.content);
const manyTags = (count: number, name = (i: number) => `tag number ${i}`) => [
  siteFeedHead(),
  ...Array.from({ length: count }, (_, i) => headOf("tag", name(i))),
];

describe("the page", () => {
  test("is on by default, off when the site says so, and stands where the site puts it", () => {
    const path = (page: false | { path: string }) =>
      makePage(mixedFeeds, [], siteConfig({}, { page })).map((one) => one.path);
    expect(makePage(mixedFeeds, [], siteConfig())[0]?.path).toBe("index.html");
    expect(path(false)).toEqual([]);
    expect(path({ path: "subscribe/index.html" })).toEqual(["subscribe/index.html"]);
  });

  test("in a folder, its links climb out and its script knows the public address", () => {
    const html = make(mixedFeeds, [], siteConfig({}, { page: { path: "a/b/feeds.html" } }));
    expect(html).toContain('href="../../rss.xml"');
    expect(html).toContain('data-base="https://example.org/a/b/feeds.html"');
    expect(html).toContain('<link rel="canonical" href="https://example.org/a/b/feeds.html">');
  });

  test("the site's own `page.render` gets what the page would have shown, and has the last word", () => {
    let given: PageData | undefined;
    const render = (data: PageData) => {
      given = data;
      return "<p>ours</p>";
    };
    const [file] = makePage(
      mixedFeeds,
      somePosts(2),
      siteConfig({}, { page: { path: "index.html", render } }),
    );
    expect(file?.content).toBe("<p>ours</p>");
    expect(given?.feeds.map(({ key }) => key)).toEqual([
      "site",
      "custom/Just the photos",
      "section/Harbour",
      "author/Sari Dewi",
      "tag/ferry",
      "tag/قهوة",
    ]);
    expect(given?.posts[0]).toEqual({
      title: "Post number 0",
      url: "https://example.org/post-0/",
      date: Date.UTC(2026, 10, 22, 2),
      language: "en",
    });
    expect(given?.autodiscovery.match(/<link /g)).toHaveLength(18);
  });

  test("every document of every feed is linked, every feed can be found by software", () => {
    const found = elementsOf(make()).map(attributes);
    const hrefs = new Set(found.map(({ href }) => href));
    for (const feed of mixedFeeds)
      for (const name of ["rss.xml", "atom.xml", "feed.json"])
        expect(hrefs).toContain(
          relativeTo(
            "index.html",
            new URL(feed.folder + name, "https://example.org/").href,
            "https://example.org/",
          ),
        );
    expect(found.filter(({ rel }) => rel === "alternate")).toHaveLength(18);
  });

  test("feeds of a collection stand there without the site's name before them", () => {
    expect(make([siteFeedHead(), headOf("tag", "ferry", { title: "Teluk & Bukit · ferry" })])).toContain(
      "<bdi>ferry</bdi>",
    );
  });

  test("the latest ten posts, with the day at the site", () => {
    const html = make(
      mixedFeeds,
      somePosts(12, () => ({ date: Date.UTC(2026, 10, 22, 17) })),
    );
    expect(html.match(/<li class="post">/g)).toHaveLength(10);
    expect(html).toContain('<time datetime="2026-11-23">2026-11-23</time>');
    expect(make(mixedFeeds, [])).not.toContain("Latest posts");
  });

  test("a note is named by its description, else by its address", () => {
    const note = (fields: object) => make(mixedFeeds, [samplePost({ title: "", language: "en", ...fields })]);
    expect(note({ description: "It rained at last" })).toContain(">It rained at last</a>");
    expect(note({})).toContain(">https://example.org/harbour/</a>");
  });

  test("text in another language says so", () => {
    const html = make(
      mixedFeeds,
      [samplePost({ language: "ar", title: "قهوة" })],
      siteConfig({ language: "nl" }),
    );
    expect(html).toContain('<html lang="en" dir="ltr">');
    expect(html).toContain('<h1 lang="nl" dir="ltr">');
    expect(html).toMatch(/<a href="[^"]+" lang="ar" dir="rtl">قهوة/);
  });

  test("names nothing outside the site but the readers it links to", () => {
    const loading = elementsOf(make()).filter(
      ({ tagName, attrs }) =>
        attrs.some(({ name }) => name === "src" || name === "srcset") ||
        (tagName === "link" && attrs.some(({ value }) => value === "stylesheet")),
    );
    expect(loading).toEqual([]);
    expect(make()).not.toMatch(/@import|url\(/);
  });

  test("allows its own script and style alone, by digest", () => {
    const policy =
      elementsOf(make())
        .map(attributes)
        .find((one) => one["http-equiv"])?.content ?? "";
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-[\w+/]{43}='; style-src 'sha256-[\w+/]{43}='; img-src 'self'; /,
    );
    expect(policy).not.toMatch(/unsafe|\*/);
    const elsewhere = make(mixedFeeds, [], siteConfig({ icon: "https://cdn.example.net/icon.png" }));
    expect(elsewhere).toContain("img-src data:;");
    expect(elsewhere).not.toContain("cdn.example.net");
  });
});

describe("size", () => {
  test.each([0, 5, 60, 200, 2000])("%i tag feeds beside the site's keep it under 30 KB", (count) => {
    const html = make(manyTags(count));
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(30_000);
    elementsOf(html);
  });

  test("200 tag feeds are all there", () => {
    expect(make(manyTags(200)).match(/<li><(bdi|a)/g)).toHaveLength(200);
  });

  test("where they do not fit, the whole list is a link away, if there is one", () => {
    const long = manyTags(400, (i) => `${"سوق السمك ".repeat(6)}${i}`);
    const feeds = siteConfig().feeds;
    const html = make(long, [], siteConfig({}, { feeds: { ...feeds, opml: true } }));
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(30_000);
    expect(html).toContain("Tags (400)");
    expect(html).toContain('<a href="feeds.opml">The whole list</a>');
    expect(make(long)).not.toContain("The whole list");
  });

  test("long titles, names and descriptions do not break the limit", () => {
    const long = "ä".repeat(5000);
    const html = make(
      manyTags(100, (i) => long.slice(0, 300) + i),
      somePosts(10, () => ({ title: long })),
      siteConfig({ title: long, description: long }),
    );
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(30_000);
  });
});

test("any titles: sound HTML with two scripts and no element of theirs, the same bytes each time", () => {
  fc.assert(
    fc.property(hostileString, hostileString, (one, other) => {
      const feeds = [siteFeedHead({ title: one }), headOf("tag", "t", { title: other })];
      const posts = somePosts(2, (i) => ({ title: i === 0 ? one : other }));
      const config = siteConfig({ title: other, description: one, copyright: one });
      const html = make(feeds, posts, config);
      expect(make([...feeds].reverse(), posts, config)).toBe(html);
      const elements = elementsOf(html);
      expect(elements.filter(({ tagName }) => tagName === "script")).toHaveLength(2);
      const names = new Set(elements.flatMap(({ attrs }) => attrs.map(({ name }) => name)));
      expect([...names].filter((name) => name.startsWith("on") || name === "src")).toEqual([]);
      for (const { attrs } of elements)
        for (const { name, value } of attrs)
          if (name === "href") expect(value).not.toMatch(/^\s*(javascript|data:text)/i);
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 100) },
  );
});

describe("words", () => {
  const languages = ["en", "id", "ar", "de", "es", "fr", "ja", "pt"];

  test.each(languages)("%s has every word, and two sentences on what a feed is", (language) => {
    const texts = siteTexts(`${language}-001`);
    expect(texts.language).toBe(language);
    const { groups, ...words } = texts;
    for (const word of [...Object.values(words), ...Object.values(groups)]) expect(word.trim()).not.toBe("");
    expect(texts.about.match(/[.。](\s|$)|。/g)).toHaveLength(2);
    if (language !== "en") expect(texts.about).not.toBe(siteTexts("en").about);
  });

  test("a language without words of its own gets English, and the page says that it is English", () => {
    expect(siteTexts("nl").language).toBe("en");
    expect(siteTexts("").language).toBe("en");
  });

  test.each([
    ["ar", "rtl"],
    ["he", "rtl"],
    ["fa-IR", "rtl"],
    ["ur", "rtl"],
    ["ckb", "rtl"],
    ["az-Arab", "rtl"],
    ["pa-PK", "rtl"],
    ["ms-Arab", "rtl"],
    ["ar-Latn", "ltr"],
    ["az", "ltr"],
    ["en", "ltr"],
    ["ja", "ltr"],
    ["not a tag", "ltr"],
  ])("%s is written %s", (language, direction) => {
    expect(directionOf(language)).toBe(direction);
  });
});

test.each([
  ["index.html", "https://example.org/rss.xml", "rss.xml"],
  ["a/b.html", "https://example.org/tags/x/rss.xml", "../tags/x/rss.xml"],
  ["index.html", "https://example.org/", "./"],
  ["index.html", "https://example.org/a:b/rss.xml", "./a:b/rss.xml"],
  ["index.html", "https://example.org.evil.example/x", "https://example.org.evil.example/x"],
])("from %s to %s is %s", (page, url, expected) => {
  expect(relativeTo(page, url, "https://example.org/")).toBe(expected);
});
