import fc from "fast-check";
import type { Feed } from "feed";
import { describe, expect, test } from "vitest";
import { atom1 } from "../../../src/formats/atom.ts";
import { jsonFeed11 } from "../../../src/formats/json.ts";
import { rss2 } from "../../../src/formats/rss.ts";
import { all, channelOf, entriesOf, itemsOfRss, one, readJson, readXml, text } from "../documents.ts";
import { hostileFeed, hostileString, readable, readableLine, wrongFeed } from "./hostile.ts";

const numRuns = Number(process.env.FC_RUNS ?? 200);

function feedOf(value: unknown): Feed {
  return value as Feed;
}

/** A Feed whose one item has nothing but these fields, beside a link and a date. */
function feedWith(item: Record<string, unknown>, options: Record<string, unknown> = {}): Feed {
  const link = "https://example.org/a/";
  const whole = { link, id: "urn:example:a", date: new Date(Date.UTC(2026, 0, 1)), title: "t", ...item };
  return feedOf({ options: { title: "T", link: "https://example.org/", ...options }, items: [whole] });
}

describe("any Feed", () => {
  test("promise: hostile strings, dates and numbers give documents that strict parsers accept", () => {
    fc.assert(
      fc.property(hostileFeed, (feed) => {
        readXml(rss2(feedOf(feed)));
        readXml(atom1(feedOf(feed)));
        readJson(jsonFeed11(feedOf(feed)));
      }),
      { numRuns },
    );
  });

  test("promise: wrong types at run time give sound documents and no exception", () => {
    fc.assert(
      fc.property(wrongFeed, (feed) => {
        readXml(rss2(feedOf(feed)));
        readXml(atom1(feedOf(feed)));
        readJson(jsonFeed11(feedOf(feed)));
      }),
      { numRuns },
    );
  });

  test("F47: rendering twice gives the same bytes and leaves the input as it was", () => {
    fc.assert(
      fc.property(hostileFeed, (feed) => {
        const before = structuredClone(feed);
        const write = (): string[] => [rss2(feedOf(feed)), atom1(feedOf(feed)), jsonFeed11(feedOf(feed))];
        expect(write()).toEqual(write());
        expect(feed).toEqual(before);
      }),
      { numRuns: Math.ceil(numRuns / 2) },
    );
  });

  test("promise: the same items, in the same order and number, in every format", () => {
    fc.assert(
      fc.property(hostileFeed, (feed) => {
        const ids = itemsOfRss(rss2(feedOf(feed))).map((item) => text(item, "guid"));
        expect(readJson(jsonFeed11(feedOf(feed))).items.map((item) => item.id)).toEqual(ids);
        expect(entriesOf(atom1(feedOf(feed)))).toHaveLength(feed.items.length);
        expect(ids.every((id) => id !== undefined && id !== "")).toBe(true);
      }),
      { numRuns },
    );
  });

  test("F33 F38: titles, texts and names are read back to the same values", () => {
    fc.assert(
      fc.property(hostileString, hostileString, hostileString, hostileString, (title, html, name, tag) => {
        const feed = feedWith(
          { title, content: html, description: "sum", author: [{ name }], category: [{ name: tag }] },
          { title, description: html, copyright: name },
        );
        const [item] = itemsOfRss(rss2(feed));
        const [entry] = entriesOf(atom1(feed));
        const json = readJson(jsonFeed11(feed));
        const line = readableLine(title);
        const content = readable(html).trim();
        const creator = readableLine(name);
        expect(text(item, "title") ?? "").toBe(line);
        expect(json.items[0]?.title ?? "").toBe(line);
        if (line !== "") expect(text(entry, "atom:title")).toBe(line);
        if (line !== "") expect([json.title, text(channelOf(rss2(feed)), "title")]).toEqual([line, line]);
        expect(text(item, "content:encoded") ?? "").toBe(content);
        if (content !== "")
          expect([text(entry, "atom:content"), json.items[0]?.content_html]).toEqual([content, content]);
        expect(text(readXml(atom1(feed)), "atom:subtitle") ?? "").toBe(content);
        expect(text(item, "dc:creator") ?? "").toBe(creator);
        expect(text(one(entry, "atom:author"), "atom:name") ?? "").toBe(creator);
        expect(json.items[0]?.authors?.[0]?.name ?? "").toBe(creator);
        expect(text(item, "category") ?? "").toBe(readableLine(tag));
        expect(all(entry, "atom:category").map((found) => found.attributes["{}term"] ?? "")).toEqual(
          [readableLine(tag)].filter((found) => found !== ""),
        );
        expect(text(readXml(atom1(feed)), "atom:rights") ?? "").toBe(creator);
      }),
      { numRuns },
    );
  });

  test("an id is read back as it was given, on one line and less what XML forbids", () => {
    fc.assert(
      fc.property(hostileString, (id) => {
        const feed = feedWith({ id });
        const line = readable(id)
          .trim()
          .replace(/[ \t\r\n\u2028\u2029]+/g, " ");
        const expected = line || "https://example.org/a/";
        expect(text(itemsOfRss(rss2(feed))[0], "guid")).toBe(expected);
        expect(readJson(jsonFeed11(feed)).items[0]?.id).toBe(expected);
        expect(text(entriesOf(atom1(feed))[0], "atom:id")).toMatch(/^[a-z][a-z0-9+.-]*:\S+$/i);
      }),
      { numRuns },
    );
  });

  test("getters that throw, revoked proxies and objects that hold themselves are no exception", () => {
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    const loop: Record<string, unknown> = { "dc:title": "x" };
    loop["media:group"] = loop;
    loop.list = [loop];
    const throwing = {
      get title(): string {
        throw new Error("no");
      },
      extensions: [
        { name: "media:group", objects: loop },
        { name: "_loop", objects: loop },
      ],
      author: proxy,
      category: proxy,
      link: proxy,
    };
    const feed = feedOf({
      options: { title: "T", namespaces: proxy },
      items: [throwing],
      contributors: proxy,
    });
    readXml(rss2(feed));
    readXml(atom1(feed));
    readJson(jsonFeed11(feed));
    for (const value of [undefined, null, 7, "feed", [], proxy]) {
      readXml(rss2(feedOf(value)));
      readXml(atom1(feedOf(value)));
      readJson(jsonFeed11(feedOf(value)));
    }
  });
});
