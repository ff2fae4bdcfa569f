// What the door gives: kind, places in the text, options.
import { describe, expect, test } from "vitest";
import { checkDocument } from "../../src/check/check-document.ts";
import type { CheckProfile } from "../../src/model/config.ts";
import { channel, feed, item, json, opml, sitemap, today } from "./rules/examples/documents.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const find = (text: string | Uint8Array, code: string) =>
  checkDocument(
    { bytes: typeof text === "string" ? bytesOf(text) : text, name: "a.xml" },
    { now: today },
  ).diagnostics.find((diagnostic) => diagnostic.code === code);

describe("the kind of a document", () => {
  test.each([
    ["rss", channel("")],
    ["atom", feed("")],
    ["json", json({})],
    ["opml", opml('<outline text="a"/>')],
    ["sitemap", sitemap("")],
    ["sitemap-index", '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>'],
    ["rdf", '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'],
    ["unknown", "<page/>"],
    ["unknown", "hello"],
  ])("is %s", (kind, text) => {
    expect(checkDocument({ bytes: bytesOf(text), name: "a" }).kind).toBe(kind);
  });
});

describe("places", () => {
  test("an element's value is where its first visible character is", () => {
    const text = '<rss version="2.0">\n<channel>\n <pubDate>\n   soon</pubDate></channel></rss>';
    expect(find(text, "value/rss-date")).toMatchObject({ line: 4, column: 4 });
  });

  test("an attribute's value is where the attribute is", () => {
    const text = '<rss\n  version="9"/>';
    expect(find(text, "rss/version")).toMatchObject({ line: 1, column: 1 });
    expect(
      find('<rss version="2.0"><channel><item><enclosure\n url="x"/></item></channel></rss>', "value/url"),
    ).toMatchObject({ line: 2, column: 2 });
  });

  test.each([
    ["CDATA", "<![CDATA[<p>é\n<script>x</script>]]>", 2, 1],
    ["references", "&lt;p&gt;&#233; &lt;script&gt;x&lt;/script&gt;", 1, 17],
    ["CRLF", "&lt;p&gt;\r\n&lt;script&gt;", 2, 1],
    ["a comment before it", "&lt;p&gt;<!-- c -->&lt;script&gt;", 1, 20],
  ])("HTML in %s is where the tag is", (_, content, line, column) => {
    const lead = '<rss version="2.0"><channel><item><description>';
    const found = find(`${lead}${content}</description></item></channel></rss>`, "html/unsafe-element");
    expect(found).toMatchObject({ line, column: line === 1 ? lead.length + column : column });
  });

  test("a syntax error is where reading stopped", () => {
    expect(find("<rss>\n<channel>\n</rss>", "xml/not-well-formed")).toMatchObject({ line: 3 });
    expect(find('{\n "a": tru }', "json/syntax")).toMatchObject({ line: 2, column: 7 });
  });

  test("a byte order mark does not move the columns", () => {
    expect(find(`\ufeff${channel("<x/>")}`, "element/unknown")).toEqual(
      find(channel("<x/>"), "element/unknown"),
    );
  });

  test("UTF-16 is read like UTF-8", () => {
    const text = channel("<x/>").replace("utf-8", "utf-16");
    expect(find(Buffer.from(`\ufeff${text}`, "utf16le"), "element/unknown")?.column).toBe(
      find(text.replace("utf-16", "utf-8"), "element/unknown")?.column,
    );
  });
});

describe("messages", () => {
  test("name the thing, the value and what to write", () => {
    expect(find(item("<comments>/c</comments>"), "value/url")).toMatchObject({
      file: "a.xml",
      severity: "error",
      message: '<comments> is "/c", which is not an absolute address.',
      hint: "Write the whole address, such as `https://example.org/page`.",
    });
  });

  test("a text before the XML declaration is reported as such", () => {
    expect(find(`\n${channel("")}`, "xml/not-well-formed")?.message).toContain("must come first");
  });

  test("long values are cut without splitting a character", () => {
    const message = find(item(`<comments>${"😀".repeat(500)}</comments>`), "value/url")?.message ?? "";
    expect(message.length).toBeLessThan(200);
    expect(message.isWellFormed()).toBe(true);
  });

  test("a hundred findings of one rule are listed, and the rest is counted", () => {
    const { diagnostics } = checkDocument({ bytes: bytesOf(channel("<bogus/>".repeat(250))), name: "a" });
    expect(diagnostics.filter(({ code }) => code === "element/unknown")).toHaveLength(100);
    expect(diagnostics.at(-1)?.message).toBe("element/unknown: 150 more like these are not listed.");
  });
});

describe("time is an input", () => {
  const text = channel("<pubDate>Mon, 02 Nov 2026 08:00:00 GMT</pubDate>");
  test("a date is in the future or not by the clock that is given", () => {
    const codes = (now: number) =>
      checkDocument({ bytes: bytesOf(text), name: "a" }, { now }).diagnostics.map(({ code }) => code);
    expect(codes(Date.UTC(2026, 9, 1))).toContain("value/date-implausible");
    expect(codes(Date.UTC(2026, 10, 3))).not.toContain("value/date-implausible");
  });
});

describe("sizes are bytes, lengths are characters as people count them", () => {
  const told = (text: string, profile: CheckProfile) =>
    checkDocument({ bytes: bytesOf(text), name: "a.xml" }, { now: today, profile }).diagnostics.filter(
      ({ code }) => code.startsWith("profile/"),
    );

  test.each<[CheckProfile, number, string]>([
    ["google", 1_100_000, "The feed is larger than 2 MB."],
    ["google", 600_000, "The entry is larger than 1 MB."],
    ["smartnews", 600_000, "The feed is larger than 1 MB."],
  ])("%s: %i letters of two bytes each", (profile, count, message) => {
    const text = `<rss version="2.0"><channel><item><description>${"é".repeat(count)}</description></item></channel></rss>`;
    expect(told(text, profile).map((one) => one.message)).toContain(message);
  });

  test.each<[CheckProfile, boolean]>([
    ["google", true],
    ["msn", false],
    ["flipboard", false],
    ["smartnews", false],
    ["apple-podcasts", false],
  ])("%s blames an Atom feed: %s, for the others read RSS alone", (profile, isBlamed) => {
    const entries = "<entry><title>x</title></entry>".repeat(61);
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom">${entries}</feed>`;
    expect(told(atom, profile).length > 0).toBe(isBlamed);
  });

  test("what Apple Podcasts misses is said in the words of the configuration and of the post", () => {
    const hints = told(`<rss version="2.0"><channel><item></item></channel></rss>`, "apple-podcasts").map(
      ({ hint }) => hint,
    );
    for (const word of ["`podcast.image`", "`site.language`", "`audio:`", "`title:`", "`date:`"])
      expect(hints.join("\n")).toContain(word);
  });

  test("a sitemap of fewer than 50 MB in characters may have more in bytes", () => {
    const text = sitemap(`<url><loc>https://example.org/</loc><!--${"é".repeat(27 * 1024 * 1024)}--></url>`);
    expect(find(text, "sitemap/too-large")).toBeDefined();
  });

  test("an emoji in a title for Microsoft Start is one character", () => {
    const title = (letters: string) =>
      told(`<rss version="2.0"><channel><item><title>${letters}</title></item></channel></rss>`, "msn").find(
        ({ message }) => message.startsWith("The title has"),
      );
    expect(title("🐟".repeat(20))?.message).toContain("20 characters");
    expect(title("🐟".repeat(21))).toBeUndefined();
  });
});

test("RSS 1.0: the channel's textinput refers to the one beside it, and needs nothing else", () => {
  const about = 'rdf:about="https://example.org/search"';
  const inside =
    "<title>Search</title><description>All of it</description><name>q</name><link>https://example.org/search</link>";
  const text = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://example.org/"><title>T</title><link>https://example.org/</link><description>d</description>
<items><rdf:Seq/></items><textinput rdf:resource="https://example.org/search"/></channel>
<textinput ${about}>${inside}</textinput></rdf:RDF>`;
  const codes = (document: string) =>
    checkDocument({ bytes: bytesOf(document), name: "a.rdf" }, { now: today }).diagnostics.map(
      ({ code, line }) => `${code} ${line}`,
    );
  expect(codes(text)).toEqual(["rss/text-input 4"]);
  expect(codes(text.replace(inside, "<title>Search</title>"))).toEqual(
    expect.arrayContaining(["rss/link-missing 4", "rss/description-missing 4", "element/missing 4"]),
  );
});
