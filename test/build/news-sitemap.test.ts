import { describe, expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { makeSite, post } from "../support/site.ts";

const now = Date.parse("2026-06-10T12:00:00Z");
const hour = 3_600_000;
const dated = (hours: number): string => new Date(now - hours * hour).toISOString();
const news = { publication: "Kabar Pesisir" };
const urlsIn = (xml: string): string[] =>
  [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => match[1] ?? "");

describe("F50: the news sitemap", () => {
  test("F50: holds the posts of the last two days and drops older ones", async () => {
    const site = makeSite(
      {
        "posts/new.md": post({ title: "New", date: dated(1) }),
        "posts/nearly-old.md": post({ title: "Nearly old", date: dated(47) }),
        "posts/old.md": post({ title: "Old", date: dated(49), updated: dated(1) }),
      },
      { news },
    );
    await build(site.config, { now });
    const urls = ["https://site.example/new/", "https://site.example/nearly-old/"];
    expect(urlsIn(site.read("dist/news-sitemap.xml"))).toEqual(urls);
  });

  test("F50: is there from the first build on, with news or without", async () => {
    const site = makeSite({ "posts/old.md": post({ title: "Old", date: dated(500) }) }, { news });
    await build(site.config, { now });
    expect(urlsIn(site.read("dist/news-sitemap.xml"))).toEqual([]);
  });

  test("F50: is empty and valid once its news is old", async () => {
    const site = makeSite({ "posts/a.md": post({ title: "A", date: dated(1) }) }, { news });
    await build(site.config, { now });
    expect(urlsIn(site.read("dist/news-sitemap.xml"))).toEqual(["https://site.example/a/"]);
    await build(site.config, { now: now + 72 * hour });
    const xml = site.read("dist/news-sitemap.xml");
    expect(urlsIn(xml)).toEqual([]);
    expect(xml).toMatch(/<urlset [^>]*xmlns="http:\/\/www\.sitemaps\.org\/schemas\/sitemap\/0\.9"/);
  });

  test("F50: more than a thousand posts are split over an index", async () => {
    const many = Array.from({ length: 1001 }, (_, i) => [
      `posts/p${i}.md`,
      post({ title: `P${i}`, date: new Date(now - i * 60_000).toISOString() }),
    ]);
    const site = makeSite(Object.fromEntries(many), { news });
    await build(site.config, { now });
    const parts = urlsIn(site.read("dist/news-sitemap.xml"));
    expect(parts).toHaveLength(2);
    const counts = parts.map((url) => urlsIn(site.read(`dist/${new URL(url).pathname.slice(1)}`)).length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1001);
    expect(Math.max(...counts)).toBeLessThanOrEqual(1000);
  });
});

test("hints for Google point at the fields that cause them, and name a post without a title", async () => {
  const site = makeSite(
    {
      "posts/note.md": post({
        title: "",
        author: "Sari",
        date: dated(1),
        image: "https://cdn.example/a.jpg",
      }),
      "posts/late.md": post({
        author: "Sari",
        title: "Late",
        date: "2026-06-10T00:00:00Z",
        image: "https://cdn.example/a.jpg",
      }),
      "posts/bare.md": post({ title: "Bare", date: dated(2), image: "https://cdn.example/a.jpg" }),
    },
    { news },
  );
  const { diagnostics } = await build(site.config, { now });
  const told = diagnostics.filter(({ code }) => code.startsWith("news/"));
  expect(told.map(({ code, file, line, column }) => `${file}:${line}:${column} ${code}`)).toEqual([
    "posts/bare.md:1:1 news/byline",
    "posts/late.md:3:7 news/time",
    "posts/note.md:1:1 news/title",
  ]);
  expect(urlsIn(site.read("dist/news-sitemap.xml"))).toHaveLength(2);
});
