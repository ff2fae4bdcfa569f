// Entries of any format, and what publishing them would mean to subscribers.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareEntries, describeComparison } from "../../../src/check/compare/compare-documents.ts";
import { type FeedEntry, readEntries, readFeedDocument } from "../../../src/check/compare/read-entries.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const rssText = `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"><channel><atom:link rel="self" href="https://example.org/rss.xml"/><item><title>One &amp;amp; two</title><link>https://example.org/1</link><guid>https://example.org/1</guid><pubDate>Wed, 02 Oct 2002 08:00:00 GMT</pubDate><description>Short</description><content:encoded><![CDATA[<p>Full <b>text</b></p>]]></content:encoded></item></channel></rss>`;
const atomText = `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="https://example.org/atom.xml"/><entry><id>https://example.org/1</id><title type="html">One &amp;amp; two</title><link href="https://example.org/1"/><published>2002-10-02T08:00:00Z</published><updated>2003-01-01T00:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Full <b>text</b></p></div></content></entry></feed>`;
const jsonText = JSON.stringify({
  feed_url: "https://example.org/feed.json",
  items: [
    {
      id: "https://example.org/1",
      url: "https://example.org/1",
      title: "One & two",
      content_html: "<p>Full <b>text</b></p>",
      date_published: "2002-10-02T08:00:00Z",
    },
  ],
});

describe("reading entries", () => {
  test("the formats of one post give one entry", () => {
    const [rss, atom, json] = [rssText, atomText, jsonText].map((text) => readEntries(bytesOf(text), "x")[0]);
    expect(rss).toMatchObject({
      id: "https://example.org/1",
      title: "One & two",
      url: "https://example.org/1",
      date: Date.UTC(2002, 9, 2, 8),
    });
    expect(json).toEqual(rss);
    expect(atom).toEqual({ ...rss, updated: Date.UTC(2003, 0) });
  });

  test("the document's own address is read", () => {
    expect([rssText, atomText, jsonText].map((text) => readFeedDocument(bytesOf(text), "x").self)).toEqual([
      "https://example.org/rss.xml",
      "https://example.org/atom.xml",
      "https://example.org/feed.json",
    ]);
  });

  test("RSS 1.0 and bare items have the ids that readers use", () => {
    const rdf =
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><item rdf:about="https://example.org/a"><title>a</title></item></rdf:RDF>';
    expect(readEntries(bytesOf(rdf), "x")[0]?.id).toBe("https://example.org/a");
    expect(
      readEntries(
        bytesOf("<rss><channel><item><link>https://example.org/b</link></item></channel></rss>"),
        "x",
      )[0]?.id,
    ).toBe("https://example.org/b");
  });

  test("any bytes give a list", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom("a.xml", "a.json"), (bytes, name) => {
        expect(Array.isArray(readEntries(bytes, name))).toBe(true);
      }),
      { numRuns: Number(process.env.FC_RUNS ?? 200) },
    );
  });
});

describe("comparing", () => {
  const entry = (id: string, changes: Partial<FeedEntry> = {}): FeedEntry => ({
    id,
    title: `Title ${id}`,
    url: `https://example.org/${id}`,
    digest: id,
    ...changes,
  });

  test("rule 1: an entry under another id would reappear as new", () => {
    const before = [entry("1"), entry("2"), entry("3")];
    const after = [
      entry("1"),
      entry("two", { url: "http://www.example.org/2/" }),
      entry("three", { url: "https://example.org/new-place", title: "Title 3", digest: "3" }),
      entry("4"),
    ];
    const result = compareEntries(before, after);
    expect(result.reappearing.map(({ before: old, after: now }) => [old.id, now.id])).toEqual([
      ["2", "two"],
      ["3", "three"],
    ]);
    expect(result.added.map(({ id }) => id)).toEqual(["4"]);
    expect(result.gone).toEqual([]);
    expect(result.edited).toEqual([]);
  });

  test("different words, title or address under one id are an edit", () => {
    const changes = [{ digest: "x" }, { title: "x" }, { url: "https://example.org/x" }, {}];
    expect(changes.map((change) => compareEntries([entry("1")], [entry("1", change)]).edited.length)).toEqual(
      [1, 1, 1, 0],
    );
  });

  test("what is no longer there is gone", () => {
    expect(compareEntries([entry("1")], []).gone.map(({ id }) => id)).toEqual(["1"]);
  });

  test("every entry is counted once", () => {
    const list = fc.uniqueArray(
      fc.record({
        id: fc.string({ maxLength: 2 }),
        title: fc.constantFrom("", "a", "b"),
        url: fc.constantFrom("", "https://a/", "https://b/"),
        digest: fc.constantFrom("1", "2"),
      }),
      { selector: ({ id }) => id, maxLength: 8 },
    );
    fc.assert(
      fc.property(list, list, (before, after) => {
        const { added, edited, gone, reappearing } = compareEntries(before, after);
        const kept = before.filter(({ id }) => after.some((other) => other.id === id)).length;
        expect(added.length + reappearing.length + kept).toBe(after.length);
        expect(gone.length + reappearing.length + kept).toBe(before.length);
        expect(edited.length).toBeLessThanOrEqual(kept);
      }),
      { numRuns: Number(process.env.FC_RUNS ?? 200) },
    );
  });

  test("the description names the posts, most alarming first", () => {
    const text = describeComparison(
      compareEntries(
        [entry("1"), entry("2")],
        [entry("2", { digest: "x" }), entry("one", { url: "https://example.org/1" })],
      ),
    );
    expect(text).toBe(
      "would reappear as new: Title one (1 becomes one)\nedited: Title 2\n0 new, 1 edited, 0 gone, 1 would reappear as new\n",
    );
  });
});
