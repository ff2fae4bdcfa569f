import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { type BuildOptions, Site } from "../../src/site/site.ts";
import { makeSite, post, readTree, writeFiles } from "../support/site.ts";

const now = Date.parse("2026-11-23T09:00:00Z");
const edit = (title: string) => ({ "posts/a.md": post({ title, tags: ["Rain", "Sun"] }) });

async function makeWatched(options: BuildOptions) {
  const site = makeSite({ ...edit("First"), "posts/b.md": post({ title: "B" }) }, { feeds: { tags: true } });
  const watched = new Site(site.config, { saveLater: true, ...options });
  await watched.update(now);
  return { site, watched };
}

test("a save is in the site's own feeds before the documents of its tags are made", async () => {
  const order: string[] = [];
  const holds = (path: string) => made.site.read(path).includes("Second");
  const made = await makeWatched({
    onDocument: ({ path }) => {
      if (order.push(path) > 9 && path.startsWith("tags/")) expect(holds("dist/rss.xml")).toBe(true);
    },
  });
  expect(order).toHaveLength(9);
  writeFiles(made.site.root, edit("Second"));
  const result = await made.watched.update(now, ["a.md"]);
  expect(order).toHaveLength(18);
  expect(result.files.written).toEqual([
    "atom.xml",
    "feed.json",
    "rss.xml",
    ...["rain", "sun"].flatMap((tag) =>
      ["atom.xml", "feed.json", "rss.xml"].map((name) => `tags/${tag}/${name}`),
    ),
  ]);
});

test("F68: a stop after the first documents of a save are in place waits for all of them", async () => {
  const controller = new AbortController();
  const made = await makeWatched({
    signal: controller.signal,
    onDocument: ({ path, content }) => {
      if (path.startsWith("tags/") && String(content).includes("Second")) controller.abort();
    },
  });
  writeFiles(made.site.root, edit("Second"));
  await made.watched.update(now, ["a.md"]);
  const after = readTree(made.site.config.out);
  await build(made.site.config, { now, cache: false });
  expect(readTree(made.site.config.out)).toEqual(after);
});

test("F62: where the rest of a save cannot be written, the next update writes it", async () => {
  const { site, watched } = await makeWatched({});
  const blocked = join(site.config.out, "tags/sun/rss.xml");
  rmSync(blocked);
  mkdirSync(join(blocked, "x"), { recursive: true });
  writeFiles(site.root, edit("Second"));
  await expect(watched.update(now, ["a.md"])).rejects.toThrow("Cannot write");
  expect(site.read("dist/rss.xml")).toContain("Second");
  rmSync(blocked, { recursive: true });
  await watched.update(now, []);
  const after = readTree(site.config.out);
  rmSync(join(site.root, ".feedwright"), { recursive: true });
  await build(site.config, { now });
  expect(readTree(site.config.out)).toEqual(after);
});
