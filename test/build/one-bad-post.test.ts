import { renameSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { runProgram } from "../support/program.ts";
import { makeSite, post, readTree, writeFiles } from "../support/site.ts";

const now = Date.parse("2026-11-23T09:00:00Z");
const good = { "posts/a.md": post({ title: "A" }), "posts/b.md": post({ title: "B" }) };
const bad = "---\ntitle: C\ndate: 2026-02-30\n---\nText.\n";

test("F45: one bad post stops the whole build, and the output folder does not change", async () => {
  const site = makeSite(good);
  await build(site.config, { now });
  const before = readTree(site.config.out);
  writeFiles(site.root, { "posts/c.md": bad, "posts/a.md": post({ title: "A2" }) });
  const result = await build(site.config, { now });
  expect(result.ok).toBe(false);
  expect(result.posts.failed).toBe(1);
  expect(result.files).toEqual({ written: [], unchanged: [], removed: [] });
  expect(result.diagnostics).toMatchObject([{ severity: "error", file: "posts/c.md", line: 3, column: 7 }]);
  expect(readTree(site.config.out)).toEqual(before);
});

test("F45: --keep-going leaves it out, writes the rest, and still exits 1", () => {
  const site = makeSite({ ...good, "posts/c.md": bad });
  const { status, stdout } = runProgram(["build", "--keep-going", "--json"], { cwd: site.root });
  expect(status).toBe(1);
  const result = JSON.parse(stdout);
  expect(result.posts).toMatchObject({ read: 3, published: 2, failed: 1 });
  expect(result.files.written).toEqual(["atom.xml", "feed.json", "rss.xml"]);
  expect(site.read("dist/rss.xml")).toContain("<title>B</title>");
  expect(site.read("dist/rss.xml")).not.toContain("<title>C</title>");
});

test("--strict makes a warning stop the build", async () => {
  const site = makeSite({ "posts/a.md": post({}, "<script>alert(1)</script>Text.") });
  expect((await build(site.config, { now })).ok).toBe(true);
  const strict = await build(site.config, { now, strict: true });
  expect(strict.ok).toBe(false);
  expect(strict.files.written).toEqual([]);
});

test("a missing attachment is an error of its post, found before anything is written", async () => {
  const site = makeSite({ ...good, "posts/c.md": post({ title: "C", attachments: ["gone.mp3"] }) });
  const result = await build(site.config, { now });
  expect(result.ok).toBe(false);
  expect(result.files.written).toEqual([]);
  expect(result.diagnostics).toMatchObject([
    { file: "posts/c.md", severity: "error", message: expect.stringContaining("gone.mp3") },
  ]);
  const kept = await build(site.config, { now, keepGoing: true });
  expect(kept.posts).toMatchObject({ published: 2, failed: 1 });
  expect(site.read("dist/feed.json")).not.toContain("gone.mp3");
});

test("F45: whatever one post is turned into, the others are published unchanged or nothing is", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary", maxLength: 200 }), fc.boolean(), async (text, fenced) => {
      const site = makeSite({
        ...good,
        "posts/c.md": fenced ? `---\ntitle: C\ndate: 2020-01-01T00:00:00Z\n${text}\n---\n${text}` : text,
      });
      const result = await build(site.config, { now, keepGoing: true });
      const { items } = JSON.parse(site.read("dist/feed.json")) as { items: { title: string }[] };
      expect(items.map(({ title }) => title)).toEqual(expect.arrayContaining(["A", "B"]));
      expect(items.length).toBe(result.posts.published);
      expect(result.posts.read).toBe(3);
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 40) },
  );
});

test("stale documents go when a format is switched off; zero posts make valid empty feeds", async () => {
  const site = makeSite(good);
  await build(site.config, { now });
  const fewer = { ...site.config, feeds: { ...site.config.feeds, formats: ["rss" as const] } };
  expect((await build(fewer, { now })).files.removed).toEqual(["atom.xml", "feed.json"]);
  renameSync(join(site.root, "posts"), join(site.root, "elsewhere"));
  writeFiles(site.root, { "posts/.keep": "" });
  const result = await build(site.config, { now });
  expect(result.ok).toBe(true);
  expect(JSON.parse(site.read("dist/feed.json")).items).toEqual([]);
});

test("F51: zero posts after many is refused unless it is allowed", async () => {
  const many = Array.from({ length: 5 }, (_, i) => [`posts/p${i}.md`, post({ title: `P${i}` })] as const);
  const site = makeSite(Object.fromEntries(many));
  await build(site.config, { now });
  for (const [path] of many) writeFiles(site.root, { [path]: post({ draft: true }) });
  const refused = await build(site.config, { now });
  expect(refused.diagnostics).toMatchObject([{ code: "site/emptied", severity: "error", file: "posts" }]);
  expect(JSON.parse(site.read("dist/feed.json")).items).toHaveLength(5);
  expect((await build(site.config, { now, allowEmpty: true })).ok).toBe(true);
  expect(JSON.parse(site.read("dist/feed.json")).items).toEqual([]);
});
