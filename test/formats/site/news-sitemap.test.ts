import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hintAtNews } from "../../../src/formats/site/news-hints.ts";
import { bareTitle, makeNewsSitemap, newsLanguage } from "../../../src/formats/site/news-sitemap.ts";
import type { Attachment, Post } from "../../../src/model/post.ts";
import { readXml, type Tree } from "../documents.ts";
import { hostileString, readableLine } from "../input/hostile.ts";
import { samplePost, siteConfig } from "../samples.ts";

const numRuns = Number(process.env.FC_RUNS ?? 200);
const now = Date.UTC(2026, 10, 23, 9);
const hour = 3_600_000;
const config = (news: object = {}) => siteConfig({}, { news: { publication: "Kabar Pesisir", ...news } });
const fresh = (fields: Partial<Post> = {}) => samplePost({ date: now - hour, language: "id", ...fields });

const sitemap = "{http://www.sitemaps.org/schemas/sitemap/0.9}";
const news = "{http://www.google.com/schemas/sitemap-news/0.9}";
const find = (tree: Tree | undefined, name: string) => tree?.children.find((one) => one.name === name);

function write(posts: readonly Post[], more: object = {}): Tree {
  const [file] = makeNewsSitemap(posts, config(more), now);
  return readXml(String(file?.content));
}

/** Each entry as plain words. */
function entries(posts: readonly Post[], more: object = {}) {
  return write(posts, more).children.map((url) => {
    const details = find(url, `${news}news`);
    const publication = find(details, `${news}publication`);
    return {
      loc: find(url, `${sitemap}loc`)?.text,
      name: find(publication, `${news}name`)?.text,
      language: find(publication, `${news}language`)?.text,
      date: find(details, `${news}publication_date`)?.text,
      title: find(details, `${news}title`)?.text,
    };
  });
}

describe("the document", () => {
  test("says publication, language, first publication and title of each post, and nothing else", () => {
    const posts = [fresh({ title: "Pasar & dermaga", updated: now })];
    expect(entries(posts)).toEqual([
      {
        loc: "https://example.org/harbour/",
        name: "Kabar Pesisir",
        language: "id",
        date: "2026-11-23T08:00:00Z",
        title: "Pasar & dermaga",
      },
    ]);
    expect(write(posts).children[0]?.children[1]?.children).toHaveLength(3);
  });

  test("nothing new gives an empty file that is valid", () => {
    const tree = write([samplePost()]);
    expect(tree.name).toBe(`${sitemap}urlset`);
    expect(tree.children).toEqual([]);
  });

  test("nothing is written where `news` is not configured", () => {
    expect(makeNewsSitemap([fresh()], siteConfig(), now)).toEqual([]);
  });

  test.each([
    ["just published", 0, 1],
    ["one millisecond short of two days", 48 * hour - 1, 1],
    ["two days old", 48 * hour, 0],
    ["in the future", -1, 0],
  ])("a post %s", (_, age, count) => {
    expect(entries([fresh({ date: now - age })])).toHaveLength(count);
  });

  test("an update does not make an old post new", () => {
    expect(entries([fresh({ date: now - 72 * hour, updated: now - hour })])).toEqual([]);
  });

  test("a post without a title, or one that belongs to another address, is left out", () => {
    expect(entries([fresh({ title: " " }), fresh({ canonical: "https://elsewhere.example/a" })])).toEqual([]);
    expect(entries([fresh({ canonical: "https://example.org/harbour/" })])).toHaveLength(1);
  });

  test("`news.language` lets posts in that language through, whatever their country", () => {
    const posts = ["en", "en-GB", "enm", "id"].map((language) =>
      fresh({ language, url: `https://example.org/${language}/` }),
    );
    expect(entries(posts, { language: "en" }).map(({ loc }) => loc)).toEqual([
      "https://example.org/en/",
      "https://example.org/en-GB/",
    ]);
    expect(entries(posts).map(({ language }) => language)).toEqual(["en", "en", "enm", "id"]);
  });

  test("the publication's name loses what stands in brackets", () => {
    expect(entries([fresh()], { publication: "Kabar Pesisir (langganan)" })[0]?.name).toBe("Kabar Pesisir");
    expect(entries([fresh()], { publication: "(K)" })[0]?.name).toBe("(K)");
  });

  test("beyond 1,000 posts the same address is an index of files with 1,000 each", () => {
    const posts = Array.from({ length: 2001 }, (_, i) =>
      fresh({ file: `${i}.md`, date: now - i, url: `https://example.org/${i}/` }),
    );
    expect(makeNewsSitemap(posts.slice(0, 1000), config(), now).map(({ path }) => path)).toEqual([
      "news-sitemap.xml",
    ]);
    const files = makeNewsSitemap(posts, config(), now);
    expect(files.map(({ path }) => path)).toEqual([
      "news-sitemap.xml",
      "news-sitemap-1.xml",
      "news-sitemap-2.xml",
      "news-sitemap-3.xml",
    ]);
    const [index, ...parts] = files.map(({ content }) => readXml(String(content)));
    expect(index?.name).toBe(`${sitemap}sitemapindex`);
    expect(index?.children.map((one) => find(one, `${sitemap}loc`)?.text)).toEqual([
      "https://example.org/news-sitemap-1.xml",
      "https://example.org/news-sitemap-2.xml",
      "https://example.org/news-sitemap-3.xml",
    ]);
    expect(parts.map(({ children }) => children.length)).toEqual([1000, 1000, 1]);
  });

  test("any title and any order of the posts: well-formed, and the same bytes", () => {
    fc.assert(
      fc.property(fc.array(hostileString, { maxLength: 5 }), (titles) => {
        const posts = titles.map((title, i) =>
          fresh({ title, file: `${i}.md`, url: `https://example.org/${i}/` }),
        );
        const text = makeNewsSitemap(posts, config(), now);
        expect(makeNewsSitemap([...posts].reverse(), config(), now)).toEqual(text);
        expect(readXml(String(text[0]?.content)).children).toHaveLength(
          titles.filter((title) => readableLine(title) !== "").length,
        );
      }),
      { numRuns },
    );
  });
});

test.each([
  ["id", "id"],
  ["en-GB", "en"],
  ["jv", "jv"],
  ["fil-PH", "fil"],
  ["zh", "zh-cn"],
  ["zh-Hans-SG", "zh-cn"],
  ["zh-TW", "zh-tw"],
  ["zh-HK", "zh-tw"],
  ["zh-Hant", "zh-tw"],
  ["zh-Hans-TW", "zh-cn"],
])("the language %s is %s to Google News", (language, expected) => {
  expect(newsLanguage(language)).toBe(expected);
});

test.each([
  ["Pasar pindah jam - Kabar Pesisir", "Pasar pindah jam"],
  ["Pasar pindah jam | Sari | KABAR PESISIR", "Pasar pindah jam"],
  ["Pasar pindah jam – Sari", "Pasar pindah jam"],
  ["Apa kata Sari", "Apa kata Sari"],
  ["Kabar Pesisir", "Kabar Pesisir"],
  ["Pelabuhan-Sari", "Pelabuhan-Sari"],
  ["- Sari", "- Sari"],
])("the title %j without names is %j", (title, expected) => {
  expect(bareTitle(title, ["Kabar Pesisir", "Sari", ""])).toBe(expected);
});

describe("hints for Google", () => {
  const image = (width?: number, height?: number): Attachment => ({
    url: "https://example.org/a.jpg",
    type: "image/jpeg",
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
  });
  const codes = (fields: Partial<Post>, picture: Attachment | undefined = image(1200, 675)) =>
    hintAtNews([{ post: fresh(fields), ...(picture && { image: picture }) }], config(), now).map(
      ({ code }) => code,
    );

  test("a post with all that Google asks for gets none", () => {
    expect(codes({})).toEqual([]);
  });

  test.each([
    [1199, 800],
    [1200, 250],
    [640, 480],
  ])("an image of %i by %i is too small", (width, height) => {
    expect(codes({}, image(width, height))).toEqual(["news/image"]);
  });

  test("an image elsewhere whose size nobody knows is not judged, no image is", () => {
    expect(codes({}, image())).toEqual([]);
    expect(hintAtNews([{ post: fresh() }], config(), now).map(({ code }) => code)).toEqual(["news/image"]);
    const named = { post: fresh({ image: { src: "https://cdn.example/a.jpg" } }) };
    expect(hintAtNews([named], config(), now)).toEqual([]);
  });

  test("a post that names nobody, has no title, or is dated at midnight at the site", () => {
    expect(codes({ authors: [] })).toEqual(["news/byline"]);
    expect(codes({ title: "" })).toEqual(["news/title"]);
    expect(codes({ date: Date.UTC(2026, 10, 21, 17) })).toEqual(["news/time"]);
    expect(codes({ date: Date.UTC(2026, 10, 22, 0) })).toEqual([]);
  });

  test("they name the file as its author does, the place of the field, and what to write", () => {
    const [hint] = hintAtNews(
      [{ post: fresh({ authors: [] }), image: image(1200, 675) }],
      config(),
      now,
      (_, field) => ({ file: "posts/a.md", at: { line: field === "authors" ? 4 : 1, column: 9 } }),
    );
    expect(hint).toMatchObject({ file: "posts/a.md", severity: "hint", line: 4, column: 9 });
    expect(hint?.hint).toContain("author:");
  });

  test("old posts and sites without `news` get none", () => {
    expect(codes({ authors: [], date: now - 49 * hour })).toEqual([]);
    expect(hintAtNews([{ post: fresh({ authors: [] }) }], siteConfig(), now)).toEqual([]);
  });
});
