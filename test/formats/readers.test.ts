import { parseFeed as parseWithRowan } from "@rowanmanning/feed-parser";
import { decodeHTML } from "entities";
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import RssParser from "rss-parser";
import { describe, expect, test } from "vitest";
import type { Author, Post } from "../../src/model/post.ts";
import { sampleContent, samplePlan, samplePost } from "./samples.ts";
import { writePlan } from "./write.ts";

const posts: Post[] = [
  samplePost({ updated: Date.UTC(2026, 4, 8) }),
  samplePost({
    id: "https://old.example/?p=7&x=1",
    url: "https://example.org/ar/",
    title: "مرحبا 😀 <b>&amp;</b> ]]>",
    date: Date.UTC(2026, 3, 1),
    authors: [{ name: "ليلى" }],
    tags: ["رحلة"],
    language: "ar",
  }),
  samplePost({
    id: "tag:example.org,2026:note",
    url: "https://example.org/note/",
    title: "",
    date: Date.UTC(2026, 2, 1, 23, 59, 59),
    authors: [{ name: "Sari Dewi", email: "sari@example.org" }],
    tags: [],
  }),
];
const contents = [
  sampleContent({
    image: { url: "https://example.org/i.jpg", type: "image/jpeg", width: 640, height: 480 },
    attachments: [{ url: "https://example.org/a.mp3", type: "audio/mpeg", length: 48_213, duration: 61 }],
  }),
  sampleContent({ html: '<p dir="rtl">نص &lt;قصير&gt; ]]></p>', summary: "نص <قصير> ]]>" }),
  sampleContent({ html: "<p>Just a note.</p>", summary: "Just a note." }),
];
const texts = writePlan(samplePlan(posts), contents);

const ids = posts.map((post) => post.id);
const urls = posts.map((post) => post.url);
const titles = posts.map((post) => post.title);
const noteTitles = [...titles.slice(0, 2), "Just a note."];
const dates = posts.map((post) => post.date);
const html = contents.map((content) => content.html);
const summaries = contents.map((content) => content.summary);
const names = (people: readonly Author[]): string[] => people.map((one) => one.name);
const authors = posts.map((post) => names(post.authors));
const tags = posts.map((post) => [...post.tags]);
const instants = (values: readonly (string | undefined)[]): number[] =>
  values.map((value) => Date.parse(value ?? ""));

describe("independent readers", () => {
  test("rss-parser reads the RSS feed back", async () => {
    const feed = await new RssParser().parseString(texts.rss);
    expect(feed.items.map((item) => item.guid)).toEqual(ids);
    expect(feed.items.map((item) => item.link)).toEqual(urls);
    expect(feed.items.map((item) => item.title ?? "")).toEqual(titles);
    expect(instants(feed.items.map((item) => item.isoDate))).toEqual(dates);
    expect(feed.items.map((item) => item["content:encoded"])).toEqual(html);
    expect(feed.items.map((item) => item.contentSnippet)).toEqual(summaries);
    expect(feed.items.map((item) => item.categories ?? [])).toEqual(tags);
    // It keeps the first name only.
    expect(feed.items.map((item) => item.creator ?? item.author)).toEqual([
      "Sari Dewi",
      "ليلى",
      "sari@example.org (Sari Dewi)",
    ]);
    expect(feed.items[0]?.enclosure).toEqual({
      url: "https://example.org/a.mp3",
      length: "48213",
      type: "audio/mpeg",
    });
    expect([feed.title, feed.link, feed.feedUrl]).toEqual([
      "Teluk & Bukit",
      "https://example.org/",
      "https://example.org/rss.xml",
    ]);
  });

  test("rss-parser reads the Atom feed back", async () => {
    const feed = await new RssParser().parseString(texts.atom);
    expect(feed.items.map((item) => item.id)).toEqual(ids);
    expect(feed.items.map((item) => item.link)).toEqual(urls);
    expect(feed.items.map((item) => item.title)).toEqual(noteTitles);
    expect(instants(feed.items.map((item) => item.isoDate))).toEqual(dates);
    expect(feed.items.map((item) => item.content)).toEqual(html);
    expect(feed.items.map((item) => item.summary)).toEqual(summaries);
    expect(feed.items.map((item) => item.author)).toEqual(authors.map(([first]) => first));
  });

  test.each(["rss", "atom"] as const)("@rowanmanning/feed-parser reads the %s feed back", (format) => {
    const feed = parseWithRowan(texts[format]);
    expect(feed.items.map((item) => item.id)).toEqual(ids);
    expect(feed.items.map((item) => item.url)).toEqual(urls);
    const shown = format === "rss" ? titles : noteTitles;
    expect(feed.items.map((item) => item.title ?? "")).toEqual(shown);
    // This reader decodes the named references of texts twice.
    expect(feed.items.map((item) => item.content)).toEqual(html.map((one) => decodeHTML(one)));
    expect(feed.items.map((item) => item.published?.getTime())).toEqual(dates);
    expect(feed.items.map((item) => item.authors.map((one) => one.name))).toEqual(authors);
    expect(feed.items.map((item) => item.categories.map((one) => one.label))).toEqual(tags);
    expect(feed.items[0]?.media[0]).toMatchObject({
      url: "https://example.org/a.mp3",
      length: 48_213,
      mimeType: "audio/mpeg",
    });
    expect([feed.title, feed.url, feed.self, feed.language]).toEqual([
      "Teluk & Bukit",
      "https://example.org/",
      `https://example.org/${format}.xml`,
      "en",
    ]);
  });

  test("feedsmith reads the RSS feed back", () => {
    const items = parseRssFeed(texts.rss).items ?? [];
    expect(items.map((item) => item.guid?.value)).toEqual(ids);
    expect(items.map((item) => item.link)).toEqual(urls);
    expect(items.map((item) => item.title ?? "")).toEqual(titles);
    expect(instants(items.map((item) => item.pubDate))).toEqual(dates);
    expect(items.map((item) => item.content?.encoded)).toEqual(html);
    expect(items.map((item) => item.dc?.languages)).toEqual([["id"], ["ar"], ["id"]]);
    expect(items[0]?.media?.contents?.[0]).toMatchObject({ url: "https://example.org/i.jpg", width: 640 });
    expect(items.map((item) => item.atom?.updated)).toEqual(["2026-05-08T00:00:00Z", undefined, undefined]);
  });

  test("feedsmith reads the Atom feed back", () => {
    const feed = parseAtomFeed(texts.atom);
    const entries = feed.entries ?? [];
    expect(entries.map((entry) => entry.id)).toEqual(ids);
    expect(entries.map((entry) => entry.links?.[0]?.href)).toEqual(urls);
    expect(entries.map((entry) => entry.title?.value)).toEqual(noteTitles);
    expect(instants(entries.map((entry) => entry.published))).toEqual(dates);
    expect(entries.map((entry) => entry.content)).toEqual(html.map((value) => ({ value, type: "html" })));
    expect(entries.map((entry) => entry.authors?.map((one) => one.name))).toEqual(authors);
    expect(feed.updated).toBe("2026-05-08T00:00:00Z");
  });

  test("feedsmith reads the JSON feed back", () => {
    const items = parseJsonFeed(texts.json).items ?? [];
    expect(items.map((item) => item.id)).toEqual(ids);
    expect(items.map((item) => item.url)).toEqual(urls);
    expect(items.map((item) => item.title ?? "")).toEqual(titles);
    expect(instants(items.map((item) => item.date_published))).toEqual(dates);
    expect(items.map((item) => item.content_html)).toEqual(html);
    expect(items.map((item) => item.summary)).toEqual(summaries);
    expect(items.map((item) => item.authors?.map((one) => one.name))).toEqual(authors);
    expect(items.map((item) => item.tags ?? [])).toEqual(tags);
    expect(items.map((item) => item.language)).toEqual(["id", "ar", "id"]);
  });
});
