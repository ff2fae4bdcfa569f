// A reader that starts at the subscription document and follows the links collects every post (RFC 5005, section 4).
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { XMLParser } from "fast-xml-parser";
import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { makeSite, post, readTree } from "../support/site.ts";

const now = Date.UTC(2026, 11, 1);
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  isArray: (name) => ["entry", "item", "link", "atom:link"].includes(name),
});

interface Page {
  readonly ids: readonly string[];
  readonly self: string;
  readonly isArchive: boolean;
  readonly links: Readonly<Record<string, string>>;
}

function readPage(format: "rss.xml" | "atom.xml" | "feed.json", text: string): Page {
  if (format === "feed.json") {
    const { items, feed_url: self, next_url: previous } = JSON.parse(text);
    return {
      ids: items.map(({ id }: { id: string }) => id),
      self,
      isArchive: false,
      links: { "prev-archive": previous },
    };
  }
  const tree = parser.parse(text);
  const head = format === "rss.xml" ? tree.rss.channel : tree.feed;
  const all = (format === "rss.xml" ? head["atom:link"] : head.link) as { rel: string; href: string }[];
  const links = Object.fromEntries(all.map(({ rel, href }) => [rel, href]));
  const entries = (format === "rss.xml" ? head.item : head.entry) ?? [];
  const ids = entries.map(
    (one: { id?: string; guid?: { "#text": string } }) => one.id ?? one.guid?.["#text"],
  );
  return { ids, self: links.self ?? "", isArchive: head["fh:archive"] !== undefined, links };
}

function walk(dist: string, format: "rss.xml" | "atom.xml" | "feed.json"): Page[] {
  const pages: Page[] = [];
  const seen = new Set<string>();
  for (let url: string | undefined = `https://site.example/${format}`; url !== undefined; ) {
    expect(seen.has(url), `a loop at ${url}`).toBe(false);
    seen.add(url);
    const page = readPage(format, readFileSync(join(dist, new URL(url).pathname), "utf8"));
    expect(page.self).toBe(url);
    pages.push(page);
    url = page.links["prev-archive"];
  }
  return pages;
}

function fiveYears(): Record<string, string> {
  const files: Record<string, string> = {};
  for (let i = 0; i < 1000; i += 1) {
    // Uneven: months with none, with one, and with a hundred.
    const days = i < 150 ? 1700 + i / 5 : ((i * i * 7919) % 1700) - (i % 3);
    const date = new Date(Date.UTC(2022, 0, 3) + days * 86_400_000).toISOString();
    files[`posts/p${i}.md`] = post({ title: `Post ${i}`, date });
  }
  return files;
}

test("1,000 posts over five years: the walk collects every post, archives share none, in each format", async () => {
  const site = makeSite(fiveYears(), { feeds: { archives: "month", limit: 20 } });
  const { ok, diagnostics } = await build(site.config, { now });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(ok).toBe(true);
  for (const format of ["rss.xml", "atom.xml", "feed.json"] as const) {
    const [subscription, ...archives] = walk(site.config.out, format);
    const archived = archives.flatMap(({ ids }) => ids);
    expect(new Set(archived).size, format).toBe(archived.length);
    expect(new Set([...archived, ...(subscription?.ids ?? [])]).size, format).toBe(1000);
    expect(subscription?.ids).toHaveLength(20);
    if (format === "feed.json") continue;
    expect(subscription?.isArchive).toBe(false);
    expect(subscription?.links.current).toBeUndefined();
    for (const [i, page] of archives.entries()) {
      expect(page.isArchive).toBe(true);
      expect(page.links.current).toBe(`https://site.example/${format}`);
      expect(page.links["next-archive"]).toBe(archives[i - 1]?.self);
    }
  }
}, 60_000);

const small = {
  "posts/a.md": post({ date: "2026-01-31T23:30:00-05:00" }),
  "posts/b.md": post({ title: "B", date: "2026-02-10" }),
  "posts/c.md": post({ title: "C", date: "2026-04-10" }),
};

test("months are those of UTC; the newest one has no archive while the feed itself holds it", async () => {
  const site = makeSite(small, { feeds: { archives: "month", formats: ["atom"] } });
  await build(site.config, { now });
  expect(site.list()).toContain("archive/2026-02/atom.xml");
  expect(site.list().filter((path) => path.startsWith("archive/"))).toHaveLength(1);
  const page = readPage("atom.xml", site.read("dist/archive/2026-02/atom.xml"));
  expect(page.ids).toEqual(["tag:site.example,2026:b", "tag:site.example,2026:a"]);
  expect(site.read("dist/archive/2026-02/atom.xml")).toContain("<id>tag:site.example,2026:feed/site</id>");
});

test("the newest month has an archive once the feed no longer holds it, or when maxBytes may drop entries", async () => {
  const two = { ...small, "posts/d.md": post({ title: "D", date: "2026-04-11" }) };
  const site = makeSite(two, { feeds: { archives: "month", formats: ["atom"], limit: 1 } });
  await build(site.config, { now });
  expect(site.list()).toContain("archive/2026-04/atom.xml");
  const dropping = makeSite(small, { feeds: { archives: "month", formats: ["atom"], maxBytes: 1 } });
  await build(dropping.config, { now });
  expect(walk(dropping.config.out, "atom.xml").flatMap(({ ids }) => ids)).toHaveLength(3);
});

test("a closed month keeps its bytes when posts are added elsewhere, and changes with its own", async () => {
  const site = makeSite(small, { feeds: { archives: "month", limit: 2 } });
  await build(site.config, { now });
  const before = readTree(join(site.config.out, "archive"));
  writeFileSync(join(site.root, "posts/d.md"), post({ title: "D", date: "2026-04-20" }));
  await build(site.config, { now });
  expect(readTree(join(site.config.out, "archive"))).toEqual(before);
  writeFileSync(join(site.root, "posts/e.md"), post({ title: "E", date: "2026-05-20" }));
  await build(site.config, { now });
  const after = readTree(join(site.config.out, "archive"));
  const changed = Object.keys(before).filter((path) => before[path] !== after[path]);
  expect(changed).toEqual(["2026-02/atom.xml", "2026-02/rss.xml"]);
  expect(Object.keys(after).filter((path) => path.startsWith("2026-04/"))).toHaveLength(3);
  writeFileSync(join(site.root, "posts/b.md"), post({ title: "B again", date: "2026-02-10" }));
  const { files } = await build(site.config, { now });
  expect(files.written).toEqual([
    "archive/2026-02/atom.xml",
    "archive/2026-02/feed.json",
    "archive/2026-02/rss.xml",
  ]);
});

test("without archives nothing of history is written", async () => {
  const site = makeSite(small);
  await build(site.config, { now });
  expect(existsSync(join(site.config.out, "archive"))).toBe(false);
  for (const text of Object.values(readTree(site.config.out))) {
    expect(text).not.toMatch(/prev-archive|next-archive|next_url|history/);
  }
});
