import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import type { Config } from "../../src/model/config.ts";
import { Site } from "../../src/site/site.ts";
import { makeSite, post, readTree, writeFiles } from "../support/site.ts";

const now = Date.parse("2026-11-23T09:00:00Z");
const three = {
  "posts/a.md": post({ title: "A" }),
  "posts/b.md": post({ title: "B" }),
  "posts/c.md": post({ title: "C" }),
};

/** A site as `watch` holds it. */
function openSite(config: Config): Site {
  return new Site(config, { saveLater: true });
}

function titlesOf(feed: string): string[] {
  return (JSON.parse(feed) as { items: { title: string }[] }).items.map(({ title }) => title);
}

test("after a restart in which nothing had changed, an edit keeps the other posts", async () => {
  const site = makeSite(three);
  await build(site.config, { now });
  const again = openSite(site.config);
  expect((await again.update(now)).files.written).toEqual([]);
  writeFiles(site.root, { "posts/b.md": post({ title: "B2" }) });
  const result = await again.update(now, ["b.md"]);
  expect(result.posts.published).toBe(3);
  expect(titlesOf(site.read("dist/feed.json"))).toEqual(["A", "B2", "C"]);
  again.close();
});

test("after a restart, a second scan of an unchanged folder changes nothing", async () => {
  const site = makeSite(three);
  await build(site.config, { now });
  const again = openSite(site.config);
  await again.update(now);
  expect(await again.update(now)).toMatchObject({
    ok: true,
    posts: { published: 3 },
    files: { written: [] },
  });
  again.close();
});

test("what was read before an update failed is not forgotten", async () => {
  const site = makeSite(three);
  const live = openSite(site.config);
  await live.update(now);
  renameSync(site.config.out, `${site.config.out}-aside`);
  writeFileSync(site.config.out, "a file where the folder should be");
  writeFiles(site.root, { "posts/b.md": post({ title: "B2" }) });
  const failure = live.update(now, ["b.md"]);
  await expect(failure).rejects.toMatchObject({ code: "output-unwritable" });
  rmSync(site.config.out);
  renameSync(`${site.config.out}-aside`, site.config.out);
  await live.update(now);
  expect(titlesOf(site.read("dist/feed.json"))).toEqual(["A", "B2", "C"]);
  live.close();
});

test("a document that could not be staged is made at the next update", async () => {
  const site = makeSite(three);
  const live = openSite(site.config);
  await live.update(now);
  rmSync(join(site.root, "dist"), { recursive: true });
  // A folder of that name: reading it as the document that stands there works for nobody.
  mkdirSync(join(site.root, "dist/rss.xml/in-the-way"), { recursive: true });
  writeFiles(site.root, { "posts/b.md": post({ title: "B2" }) });
  await expect(live.update(now, ["b.md"])).rejects.toMatchObject({ code: "output-unwritable" });
  rmSync(join(site.root, "dist/rss.xml"), { recursive: true });
  const result = await live.update(now);
  expect(result.files.written).toEqual(expect.arrayContaining(["rss.xml"]));
  expect(site.read("dist/rss.xml")).toContain("<title>B2</title>");
  live.close();
});

test("an interrupted update is never saved as a finished one", async () => {
  const site = makeSite(three);
  const controller = new AbortController();
  const live = new Site(site.config, { saveLater: true, signal: controller.signal });
  const first = await live.update(now);
  live.save(first);
  writeFiles(site.root, { "posts/b.md": post({ title: "B2" }) });
  controller.abort();
  await expect(live.update(now, ["b.md"])).rejects.toMatchObject({ code: "interrupted" });
  live.save(first);
  live.close();
  await build(site.config, { now });
  expect(titlesOf(site.read("dist/feed.json"))).toEqual(["A", "B2", "C"]);
});

test("a picture that is replaced is seen when it is named, in a full scan, and after restarts", async () => {
  const picture = (fill: number) => Buffer.concat([png, Buffer.alloc(fill)]);
  const site = makeSite({
    ...three,
    "posts/a.md": post({ title: "A", attachments: ["cover.png"] }),
    "posts/cover.png": picture(0),
  });
  const length = () =>
    Number(/<enclosure [^>]*length="(\d+)"/.exec(site.read("dist/rss.xml"))?.[1] ?? Number.NaN);
  const live = openSite(site.config);
  await live.update(now);
  expect(length()).toBe(png.length);
  writeFiles(site.root, { "posts/cover.png": picture(10) });
  expect(live.dependentsOf(join(site.config.posts.dir, "cover.png"))).toEqual(["a.md"]);
  await live.update(now, ["a.md"]);
  expect(length()).toBe(png.length + 10);
  writeFiles(site.root, { "posts/cover.png": picture(20) });
  live.save(await live.update(now));
  expect(length()).toBe(png.length + 20);
  live.close();
  // A process in which nothing had changed must not forget what the entries depend on.
  const idle = openSite(site.config);
  await idle.update(now);
  writeFiles(site.root, { "posts/cover.png": picture(30) });
  idle.save(await idle.update(now, idle.dependentsOf(join(site.config.posts.dir, "cover.png"))));
  expect(length()).toBe(png.length + 30);
  idle.close();
});

test("a picture that was missing is found when it comes, and the present text is shown, not the last good version", async () => {
  const site = makeSite(three);
  const live = openSite(site.config);
  await live.update(now);
  writeFiles(site.root, { "posts/b.md": post({ title: "B2", attachments: ["late.png"] }) });
  const broken = await live.update(now, ["b.md"]);
  expect(broken).toMatchObject({ ok: false, diagnostics: [{ code: "post/attachment-missing" }] });
  expect(titlesOf(site.read("dist/feed.json"))).toEqual(["A", "B", "C"]);
  // ReportedEvent again with every update, whatever else changes.
  expect((await live.update(now)).ok).toBe(false);
  writeFiles(site.root, { "posts/late.png": png });
  expect(live.dependentsOf(join(site.config.posts.dir, "late.png"))).toEqual(["b.md"]);
  expect((await live.update(now, ["b.md"])).ok).toBe(true);
  expect(titlesOf(site.read("dist/feed.json"))).toEqual(["A", "B2", "C"]);
  live.close();
});

test("a picture that was copied and is deleted: the last good version stays, with its copy", async () => {
  const site = makeSite(
    { ...three, "posts/b.md": post({ title: "B", attachments: ["/cover.png"] }), "public/cover.png": png },
    { assets: { dir: "public", copy: true } },
  );
  const live = openSite(site.config);
  await live.update(now);
  rmSync(join(site.root, "public/cover.png"));
  expect(await live.update(now)).toMatchObject({
    ok: false,
    diagnostics: [{ code: "post/attachment-missing" }],
  });
  writeFiles(site.root, { "posts/a.md": post({ title: "A2" }) });
  await live.update(now);
  expect(titlesOf(site.read("dist/feed.json"))).toEqual(["A2", "B", "C"]);
  expect(site.list()).toContain("cover.png");
  live.close();
});

test("a picture nearer than the one found before is taken, and one in the text is copied when it appears", async () => {
  const site = makeSite(
    {
      "posts/a.md": post({ title: "A", attachments: ["cover.png"] }, "![Rain](rain.png)"),
      "public/cover.png": png,
    },
    { assets: { dir: "public", copy: true } },
  );
  await build(site.config, { now });
  expect(site.list()).not.toContain("a/rain.png");
  writeFiles(site.root, { "posts/cover.png": Buffer.concat([png, Buffer.alloc(5)]), "public/rain.png": png });
  const kept = await build(site.config, { now });
  const whole = readTree(site.config.out);
  expect(site.read("dist/rss.xml")).toContain(`length="${png.length + 5}"`);
  rmSync(join(site.root, ".feedwright"), { recursive: true });
  rmSync(site.config.out, { recursive: true });
  const clean = await build(site.config, { now });
  expect(readTree(site.config.out)).toEqual(whole);
  expect(kept.diagnostics).toEqual(clean.diagnostics);
});

test("what entries depend on is remembered through builds that do not change them", async () => {
  const site = makeSite(
    {
      "posts/old.md": post({
        title: "Old",
        date: "2020-01-01T00:00:00Z",
        tags: ["x"],
        attachments: ["cover.png"],
      }),
      "posts/cover.png": png,
      "posts/new.md": post({ title: "New" }),
    },
    { feeds: { limit: 1, tags: true } },
  );
  await build(site.config, { now });
  writeFiles(site.root, { "posts/new.md": post({ title: "Newer" }) });
  await build(site.config, { now });
  writeFiles(site.root, { "posts/cover.png": Buffer.concat([png, Buffer.alloc(7)]) });
  await build(site.config, { now });
  expect(site.read("dist/tags/x/rss.xml")).toContain(`length="${png.length + 7}"`);
});

test.skipIf(process.platform !== "linux")("builds leave no file open", async () => {
  const site = makeSite(three);
  const count = () => readdirSync("/proc/self/fd").length;
  await build(site.config, { now });
  const before = count();
  for (let i = 0; i < 10; i += 1) await build(site.config, { now: now + i });
  expect(count()).toBeLessThanOrEqual(before + 1);
});

test("an output file that is put back unchanged is left alone, a changed one is replaced", async () => {
  const site = makeSite(three);
  const live = openSite(site.config);
  await live.update(now);
  const whole = readTree(site.config.out);
  live.save(await live.update(now));
  live.close();
  writeFileSync(join(site.config.out, "atom.xml"), "somebody else's");
  await build(site.config, { now });
  expect(readTree(site.config.out)).toEqual(whole);
});

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
