import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkDocument } from "../../../src/check/check-document.ts";
import { makeSitemap, type SitemapPost } from "../../../src/formats/site/sitemap.ts";
import type { OutputFile } from "../../../src/model/plan.ts";
import { readXml } from "../documents.ts";

const site = "https://example.org/";
const post = (i: number, fields: Partial<SitemapPost> = {}): SitemapPost => ({
  url: `https://example.org/${i}/`,
  date: Date.UTC(2026, 0, 1 + i),
  ...fields,
});
const words = (file: OutputFile | undefined) =>
  readXml(String(file?.content)).children.map(({ children }) => children.map(({ text }) => text));
const problems = (file: OutputFile) =>
  checkDocument(
    { bytes: Buffer.from(file.content), name: file.path, mediaType: file.mediaType, url: site + file.path },
    { now: Date.UTC(2026, 10, 23) },
  ).diagnostics.filter(({ severity }) => severity !== "hint");

test("each post once, oldest first; lastmod is the update, else the date", () => {
  const [file, ...rest] = makeSitemap([post(2, { updated: Date.UTC(2026, 5, 1) }), post(1)], site);
  expect(rest).toEqual([]);
  expect(file).toMatchObject({ path: "sitemap.xml", mediaType: "application/xml" });
  expect(words(file)).toEqual([
    ["https://example.org/1/", "2026-01-02T00:00:00Z"],
    ["https://example.org/2/", "2026-06-01T00:00:00Z"],
  ]);
  expect(problems(file as OutputFile)).toEqual([]);
});

test("a page that belongs to another address is left out", () => {
  expect(words(makeSitemap([post(1, { canonical: "https://elsewhere.example/1" })], site)[0])).toEqual([]);
});

test("no posts give an empty, well-formed file", () => {
  expect(words(makeSitemap([], site)[0])).toEqual([]);
});

describe("limits", () => {
  test("50,000 addresses are one file, one more makes an index", () => {
    const posts = Array.from({ length: 50_001 }, (_, i) => post(0, { url: `https://example.org/${i}/` }));
    expect(makeSitemap(posts.slice(1), site)).toHaveLength(1);
    const [index, first, second] = makeSitemap(posts, site);
    expect(words(index).map(([loc]) => loc)).toEqual([
      "https://example.org/sitemap-1.xml",
      "https://example.org/sitemap-2.xml",
    ]);
    expect([first, second].map((file) => String(file?.content).match(/<url>/g)?.length)).toEqual([50_000, 1]);
  });

  test("a new post leaves the files that are full as they are, and lastmod of the index tells which changed", () => {
    const limits = { urls: 2, bytes: 10_000 };
    const before = makeSitemap([post(0), post(1), post(2)], site, limits);
    const after = makeSitemap([post(3), post(2), post(1), post(0)], site, limits);
    expect(after[1]).toEqual(before[1]);
    expect(after[2]).not.toEqual(before[2]);
    expect(words(after[0]).map(([, changed]) => changed)).toEqual([
      "2026-01-02T00:00:00Z",
      "2026-01-04T00:00:00Z",
    ]);
    expect(problems(after[0] as OutputFile)).toEqual([]);
  });

  test("no file grows beyond the bytes allowed, and no post is lost", () => {
    fc.assert(
      fc.property(
        fc.array(fc.webUrl({ withQueryParameters: true }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        (urls, most) => {
          const posts = urls.map((url, i) => post(i, { url }));
          const limits = { urls: most, bytes: 1000 };
          const files = makeSitemap(posts, site, limits);
          const parts = files.length === 1 ? files : files.slice(1);
          expect(parts.flatMap((file) => words(file).map(([loc]) => loc))).toEqual(urls);
          for (const part of parts) {
            const entries = String(part.content).split("\n").slice(3, -2).join("\n");
            const count = words(part).length;
            expect(count).toBeLessThanOrEqual(most);
            if (count > 1) expect(Buffer.byteLength(entries)).toBeLessThanOrEqual(1000);
          }
        },
      ),
      { numRuns: Number(process.env.FC_RUNS ?? 100) },
    );
  });
});
