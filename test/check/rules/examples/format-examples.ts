// An example for each rule about JSON Feed, OPML and sitemaps.
import { type Example, json, jsonItem, newsUrl, opml, sitemap } from "./documents.ts";

const outline = (attributes: string) => opml(`<outline text="a"${attributes}/>`);
const feedAttributes = ' type="rss" title="A" xmlUrl="https://example.org/rss.xml"';
const url = (inside = "", at = "https://example.org/1") => sitemap(`<url><loc>${at}</loc>${inside}</url>`);

export const formatExamples = {
  "json/syntax": { bad: '{"version": "https://jsonfeed.org/version/1.1",}', good: json({}) },
  "json/version": { bad: json({ version: "1.1" }), good: json({}) },
  "json/version-old": { bad: json({ version: "https://jsonfeed.org/version/1" }), good: json({}) },
  "json/missing": { bad: json({ title: undefined }), good: json({}) },
  "json/type": { bad: json({ title: 3 }), good: json({}) },
  "json/url": { bad: json({ icon: "/icon.png" }), good: json({ icon: "https://example.org/icon.png" }) },
  "json/date": { bad: jsonItem({ date_published: "2026-01-02" }), good: jsonItem({}) },
  "json/id": { bad: jsonItem({ id: " " }), good: jsonItem({}) },
  "json/id-repeated": {
    bad: json({
      items: [
        { id: "1", content_html: "a" },
        { id: "1", content_html: "b" },
      ],
    }),
    good: jsonItem({}),
  },
  "json/member-repeated": { bad: json({}).replace('"title"', '"title":"a","title"'), good: json({}) },
  "json/unknown": { bad: json({ colour: "red" }), good: json({ _colour: { name: "red" } }) },
  "json/extension": { bad: json({ _colour: "red" }), good: json({ _colour: { name: "red" } }) },
  "json/media-type": {
    bad: jsonItem({ attachments: [{ url: "https://example.org/a", mime_type: "mp3" }] }),
    good: jsonItem({ attachments: [{ url: "https://example.org/a", mime_type: "audio/mpeg" }] }),
  },
  "json/author-empty": { bad: json({ authors: [{}] }), good: json({ authors: [{ name: "Ani" }] }) },
  "json/author-old": { bad: json({ author: { name: "Ani" } }), good: json({ authors: [{ name: "Ani" }] }) },
  "json/next-self": {
    bad: json({ next_url: "https://example.org/feed.json" }),
    good: json({ next_url: "https://example.org/2.json" }),
  },
  "json/home-missing": { bad: json({ home_page_url: undefined }), good: json({}) },
  "json/self-missing": { bad: json({ feed_url: undefined }), good: json({}) },
  "json/language": { bad: json({ language: "English" }), good: json({ language: "en" }) },
  "opml/type": { bad: outline(' type="song"'), good: outline(feedAttributes) },
  "opml/version": {
    bad: outline(`${feedAttributes} version="9"`),
    good: outline(`${feedAttributes} version="RSS2"`),
  },
  "opml/document-version": { bad: opml('<outline text="a"/>', "<title/>", "9.0"), good: outline("") },
  "opml/old-name": {
    bad: '<outlineDocument><head/><body><outline text="a"/></body></outlineDocument>',
    good: outline(""),
  },
  "opml/xml-url": { bad: outline(' type="rss" title="A"'), good: outline(feedAttributes) },
  "opml/title": { bad: outline(' type="rss" xmlUrl="https://example.org/"'), good: outline(feedAttributes) },
  "opml/type-missing": { bad: outline(' xmlUrl="https://example.org/"'), good: outline(feedAttributes) },
  "opml/link-url": { bad: outline(' type="link"'), good: outline(' type="link" url="https://example.org/"') },
  "opml/expansion": {
    bad: opml('<outline text="a"/>', "<expansionState>all</expansionState>"),
    good: opml('<outline text="a"/>', "<expansionState>1,2</expansionState>"),
  },
  "sitemap/too-many": { bad: sitemap("<url/>".repeat(50_001)), good: url() },
  "sitemap/too-large": { bad: url(`<lastmod>${" ".repeat(50 * 1024 * 1024)}</lastmod>`), good: url() },
  "sitemap/priority": { bad: url("<priority>2</priority>"), good: url("<priority>0.5</priority>") },
  "sitemap/frequency": {
    bad: url("<changefreq>often</changefreq>"),
    good: url("<changefreq>daily</changefreq>"),
  },
  "sitemap/repeated": { bad: sitemap("<url><loc>https://example.org/1</loc></url>".repeat(2)), good: url() },
  "sitemap/host": {
    bad: sitemap("<url><loc>https://example.org/1</loc></url><url><loc>https://example.net/1</loc></url>"),
    good: url(),
  },
  "sitemap/news-too-many": { bad: sitemap(newsUrl().repeat(1_001)), good: sitemap(newsUrl()) },
  "sitemap/news-old": { bad: sitemap(newsUrl("A", "en", "2026-11-01")), good: sitemap(newsUrl()) },
  "sitemap/news-language": { bad: sitemap(newsUrl("A", "English")), good: sitemap(newsUrl()) },
  "sitemap/news-name": { bad: sitemap(newsUrl("A (paid)")), good: sitemap(newsUrl()) },
} satisfies Record<string, Example>;
