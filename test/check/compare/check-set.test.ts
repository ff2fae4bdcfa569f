// The documents of one site as a set.
import { describe, expect, test } from "vitest";
import { checkSet, type SetDocument, type UnreadDocument } from "../../../src/check/compare/check-set.ts";
import { readFeedDocument } from "../../../src/check/compare/read-entries.ts";
import { today } from "../rules/examples/documents.ts";

function rss(
  path: string,
  items: readonly { id: string; url?: string; date?: string }[],
  self = `https://example.org/${path}`,
): UnreadDocument {
  const inside = items
    .map((item) => {
      const url = item.url ?? `https://example.org/${item.id}`;
      const date = item.date ?? "Wed, 02 Oct 2002 08:00:00 GMT";
      return `<item><title>T ${url}</title><link>${url}</link><guid>${item.id}</guid><pubDate>${date}</pubDate></item>`;
    })
    .join("");
  const text = `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><atom:link rel="self" href="${self}"/>${inside}</channel></rss>`;
  return { path, bytes: new TextEncoder().encode(text), url: `https://example.org/${path}` };
}

const codes = (documents: readonly SetDocument[], previous: readonly SetDocument[] = []) =>
  checkSet(documents, { previous, now: today }).map(({ code, file }) => `${file} ${code}`);

describe("a set of documents", () => {
  test("a sound one has no findings", () => {
    const set = [rss("rss.xml", [{ id: "1" }, { id: "2" }]), rss("tags/a/rss.xml", [{ id: "2" }])];
    expect(codes(set, set)).toEqual([]);
  });

  test("rule 1: an entry that returns under another id is an error", () => {
    const found = checkSet([rss("rss.xml", [{ id: "new", url: "https://example.org/1" }])], {
      previous: [rss("rss.xml", [{ id: "1" }])],
      now: today,
    });
    expect(found).toMatchObject([
      { code: "set/id-changed", severity: "error", file: "rss.xml", hint: 'Write `id: "1"` into the post.' },
    ]);
  });

  test("F21: one id for two pages is an error, wherever they are", () => {
    expect(
      codes([
        rss("rss.xml", [{ id: "1" }]),
        rss("tags/a/rss.xml", [{ id: "1", url: "https://example.org/other" }]),
      ]),
    ).toEqual(["tags/a/rss.xml set/id-shared"]);
  });

  test("rule 12: the self link is where the document will be", () => {
    expect(codes([rss("rss.xml", [], "https://example.org/other.xml")])).toEqual(["rss.xml set/self"]);
  });

  test("F28: an entry from the future is named", () => {
    expect(codes([rss("rss.xml", [{ id: "1", date: "Mon, 02 Jan 2051 03:04:05 GMT" }])])).toEqual([
      "rss.xml set/future",
    ]);
  });

  test("a document that no consumer reads to the end is named", () => {
    const big = rss("rss.xml", []);
    const bytes = new Uint8Array(3 * 1024 * 1024).fill(0x20);
    bytes.set(big.bytes);
    expect(codes([{ ...big, bytes }])).toEqual(["rss.xml set/size"]);
  });

  test("formats of one folder hold the same entries", () => {
    const json: SetDocument = {
      path: "feed.json",
      bytes: new TextEncoder().encode('{"items":[{"id":"2"}]}'),
    };
    expect(codes([rss("rss.xml", [{ id: "1" }]), json])).toEqual(["rss.xml set/formats-differ"]);
  });

  test("what is parsed already is not parsed again", () => {
    const { path, bytes } = rss("rss.xml", [{ id: "1" }]);
    const feed = readFeedDocument(rss("rss.xml", [{ id: "1" }, { id: "2" }]).bytes, path);
    const json: SetDocument = {
      path: "feed.json",
      bytes: new TextEncoder().encode('{"items":[{"id":"1"},{"id":"2"}]}'),
    };
    expect(codes([{ path, size: bytes.length, feed }, json])).toEqual([]);
  });
});
