// What breaks other tools in writing, each with what must happen instead.
import { describe, expect, test } from "vitest";
import { toFeed, toItem } from "../../src/formats/document.ts";
import { all, attribute, entriesOf, itemsOfRss, one, order, readJson, readXml, text } from "./documents.ts";
import { sampleContent, samplePlan, samplePost, siteConfig } from "./samples.ts";
import { plainItem, writeFeed, writePost } from "./write.ts";

describe("faults in writing", () => {
  test.each(["Dr. Ana (PhD), Jr.", "Ana, Budi", "Ana (Beta", 'Ana "A" Beta', "Ana <b>"])(
    "a name that an address in RSS cannot hold is written whole: %s",
    (name) => {
      const { rss } = writePost({ authors: [{ name, email: "ana@example.org" }] });
      expect(text(itemsOfRss(rss)[0], "dc:creator")).toBe(name);
      expect(all(itemsOfRss(rss)[0], "author")).toEqual([]);
    },
  );

  test("a post's section is its first category, and comes once", () => {
    const { rss, atom, json } = writePost({ section: "News", tags: ["a", "News", "b"] });
    const names = ["News", "a", "b"];
    expect(all(itemsOfRss(rss)[0], "category").map((one) => one.text)).toEqual(names);
    expect(all(entriesOf(atom)[0], "atom:category").map((one) => attribute(one, "term"))).toEqual(names);
    expect(readJson(json).items[0]?.tags).toEqual(names);
  });

  test("F30: an Invalid Date never reaches the output", () => {
    const bad = new Date(Number.NaN);
    const texts = writeFeed({ updated: bad }, plainItem({ date: bad, published: bad }));
    expect(Object.values(texts).join("")).not.toMatch(/invalid|NaN/i);
  });

  test("F31: updated is never lower or higher than what the posts say, and there is no clock in it", () => {
    const { rss, atom } = writeFeed(
      {},
      plainItem(),
      plainItem({ id: "urn:b", date: new Date(Date.UTC(2026, 1, 1)) }),
    );
    expect(rss).toContain("<lastBuildDate>Sun, 01 Feb 2026 00:00:00 GMT</lastBuildDate>");
    expect(text(readXml(atom), "atom:updated")).toBe("2026-02-01T00:00:00Z");
  });

  test("F32: the same id in all formats", () => {
    for (const id of [
      "tag:example.org,2026:x",
      "urn:uuid:1",
      "https://example.org/?p=7",
      "HTTPS://EXAMPLE.com:443/A/../B",
    ]) {
      const { rss, atom, json } = writeFeed({}, plainItem({ id }));
      const ids = [
        text(itemsOfRss(rss)[0], "guid"),
        text(entriesOf(atom)[0], "atom:id"),
        readJson(json).items[0]?.id,
      ];
      expect(ids).toEqual([id, id, id]);
    }
    const { rss, atom, json } = writeFeed({}, plainItem({ id: undefined as unknown as string }));
    const ids = [
      text(itemsOfRss(rss)[0], "guid"),
      text(entriesOf(atom)[0], "atom:id"),
      readJson(json).items[0]?.id,
    ];
    expect(ids).toEqual(Array(3).fill("https://example.org/a/"));
  });

  test("F32: white space in an id is the same in all formats, and so is the id", () => {
    for (const [id, same] of [
      ["urn:x:a\r\n", "urn:x:a"],
      ["\u00a0urn:x:a\u2028", "urn:x:a"],
      ["a\n\tb", "a b"],
      ["urn:x:a\rb", "urn:x:a b"],
    ]) {
      const one = writeFeed({}, plainItem({ id: id as string }));
      const other = writeFeed({}, plainItem({ id: same as string }));
      expect(text(itemsOfRss(one.rss)[0], "guid")).toBe(same);
      expect(one).toEqual(other);
    }
  });

  test("F32: an id that is no IRI stays as readers know it; Atom, which demands one, always gets the same", () => {
    for (const id of ["my-post", "42", "12 at https://example.org"]) {
      const { rss, atom, json } = writeFeed({}, plainItem({ id }));
      expect(one(itemsOfRss(rss)[0], "guid")).toMatchObject({
        text: id,
        attributes: { "{}isPermaLink": "false" },
      });
      expect(readJson(json).items[0]?.id).toBe(id);
      expect(text(entriesOf(atom)[0], "atom:id")).toMatch(
        /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab]/,
      );
    }
    // Written down: a change here would show every old item again.
    const known = text(entriesOf(writeFeed({}, plainItem({ id: "my-post" })).atom)[0], "atom:id");
    expect(known).toBe("urn:uuid:9a055a08-8de4-5d5a-9231-e2cfcf3c17d5");
  });

  test("F32: a guid is a permalink only where it is the permalink", () => {
    const link = "https://example.org/a/";
    const permalink = (id: string): string | undefined =>
      attribute(one(itemsOfRss(writeFeed({}, plainItem({ id, link })).rss)[0], "guid"), "isPermaLink");
    expect(permalink(link)).toBe("true");
    expect(permalink("https://example.org/old/")).toBe("false");
    expect(permalink("/a/")).toBe("false");
  });

  test("F34: a crafted title or text makes no new element", () => {
    const html = "]]> ]]></content:encoded><link>https://evil.example/</link>";
    const { rss, atom } = writePost({ title: html }, { html });
    expect(all(itemsOfRss(rss)[0], "link").map((found) => found.text)).toEqual([
      "https://example.org/harbour/",
    ]);
    expect(all(entriesOf(atom)[0], "atom:link")).toHaveLength(1);
    expect(text(itemsOfRss(rss)[0], "content:encoded")).toBe(html);
  });

  test("F35: characters that XML forbids are gone", () => {
    const every = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join("");
    const { rss, atom, json } = writePost({}, { html: `<p>${every}\ufffe\uffff.</p>` });
    const expected = "<p>\t\n\r.</p>";
    expect(text(itemsOfRss(rss)[0], "content:encoded")).toBe(expected);
    expect(text(entriesOf(atom)[0], "atom:content")).toBe(expected);
    expect(readJson(json).items[0]?.content_html).toBe(expected);
  });

  test("F36: a lone surrogate becomes U+FFFD, the same in all formats", () => {
    const { rss, atom, json } = writePost({ title: "a\ud800b\udc00 😀" });
    const titles = [text(itemsOfRss(rss)[0], "title"), text(entriesOf(atom)[0], "atom:title")];
    expect([...titles, readJson(json).items[0]?.title]).toEqual(Array(3).fill("a\ufffdb\ufffd 😀"));
    expect(Buffer.from(json).toString()).toBe(json);
  });

  test("F37: & < > and quotes in attributes and processing instructions are escaped", () => {
    const tag = `a & b <c> "d" 'e'`;
    const { rss, atom } = writeFeed(
      { stylesheet: `x"?><evil/>.css`, hub: 'https://hub.example/?a=1&b="2"<' },
      plainItem({
        category: [{ name: tag, domain: tag }],
        enclosure: { url: 'https://example.org/a.mp3?x=1&y="2"', title: tag },
      }),
    );
    const category = one(itemsOfRss(rss)[0], "category");
    expect([category?.text, attribute(category, "domain")]).toEqual([tag, tag]);
    expect(attribute(one(entriesOf(atom)[0], "atom:category"), "term")).toBe(tag);
    expect(attribute(one(itemsOfRss(rss)[0], "enclosure"), "url")).toBe(
      "https://example.org/a.mp3?x=1&y=%222%22",
    );
    const titled = all(entriesOf(atom)[0], "atom:link").find(
      (found) => attribute(found, "rel") === "enclosure",
    );
    expect(attribute(titled, "title")).toBe(tag);
  });

  test("F38: &amp; and &lt; as text in a title stay what they are", () => {
    const { rss, atom, json } = writeFeed(
      { title: "Q&amp;A &lt;x&gt;" },
      plainItem({ title: "&lt;b&gt; &amp;nbsp;" }),
    );
    expect(text(one(readXml(rss), "channel"), "title")).toBe("Q&amp;A &lt;x&gt;");
    expect(text(readXml(atom), "atom:title")).toBe("Q&amp;A &lt;x&gt;");
    expect(text(itemsOfRss(rss)[0], "title")).toBe("&lt;b&gt; &amp;nbsp;");
    expect(readJson(json).items[0]?.title).toBe("&lt;b&gt; &amp;nbsp;");
  });

  test("F39: HTML in a title is plain text in RSS and declared as text in Atom", () => {
    const { rss, atom } = writePost({ title: "<b>x</b>" });
    expect(rss).toContain("<title>&#x3C;b&#x3E;x&#x3C;/b&#x3E;</title>");
    expect(atom).toContain('<title type="text">&#x3C;b&#x3E;x&#x3C;/b&#x3E;</title>');
  });

  test("F40: &nbsp; is never a bare XML entity", () => {
    const { rss, atom } = writePost({}, { html: "<p>a&nbsp;b</p>" });
    expect(text(itemsOfRss(rss)[0], "content:encoded")).toBe("<p>a&nbsp;b</p>");
    expect(text(entriesOf(atom)[0], "atom:content")).toBe("<p>a&nbsp;b</p>");
  });

  test("F41: a note's title is cut between words and characters, never inside one", () => {
    const summary = `${"kata ".repeat(30)}😀`;
    const [entry] = entriesOf(writePost({ title: "" }, { summary }).atom);
    expect(text(entry, "atom:title")).toBe(`${"kata ".repeat(11)}kata…`);
    expect(text(itemsOfRss(writePost({ title: "" }).rss)[0], "title")).toBeUndefined();
    expect(readJson(writePost({ title: "" }).json).items[0]?.title).toBeUndefined();
  });

  test("F43: URLs are encoded, hosts in lower case, and nothing but http, https and mailto passes", () => {
    const link = (url: string): string | undefined =>
      text(itemsOfRss(writeFeed({}, plainItem({ link: url })).rss)[0], "link");
    expect(link("HTTPS://EXAMPLE.com:443/A/../é b?q=ü|#ä")).toBe(
      "https://example.com/%C3%A9%20b?q=%C3%BC%7C#%C3%A4",
    );
    expect(link("https://exämple.org/%zz")).toBe("https://xn--exmple-cua.org/%25zz");
    for (const bad of ["javascript:alert(1)", "data:text/html,x", "/relative", "ftp://example.org/", ""]) {
      expect(link(bad)).toBeUndefined();
    }
    const people = [
      { name: "A", link: "mailto:a@example.org" },
      { name: "B", link: "javascript:x" },
    ];
    const authors = readJson(writeFeed({}, plainItem({ author: people })).json).items[0]?.authors;
    expect(authors).toEqual([{ name: "A", url: "mailto:a@example.org" }, { name: "B" }]);
  });

  test("F43: a URL is read the same way however often the program has read URLs", () => {
    // Node 20's URL.canParse refuses this one once it runs as optimised code.
    const item = plainItem({ link: "https://exämple.org/é" });
    const first = writeFeed({}, item).rss;
    const later = Array.from({ length: 1500 }, () => writeFeed({}, item).rss);
    expect(new Set(later)).toEqual(new Set([first]));
    expect(first).toContain("<link>https://xn--exmple-cua.org/%C3%A9</link>");
  });

  test("F44: an enclosure of unknown length says 0, with its true type", () => {
    const attachments = [{ url: "https://example.org/a.ogg", type: "audio/ogg" }];
    const { rss, atom, json } = writePost({}, { attachments });
    expect(one(itemsOfRss(rss)[0], "enclosure")?.attributes).toMatchObject({
      "{}length": "0",
      "{}type": "audio/ogg",
    });
    expect(atom).not.toContain("length=");
    expect(readJson(json).items[0]?.attachments).toEqual([
      { url: "https://example.org/a.ogg", mime_type: "audio/ogg" },
    ]);
  });

  test("F46: without any author Atom is still valid: the feed's author stands for all", () => {
    const config = siteConfig({ authors: {} });
    const { atom } = writePost({ authors: [] }, {}, config);
    expect(text(one(readXml(atom), "atom:author"), "atom:name")).toBe("Teluk & Bukit");
    expect(one(entriesOf(atom)[0], "atom:author")).toBeUndefined();
  });

  test("F47: posts, contents and plans are left as they were", () => {
    const freeze = <T extends object>(value: T): T => {
      for (const part of Object.values(value)) if (typeof part === "object" && part !== null) freeze(part);
      return Object.freeze(value);
    };
    const image = { url: "https://example.org/i.png", type: "image/png" };
    const post = freeze(samplePost());
    const content = freeze(
      sampleContent({ image, attachments: [{ url: "https://example.org/a.mp3", type: "audio/mpeg" }] }),
    );
    const config = freeze(siteConfig());
    const item = freeze(toItem(post, content, { content: "full" }, config));
    const feed = toFeed(freeze(samplePlan([post])), config);
    expect(toItem(post, content, { content: "full" }, config)).toEqual(item);
    expect(toFeed(samplePlan([post]), config)).toEqual(feed);
  });

  test("an Atom alternate comes first with rel written out, and every entry says its language", () => {
    const [entry] = entriesOf(
      writePost({ externalUrl: "https://e.example/", comments: "https://example.org/c" }).atom,
    );
    expect(all(entry, "atom:link").map((found) => attribute(found, "rel"))).toEqual([
      "alternate",
      "related",
      "replies",
    ]);
    expect(entry?.attributes).toEqual({ "{http://www.w3.org/XML/1998/namespace}lang": "id" });
  });

  test("items come after all channel metadata", () => {
    const names = order(one(readXml(writePost().rss), "channel"));
    expect(names.slice(0, 3)).toEqual(["title", "link", "description"]);
    expect(names.indexOf("item")).toBe(names.length - 1);
  });
});
