import { describe, expect, test } from "vitest";
import { compareFeeds } from "../../../src/publish/plan/compare.ts";

/** What of its one entry a document shows differently; undefined when the entry counts as unchanged. */
function changedBetween(path: string, before: string, after: string): readonly string[] | undefined {
  const read = (text: string) => [{ path, bytes: new TextEncoder().encode(text) }];
  const [feed] = compareFeeds(read(before), read(after), { limit: 50 });
  expect(feed?.new).toEqual([]);
  return feed?.edited[0]?.changed;
}

const rss = (item: string, indent = "") =>
  `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>T</title>${indent}<item>${indent}<guid>g</guid>${item}</item></channel></rss>`;
const atom = (entry: string) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>g</id>${entry}</entry></feed>`;
const json = (item: object) =>
  JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title: "T", items: [{ id: "g", ...item }] });

describe("an edit that keeps the words is an edit, and the report says of what", () => {
  test.each<[string, string, string, string]>([
    [
      "content",
      "markup",
      "<description>&lt;p&gt;a b&lt;/p&gt;</description>",
      "<description>&lt;p&gt;a &lt;em&gt;b&lt;/em&gt;&lt;/p&gt;</description>",
    ],
    [
      "content",
      "a link's target",
      '<description>&lt;a href="/x"&gt;a&lt;/a&gt;</description>',
      '<description>&lt;a href="/y"&gt;a&lt;/a&gt;</description>',
    ],
    [
      "content",
      "an image",
      "<content:encoded>&lt;img src='a'&gt;</content:encoded>",
      "<content:encoded>&lt;img src='b'&gt;</content:encoded>",
    ],
    [
      "content",
      "escaped markup that becomes real",
      "<description>&amp;lt;b&amp;gt;</description>",
      "<description>&lt;b&gt;</description>",
    ],
    [
      "content",
      "indentation of code",
      "<description>&lt;pre&gt;a\n  b&lt;/pre&gt;</description>",
      "<description>&lt;pre&gt;a\n    b&lt;/pre&gt;</description>",
    ],
    [
      "content",
      "a space between words",
      "<description>&lt;b&gt;a&lt;/b&gt; b</description>",
      "<description>&lt;b&gt;a&lt;/b&gt;b</description>",
    ],
    [
      "summary",
      "a summary",
      "<description>a</description><content:encoded>x</content:encoded>",
      "<description>b</description><content:encoded>x</content:encoded>",
    ],
    [
      "attachments",
      "an enclosure",
      '<enclosure url="a.mp3" length="1" type="audio/mpeg"/>',
      '<enclosure url="b.mp3" length="1" type="audio/mpeg"/>',
    ],
    ["attachments", "an enclosure that goes", '<enclosure url="a.mp3" length="1" type="audio/mpeg"/>', ""],
    ["attachments", "a Media RSS file", '<media:content url="a.jpg"/>', '<media:content url="b.jpg"/>'],
    ["image", "a picture", '<itunes:image href="a.jpg"/>', '<itunes:image href="b.jpg"/>'],
    ["author", "an author", "<dc:creator>A</dc:creator>", "<dc:creator>B</dc:creator>"],
    ["categories", "a category", "<category>a</category>", "<category>a</category><category>b</category>"],
    ["title", "a title", "<title>a</title>", "<title>b</title>"],
    ["link", "an address", "<link>https://a.example/</link>", "<link>https://b.example/</link>"],
    [
      "date",
      "a date",
      "<pubDate>Thu, 01 Jan 2026 00:00:00 GMT</pubDate>",
      "<pubDate>Fri, 02 Jan 2026 00:00:00 GMT</pubDate>",
    ],
    [
      "other",
      "anything else",
      "<comments>https://a.example/1</comments>",
      "<comments>https://a.example/2</comments>",
    ],
  ])("RSS, %s: %s", (part, _, before, after) => {
    expect(changedBetween("rss.xml", rss(before), rss(after))).toEqual([part]);
  });

  test.each<[string, string, string]>([
    [
      "content",
      '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a <b>b</b></div></content>',
      '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a <i>b</i></div></content>',
    ],
    ["content", "<content>a</content>", '<content type="html">a</content>'],
    ["summary", "<summary>a</summary>", "<summary>b</summary>"],
    ["author", "<author><name>A</name></author>", "<author><name>B</name></author>"],
    ["attachments", '<link rel="enclosure" href="a"/>', '<link rel="enclosure" href="b"/>'],
    ["other", '<link rel="related" href="a"/>', '<link rel="related" href="b"/>'],
    ["link", '<link href="https://a.example/"/>', '<link href="https://b.example/"/>'],
    [
      "updated",
      "<published>2026-01-01T00:00:00Z</published><updated>2026-01-01T00:00:00Z</updated>",
      "<published>2026-01-01T00:00:00Z</published><updated>2026-01-02T00:00:00Z</updated>",
    ],
  ])("Atom, %s: %s", (part, before, after) => {
    expect(changedBetween("atom.xml", atom(before), atom(after))).toEqual([part]);
  });

  test.each<[string[], object, object]>([
    [["content"], { content_html: "<p>a</p>" }, { content_html: "<p><b>a</b></p>" }],
    [["summary"], { summary: "a", content_text: "x" }, { summary: "b", content_text: "x" }],
    [["image"], { image: "https://a.example/1" }, { image: "https://a.example/2" }],
    [["attachments"], { attachments: [{ url: "a", mime_type: "audio/mpeg" }] }, { attachments: [] }],
    [
      ["author", "categories"],
      { authors: [{ name: "A" }], tags: ["a"] },
      { authors: [{ name: "B" }], tags: ["b"] },
    ],
    [["other"], { _kabar: { a: 1 } }, { _kabar: { a: 2 } }],
  ])("JSON Feed, %j", (parts, before, after) => {
    expect(changedBetween("feed.json", json(before), json(after))).toEqual(parts);
  });
});

describe("what does not show is no edit", () => {
  test.each<[string, string, string]>([
    [
      "white space between blocks",
      "<description>&lt;p&gt;a&lt;/p&gt;&lt;ul&gt;&lt;li&gt;b&lt;/li&gt;&lt;/ul&gt;</description>",
      "<description>&lt;p&gt;a&lt;/p&gt;\n\n&lt;ul&gt;\n &lt;li&gt; b\n&lt;/li&gt;\n&lt;/ul&gt;\n</description>",
    ],
    ["a line broken elsewhere", "<description>a b c</description>", "<description>a\nb  c</description>"],
    [
      "CDATA in place of escapes",
      "<description>&lt;b&gt;a&lt;/b&gt;</description>",
      "<description><![CDATA[<b>a</b>]]></description>",
    ],
    [
      "references written otherwise",
      "<description>it&amp;#8217;s &amp;amp; &amp;lt;</description>",
      "<description>it’s &amp;#38; &amp;#x3C;</description>",
    ],
    [
      "the order of attributes",
      '<enclosure url="a" length="1" type="t/t"/>',
      '<enclosure type="t/t" length="1" url="a"/>',
    ],
    [
      "the same instant in another form",
      "<pubDate>Thu, 01 Jan 2026 00:00:00 GMT</pubDate>",
      "<pubDate>Thu, 01 Jan 2026 07:00:00 +0700</pubDate>",
    ],
    [
      "a prefix",
      "<dc:creator>A</dc:creator>",
      '<x:creator xmlns:x="http://purl.org/dc/elements/1.1/">A</x:creator>',
    ],
  ])("%s", (_, before, after) => {
    expect(changedBetween("rss.xml", rss(before), rss(after))).toBeUndefined();
    expect(changedBetween("rss.xml", rss(before), rss(before, "\n  "))).toBeUndefined();
  });

  test("the order of JSON members", () => {
    const item = { title: "a", content_html: "<p>b</p>" };
    const turned = { content_html: "<p>b</p>", title: "a" };
    expect(changedBetween("feed.json", json(item), `${json(turned)}\n`)).toBeUndefined();
  });
});

test("a document that is no feed any more, or broken inside an entry, is compared as far as it can be read", () => {
  const whole = rss("<title>a</title>");
  for (const broken of ["", "{", "<rss", "<p>x</p>", whole.slice(0, -30), '{"items":[1,null,[]]}'])
    for (const path of ["rss.xml", "feed.json"])
      expect(() =>
        compareFeeds(
          [{ path, bytes: new TextEncoder().encode(whole) }],
          [{ path, bytes: new TextEncoder().encode(broken) }],
          {
            limit: 50,
          },
        ),
      ).not.toThrow();
});
