import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { runProgram } from "../support/program.ts";
import { makeSite, post, readTree, writeFiles } from "../support/site.ts";
import { observe, readTitles, startWatch } from "./watched.ts";

const three = {
  "posts/a.md": post({ title: "A" }),
  "posts/b.md": post({ title: "B" }),
  "posts/c.md": post({ title: "C" }),
};

/** What a build without a cache makes of the site as it stands. */
function buildClean(root: string): Record<string, string> {
  rmSync(join(root, ".feedwright"), { recursive: true, force: true });
  rmSync(join(root, "dist"), { recursive: true });
  expect(runProgram(["build", "--json"], { cwd: root }).status).toBe(0);
  return readTree(join(root, "dist"));
}

test("F52: renames over the post, and vim's way with a gap, are one build each, and the post is never missing", async () => {
  const site = makeSite(three);
  const watched = await startWatch(site.root);
  const path = join(site.config.posts.dir, "b.md");
  const seen = observe(join(site.root, "dist/feed.json"), () =>
    expect(readTitles(site.root)).toHaveLength(3),
  );
  const builds = watched.builds();
  writeFileSync(`${path}.tmp`, post({ title: "B renamed" }));
  renameSync(`${path}.tmp`, path);
  await watched.until(() => readTitles(site.root).includes("B renamed"), "the renamed post");
  // vim: the old file becomes a backup, the new one is written, the backup goes.
  renameSync(path, `${path}~`);
  await sleep(300);
  writeFileSync(path, post({ title: "B from vim" }));
  unlinkSync(`${path}~`);
  await watched.until(() => readTitles(site.root).includes("B from vim"), "vim's post");
  // Deleted and written anew, as some editors do.
  unlinkSync(path);
  await sleep(300);
  writeFileSync(path, post({ title: "B anew" }));
  await watched.until(() => readTitles(site.root).includes("B anew"), "the new post");
  await watched.until(() => watched.builds() >= builds + 3, "three builds");
  expect(seen.errors).toEqual([]);
  expect(watched.builds()).toBe(builds + 3);
  expect(await watched.stop()).toEqual({ code: 0, signal: null });
  const before = readTree(join(site.root, "dist"));
  expect(buildClean(site.root)).toEqual(before);
});

test("F53, F54: a save in two steps, with pauses, never publishes the empty or the half text", async () => {
  const body = (edition: string) =>
    `${`Long text of edition ${edition}. `.repeat(400)}\n\nEnd of ${edition}.`;
  const site = makeSite({ ...three, "posts/b.md": post({ title: "B" }, body("first")) });
  const watched = await startWatch(site.root);
  const path = join(site.config.posts.dir, "b.md");
  const seen = observe(join(site.root, "dist/feed.json"), (text) => {
    const { items } = JSON.parse(text) as { items: { title: string; content_html: string }[] };
    const item = items.find(({ title }) => title.startsWith("B"));
    expect(item?.content_html).toMatch(/End of \w+\.<\/p>$/);
  });
  for (const [i, pause] of [0, 1, 3, 10, 25].entries()) {
    const text = post({ title: `B${i}` }, body(`e${i}`));
    truncateSync(path);
    await sleep(pause);
    const half = text.length >> 1;
    appendFileSync(path, text.slice(0, half));
    if (pause < 10) await sleep(pause);
    appendFileSync(path, text.slice(half));
    await watched.until(() => readTitles(site.root).includes(`B${i}`), `edition ${i}`);
  }
  // An empty file that stays empty is told, and the last good version stays.
  const events = watched.events.length;
  truncateSync(path);
  await watched.next(({ event }) => event === "problem", events);
  expect(readTitles(site.root)).toContain("B4");
  writeFileSync(path, post({ title: "B5" }, body("e5")));
  await watched.until(() => readTitles(site.root).includes("B5"), "the mended post");
  expect(seen.errors).toEqual([]);
  await watched.stop();
});

test("F56: a folder that is renamed, with posts in folders below, loses none and duplicates none", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [
      `posts/2025/${i % 2 === 0 ? "" : "deep/er/"}p${i}.md`,
      post({ title: `P${i}`, id: `urn:x-test:${i}` }),
    ]),
  );
  const site = makeSite({ ...three, ...files });
  const watched = await startWatch(site.root);
  const seen = observe(join(site.root, "dist/feed.json"), () => {
    const titles = readTitles(site.root);
    expect(titles).toHaveLength(23);
    expect(new Set(titles).size).toBe(23);
  });
  const { dir } = site.config.posts;
  renameSync(join(dir, "2025"), join(dir, "2026"));
  await watched.until(() => watched.events.some(({ event }) => event === "built"), "a build");
  // An edit in the folder under its new name has to be seen.
  await watched.until(() => {
    writeFileSync(join(dir, "2026/deep/er/p1.new"), post({ title: "P1 again", id: "urn:x-test:1" }));
    renameSync(join(dir, "2026/deep/er/p1.new"), join(dir, "2026/deep/er/p1.md"));
    return readTitles(site.root).includes("P1 again");
  }, "an edit in the renamed folder");
  expect(seen.errors).toEqual([]);
  expect(
    watched.events
      .flatMap(({ diagnostics = [] }) => diagnostics)
      .filter(({ code }) => code.includes("duplicate")),
  ).toEqual([]);
  await watched.stop();
  const before = readTree(join(site.root, "dist"));
  expect(buildClean(site.root)).toEqual(before);
});

test("a post that is renamed, deleted or made in a new folder is followed", async () => {
  const site = makeSite(three);
  const watched = await startWatch(site.root);
  const { dir } = site.config.posts;
  renameSync(join(dir, "b.md"), join(dir, "moved.md"));
  await watched.until(() => site.read("dist/rss.xml").includes("site.example/moved/"), "the new name");
  expect(readTitles(site.root)).toHaveLength(3);
  unlinkSync(join(dir, "c.md"));
  await watched.until(() => readTitles(site.root).length === 2, "the deletion");
  mkdirSync(join(dir, "x/y/z"), { recursive: true });
  writeFileSync(join(dir, "x/y/z/new.md"), post({ title: "New" }));
  await watched.until(() => readTitles(site.root).includes("New"), "the post in a new folder");
  writeFileSync(join(dir, "x/y/z/new.md"), post({ title: "Newer" }));
  await watched.until(() => readTitles(site.root).includes("Newer"), "an edit in a new folder");
  rmSync(join(dir, "x"), { recursive: true });
  await watched.until(() => readTitles(site.root).length === 2, "the folder's end");
  await watched.stop();
});

test("F55: a checkout that changes 2,000 files is few builds, and the result a clean build's", {
  timeout: 120_000,
}, async () => {
  const site = makeSite({ ".gitignore": "dist/\n.feedwright/\n" }, { feeds: { tags: true } });
  const { root } = site;
  const git = (...args: string[]) =>
    execFileSync(
      "git",
      ["-c", "user.name=t", "-c", "user.email=t@site.example", "-c", "gc.auto=0", ...args],
      { cwd: root, stdio: "pipe" },
    );
  const edition = (n: number) =>
    Object.fromEntries(
      Array.from({ length: 2000 }, (_, i) => [
        `posts/${n}${i % 10}/p${i}.md`,
        post({
          title: `E${n} P${i}`,
          slug: `p${i}`,
          tags: [`t${i % 7}`],
          date: new Date(Date.UTC(2025, 0, 1) + i * 3_600_000).toISOString(),
        }),
      ]),
    );
  git("init", "-q", "-b", "one");
  writeFiles(root, edition(1));
  git("add", "-A");
  git("commit", "-q", "-m", "one");
  git("checkout", "-q", "-b", "two");
  rmSync(join(root, "posts"), { recursive: true });
  writeFiles(root, edition(2));
  git("add", "-A");
  git("commit", "-q", "-m", "two");
  const watched = await startWatch(root);
  const builds = watched.builds();
  git("checkout", "-q", "one");
  await watched.until(
    () => readTitles(root)[0] === "E1 P1999" && readTitles(root).every((title) => title.startsWith("E1")),
    "the other branch",
  );
  await settle(watched);
  expect(watched.builds() - builds).toBeLessThanOrEqual(4);
  git("checkout", "-q", "two");
  await watched.until(() => readTitles(root).every((title) => title.startsWith("E2")), "the branch before");
  await settle(watched);
  // git deletes before it writes: what is gone meanwhile is never taken for deleted.
  const published = watched.events.flatMap(({ posts }) => (posts === undefined ? [] : [posts.published]));
  expect(new Set(published)).toEqual(new Set([2000]));
  await watched.stop();
  const before = readTree(join(root, "dist"));
  expect(buildClean(root)).toEqual(before);
});

/** Waits until no event has come for a while. */
async function settle(watched: { readonly events: readonly unknown[] }): Promise<void> {
  for (let count = -1; count !== watched.events.length; await sleep(700)) count = watched.events.length;
}

test("attachments: a picture that is replaced, and one that comes late, change the entry", async () => {
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  const site = makeSite(
    { ...three, "posts/a.md": post({ title: "A", attachments: ["/cover.png"] }), "public/cover.png": png },
    { assets: { dir: "public" } },
  );
  const watched = await startWatch(site.root);
  const length = () => /length="(\d+)"/.exec(site.read("dist/rss.xml"))?.[1];
  expect(length()).toBe(String(png.length));
  writeFiles(site.root, { "public/cover.png": Buffer.concat([png, Buffer.alloc(9)]) });
  await watched.until(() => length() === String(png.length + 9), "the new picture");
  const events = watched.events.length;
  writeFiles(site.root, { "posts/b.md": post({ title: "B2", attachments: ["late.png"] }) });
  await watched.next(({ event }) => event === "problem", events);
  writeFiles(site.root, { "posts/late.png": png });
  await watched.until(() => readTitles(site.root).includes("B2"), "the post whose picture came late");
  await watched.stop();
  expect(readFileSync(join(site.root, "dist/rss.xml"), "utf8")).toContain("late.png");
});
