import { describe, expect, test } from "vitest";
import { toItem } from "../../src/formats/document.ts";
import { cleanEntry } from "../../src/formats/input/clean-entry.ts";
import { rss } from "../../src/formats/rss.ts";
import { packFeed, serializeEntry, serializeFeed } from "../../src/formats/serialize.ts";
import type { Format } from "../../src/model/format.ts";
import { attribute, channelOf, entriesOf, itemsOfRss, one, readJson, readXml, text } from "./documents.ts";
import { sampleContent, samplePlan, samplePost, siteConfig } from "./samples.ts";
import { plainItem, writeFeed, writePlan, writePost } from "./write.ts";

const formats: readonly Format[] = ["rss", "atom", "json"];

describe("one post, many feeds", () => {
  test("a fragment made once fits into every feed, character by character", () => {
    const config = siteConfig();
    const post = samplePost();
    const plans = [
      samplePlan([post]),
      samplePlan([post], { key: "tag/bay", folder: "tags/bay/", title: "Bay", language: "ar" }),
    ];
    for (const format of formats) {
      const fragment = serializeEntry(post, sampleContent(), format, { content: "full" }, config);
      for (const plan of plans) {
        expect(serializeFeed(plan, format, [fragment], config).content).toContain(fragment.text);
      }
    }
  });

  test("a document put together from kept bytes is the text's, byte for byte, with any number of posts", () => {
    const config = siteConfig();
    for (const titles of [[], ["é"], ["日本", "b", "\u{1F600}"]]) {
      const posts = titles.map((title) => samplePost({ id: `urn:x:${title}`, title, authors: [] }));
      for (const format of formats) {
        const fragments = posts.map((post) =>
          serializeEntry(post, sampleContent(), format, { content: "full" }, config),
        );
        const packed = fragments.map(({ text, ...facts }) => ({ ...facts, bytes: Buffer.from(text) }));
        const plan = samplePlan(posts);
        const { content, ...whole } = serializeFeed(plan, format, fragments, config);
        const { content: parts, ...place } = packFeed(plan, format, packed, config);
        expect(Buffer.concat(parts).toString()).toBe(content);
        expect(place).toEqual(whole);
      }
    }
  });

  test("a document with many fragments has one head and all of them, in order", () => {
    const posts = ["a", "b", "c"].map((slug) => samplePost({ id: `urn:x:${slug}`, title: slug }));
    const texts = writePlan(samplePlan(posts), []);
    expect(itemsOfRss(texts.rss).map((item) => text(item, "title"))).toEqual(["a", "b", "c"]);
    expect(entriesOf(texts.atom).map((entry) => text(entry, "atom:title"))).toEqual(["a", "b", "c"]);
    expect(readJson(texts.json).items.map((item) => item.title)).toEqual(["a", "b", "c"]);
  });

  test("a feed without posts is a sound document in every format", () => {
    const texts = writePlan(samplePlan([]), []);
    expect(itemsOfRss(texts.rss)).toEqual([]);
    expect(text(readXml(texts.atom), "atom:updated")).toBe("1970-01-01T00:00:00Z");
    const feed = readJson(texts.json);
    expect([feed.items, feed.authors]).toEqual([
      [],
      [{ name: "Sari Dewi", url: "https://example.org/sari/" }],
    ]);
    for (const content of Object.values(texts)) expect(content.endsWith("\n")).toBe(true);
  });
});

describe("what an entry says", () => {
  test("summary mode carries the summary alone, as HTML that shows the same text", () => {
    const texts = writePlan(samplePlan([samplePost()], { content: "summary" }), [
      sampleContent({ summary: "1 < 2" }),
    ]);
    const [item] = itemsOfRss(texts.rss);
    expect([text(item, "description"), text(item, "content:encoded")]).toEqual(["1 &lt; 2", undefined]);
    const [entry] = entriesOf(texts.atom);
    expect([text(entry, "atom:summary"), text(entry, "atom:content")]).toEqual(["1 < 2", undefined]);
    expect(readJson(texts.json).items[0]?.content_html).toBe("1 &lt; 2");
    expect(Object.values(texts).join("")).not.toContain("harbour &amp;");
  });

  test("content_html and description are never empty while anything is known", () => {
    const photo = { html: "", summary: "" };
    const titled = writePost({ title: "Bay" }, photo);
    expect(readJson(titled.json).items[0]?.content_html).toBe("<p>Bay</p>");
    expect(text(itemsOfRss(titled.rss)[0], "description")).toBe("<p>Bay</p>");
    const untitled = writePost({ title: "" }, photo);
    expect(readJson(untitled.json).items[0]?.content_html).toContain('href="https://example.org/harbour/"');
    expect(text(entriesOf(untitled.atom)[0], "atom:title")).toBe("https://example.org/harbour/");
  });

  test("a link post ends with its link, in every format", () => {
    const externalUrl = "https://other.example/x?a=1&b=2";
    const paragraph = '<p><a href="https://other.example/x?a=1&amp;b=2">→ other.example</a></p>';
    const texts = writePost({ externalUrl });
    expect(text(itemsOfRss(texts.rss)[0], "content:encoded")).toBe(`${sampleContent().html}\n${paragraph}`);
    expect(text(entriesOf(texts.atom)[0], "atom:content")).toContain(paragraph);
    expect(readJson(texts.json).items[0]).toMatchObject({
      url: "https://example.org/harbour/",
      external_url: externalUrl,
    });
  });

  test("source:markdown is written only when asked for", () => {
    const content = { markdown: "The *harbour* <b>\r\n" };
    expect(writePost({}, content).rss).not.toContain("markdown");
    const feeds = { ...siteConfig().feeds, sourceMarkdown: true };
    const { rss, atom } = writePost({}, content, siteConfig({}, { feeds }));
    expect(rss).toContain("<source:markdown>The *harbour* &lt;b&gt;&#xD;\n</source:markdown>");
    expect(rss).toContain('xmlns:source="http://source.scripting.com/"');
    expect(atom).not.toContain("markdown");
  });

  test("an HTML description keeps its type in Atom and becomes text in JSON Feed", () => {
    const description = "<p>One <b>two</b></p><p>three &amp; four<script>x</script></p>";
    const { rss, atom, json } = writeFeed({}, plainItem({ description }));
    expect(text(itemsOfRss(rss)[0], "description")).toBe(description);
    expect(one(entriesOf(atom)[0], "atom:summary")).toMatchObject({
      text: description,
      attributes: { "{}type": "html" },
    });
    expect(readJson(json).items[0]?.summary).toBe("One two three & four");
  });
});

describe("what a feed says", () => {
  test("without an authority the Atom id is the address of the feed's folder", () => {
    const { authority: _, ...site } = siteConfig().site;
    const config = { ...siteConfig(), site };
    const texts = writePlan(samplePlan([], { folder: "tags/bay/" }), [], config);
    expect(text(readXml(texts.atom), "atom:id")).toBe("https://example.org/tags/bay/");
  });

  test("a path as image or icon becomes an absolute URL", () => {
    const texts = writePlan(samplePlan([]), [], siteConfig({ image: "img/logo.png", icon: "/i.png" }));
    expect(text(one(channelOf(texts.rss), "image"), "url")).toBe("https://example.org/img/logo.png");
    expect(readJson(texts.json)).toMatchObject({
      icon: "https://example.org/i.png",
      favicon: "https://example.org/i.png",
    });
  });

  test("only the formats that are written are named", () => {
    const texts = writePlan(samplePlan([], { formats: ["atom"] }), []);
    expect(readJson(texts.json).feed_url).toBeUndefined();
    expect(texts.atom).toContain('rel="self"');
  });
});

describe("extensions", () => {
  test("known prefixes are written and declared, unknown ones left out", () => {
    const extensions = [
      { name: "itunes:image", objects: { _attributes: { href: "https://example.org/i.png?a&b" } } },
      {
        name: "media:group",
        objects: { "media:title": [{ _text: "a" }, { _cdata: "]]>" }], "no<pe": "x", "bad:one": 1 },
      },
      { name: "nobody:knows", objects: { _text: "x" } },
      { name: "plain", objects: { _text: "x" } },
    ];
    const { rss, atom } = writeFeed({}, plainItem({ extensions }));
    expect(rss).toContain('<itunes:image href="https://example.org/i.png?a&amp;b"/>');
    expect(rss).toContain("<media:title>]]&gt;</media:title>");
    expect(rss).toContain('xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"');
    expect(rss + atom).not.toMatch(/nobody|<plain|bad:one|no&lt;pe/);
    readXml(rss);
    readXml(atom);
  });

  test("elements that RSS borrows from elsewhere stay out of Atom, which has its own", () => {
    const extensions = ["atom:rights", "content:encoded", "source:markdown", "dc:subject"].map((name) => ({
      name,
      objects: { _text: "borrowed" },
    }));
    const { rss, atom } = writeFeed({}, plainItem({ extensions }));
    expect(rss.match(/borrowed/g)).toHaveLength(4);
    expect(atom.match(/<[\w:]+>borrowed/g)).toEqual(["<dc:subject>borrowed"]);
  });

  test("prefixes that the feed's options declare are written too, but cannot redefine known ones", () => {
    const namespaces = {
      own: "https://own.example/ns",
      media: "https://evil.example/",
      xmlns: "urn:x",
      also: "http://search.yahoo.com/mrss/",
    };
    const extensions = ["own:a", "media:b", "also:c"].map((name) => ({ name, objects: { _text: "x" } }));
    const { rss } = writeFeed({ namespaces }, plainItem({ extensions }));
    expect(rss).toContain('xmlns:media="http://search.yahoo.com/mrss/" xmlns:own="https://own.example/ns"');
    expect(rss).toContain("<own:a>x</own:a>");
    expect(rss).not.toMatch(/also|evil/);
    readXml(rss);
  });

  test("JSON Feed takes objects named _name, without dots, functions or endless depth", () => {
    const objects: Record<string, unknown> = { a: 1, "b.c": 2, d: () => 1, e: Number.NaN, f: "x\u0000" };
    objects.g = objects;
    const extensions = [
      { name: "_site", objects },
      { name: "site", objects },
      { name: "_text", objects: "x" as never },
    ];
    const item = readJson(writeFeed({}, plainItem({ extensions })).json).items[0];
    expect(item?._site).toMatchObject({ a: 1, e: null, f: "x", g: { a: 1 } });
    expect(Object.keys(item ?? {})).not.toContain("_text");
    expect(item?._site).not.toHaveProperty("d");
  });

  test("a fragment lists the prefixes it uses", () => {
    const item = toItem(samplePost(), sampleContent(), { content: "full" }, siteConfig());
    expect(rss.serializeEntry(cleanEntry(item)).prefixes).toEqual(["content", "dc"]);
  });

  test("guid says that it is a permalink only when it is", () => {
    const { rss } = writePost({ id: "https://example.org/harbour/" });
    expect(attribute(one(itemsOfRss(rss)[0], "guid"), "isPermaLink")).toBe("true");
  });
});
