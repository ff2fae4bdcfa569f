import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { runProgram } from "../support/program.ts";
import { makeSite, post, readTree, writeFiles } from "../support/site.ts";

const now = Date.parse("2026-11-23T09:00:00Z");
const good = { "posts/a.md": post({ title: "A" }), "posts/b.md": post({ title: "B" }) };
const titles = (site: { read: (path: string) => string }): string[] =>
  JSON.parse(site.read("dist/feed.json")).items.map(({ title }: { title: string }) => title);
const bad = "---\ntitle: C\ndate: 2026-02-30\n---\nText.\n";

test("F45: a broken post that readers never had is left out and named, and all others are written", async () => {
  const site = makeSite(good);
  await build(site.config, { now });
  writeFiles(site.root, { "posts/c.md": bad, "posts/a.md": post({ title: "A2" }) });
  for (const options of [{}, {}, { cache: false }] as const) {
    const result = await build(site.config, { now, ...options });
    expect(result.ok).toBe(false);
    expect(result.posts).toMatchObject({
      read: 3,
      published: 2,
      failed: 1,
      leftOut: ["posts/c.md"],
      held: [],
    });
    expect(result.diagnostics).toMatchObject([{ severity: "error", file: "posts/c.md", line: 3, column: 7 }]);
    expect(titles(site)).toEqual(["A2", "B"]);
  }
});

const brokenInManyWays = {
  "front matter": "---\ntitle: [\n---\n",
  date: bad,
  encoding: Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xff, 0xfe, 0x0a]),
  attachment: post({ title: "B2", attachments: ["gone.mp3"] }),
  "the address of another post": post({ title: "B2", slug: "a" }),
  "the id of another post": post({ title: "B2", id: "tag:site.example,2026:a" }),
  "the id and the address of another post": post({ title: "B2", slug: "a", id: "tag:site.example,2026:a" }),
  size: `${post({ title: "B2" })}${"x".repeat(6 << 20)}`,
};

test.each(Object.entries(brokenInManyWays))(
  "F45: a published post that breaks (%s) stays as readers have it, from build to build and as time goes by, until it is fixed",
  async (_, broken) => {
    const site = makeSite(
      {
        ...good,
        "posts/a.md": post({ title: "A", tags: ["x"] }),
        "posts/b.md": post({ title: "B", tags: ["x"] }, "As it was."),
      },
      { feeds: { tags: true, archives: "month", limit: 5 } },
    );
    await build(site.config, { now });
    writeFiles(site.root, { "posts/b.md": broken });
    for (const title of ["A2", "A3", "A4"]) {
      writeFiles(site.root, { "posts/a.md": post({ title, tags: ["x"] }) });
      const result = await build(site.config, { now: now + title.length });
      expect(result.ok).toBe(false);
      expect(result.posts).toMatchObject({
        read: 2,
        published: 2,
        failed: 1,
        leftOut: [],
        held: ["posts/b.md"],
      });
      expect(titles(site)).toEqual([title, "B"]);
      expect(site.read("dist/tags/x/feed.json")).toContain("As it was.");
    }
    writeFiles(site.root, { "posts/b.md": post({ title: "B3" }) });
    expect((await build(site.config, { now })).posts).toMatchObject({ failed: 0, held: [] });
    expect(titles(site)).toEqual(["A4", "B3"]);
  },
);

test("F45: where the version that readers have is not at hand, nothing is written, and the message says what --keep-going drops", async () => {
  const site = makeSite(good);
  await build(site.config, { now });
  const before = readTree(site.config.out);
  writeFiles(site.root, { "posts/b.md": bad, "posts/a.md": post({ title: "A2" }) });
  rmSync(join(site.root, ".feedwright/cache"), { recursive: true });
  for (const options of [{}, { cache: false }] as const) {
    const result = await build(site.config, { now, ...options });
    expect(result.files).toEqual({ written: [], unchanged: [], removed: [] });
    expect(result.diagnostics).toMatchObject([
      { code: "site/post-lost", file: "posts/b.md", message: expect.stringContaining('"B"') },
      { code: "post/wrong-date", file: "posts/b.md" },
    ]);
    expect(result.diagnostics[0]?.hint).toContain("--keep-going");
    expect(readTree(site.config.out)).toEqual(before);
  }
  expect((await build(site.config, { now, keepGoing: true })).posts).toMatchObject({
    leftOut: ["posts/b.md"],
  });
  expect(titles(site)).toEqual(["A2"]);
  // Readers have lost it: nothing keeps the next build.
  expect((await build(site.config, { now })).posts).toMatchObject({ leftOut: ["posts/b.md"] });
});

test("F45: a post that is renamed and broken at once is not taken for one that was deleted", async () => {
  const site = makeSite({ ...good, "posts/old.md": bad });
  await build(site.config, { now });
  rmSync(join(site.root, "posts/b.md"));
  writeFiles(site.root, { "posts/new.md": bad });
  const result = await build(site.config, { now });
  expect(result.files.written).toEqual([]);
  expect(result.diagnostics.filter(({ code }) => code === "site/post-lost")).toMatchObject([
    { file: "posts/new.md", message: expect.stringContaining("posts/b.md is gone") },
  ]);
  rmSync(join(site.root, "posts/new.md"));
  // A post that was broken before is not the one that was deleted.
  expect((await build(site.config, { now })).files.written).toEqual(["atom.xml", "feed.json", "rss.xml"]);
  expect(titles(site)).toEqual(["A"]);
});

test("F45: a broken post that was a draft, or still to come, does not appear", async () => {
  for (const fields of [{ draft: true }, { date: "2026-11-24T00:00:00Z" }]) {
    const site = makeSite({ ...good, "posts/c.md": post({ title: "C", ...fields }) });
    await build(site.config, { now });
    writeFiles(site.root, { "posts/c.md": bad });
    expect((await build(site.config, { now })).posts).toMatchObject({ leftOut: ["posts/c.md"] });
    expect((await build(site.config, { now: now + 2 * 86_400_000 })).ok).toBe(false);
    expect(titles(site)).toEqual(["A", "B"]);
  }
});

test("F45: the rest is written, and the program exits 1, with --keep-going too", () => {
  const site = makeSite({ ...good, "posts/c.md": bad });
  expect(runProgram(["build", "--json"], { cwd: site.root }).status).toBe(1);
  rmSync(site.config.out, { recursive: true });
  const { status, stdout } = runProgram(["build", "--keep-going", "--json"], { cwd: site.root });
  expect(status).toBe(1);
  const result = JSON.parse(stdout);
  expect(result.posts).toMatchObject({ read: 3, published: 2, failed: 1 });
  expect(result.files.written).toEqual(["atom.xml", "feed.json", "rss.xml"]);
  expect(site.read("dist/rss.xml")).toContain("<title>B</title>");
  expect(site.read("dist/rss.xml")).not.toContain("<title>C</title>");
});

test("F45: --strict is all or nothing: a warning or one broken post stops the build", async () => {
  const site = makeSite({ "posts/a.md": post({}, "<script>alert(1)</script>Text.") });
  expect((await build(site.config, { now })).ok).toBe(true);
  const strict = await build(site.config, { now, strict: true });
  expect(strict.ok).toBe(false);
  expect(strict.files.written).toEqual([]);
  const broken = makeSite({ ...good, "posts/c.md": bad });
  expect((await build(broken.config, { now, strict: true })).files.written).toEqual([]);
  expect(broken.list()).toEqual([]);
});

test("a missing attachment is an error of its post, which is left out", async () => {
  const site = makeSite({ ...good, "posts/c.md": post({ title: "C", attachments: ["gone.mp3"] }) });
  const result = await build(site.config, { now });
  expect(result.ok).toBe(false);
  expect(result.diagnostics).toMatchObject([
    { file: "posts/c.md", severity: "error", message: expect.stringContaining("gone.mp3") },
  ]);
  expect(result.posts).toMatchObject({ published: 2, failed: 1, leftOut: ["posts/c.md"] });
  expect(site.read("dist/feed.json")).not.toContain("gone.mp3");
});

test("F45: whatever one post is turned into, the others are published unchanged", async () => {
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
