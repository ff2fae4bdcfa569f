import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkDocument } from "../../../src/check/check-document.ts";
import type { Config } from "../../../src/model/config.ts";
import {
  all,
  attribute,
  channelOf,
  entriesOf,
  itemsOfRss,
  one,
  readJson,
  readXml,
  text,
} from "../documents.ts";
import { sampleContent, samplePlan, samplePost, siteConfig } from "../samples.ts";
import { writePlan, writePost } from "../write.ts";

function withFeeds(feeds: Partial<Config["feeds"]>): Config {
  return siteConfig({}, { feeds: { ...siteConfig().feeds, ...feeds } });
}

const jpeg = (name: string) => ({ url: `https://example.org/${name}.jpg`, type: "image/jpeg" });

test("a plain post and a plain site use only what every feed needs", () => {
  const { rss, atom, json } = writePost({}, {}, siteConfig({ authors: {} }));
  const declared = (document: string) => [...document.matchAll(/xmlns:(\w+)=/g)].map((found) => found[1]);
  expect(declared(rss)).toEqual(["atom", "content", "dc"]);
  expect(declared(atom)).toEqual([]);
  expect(json).not.toMatch(/"_(?!generator")/);
});

describe("Media RSS", () => {
  test("several images, each with its size, texts and credit, and a thumbnail of the first", () => {
    const image = {
      ...jpeg("a"),
      width: 1200,
      height: 800,
      length: 90_000,
      alt: "Boats",
      caption: "Boats at dawn",
      credit: "Sari",
    };
    const second = { ...jpeg("b"), title: "The bell", caption: "It rings" };
    const { rss, atom } = writePost({}, { image, attachments: [second, { ...jpeg("c") }] });
    for (const [entry, urls] of [
      [itemsOfRss(rss)[0], ["a", "c"]],
      [entriesOf(atom)[0], ["a", "b", "c"]],
    ] as const) {
      const contents = all(entry, "media:content");
      expect(contents.map((found) => attribute(found, "url"))).toEqual(urls.map((name) => jpeg(name).url));
      expect(contents[0]?.attributes).toEqual({
        "{}url": image.url,
        "{}type": "image/jpeg",
        "{}medium": "image",
        "{}width": "1200",
        "{}height": "800",
        "{}fileSize": "90000",
      });
      expect(
        ["media:title", "media:description", "media:credit"].map((name) => text(contents[0], name)),
      ).toEqual(["Boats at dawn", "Boats", "Sari"]);
      expect(one(entry, "media:thumbnail")?.attributes).toEqual({
        "{}url": image.url,
        "{}width": "1200",
        "{}height": "800",
      });
    }
    const [, described] = all(entriesOf(atom)[0], "media:content");
    expect([text(described, "media:title"), text(described, "media:description")]).toEqual([
      "The bell",
      "It rings",
    ]);
  });

  test("media:group holds the encodings of one thing, the enclosure as their default, and nothing else", () => {
    const attachments = [
      { url: "https://example.org/one.mp3", type: "audio/mpeg", length: 9 },
      { url: "https://example.org/one.ogg", type: "audio/ogg", length: 8, duration: 61.4 },
      { url: "https://example.org/two.mp3", type: "audio/mpeg" },
      { url: "https://example.org/one.pdf", type: "application/pdf" },
    ];
    const [item] = itemsOfRss(writePost({}, { attachments }).rss);
    const group = one(item, "media:group");
    expect(
      all(group, "media:content").map((found) => [attribute(found, "url"), attribute(found, "isDefault")]),
    ).toEqual([
      ["https://example.org/one.mp3", "true"],
      ["https://example.org/one.ogg", undefined],
    ]);
    expect(all(item, "media:content").map((found) => attribute(found, "url"))).toEqual([
      "https://example.org/two.mp3",
      "https://example.org/one.pdf",
    ]);
    expect(attribute(one(item, "enclosure"), "url")).toBe("https://example.org/one.mp3");
  });
});

test("threading: what a post answers is named in RSS and Atom, its comments are replies", () => {
  const url = "https://other.example/post?a=1&b=2";
  const { rss, atom } = writePost({ inReplyTo: url, comments: "https://example.org/harbour/#comments" });
  for (const entry of [itemsOfRss(rss)[0], entriesOf(atom)[0]])
    expect(one(entry, "thr:in-reply-to")?.attributes).toEqual({ "{}ref": url, "{}href": url });
  expect(text(itemsOfRss(rss)[0], "comments")).toBe("https://example.org/harbour/#comments");
  const replies = all(entriesOf(atom)[0], "atom:link").find((found) => attribute(found, "rel") === "replies");
  expect(attribute(replies, "type")).toBe("text/html");
});

test("the feed of the comments stands in RSS alone, and only a post that has one declares the vocabulary", () => {
  const commentsFeed = "https://example.org/harbour/comments.xml";
  const { rss, atom, json } = writePost({ commentsFeed });
  expect(text(itemsOfRss(rss)[0], "wfw:commentRss")).toBe(commentsFeed);
  expect(rss).toContain('xmlns:wfw="http://wellformedweb.org/CommentAPI/"');
  expect(atom + json).not.toMatch(/wfw|comments\.xml/);
  expect(writePost({ comments: "https://example.org/harbour/#comments" }).rss).not.toContain("wfw");
});

test("licence: as each format says it", () => {
  const license = "https://creativecommons.org/licenses/by/4.0/";
  const { rss, atom, json } = writePost({ license });
  expect(text(itemsOfRss(rss)[0], "creativeCommons:license")).toBe(license);
  const link = all(entriesOf(atom)[0], "atom:link").find((found) => attribute(found, "rel") === "license");
  expect(attribute(link, "href")).toBe(license);
  expect(readJson(json).items[0]?._license).toEqual({ url: license });
});

test("GeoRSS: a point is latitude, space, longitude", () => {
  const { rss, atom, json } = writePost({ place: { latitude: -6.2, longitude: 106.8, name: "Jakarta" } });
  for (const entry of [itemsOfRss(rss)[0], entriesOf(atom)[0]]) {
    expect(text(entry, "georss:point")).toBe("-6.2 106.8");
    expect(text(entry, "georss:featureName")).toBe("Jakarta");
  }
  expect(readJson(json).items[0]?._geo).toEqual({ latitude: -6.2, longitude: 106.8, name: "Jakarta" });
  expect(writePost({ place: { latitude: 91, longitude: 0 } }).rss).not.toContain("georss");
});

describe("tombstones", () => {
  const deleted = [
    { ref: "tag:example.org,2026:gone", when: Date.UTC(2026, 4, 2) },
    { ref: "not an iri", when: Date.UTC(2026, 4, 1) },
    { ref: "tag:example.org,2026:gone", when: Date.UTC(2026, 3, 1) },
  ];
  const texts = writePlan(samplePlan([samplePost()], { deleted }), []);

  test("Atom names each post that was taken back once, by the id it had in Atom", () => {
    const found = all(readXml(texts.atom), "at:deleted-entry").map((one) => one.attributes);
    expect(found).toEqual([
      { "{}ref": "tag:example.org,2026:gone", "{}when": "2026-05-02T00:00:00Z" },
      { "{}ref": expect.stringMatching(/^urn:uuid:/), "{}when": "2026-05-01T00:00:00Z" },
    ]);
    const id = entriesOf(writePost({ id: "not an iri" }).atom)[0];
    expect(text(id, "atom:id")).toBe(found[1]?.["{}ref"]);
  });

  test("other formats have no word for it", () => {
    expect(texts.rss + texts.json).not.toMatch(/deleted|tombstones/);
  });
});

test("the program's own check finds nothing wrong in documents that use them all", () => {
  const config = withFeeds({
    namespaces: { my: "https://example.org/ns" },
    elements: { "my:rating": "rating" },
    updatePeriod: "daily",
    accounts: { mastodon: "@kabar@example.social" },
    blogroll: "https://example.org/blogroll.opml",
  });
  const post = samplePost({
    authors: [{ name: "Sari Dewi" }],
    updated: Date.UTC(2026, 5, 1),
    inReplyTo: "https://other.example/post",
    comments: "https://example.org/harbour/comments/",
    commentsFeed: "https://example.org/harbour/comments.xml",
    license: "https://creativecommons.org/licenses/by/4.0/",
    place: { latitude: -6.2, longitude: 106.8, name: "Jakarta" },
    extra: { rating: 4 },
  });
  const image = { ...jpeg("a"), width: 1200, height: 800, alt: "Boats", caption: "At dawn", credit: "Sari" };
  const attachments = ["mp3", "ogg"].map((kind) => ({
    url: `https://example.org/one.${kind}`,
    type: kind === "mp3" ? "audio/mpeg" : "audio/ogg",
    length: 9,
  }));
  const deleted = [{ ref: "tag:example.org,2026:gone", when: Date.UTC(2026, 4, 2) }];
  for (const profile of [undefined, "msn", "smartnews"] as const) {
    const plan = samplePlan([post], { deleted, ...(profile && { profile }) });
    const texts = writePlan(plan, [sampleContent({ image, attachments })], config);
    for (const [name, content] of Object.entries(texts)) {
      const document = { bytes: Buffer.from(content), name };
      const { diagnostics } = checkDocument(document, { now: Date.UTC(2026, 6, 1) });
      expect(diagnostics.filter(({ severity }) => severity !== "hint")).toEqual([]);
    }
  }
});

test("syndication, accounts and blogroll stand in the channel of RSS alone", () => {
  const config = withFeeds({
    updatePeriod: "daily",
    accounts: { mastodon: "@kabar@example.social", github: "kabar" },
    blogroll: "https://example.org/blogroll.opml",
  });
  const { rss, atom, json } = writePlan(samplePlan([]), [], config);
  const channel = channelOf(rss);
  expect([text(channel, "sy:updatePeriod"), text(channel, "sy:updateFrequency")]).toEqual(["daily", "1"]);
  expect(all(channel, "source:account").map((found) => [attribute(found, "service"), found.text])).toEqual([
    ["mastodon", "@kabar@example.social"],
    ["github", "kabar"],
  ]);
  expect(text(channel, "source:blogroll")).toBe("https://example.org/blogroll.opml");
  expect(atom + json).not.toMatch(/syndication|scripting|blogroll/);
});

describe("the site's own", () => {
  const config = withFeeds({
    namespaces: { my: "https://example.org/ns" },
    elements: { "my:rating": "rating", "my:cook": "cooks", "my:time": "time", "dcterms:audience": "for" },
  });

  test("keys of front matter become elements, and members of JSON Feed, with no code for them", () => {
    const extra = {
      rating: 4.5,
      cooks: ["Ani & Budi", "Cici"],
      time: { _attributes: { unit: "min" }, _text: 30 },
      for: "children",
      other: "x",
    };
    const { rss, atom, json } = writePost({ extra }, {}, config);
    for (const entry of [itemsOfRss(rss)[0], entriesOf(atom)[0]]) {
      const own = (entry?.children ?? []).filter(({ name }) => name.startsWith("{https://example.org/ns}"));
      expect(own.map(({ name, text }) => [name.slice(24), text])).toEqual([
        ["rating", "4.5"],
        ["cook", "Ani & Budi"],
        ["cook", "Cici"],
        ["time", "30"],
      ]);
      expect(own[3]?.attributes).toEqual({ "{}unit": "min" });
      expect(entry?.children.some(({ name }) => name === "{http://purl.org/dc/terms/}audience")).toBe(true);
    }
    expect(readJson(json).items[0]?._my).toMatchObject({ rating: 4.5, cook: extra.cooks });
  });

  test("a post without those keys declares nothing", () => {
    const { rss, atom, json } = writePost({ extra: { other: 1, rating: null } }, {}, config);
    expect(rss + atom + json).not.toContain("my");
  });

  test("promise: whatever the front matter holds, documents are well-formed", () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 3 }), (rating) => {
        const { rss, atom, json } = writePost({ extra: { rating } }, {}, config);
        readXml(rss);
        readXml(atom);
        readJson(json);
      }),
      { numRuns: Number(process.env.FC_RUNS ?? 100) },
    );
  });
});

describe("profiles", () => {
  const post = samplePost({ updated: Date.UTC(2026, 5, 1), expires: Date.UTC(2027, 0, 1) });

  test("MSN learns of a change by dcterms:modified", () => {
    const [item] = itemsOfRss(writePlan(samplePlan([post], { profile: "msn" }), []).rss);
    expect(text(item, "dcterms:modified")).toBe("2026-06-01T00:00:00Z");
    expect(text(item, "dcterms:valid")).toBe("end=2027-01-01T00:00:00Z");
    expect(text(item, "mi:dateTimeWritten")).toBe("2026-05-06T07:08:09Z");
    expect(writePlan(samplePlan([post]), []).rss).not.toMatch(/dcterms|microsoft/);
  });

  test("SmartNews gets its logo and the channel's date", () => {
    const channel = channelOf(writePlan(samplePlan([post], { profile: "smartnews" }), []).rss);
    expect(text(one(channel, "snf:logo"), "url")).toBe("https://example.org/logo.png");
    expect(text(channel, "pubDate")).toBe("Mon, 01 Jun 2026 00:00:00 GMT");
    expect(text(channelOf(writePlan(samplePlan([post]), []).rss), "pubDate")).toBeUndefined();
  });

  test("Mailchimp finds the summary in the description and the text apart", () => {
    const texts = writePlan(samplePlan([post], { profile: "mailchimp" }), [sampleContent()]);
    const [item] = itemsOfRss(texts.rss);
    expect(text(item, "description")).toBe("The harbour &amp; the bay.");
    expect(text(item, "content:encoded")).toBe(sampleContent().html);
  });
});
