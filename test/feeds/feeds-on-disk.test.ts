// The feeds of a site as they lie on the disk, after a first build and after changes.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { build } from "../../src/build.ts";
import type { UserConfig } from "../../src/model/config.ts";
import { Site } from "../../src/site/site.ts";
import { makeSite, post, readTree } from "../support/site.ts";

const now = Date.UTC(2026, 5, 1);
const allKinds: UserConfig["feeds"] = {
  formats: ["json"],
  tags: true,
  authors: true,
  sections: true,
  languages: true,
};

interface JsonFeed {
  readonly title: string;
  readonly feed_url: string;
  readonly home_page_url: string;
  readonly language: string;
  readonly items: readonly { readonly id: string; readonly content_html: string }[];
}

function feedIn(site: { read: (path: string) => string }, folder: string): JsonFeed {
  return JSON.parse(site.read(`dist/${folder}feed.json`));
}

describe("collections", () => {
  const files = {
    "posts/a.md": post({
      date: "2026-01-01",
      tags: ["Laut", "pasar ikan"],
      section: "Berita",
      author: "Sari W",
    }),
    "posts/b.md": post({ title: "B", date: "2026-01-02", tags: ["laut"], language: "id", author: "Tom" }),
  };

  test("a post has the same id and text in every feed; each feed has its own title and address", async () => {
    const site = makeSite(files, { feeds: { ...allKinds, tags: { page: "/topik/:slug/" } } });
    await build(site.config, { now });
    const folders = [
      "",
      "authors/sari-w/",
      "authors/tom/",
      "languages/en/",
      "languages/id/",
      "sections/berita/",
    ];
    folders.push("tags/laut/", "tags/pasar-ikan/");
    expect(site.list()).toEqual(folders.map((folder) => `${folder}feed.json`).sort());
    for (const folder of folders)
      expect(feedIn(site, folder).feed_url).toBe(`https://site.example/${folder}feed.json`);
    const titles = folders.map((folder) => feedIn(site, folder).title);
    expect(titles).toEqual([
      "Site",
      "Site · Sari W",
      "Site · Tom",
      "Site · English",
      "Site · Bahasa Indonesia",
      "Site · Berita",
      "Site · laut",
      "Site · pasar ikan",
    ]);
    expect(feedIn(site, "tags/pasar-ikan/").items[0]).toEqual(feedIn(site, "").items[1]);
    expect(feedIn(site, "tags/pasar-ikan/").home_page_url).toBe("https://site.example/topik/pasar-ikan/");
    expect(feedIn(site, "languages/id/").language).toBe("id");
  });

  test("a feed that loses its last post stays, empty and valid, with or without the cache", async () => {
    const site = makeSite(files, { feeds: { ...allKinds, formats: ["rss", "atom", "json"] } });
    await build(site.config, { now });
    rmSync(join(site.root, "posts/a.md"));
    const { files: result } = await build(site.config, { now });
    expect(result.removed).toEqual([]);
    expect(feedIn(site, "tags/pasar-ikan/")).toMatchObject({ title: "Site · pasar ikan", items: [] });
    const tree = readTree(site.config.out);
    rmSync(join(site.root, ".feedwright/cache"), { recursive: true });
    await build(site.config, { now });
    expect(readTree(site.config.out)).toEqual(tree);
  });

  test("a kind that is turned off takes its feeds with it", async () => {
    const site = makeSite(files, { feeds: allKinds });
    await build(site.config, { now });
    await build({ ...site.config, feeds: { ...site.config.feeds, tags: false } }, { now });
    expect(site.list().filter((path) => path.startsWith("tags/"))).toEqual([]);
  });

  test("a slug that two tags make is reported, and both have a feed", async () => {
    const site = makeSite({ "posts/a.md": post({ tags: ["Q&A", "q a"] }) }, { feeds: allKinds });
    const { diagnostics } = await build(site.config, { now });
    expect(diagnostics.map(({ code, file }) => `${code} ${file}`)).toContain(
      "feed/slug-collision dist/tags/q-a",
    );
    expect(site.list().filter((path) => path.startsWith("tags/"))).toHaveLength(2);
    const again = await build(site.config, { now });
    expect(again.diagnostics.map(({ code }) => code)).toContain("feed/slug-collision");
  });
});

describe("a profile", () => {
  const long = "A title that is long enough";

  test("leaves a post out of its own feed alone, says why at the post, and takes an older one in its place", async () => {
    const site = makeSite(
      {
        "posts/a.md": post({ title: long, date: "2026-01-01T00:00:00Z" }),
        "posts/b.md": post({ title: "Short", date: "2026-01-02T00:00:00Z" }),
      },
      {
        feeds: { formats: ["json"], custom: [{ name: "msn", profile: "msn", formats: ["json"], limit: 1 }] },
      },
    );
    const { ok, diagnostics } = await build(site.config, { now });
    expect(ok).toBe(true);
    expect(diagnostics).toMatchObject([
      {
        code: "feed/rejected",
        severity: "warning",
        file: "posts/b.md",
        line: 2,
        column: 8,
        message:
          "Left out of the feed msn by msn/title-length: Its title has 5 characters; 21 to 150 are asked for.",
      },
    ]);
    expect(feedIn(site, "feeds/msn/").items.map(({ id }) => id)).toEqual(["tag:site.example,2026:a"]);
    expect(feedIn(site, "").items).toHaveLength(2);
    const again = await build(site.config, { now });
    expect(again.diagnostics).toEqual(diagnostics);
  });

  test("SmartNews' logo is an element of its namespace", async () => {
    const site = makeSite(
      { "posts/a.md": post() },
      {
        site: { image: "/logo.png" },
        feeds: { custom: [{ name: "sn", profile: "smartnews", description: "Short." }] },
      },
    );
    await build(site.config, { now });
    const rss = site.read("dist/feeds/sn/rss.xml");
    expect(rss).toContain('xmlns:snf="http://www.smartnews.be/snf"');
    expect(rss.replace(/\s+/g, "")).toContain(
      "<snf:logo><url>https://site.example/logo.png</url></snf:logo>",
    );
    expect(site.read("dist/rss.xml")).not.toContain("snf");
  });
});

describe("maxBytes", () => {
  const files = Object.fromEntries(
    Array.from({ length: 9 }, (_, i) => [
      `posts/p${i}.md`,
      post({ title: `P${i}`, date: `2026-01-0${i + 1}` }, `Text ${"word ".repeat(200)}`),
    ]),
  );

  for (const over of ["drop", "summary"] as const) {
    test(`${over}: every document stays under it, entries stay whole, and a hint says so`, async () => {
      const site = makeSite(files, { feeds: { maxBytes: { bytes: 9000, over } } });
      const { ok, diagnostics } = await build(site.config, { now });
      expect(ok).toBe(true);
      for (const name of ["rss.xml", "atom.xml", "feed.json"])
        expect(Buffer.byteLength(site.read(`dist/${name}`)), name).toBeLessThanOrEqual(9000);
      const told = diagnostics.filter(({ code }) => code === "feed/over-limit");
      expect(told.map(({ file, severity }) => `${severity} ${file}`)).toEqual([
        "hint dist/atom.xml",
        "hint dist/feed.json",
        "hint dist/rss.xml",
      ]);
      const { items } = feedIn(site, "");
      expect(items[0]?.id).toBe("tag:site.example,2026:p8");
      expect(items[0]?.content_html).toMatch(/word\s*<\/p>\s*$/);
      const whole = items.filter(({ content_html }) => content_html.length > 900).length;
      expect(whole).toBeGreaterThan(0);
      expect(whole).toBeLessThan(9);
      expect(items).toHaveLength(over === "drop" ? whole : 9);
    });
  }
});

describe("translations", () => {
  const files = {
    "posts/kota.md": post({ title: "City" }),
    "posts/kota.id.md": post({ title: "Kota" }),
    "posts/x.md": post({ title: "X", translationKey: "k", date: "2026-01-03" }),
    "posts/y.md": post({ title: "Y", translationKey: "k", language: "id", date: "2026-01-03", slug: "ye" }),
  };
  const config = { permalink: "/:language/:slug/", feeds: { formats: ["atom"] as const } };

  test("name.md, name.id.md and one translationKey are alternates; a new address reaches the others", async () => {
    const site = makeSite(files, { ...config, feeds: { formats: ["atom"] } });
    await build(site.config, { now });
    const links = () =>
      [...site.read("dist/atom.xml").matchAll(/hreflang="(\w+)" href="([^"]+)"/g)]
        .map((one) => `${one[1]} ${one[2]}`)
        .sort();
    expect(links()).toEqual([
      "en https://site.example/en/kota/",
      "en https://site.example/en/x/",
      "id https://site.example/id/kota/",
      "id https://site.example/id/ye/",
    ]);
    writeFileSync(join(site.root, "posts/kota.id.md"), post({ title: "Kota", slug: "bandar" }));
    await build(site.config, { now });
    expect(links()).toContain("id https://site.example/id/bandar/");
    expect(links()).not.toContain("id https://site.example/id/kota/");
  });

  test("a draft, an unlisted and a future translation leave no trace; the last appears when it is due", async () => {
    const soon = "2026-07-01T00:00:00Z";
    const site = makeSite(
      {
        "posts/a.en.md": post({ title: "A" }),
        "posts/a.id.md": post({ title: "A", draft: true, slug: "secret-draft" }),
        "posts/a.ms.md": post({ title: "A", visibility: "unlisted", slug: "secret-unlisted" }),
        "posts/a.jv.md": post({ title: "A", date: soon, slug: "secret-future" }),
      },
      { permalink: "/:language/:slug/" },
    );
    const { nextDue } = await build(site.config, { now });
    expect(JSON.stringify(readTree(site.config.out))).not.toContain("secret");
    expect(nextDue).toBe(Date.parse(soon));
    await build(site.config, { now: Date.parse(soon) });
    expect(site.read("dist/atom.xml")).toContain(
      'hreflang="jv" href="https://site.example/jv/secret-future/"',
    );
    expect(JSON.stringify(readTree(site.config.out))).not.toMatch(/secret-(draft|unlisted)/);
  });
});

test("the news sitemap loses a post two days after its first publication, and the build says when", async () => {
  const site = makeSite(
    { "posts/a.md": post({ date: "2026-05-31T00:00:00Z", updated: "2026-05-31T12:00:00Z" }) },
    { news: { publication: "Site" } },
  );
  const due = Date.parse("2026-06-02T00:00:00Z");
  expect((await build(site.config, { now })).nextDue).toBe(due);
  expect(site.read("dist/news-sitemap.xml")).toContain("https://site.example/a/");
  const { files } = await build(site.config, { now: due });
  expect(files.written).toEqual(["news-sitemap.xml"]);
  expect(site.read("dist/news-sitemap.xml")).not.toContain("https://site.example/a/");
});

test("after any saves, as time goes by, the folder is byte for byte that of a clean build and of one with the cache", async () => {
  const save = fc.record({
    file: fc.constantFrom("a.md", "b.md", "c.en.md", "c.id.md", "d.md"),
    gone: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
    day: fc.integer({ min: 1, max: 28 }),
    month: fc.constantFrom("03", "04", "05", "06"),
    tags: fc.subarray(["x", "X", "x!", "y"]),
    draft: fc.boolean(),
    taken: fc.constantFrom<Record<string, string>>(
      {},
      {},
      { retracted: "2026-05-15T00:00:00Z" },
      { retracted: "2026-06-20T00:00:00Z" },
    ),
    later: fc.constantFrom(0, 0, 1, 10, 30),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(save, { minLength: 1, maxLength: 6 }), async (saves) => {
      const site = makeSite(
        { "posts/z.md": post({ title: "Z", tags: ["x"] }) },
        {
          permalink: "/:language/:slug/",
          feeds: {
            tags: { min: 1, limit: 2 },
            languages: true,
            archives: "month",
            limit: 2,
            custom: [
              { name: "recent", where: { since: "40d" } },
              { name: "msn", profile: "msn" },
            ],
          },
          news: { publication: "Site" },
        },
      );
      const kept = new Site(site.config, { cache: false, allowEmpty: true });
      let time = now - 40 * 86_400_000;
      await kept.update(time);
      for (const { file, gone, day, month, later, taken, ...fields } of saves) {
        time += later * 86_400_000;
        const path = join(site.root, "posts", file);
        const date = `2026-${month}-${String(day).padStart(2, "0")}T00:00:00Z`;
        if (gone) rmSync(path, { force: true });
        else writeFileSync(path, post({ title: `Post ${file} of ${date}`, date, ...fields, ...taken }));
        await kept.update(time, [file]);
        const tree = readTree(site.config.out);
        for (const cache of [{ cache: false as const }, {}]) {
          await build(site.config, { now: time, allowEmpty: true, ...cache });
          expect(readTree(site.config.out)).toEqual(tree);
        }
      }
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 25) },
  );
}, 120_000);

test("F104: a tombstone follows from `retracted: true` as from a date, also when no post is left; other hidden posts have none", async () => {
  const authority: Parameters<typeof makeSite>[1] = {
    site: { authority: "site.example,2026" },
    feeds: { formats: ["rss", "atom"] },
  };
  const site = makeSite(
    {
      "posts/a.md": post({ title: "A", date: "2026-05-01T00:00:00Z" }),
      "posts/b.md": post({ title: "B", date: "2026-04-01T00:00:00Z" }),
    },
    authority,
  );
  await build(site.config, { now });
  const retract = (name: string, lines: Record<string, string | boolean>) =>
    writeFileSync(
      join(site.root, `posts/${name}.md`),
      post({ title: name, date: "2026-05-01T00:00:00Z", ...lines }),
    );
  const tombstones = () => site.read("dist/atom.xml").match(/<at:deleted-entry[^>]*>/g) ?? [];
  retract("a", { retracted: true });
  await build(site.config, { now });
  const named = '<at:deleted-entry ref="tag:site.example,2026:a" when="2026-05-01T00:00:00Z"/>';
  expect(tombstones()).toEqual([named]);
  expect(site.read("dist/rss.xml")).not.toContain("<title>a</title>");
  retract("b", { retracted: true, updated: "2026-05-20T10:00:00Z" });
  await build(site.config, { now });
  expect(tombstones()).toEqual([
    '<at:deleted-entry ref="tag:site.example,2026:b" when="2026-05-20T10:00:00Z"/>',
    named,
  ]);
  const warm = site.read("dist/atom.xml");
  rmSync(join(site.root, ".feedwright"), { recursive: true });
  await build(site.config, { now });
  expect(site.read("dist/atom.xml")).toBe(warm);
  retract("a", { retracted: true, draft: true });
  retract("b", { retracted: true, date: "2030-01-01T00:00:00Z" });
  await build(site.config, { now });
  expect(tombstones()).toEqual([]);
});

test("a post that is taken back leaves every feed, and Atom names it while its place would be in the feed", async () => {
  const site = makeSite(
    {
      "posts/a.md": post({ title: "A", date: "2026-05-01T00:00:00Z", retracted: "2026-06-02T00:00:00Z" }),
      "posts/b.md": post({ title: "B", date: "2026-04-01T00:00:00Z" }),
      "posts/e.md": post({ title: "E", date: "2026-05-02T00:00:00Z", expires: "2026-06-02T00:00:00Z" }),
    },
    { site: { authority: "site.example,2026" }, feeds: { formats: ["rss", "atom"], limit: 1 } },
  );
  const due = Date.parse("2026-06-02T00:00:00Z");
  expect((await build(site.config, { now })).nextDue).toBe(due);
  expect(site.read("dist/atom.xml")).not.toContain("deleted");
  await build(site.config, { now: due });
  expect(site.read("dist/atom.xml")).toContain(
    '<at:deleted-entry ref="tag:site.example,2026:a" when="2026-06-02T00:00:00Z"/>',
  );
  expect(site.read("dist/atom.xml").match(/deleted-entry/g)).toHaveLength(1);
  expect(site.read("dist/rss.xml")).not.toContain("deleted");
  writeFileSync(join(site.root, "posts/c.md"), post({ title: "C", date: "2026-05-20T00:00:00Z" }));
  await build(site.config, { now: due });
  expect(site.read("dist/atom.xml")).not.toContain("deleted");
});
