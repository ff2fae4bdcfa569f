// An example for each rule about Atom, feed history and threading.
import { type Example, entry, feed } from "./documents.ts";

const entryStart =
  '<entry><id>https://example.org/1</id><title>One</title><published>2026-01-02T03:04:05Z</published><updated>2026-01-02T03:04:05Z</updated><link href="https://example.org/1"/><summary>Text</summary></entry>';
const other = (date: string) => entryStart.replace("2026-01-02T03:04:05Z</updated>", `${date}</updated>`);
const link = (rel: string, href = "https://example.org/x") => `<link rel="${rel}" href="${href}"/>`;
const xhtml = (inside: string) => entry(`<content type="xhtml">${inside}</content>`);
const div = '<div xmlns="http://www.w3.org/1999/xhtml">';
const authorless = (inside: string) =>
  feed(inside, "<title>t</title><id>https://example.org/</id><updated>2026-01-02T03:04:05Z</updated>");

export const atomExamples = {
  "atom/author-missing": { bad: authorless(entryStart), good: feed(entryStart) },
  "atom/alternate-missing": { bad: entry("", "<summary>Text</summary>"), good: entry("") },
  "atom/text-missing": { bad: entry("", link("alternate")), good: entry("") },
  "atom/summary-missing": {
    bad: entry('<content src="https://example.org/a.mp4" type="video/mp4"/>', ""),
    good: entry('<content src="https://example.org/a.mp4" type="video/mp4"/>'),
  },
  "atom/alternate-repeated": {
    bad: entry(link("alternate")),
    good: entry('<link rel="alternate" hreflang="id" href="https://example.org/id"/>'),
  },
  "atom/href-missing": { bad: feed('<link rel="related"/>'), good: feed(link("related")) },
  "atom/link-content": {
    bad: feed('<link rel="related" href="https://example.org/">here</link>'),
    good: feed(link("related")),
  },
  "atom/link-relation": { bad: feed(link("parent")), good: feed(link("https://example.org/parent")) },
  "atom/self-missing": { bad: authorless(""), good: feed("") },
  "atom/self-mismatch": { bad: feed(""), about: { url: "https://example.org/other.xml" } },
  "atom/self-relative": { bad: authorless(link("self", "atom.xml")), good: feed("") },
  "atom/self-type": {
    bad: authorless('<link rel="self" type="text/html" href="https://example.org/"/>'),
    good: feed(""),
  },
  "atom/metadata-late": {
    bad: feed(`${entryStart}<subtitle>late</subtitle>`),
    good: feed(`<subtitle>early</subtitle>${entryStart}`),
  },
  "atom/entry-repeated": { bad: feed(entryStart + entryStart), good: feed(entryStart) },
  "atom/id-repeated": { bad: feed(entryStart + other("2026-01-03T00:00:00Z")), good: feed(entryStart) },
  "atom/updated-repeated": {
    bad: feed(entryStart + entryStart),
    good: feed(entryStart + other("2026-01-03T00:00:00Z")),
  },
  "atom/source-incomplete": {
    bad: entry("<source><title>t</title></source>"),
    good: entry(
      "<source><id>https://example.org/s</id><title>t</title><updated>2026-01-02T03:04:05Z</updated></source>",
    ),
  },
  "atom/text-type": {
    bad: feed('<subtitle type="text/html">a</subtitle>'),
    good: feed('<subtitle type="html">a</subtitle>'),
  },
  "atom/div-missing": {
    bad: xhtml('<p xmlns="http://www.w3.org/1999/xhtml">a</p>'),
    good: xhtml(`${div}<p>a</p></div>`),
  },
  "atom/not-inline": { bad: xhtml(`${div}&lt;b&gt;a&lt;/b&gt;</div>`), good: xhtml(`${div}<b>a</b></div>`) },
  "atom/not-escaped": {
    bad: entry('<content type="html" mode="escaped"><b>a</b></content>'),
    good: entry('<content type="html">&lt;b&gt;a&lt;/b&gt;</content>'),
  },
  "atom/undeclared-html": {
    bad: feed("<subtitle>&lt;b&gt;a&lt;/b&gt;</subtitle>"),
    good: feed('<subtitle type="html">&lt;b&gt;a&lt;/b&gt;</subtitle>'),
  },
  "atom/type-missing": {
    bad: entry('<content src="https://example.org/a"/>'),
    good: entry('<content type="video/mp4" src="https://example.org/a"/>'),
  },
  "atom/fragment": {
    bad: entry('<content type="text/html">&lt;b&gt;a&lt;/b&gt;</content>'),
    good: entry('<content type="html">&lt;b&gt;a&lt;/b&gt;</content>'),
  },
  "thread/when": {
    bad: entry('<link rel="replies" href="https://example.org/c" thr:when="2026-01-02T03:04:05Z"/>'),
    good: entry('<link rel="replies" href="https://example.org/c" thr:updated="2026-01-02T03:04:05Z"/>'),
  },
  "history/relation-in-entry": { bad: entry(link("prev-archive")), good: feed(link("prev-archive")) },
  "history/complete-paged": {
    bad: feed(`<fh:complete/>${link("next")}`),
    good: feed("<fh:complete/>").replace("next", ""),
  },
  "history/complete-current": {
    bad: feed(`<fh:complete/>${link("current")}`),
    good: feed(`<fh:complete/>${link("current", "https://example.org/atom.xml")}`),
  },
  "history/archive-current": {
    bad: feed(`<fh:archive/>${link("prev-archive")}`),
    good: feed(`<fh:archive/>${link("prev-archive")}${link("current")}`),
  },
  "history/archive-links": {
    bad: feed(`<fh:archive/>${link("current")}`),
    good: feed(`<fh:archive/>${link("prev-archive")}${link("current")}`),
  },
  "history/past-end": {
    bad: feed(link("last", "https://example.org/atom.xml") + link("next")),
    good: feed(link("last") + link("next")),
  },
} satisfies Record<string, Example>;
