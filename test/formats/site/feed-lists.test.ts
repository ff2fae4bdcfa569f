import fc from "fast-check";
import { parseFragment } from "parse5";
import { describe, expect, test } from "vitest";
import { checkDocument } from "../../../src/check/check-document.ts";
import {
  type FeedHead,
  groupFeeds,
  kindOf,
  makeAutodiscovery,
  makeAutodiscoveryFile,
  shortTitle,
} from "../../../src/formats/site/feed-list.ts";
import { makeFeedMenu } from "../../../src/formats/site/feed-menu.ts";
import { makeHeaders } from "../../../src/formats/site/headers.ts";
import { makeOpml } from "../../../src/formats/site/opml.ts";
import { headOf, mixedFeeds, siteFeedHead } from "../../browser/sites.ts";
import { readXml, type Tree } from "../documents.ts";
import { hostileString } from "../input/hostile.ts";
import { samplePost, siteConfig } from "../samples.ts";

const numRuns = Number(process.env.FC_RUNS ?? 200);
const config = siteConfig();
const posts = [samplePost({ date: 0 }), samplePost({ date: 5, updated: Date.UTC(2026, 10, 22, 8) })];

test("the kind of a feed is the word before the slash; archives and the news window are in no list", () => {
  const keys = ["site", "tag/a/b", "custom/x", "archive/2026-01", "news", "author/sari"];
  expect(keys.map((key) => kindOf({ key }))).toEqual([
    "site",
    "tag",
    "custom",
    undefined,
    undefined,
    "author",
  ]);
  const feeds = keys.map((key) => siteFeedHead({ key }));
  expect(groupFeeds(feeds).map(({ kind }) => kind)).toEqual(["site", "custom", "author", "tag"]);
});

test("a list below the site's name leaves that name away", () => {
  expect(shortTitle("Teluk · ferry", "Teluk")).toBe("ferry");
  expect(shortTitle("Teluk · ", "Teluk")).toBe("Teluk · ");
  expect(shortTitle("Teluk", "Teluk")).toBe("Teluk");
});

describe("feeds.opml", () => {
  const read = (feeds: readonly FeedHead[]) => readXml(String(makeOpml(feeds, posts, config).content));
  const body = (tree: Tree) => tree.children[1]?.children ?? [];
  const at = (tree: Tree | undefined, name: string) => tree?.attributes[`{}${name}`];

  test("OPML 2.0 with every feed once: the site's first, the others by kind", () => {
    const tree = read(mixedFeeds);
    expect(at(tree, "version")).toBe("2.0");
    expect(
      body(tree).map((one) => [at(one, "text"), one.children.map((child) => at(child, "xmlUrl"))]),
    ).toEqual([
      ["Teluk & Bukit", []],
      ["More feeds", ["https://example.org/feeds/just-the-photos/rss.xml"]],
      ["Sections", ["https://example.org/sections/harbour/rss.xml"]],
      ["Authors", ["https://example.org/authors/sari-dewi/rss.xml"]],
      [
        "Tags",
        [
          "https://example.org/tags/ferry/rss.xml",
          "https://example.org/tags/%D9%82%D9%87%D9%88%D8%A9/rss.xml",
        ],
      ],
    ]);
    expect(body(tree)[0]?.attributes).toMatchObject({
      "{}type": "rss",
      "{}version": "RSS2",
      "{}xmlUrl": "https://example.org/rss.xml",
      "{}htmlUrl": "https://example.org/",
      "{}title": "Teluk & Bukit",
      "{}language": "en",
    });
  });

  test("a collection that repeats the site's description says nothing", () => {
    const [own, tags] = body(
      read([siteFeedHead(), headOf("tag", "a", { description: "Notes from the bay" })]),
    );
    expect(at(own, "description")).toBe("Notes from the bay");
    expect(at(tags?.children[0], "description")).toBeUndefined();
  });

  test("its date is the newest change, in RFC 822; without posts there is none", () => {
    const head = (tree: Tree) =>
      Object.fromEntries((tree.children[0]?.children ?? []).map(({ name, text }) => [name, text]));
    expect(head(read(mixedFeeds))["{}dateModified"]).toBe("Sun, 22 Nov 2026 08:00:00 GMT");
    expect(String(makeOpml(mixedFeeds, [], config).content)).not.toContain("date");
  });

  test("Atom stands where there is no RSS, JSON Feed where there is neither", () => {
    const feeds = [siteFeedHead({ formats: ["json", "atom"] }), headOf("tag", "a", { formats: ["json"] })];
    const [own, tags] = body(read(feeds));
    expect(at(own, "xmlUrl")).toBe("https://example.org/atom.xml");
    expect(at(own, "version")).toBe("ATOM");
    expect(at(tags?.children[0], "xmlUrl")).toBe("https://example.org/tags/a/feed.json");
  });

  test("our own check finds nothing wrong with it", () => {
    const file = makeOpml(mixedFeeds, posts, config);
    const { kind, diagnostics } = checkDocument({
      bytes: Buffer.from(file.content),
      name: file.path,
      url: "https://example.org/feeds.opml",
    });
    expect(kind).toBe("opml");
    expect(diagnostics.filter(({ severity }) => severity !== "hint")).toEqual([]);
  });

  test("groups speak the site's language", () => {
    const opml = makeOpml(mixedFeeds, posts, siteConfig({ language: "id-ID" }));
    expect(String(opml.content)).toContain('text="Penulis"');
  });

  test("any titles give well-formed XML, in any order of the feeds the same", () => {
    fc.assert(
      fc.property(fc.array(hostileString, { maxLength: 6 }), (titles) => {
        const feeds = titles.map((title, i) => headOf("tag", `t${i}`, { title, description: title }));
        const file = makeOpml(feeds, posts, config);
        readXml(String(file.content));
        expect(makeOpml([...feeds].reverse(), posts, config)).toEqual(file);
      }),
      { numRuns },
    );
  });
});

describe(".well-known/feed-menu.json", () => {
  const read = (feeds: readonly FeedHead[]) => JSON.parse(String(makeFeedMenu(feeds, config).content));

  test("the site's feeds, and a menu for each other kind", () => {
    const menu = read(mixedFeeds);
    expect(menu["feed-menu"]).toBe("Teluk & Bukit");
    expect(menu.items[0]).toEqual({
      "feed-title": "Teluk & Bukit",
      description: "Notes from the bay",
      rss: "https://example.org/rss.xml",
      atom: "https://example.org/atom.xml",
    });
    expect(
      menu.items.map((item: Record<string, unknown>) => item["feed-title"] ?? item["feed-menu"]),
    ).toEqual(["Teluk & Bukit", "Just the photos", "Sections", "Authors", "Tags"]);
  });

  test("a feed that is JSON Feed alone has no place in it", () => {
    expect(
      read([siteFeedHead({ formats: ["json"] }), headOf("tag", "a", { formats: ["json"] })]).items,
    ).toEqual([]);
  });

  test("titles keep within 50 characters and descriptions within 140, never cut inside one", () => {
    fc.assert(
      fc.property(fc.oneof(hostileString, fc.string({ unit: "grapheme", maxLength: 400 })), (title) => {
        const [item] = read([siteFeedHead({ title, description: title })]).items;
        expect(item["feed-title"].length).toBeLessThanOrEqual(50);
        expect((item.description ?? "").length).toBeLessThanOrEqual(140);
        expect(item["feed-title"].isWellFormed?.() ?? true).toBe(true);
      }),
      { numRuns },
    );
    const [item] = read([
      siteFeedHead({ title: "👩‍👩‍👧‍👦".repeat(20), description: "word ".repeat(60) }),
    ]).items;
    expect(item["feed-title"]).toMatch(/^(👩‍👩‍👧‍👦)+…$/u);
    expect(item.description).toMatch(/^(word )+word…$/);
  });
});

describe("autodiscovery", () => {
  const links = (html: string) =>
    parseFragment(html).childNodes.flatMap((node) =>
      "attrs" in node
        ? [{ tag: node.tagName, ...Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])) }]
        : [],
    );

  test("one link a document, the site's RSS first", () => {
    const found = links(makeAutodiscovery(mixedFeeds, config));
    expect(found).toHaveLength(mixedFeeds.length * 3);
    expect(found.slice(0, 3)).toEqual([
      {
        tag: "link",
        rel: "alternate",
        type: "application/rss+xml",
        title: "Teluk & Bukit (RSS)",
        href: "https://example.org/rss.xml",
      },
      {
        tag: "link",
        rel: "alternate",
        type: "application/atom+xml",
        title: "Teluk & Bukit (Atom)",
        href: "https://example.org/atom.xml",
      },
      {
        tag: "link",
        rel: "alternate",
        type: "application/feed+json",
        title: "Teluk & Bukit (JSON Feed)",
        href: "https://example.org/feed.json",
      },
    ]);
  });

  test("no title gets out of its attribute", () => {
    fc.assert(
      fc.property(hostileString, (title) => {
        const html = makeAutodiscoveryFile([siteFeedHead({ title, formats: ["rss"] })], config).content;
        expect(links(String(html)).map(({ tag }) => tag)).toEqual(["link"]);
      }),
      { numRuns },
    );
  });
});

describe("_headers", () => {
  const file = (path: string, mediaType = "application/rss+xml") => ({ path, mediaType });
  const blocks = (files: { path: string; mediaType: string }[], site = "https://example.org/") =>
    String(makeHeaders(files, site).content)
      .trimEnd()
      .split("\n\n")
      .slice(1) // The generator's mark.
      .map((block) => block.split("\n"));

  test("rule 24: media type with its charset, and a quarter of an hour of caching", () => {
    expect(blocks([file("rss.xml")])).toEqual([
      [
        "/rss.xml",
        "  Content-Type: application/rss+xml; charset=utf-8",
        "  Cache-Control: public, max-age=900",
        "  X-Content-Type-Options: nosniff",
      ],
    ]);
  });

  test("JSON has no charset and may be read by pages of other sites", () => {
    expect(blocks([file("feed.json", "application/feed+json")])[0]).toContain(
      "  Access-Control-Allow-Origin: *",
    );
    expect(blocks([file("feed.json", "application/feed+json")])[0]).toContain(
      "  Content-Type: application/feed+json",
    );
  });

  test("every max-age is between 900 and 3600 seconds", () => {
    const ages = blocks([file("rss.xml"), file("feeds.css", "text/css"), file("index.html", "text/html")])
      .flat()
      .flatMap((line) => /max-age=(\d+)/.exec(line)?.[1] ?? []);
    expect(ages.map(Number)).toEqual([900, 3600, 3600]);
  });

  test("files of one name side by side share one rule, and no path matches two", () => {
    const tags = Array.from({ length: 300 }, (_, i) => file(`tags/t${i}/rss.xml`));
    const files = [
      file("rss.xml"),
      ...tags,
      file("authors/sari/rss.xml"),
      file("feeds/a/b/rss.xml"),
      file("feeds/a/rss.xml"),
    ];
    const paths = blocks(files).map(([path]) => path ?? "");
    expect(paths).toEqual([
      "/rss.xml",
      "/tags/:name1/rss.xml",
      "/authors/sari/rss.xml",
      "/feeds/a/rss.xml",
      "/feeds/a/b/rss.xml",
    ]);
    const patterns = paths.map((path) => new RegExp(`^${path.replace(/:\w+/g, "[^/]+")}$`));
    for (const { path } of files) expect(patterns.filter((one) => one.test(`/${path}`))).toHaveLength(1);
  });

  test("files of one shape and several media types keep rules of their own", () => {
    const files = [file("a/1/x"), file("a/2/x", "text/plain")];
    expect(blocks(files).map(([path]) => path)).toEqual(["/a/1/x", "/a/2/x"]);
  });

  test("paths are those that browsers ask for: with the site's own, percent-encoded", () => {
    const [[path]] = blocks([file("tags/kopi susu/rss.xml")], "https://example.org/blog/") as [[string]];
    expect(path).toBe("/blog/tags/kopi%20susu/rss.xml");
  });

  test("at most 100 rules, as Cloudflare reads", () => {
    expect(blocks(Array.from({ length: 150 }, (_, i) => file(`f${i}.xml`)))).toHaveLength(100);
  });
});
