// The rules that most feed generators break, as far as they concern writing.
import { describe, expect, test } from "vitest";
import { serializeFeed } from "../../src/formats/serialize.ts";
import {
  all,
  attribute,
  channelOf,
  entriesOf,
  itemsOfRss,
  one,
  order,
  readJson,
  readXml,
  text,
} from "./documents.ts";
import { sampleContent, samplePlan, samplePost, siteConfig } from "./samples.ts";
import { plainItem, writeFeed, writePlan, writePost } from "./write.ts";

const mp3 = { url: "https://example.org/a.mp3", type: "audio/mpeg" };

describe("rules of writing", () => {
  test("rule 1: an id outlives title, slug, host and date", () => {
    const before = writePost();
    const config = siteConfig({ url: "https://new.example/" });
    const url = "https://new.example/other/";
    const after = writePost({ title: "New", slug: "other", url, date: Date.UTC(2025, 0, 1) }, {}, config);
    for (const texts of [before, after]) {
      expect(text(itemsOfRss(texts.rss)[0], "guid")).toBe("tag:example.org,2026:harbour");
      expect(text(entriesOf(texts.atom)[0], "atom:id")).toBe("tag:example.org,2026:harbour");
      expect(readJson(texts.json).items[0]?.id).toBe("tag:example.org,2026:harbour");
    }
    const feedIds = [before, after].map((texts) => text(readXml(texts.atom), "atom:id"));
    expect(feedIds).toEqual(["tag:example.org,2026:feed/site", "tag:example.org,2026:feed/site"]);
  });

  test("rule 2: same input, same bytes", () => {
    expect(writePost()).toEqual(writePost());
    expect(writeFeed({}, plainItem())).toEqual(writeFeed({}, plainItem()));
  });

  test("rule 3: characters that XML forbids are left out in every format", () => {
    const texts = writePost({ title: "a\u0000b\u001fc\ufffed" }, { html: "<p>x\u0008y</p>" });
    expect(text(itemsOfRss(texts.rss)[0], "title")).toBe("abcd");
    expect(text(entriesOf(texts.atom)[0], "atom:content")).toBe("<p>xy</p>");
    expect(readJson(texts.json).items[0]).toMatchObject({ title: "abcd", content_html: "<p>xy</p>" });
  });

  test("rule 4: every prefix is bound, to the exact URI, and none is declared in vain", () => {
    const image = { url: "https://example.org/i.png", type: "image/png" };
    const { rss, atom } = writePost(
      { inReplyTo: "https://b.example/", license: "https://c.example/" },
      { image },
    );
    const declared = [...rss.matchAll(/xmlns:(\w+)="([^"]*)"/g)].map((match) => [match[1], match[2]]);
    expect(declared).toEqual([
      ["atom", "http://www.w3.org/2005/Atom"],
      ["content", "http://purl.org/rss/1.0/modules/content/"],
      ["creativeCommons", "http://backend.userland.com/creativeCommonsRssModule"],
      ["dc", "http://purl.org/dc/elements/1.1/"],
      ["media", "http://search.yahoo.com/mrss/"],
      ["thr", "http://purl.org/syndication/thread/1.0"],
    ]);
    expect(atom).toContain('xmlns="http://www.w3.org/2005/Atom"');
    expect(atom).toContain('xmlns:thr="http://purl.org/syndication/thread/1.0"');
    expect(writeFeed({}, plainItem({ extensions: [] })).rss).not.toContain("xmlns:");
    readXml(rss);
  });

  test("rule 6: a title is escaped once, as text", () => {
    const title = "Fish &amp; <b>chips</b>";
    const { rss, atom, json } = writePost({ title });
    expect(rss).toContain("<title>Fish &#x26;amp; &#x3C;b&#x3E;chips&#x3C;/b&#x3E;</title>");
    expect(text(itemsOfRss(rss)[0], "title")).toBe(title);
    expect(text(entriesOf(atom)[0], "atom:title")).toBe(title);
    expect(attribute(one(entriesOf(atom)[0], "atom:title"), "type")).toBe("text");
    expect(readJson(json).items[0]?.title).toBe(title);
  });

  test("rule 7: nothing stands before the XML declaration", () => {
    const { rss, atom } = writePost();
    expect(rss.startsWith('<?xml version="1.0" encoding="utf-8"?>\n<?xml-stylesheet ')).toBe(true);
    expect(atom.startsWith('<?xml version="1.0" encoding="utf-8"?>\n<?xml-stylesheet ')).toBe(true);
    const bare = writeFeed({});
    expect(bare.rss.startsWith('<?xml version="1.0" encoding="utf-8"?>\n<rss ')).toBe(true);
    expect(bare.atom.startsWith('<?xml version="1.0" encoding="utf-8"?>\n<feed ')).toBe(true);
  });

  test("rule 8: a note's title in Atom is cut first and escaped afterwards, between characters", () => {
    const summary = `${"👩‍👩‍👧‍👦".repeat(70)}`;
    const [entry] = entriesOf(writePost({ title: "" }, { summary, html: "<p>x</p>" }).atom);
    expect(text(entry, "atom:title")).toBe(`${"👩‍👩‍👧‍👦".repeat(60)}…`);
    const amps = "a&b ".repeat(40).trim();
    const [second] = entriesOf(writePost({ title: "" }, { summary: amps }).atom);
    expect(text(second, "atom:title")).toMatch(/^(a&b )+a&b…$/);
  });

  test("rule 9: any count of ]]> passes through", () => {
    const html = "<p>//]]> ]]]]>> ]]><![CDATA[</p>";
    const { rss, atom } = writePost({ title: "]]>]]>" }, { html });
    expect(text(itemsOfRss(rss)[0], "content:encoded")).toBe(html);
    expect(text(entriesOf(atom)[0], "atom:content")).toBe(html);
    expect(rss + atom).not.toContain("CDATA[<");
  });

  test("rule 10: a name without an e-mail address is a dc:creator, never an author", () => {
    const [names] = itemsOfRss(writePost({ authors: [{ name: "Bayu" }] }).rss);
    expect([text(names, "author"), text(names, "dc:creator")]).toEqual([undefined, "Bayu"]);
    const [mail] = itemsOfRss(writePost({ authors: [{ name: "Sari D", email: "s@example.org" }] }).rss);
    expect([text(mail, "author"), text(mail, "dc:creator")]).toEqual(["s@example.org (Sari D)", undefined]);
    // Beside an address a name cannot have brackets: it would lose them.
    const [whole] = itemsOfRss(writePost({ authors: [{ name: "Sari (D)", email: "s@example.org" }] }).rss);
    expect([text(whole, "author"), text(whole, "dc:creator")]).toEqual([undefined, "Sari (D)"]);
    const [bad] = itemsOfRss(writePost({ authors: [{ name: "X", email: "no mail" }] }).rss);
    expect([text(bad, "author"), text(bad, "dc:creator")]).toEqual([undefined, "X"]);
    const both = [{ name: "A", email: "a@example.org" }, { name: "B" }];
    const [several] = itemsOfRss(writePost({ authors: both }).rss);
    expect(all(several, "dc:creator").map((found) => found.text)).toEqual(["A", "B"]);
    expect(text(several, "author")).toBeUndefined();
  });

  test("rule 11: summary and full text both, in this order; without a summary the text is the description", () => {
    const [item] = itemsOfRss(writePost({}, { summary: "1 < 2 & so on" }).rss);
    const names = order(item);
    expect(names.indexOf("description")).toBeLessThan(names.indexOf("content:encoded"));
    expect(text(item, "description")).toBe("1 &lt; 2 &amp; so on");
    const [bare] = itemsOfRss(writePost({}, { summary: "" }).rss);
    expect(text(bare, "description")).toBe(sampleContent().html);
    expect(text(bare, "content:encoded")).toBeUndefined();
  });

  test("rule 12: every document names itself, and the hubs", () => {
    const { rss, atom, json } = writePlan(samplePlan([samplePost()], { folder: "tags/bay/" }), []);
    const links = all(channelOf(rss), "atom:link").map((found) => [
      attribute(found, "rel"),
      attribute(found, "href"),
    ]);
    const hubs = ["https://hub.example.net/", "https://second.example.net/hub"];
    expect(links).toEqual([
      ["self", "https://example.org/tags/bay/rss.xml"],
      ...hubs.map((hub) => ["hub", hub]),
    ]);
    const inAtom = all(readXml(atom), "atom:link").map((found) => [
      attribute(found, "rel"),
      attribute(found, "href"),
    ]);
    expect(inAtom).toEqual([
      ["alternate", "https://example.org/"],
      ["self", "https://example.org/tags/bay/atom.xml"],
      ...hubs.map((hub) => ["hub", hub]),
    ]);
    const feed = readJson(json);
    expect(feed.feed_url).toBe("https://example.org/tags/bay/feed.json");
    expect(feed.hubs).toEqual(hubs.map((url) => ({ type: "WebSub", url })));
  });

  test("rule 13: no date is invented", () => {
    for (const date of [undefined, new Date(Number.NaN), new Date(0), new Date(Date.UTC(10_000, 0, 1))]) {
      const { rss, atom, json } = writeFeed({}, plainItem({ date: date as Date }));
      expect(text(itemsOfRss(rss)[0], "pubDate")).toBeUndefined();
      expect(text(channelOf(rss), "lastBuildDate")).toBeUndefined();
      expect(readJson(json).items[0]?.date_published).toBeUndefined();
      // Atom demands a date: this one nobody takes for a real one.
      expect(text(entriesOf(atom)[0], "atom:updated")).toBe("1970-01-01T00:00:00Z");
    }
    const empty = writePlan(samplePlan([]), []);
    expect(text(channelOf(empty.rss), "lastBuildDate")).toBeUndefined();
  });

  test("rule 14: every date carries its zone", () => {
    const { rss, atom, json } = writePost();
    expect(text(itemsOfRss(rss)[0], "pubDate")).toBe("Wed, 06 May 2026 07:08:09 GMT");
    expect(text(entriesOf(atom)[0], "atom:published")).toBe("2026-05-06T07:08:09Z");
    expect(readJson(json).items[0]?.date_published).toBe("2026-05-06T07:08:09Z");
  });

  test("rule 15: the feed's date is the newest of the posts it shows, and of nothing else", () => {
    const posts = [
      samplePost({ updated: Date.UTC(2026, 5, 1) }),
      samplePost({ date: Date.UTC(2026, 4, 20) }),
    ];
    const { rss, atom } = writePlan(samplePlan(posts), []);
    expect(text(channelOf(rss), "lastBuildDate")).toBe("Mon, 01 Jun 2026 00:00:00 GMT");
    expect(text(readXml(atom), "atom:updated")).toBe("2026-06-01T00:00:00Z");
  });

  test("rule 16: published and updated are two dates", () => {
    const changed = writePost({ updated: Date.UTC(2026, 4, 9) });
    const [entry] = entriesOf(changed.atom);
    expect([text(entry, "atom:published"), text(entry, "atom:updated")]).toEqual([
      "2026-05-06T07:08:09Z",
      "2026-05-09T00:00:00Z",
    ]);
    expect(text(itemsOfRss(changed.rss)[0], "atom:updated")).toBe("2026-05-09T00:00:00Z");
    expect(readJson(changed.json).items[0]?.date_modified).toBe("2026-05-09T00:00:00Z");
    const same = writePost();
    expect(text(entriesOf(same.atom)[0], "atom:updated")).toBe("2026-05-06T07:08:09Z");
    expect(text(itemsOfRss(same.rss)[0], "atom:updated")).toBeUndefined();
    expect(readJson(same.json).items[0]?.date_modified).toBeUndefined();
  });

  test("rule 17: an enclosure has its real length", () => {
    const { rss, atom, json } = writePost({}, { attachments: [{ ...mp3, length: 48_213, duration: 61.5 }] });
    expect(one(itemsOfRss(rss)[0], "enclosure")?.attributes).toEqual({
      "{}url": mp3.url,
      "{}length": "48213",
      "{}type": "audio/mpeg",
    });
    const link = all(entriesOf(atom)[0], "atom:link").find(
      (found) => attribute(found, "rel") === "enclosure",
    );
    expect([attribute(link, "type"), attribute(link, "length")]).toEqual(["audio/mpeg", "48213"]);
    expect(readJson(json).items[0]?.attachments).toEqual([
      { url: mp3.url, mime_type: "audio/mpeg", size_in_bytes: 48_213, duration_in_seconds: 61.5 },
    ]);
  });

  test("rule 18: media types are real ones", () => {
    const type = (item: object): string | undefined =>
      attribute(one(itemsOfRss(writeFeed({}, plainItem(item)).rss)[0], "enclosure"), "type");
    expect(type({ audio: "https://example.org/a.mp3" })).toBe("audio/mpeg");
    expect(type({ enclosure: { url: "https://example.org/a.jpg?x=1" } })).toBe("image/jpeg");
    expect(type({ video: { url: "https://example.org/x", type: "Video/MP4" } })).toBe("video/mp4");
    expect(type({ enclosure: { url: "https://example.org/img/42", type: "nonsense" } })).toBe(
      "application/octet-stream",
    );
  });

  test("rule 19: one enclosure in RSS, and no attachment is lost", () => {
    const image = {
      url: "https://example.org/i.jpg",
      type: "image/jpeg",
      width: 640,
      height: 480,
      alt: "Bay",
      credit: "Bayu",
    };
    const attachments = [
      { url: "https://example.org/p.png", type: "image/png" },
      mp3,
      { url: "https://example.org/v.mp4", type: "video/mp4" },
    ];
    const { rss, atom, json } = writePost({}, { image, attachments });
    const [item] = itemsOfRss(rss);
    expect(all(item, "enclosure").map((found) => attribute(found, "url"))).toEqual([mp3.url]);
    const media = all(item, "media:content");
    expect(media.map((found) => attribute(found, "url"))).toEqual([
      image.url,
      "https://example.org/p.png",
      "https://example.org/v.mp4",
    ]);
    expect(media[0]?.attributes).toMatchObject({ "{}medium": "image", "{}width": "640", "{}height": "480" });
    expect([text(media[0], "media:description"), text(media[0], "media:credit")]).toEqual(["Bay", "Bayu"]);
    const links = all(entriesOf(atom)[0], "atom:link").filter(
      (found) => attribute(found, "rel") === "enclosure",
    );
    expect(links).toHaveLength(3);
    expect(readJson(json).items[0]).toMatchObject({ image: image.url, attachments: [{}, {}, {}] });
  });

  test("rule 20: the image of an RSS channel has url, title and link, equal to the channel's", () => {
    const channel = channelOf(writePost().rss);
    const image = one(channel, "image");
    expect(image?.children.map((found) => [found.name, found.text])).toEqual([
      ["{}url", "https://example.org/logo.png"],
      ["{}title", text(channel, "title")],
      ["{}link", text(channel, "link")],
    ]);
    expect(one(channelOf(writeFeed({ image: "https://example.org/logo.svg" }).rss), "image")).toBeUndefined();
  });

  test("rule 21: JSON is serialised, not templated", () => {
    const title = '"}], "x": "\\\n\u2028';
    const feed = readJson(writePlan(samplePlan([samplePost({ title: '"\\"' })], { title }), []).json);
    expect([feed.title, feed.items[0]?.title]).toEqual(['"}], "x": "\\', '"\\"']);
  });

  test("rule 22: JSON Feed is version 1.1, with authors, language, url and content_html", () => {
    const feed = readJson(writePost().json);
    expect(feed.version).toBe("https://jsonfeed.org/version/1.1");
    expect(feed.language).toBe("en");
    expect(feed.items[0]).toMatchObject({
      url: "https://example.org/harbour/",
      content_html: sampleContent().html,
      language: "id",
      authors: [{ name: "Sari Dewi" }, { name: "Bayu", url: "https://example.org/bayu/" }],
    });
    // Miniflux adds the feed's authors to the item's.
    expect(feed.authors).toBeUndefined();
    expect(readJson(writePost({ authors: [] }).json).authors).toEqual([
      { name: "Sari Dewi", url: "https://example.org/sari/" },
    ]);
  });

  test("rule 23: Atom's authors are never empty", () => {
    const people = [{ name: "" }, { email: "a@example.org" }, { link: "https://b.example/x" }];
    const { atom } = writeFeed({}, plainItem({ author: people }));
    const names = all(entriesOf(atom)[0], "atom:author").map((found) => text(found, "atom:name"));
    expect(names).toEqual(["a@example.org", "b.example"]);
    expect(text(one(readXml(atom), "atom:author"), "atom:name")).toBe("T");
  });

  test("rule 24: file names and media types that static hosts and readers agree on", () => {
    const files = (["rss", "atom", "json"] as const).map((format) =>
      serializeFeed(samplePlan([], { folder: "tags/bay/" }), format, [], siteConfig()),
    );
    expect(files.map(({ path, mediaType }) => [path, mediaType])).toEqual([
      ["tags/bay/rss.xml", "application/rss+xml"],
      ["tags/bay/atom.xml", "application/atom+xml"],
      ["tags/bay/feed.json", "application/feed+json"],
    ]);
  });

  test("rule 25: no style sheet unless asked for, and CSS is called CSS", () => {
    const feeds = { ...siteConfig().feeds, stylesheet: false };
    const plain = writePost({}, {}, siteConfig({}, { feeds }));
    expect(plain.rss + plain.atom).not.toContain("xml-stylesheet");
    const deep = writePlan(samplePlan([], { folder: "tags/bay/" }), []);
    for (const text of [deep.rss, deep.atom])
      expect(text).toContain('<?xml-stylesheet href="../../feeds.css" type="text/css"?>');
    const { rss } = writeFeed({ stylesheet: '/feed.css?a=1&b="2"?>' });
    expect(rss).toContain('<?xml-stylesheet href="/feed.css?a=1&amp;b=&quot;2&quot;?&gt;" type="text/css"?>');
    readXml(rss);
  });
});
