// Single values: dates, addresses, languages, people, as specifications write them.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkDocument } from "../../../src/check/check-document.ts";
import { canonicalAddress } from "../../../src/check/values/addresses.ts";
import { readAnyDate, readAtomDate, readRssDate, readW3cDate } from "../../../src/check/values/dates.ts";
import { isAddressSpec } from "../../../src/check/values/people.ts";
import { isLanguageTag, isMediaType } from "../../../src/check/values/words.ts";
import { channel, feed, today } from "../rules/examples/documents.ts";

const runs = { numRuns: Number(process.env.FC_RUNS ?? 300) };
const instants = fc
  .date({ min: new Date("1970-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true })
  .map((date) => Math.floor(date.getTime() / 1000) * 1000);
const escapeXml = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const codes = (text: string) =>
  checkDocument({ bytes: new TextEncoder().encode(text), name: "a" }, { now: today }).diagnostics.map(
    ({ code }) => code,
  );
const rssDate = (value: string) =>
  codes(channel(`<pubDate>${value}</pubDate>`)).filter((code) => code.startsWith("value/"));
const atomId = (value: string) =>
  codes(
    feed("", `<id>${escapeXml(value)}</id><title>t</title><updated>2026-01-02T03:04:05Z</updated>`),
  ).filter((code) => code.startsWith("value/"));

describe("dates", () => {
  test("every instant is read back from each form", () => {
    fc.assert(
      fc.property(instants, (at) => {
        const date = new Date(at);
        expect(readRssDate(date.toUTCString())).toBe(at);
        expect(readAtomDate(date.toISOString())).toBe(at);
        expect(readW3cDate(date.toISOString().replace(".000Z", "+00:00"))).toBe(at);
      }),
      runs,
    );
  });

  test("F24: an impossible date is no date, in any form", () => {
    for (const day of ["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31"]) {
      expect([readAtomDate(`${day}T00:00:00Z`), readW3cDate(day)]).toEqual([undefined, undefined]);
    }
    expect(readRssDate("30 Feb 2026 00:00:00 GMT")).toBeUndefined();
    expect(readAnyDate("Mon, 01 Jan 0001 00:00:00 +0000")).toBeLessThan(0);
  });

  test.each([
    ["Fri, 02 Jan 2026 03:04:05 GMT", []],
    ["02 Jan 2026 03:04 EST", []],
    ["Fri, 02 Jan 2026 03:04:05 +0545", ["value/rss-date-problematic"]],
    ["Fri,  2 Jan 2026 03:04:05 +0700", ["value/rss-date-problematic"]],
    ["fri, 02 jan 2026 03:04:05 gmt", ["value/rss-date-problematic"]],
    ["Fri, 02 Jan 2026 03:04:05 (night) GMT", ["value/rss-date-problematic"]],
    ["Thu, 02 Jan 2026 03:04:05 GMT", ["value/weekday"]],
    ["Fri, 02 Jan 2026 23:30:00 -0500", []],
    ["Friday, 02 Jan 2026 03:04:05 GMT", ["value/rss-date"]],
    ["Fri, 02 January 2026 03:04:05 GMT", ["value/rss-date"]],
    ["Fri, 02 Jan 2026 03:04:05", ["value/rss-date"]],
    ["Fri, 02 Jan 2026 03:04:05 +07:00", ["value/rss-date"]],
    ["Fri, 02 Jan 2026 24:00:00 GMT", ["value/rss-date"]],
    ["", ["value/rss-date"]],
  ])("an RSS date %j has %j", (value, expected) => {
    expect(rssDate(value)).toEqual(expected);
  });
});

describe("ids", () => {
  test.each([
    ["tag:example.org,2026:a/b?c#d", []],
    ["tag:ani@example.org,2026-01-02:", []],
    ["tag:example.org,2026-13:a", ["value/tag-uri"]],
    ["urn:isbn:0451450523", []],
    ["urn:x:", ["value/urn"]],
    ["urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6", ["value/uuid"]],
    ["http:///path", ["value/url"]],
    ["one", ["value/url"]],
    ["one two", ["value/url-character"]],
    ["http://[::1]/a", []],
    ["https://example.org/été", []],
    ["http://example.org:80/", ["value/url-canonical"]],
    ["http://EXAMPLE.org/", ["value/url-canonical"]],
    ["http://example.org", []],
    ["http://example.org/a/../b", ["value/url-canonical"]],
    ["http://example.org/%7eani", ["value/url-canonical"]],
    ["http://example.org/%e3", ["value/url-canonical"]],
  ])("%j has %j", (value, expected) => {
    expect(atomId(value)).toEqual(expected);
  });

  test("the normal form is its own normal form", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string()),
        (value) => {
          const canonical = canonicalAddress(value);
          if (canonical !== undefined) expect(canonicalAddress(canonical)).toBe(canonical);
        },
      ),
      runs,
    );
  });
});

describe("words", () => {
  test.each([
    "en",
    "id",
    "pt-BR",
    "zh-Hant-TW",
    "es-419",
    "sl-rozaj-biske",
    "de-CH-1901",
    "x-private",
    "i-klingon",
    "epo",
  ])("%s is a language", (tag) => {
    expect(isLanguageTag(tag)).toBe(true);
  });

  test.each(["", "xx", "english", "en_GB", "en-", "e", "en-GB-oed-x-", "klingon"])(
    "%j is no language",
    (tag) => {
      expect(isLanguageTag(tag)).toBe(false);
    },
  );

  test.each([
    ["audio/mpeg", true],
    ['application/ld+json; profile="a b"', true],
    ["text/html;charset=utf-8", true],
    ["mp3", false],
    ["audio/", false],
    ["a b/c", false],
  ])("%j as a media type: %j", (type, expected) => {
    expect(isMediaType(type)).toBe(expected);
  });

  test.each([
    ["ani@example.org", true],
    ["a+b.c@sub.example.org", true],
    ["P.O'Neill@example.ie", true],
    ["ani@localhost", false],
    ["ani", false],
    ["Ani <ani@example.org>", false],
    ["a@b@c.org", false],
  ])("%j as an e-mail address: %j", (value, expected) => {
    expect(isAddressSpec(value)).toBe(expected);
  });
});
