// An example for each rule about HTML, readers and consumers.
import { bareItem, channel, type Example, entry, feed, item, json, jsonItem } from "./documents.ts";

const html = (content: string) =>
  item("").replace("<description>Text", `<description><![CDATA[${content}]]>`);
const hub = '<atom:link rel="hub" href="https://hub.example.org/"/>';
const full = `<content:encoded>${"word ".repeat(100)}</content:encoded><link>https://example.org/1</link>`;

export const readerExamples = {
  "html/relative": {
    bad: html('<img src="/a.png">'),
    good: html('<img src="https://example.org/a.png"><a href="#note">1</a>'),
  },
  "html/unsafe-element": { bad: html("<script>x</script>"), good: html("<p>x</p>") },
  "html/plaintext": { bad: html("<plaintext>a"), good: html("<pre>a</pre>") },
  "html/unsafe-attribute": {
    bad: html('<p onclick="x()">a</p>'),
    good: html('<p title="a" data-x="1">a</p>'),
  },
  "html/unsafe-style": {
    bad: html('<p style="position: fixed">a</p>'),
    good: html('<p style="color: red">a</p>'),
  },
  "html/unsafe-address": {
    bad: html('<a href="javascript:x()">a</a>'),
    good: html('<a href="https://example.org/">a</a>'),
  },
  "html/unknown": { bad: html("<blinky>a</blinky>"), good: html("<em>a&nbsp;b</em>") },
  "portability/description-missing": {
    bad: bareItem("<title>t</title><content:encoded>a</content:encoded>"),
    good: item("<content:encoded>a</content:encoded>"),
  },
  "portability/date-missing": { bad: bareItem("<title>t</title>"), good: item("") },
  "portability/published-missing": {
    bad: entry("").replace(/<published>.*<\/published>/, ""),
    good: entry(""),
  },
  "portability/url-missing": { bad: jsonItem({ url: undefined }), good: jsonItem({}) },
  "portability/text-only": {
    bad: jsonItem({ content_html: undefined, content_text: "a" }),
    good: jsonItem({}),
  },
  "portability/alternate-first": {
    bad: feed("").replace('type="text/html"', 'type="application/json"'),
    good: feed(""),
  },
  "portability/alternate-bare": {
    bad: feed('<link hreflang="id" href="https://example.org/id"/>'),
    good: feed(""),
  },
  "portability/dates-differ": {
    bad: item("<dc:date>2020-01-01</dc:date>"),
    good: item("<dc:date>2002-10-02T08:00:00Z</dc:date>"),
  },
  "portability/category-comma": {
    bad: item("<category>a, b</category>"),
    good: item("<category>a</category>"),
  },
  "portability/guid-path": {
    bad: bareItem("<title>t</title><guid>posts/1</guid>"),
    good: bareItem('<title>t</title><guid isPermaLink="false">posts/1</guid>'),
  },
  "portability/many-entries": { bad: channel("<item><title>t</title></item>".repeat(301)), good: item("") },
  "portability/large": { bad: item(`<!--${" ".repeat(10 * 1024 * 1024)}-->`), good: item("") },
  "portability/old-date": {
    bad: channel("<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>"),
    good: channel("<pubDate>Wed, 02 Oct 2002 08:00:00 GMT</pubDate>"),
  },
  "portability/hub-without-self": {
    bad: channel(hub).replace(/<atom:link rel="self"[^>]*>/, ""),
    good: channel(hub),
  },
  "portability/author-not-shown": {
    bad: json({
      authors: [{ name: "A" }],
      items: [{ id: "1", content_html: "a", authors: [{ name: "B" }] }],
    }),
    good: json({ authors: [{ name: "A" }] }),
  },
  "profile/google": {
    bad: bareItem("<description>a</description>"),
    good: item(full),
    options: { profile: "google" },
  },
  "profile/msn": {
    bad: item(""),
    good: item(full)
      .replace("<title>One", "<title>A title of more than twenty characters")
      .replace("02 Oct 2002", "02 Sep 2026"),
    options: { profile: "msn" },
  },
  "profile/flipboard": { bad: item(""), options: { profile: "flipboard" } },
  "profile/smartnews": {
    bad: item(""),
    good: channel("<language>en</language><pubDate>Wed, 02 Oct 2002 08:00:00 GMT</pubDate>"),
    options: { profile: "smartnews" },
  },
  "profile/apple-podcasts": { bad: item(""), options: { profile: "apple-podcasts" } },
} satisfies Record<string, Example>;
