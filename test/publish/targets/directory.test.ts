import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import * as nodeFs from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recordPath } from "../../../src/publish/deploy/record.ts";
import { comparePublishOrder, fileKindOf } from "../../../src/publish/plan/file-set.ts";
import { applyPublish } from "../../../src/publish/publish.ts";
import { exitCodeOf } from "../../../src/publish/receipt.ts";
import { openDirectory, type TargetFileSystem } from "../../../src/publish/targets/directory.ts";
import { expectOrderedStep } from "../ordered-step.ts";
import {
  readTree,
  sampleInput,
  samplePosts,
  sampleSet,
  sampleTools,
  temporaryFolder,
  treeOf,
} from "../sample-set.ts";

function ours(folder: string): Record<string, string> {
  const { [recordPath]: _, ...rest } = readTree(folder);
  return rest;
}

/** More of them by hand: ROUNDS=200. */
const rounds = Number(process.env.ROUNDS ?? 30);
const first = sampleSet(samplePosts(3));
const second = sampleSet(samplePosts(5)).filter(({ path }) => path !== "tags/a/feed.json");

test("the kind of a path decides when it is published", () => {
  const paths = [
    "news-sitemap.xml",
    "rss.xml",
    "tags/a/rss.xml",
    "archive/2026-01/atom.xml",
    "index.html",
    "media/a.jpg",
    "sitemap-news-2.xml",
    "feeds.opml",
    "_headers",
    "series/rss.xml",
  ];
  expect(paths.map(fileKindOf)).toEqual([
    "sitemap",
    "feed",
    "collection",
    "archive",
    "page",
    "asset",
    "sitemap",
    "page",
    "page",
    "collection",
  ]);
  expect(
    [...paths]
      .map((path) => ({ path }))
      .sort(comparePublishOrder)
      .map(({ path }) => fileKindOf(path)),
  ).toEqual([
    "asset",
    "page",
    "page",
    "page",
    "archive",
    "collection",
    "collection",
    "feed",
    "sitemap",
    "sitemap",
  ]);
});

test("a first publish, an unchanged one, and one that adds, changes and removes", async () => {
  const folder = join(temporaryFolder(), "public");
  const tools = sampleTools(openDirectory({ path: folder }));
  const one = await applyPublish(sampleInput(first), tools);
  expect(exitCodeOf(one)).toBe(0);
  expect(ours(folder)).toEqual(treeOf(first));
  expect(one.deployed.map(({ path }) => path)).toEqual(first.map(({ path }) => path));
  const again = await applyPublish(sampleInput(first), tools);
  expect(again.deployed).toEqual([]);
  expect(again.plan).toEqual([]);
  const two = await applyPublish(sampleInput(second), tools);
  expect(ours(folder)).toEqual(treeOf(second));
  expect(two.removed).toEqual(["tags/a/feed.json"]);
  expect(two.plan.find(({ path }) => path === "rss.xml")?.new.map(({ title }) => title)).toEqual([
    "Post 5",
    "Post 4",
  ]);
});

test("files that are not ours stay, also where ours were changed by somebody", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "about.html"), "theirs");
  const tools = sampleTools(openDirectory({ path: folder }));
  await applyPublish(sampleInput(first), tools);
  writeFileSync(join(folder, "tags/a/feed.json"), "changed by hand");
  await applyPublish(sampleInput(second), tools);
  expect(readTree(folder)).toMatchObject({ "about.html": "theirs", "tags/a/feed.json": "changed by hand" });
  // It is still known as what was ours: put back as it was, it goes.
  writeFileSync(join(folder, "tags/a/feed.json"), treeOf(first)["tags/a/feed.json"] ?? "");
  await applyPublish(sampleInput(second), tools);
  expect(ours(folder)).toEqual({ ...treeOf(second), "about.html": "theirs" });
});

test("a dry run and a refusal change nothing anywhere, not even a folder", async () => {
  const parent = temporaryFolder();
  const folder = join(parent, "public");
  const tools = sampleTools(openDirectory({ path: folder }));
  const dry = await applyPublish(sampleInput(first, { dryRun: true }), tools);
  expect(dry.changes.put).toHaveLength(first.length);
  expect(await nodeFs.readdir(parent)).toEqual([]);
  await applyPublish(sampleInput(first), tools);
  const before = readTree(folder);
  const refused = await applyPublish(sampleInput(sampleSet([])), tools);
  expect(exitCodeOf(refused)).toBe(1);
  await applyPublish(sampleInput(second, { dryRun: true }), tools);
  expect(readTree(folder)).toEqual(before);
});

test("F19: a link that leads out of the folder is not followed", async () => {
  const folder = temporaryFolder();
  const outside = temporaryFolder();
  symlinkSync(outside, join(folder, "tags"));
  const receipt = await applyPublish(sampleInput(first), sampleTools(openDirectory({ path: folder })));
  expect(receipt.failed?.message).toMatch(/leads out of the folder/);
  expect(readTree(outside)).toEqual({});
});

test.each(["../x", "/etc/x", "a/../../x", "a\\b", "a//b", ".git/config", "C:/x", "a\u0000b"])(
  "F20: the path %j is refused",
  async (path) => {
    const file = { ...first[0], path } as (typeof first)[number];
    const folder = temporaryFolder();
    const receipt = await applyPublish(sampleInput([file]), sampleTools(openDirectory({ path: folder })));
    expect(receipt.failed?.code).toBe("target");
  },
);

/** A file system whose `n`th call fails, before or after it did its work. */
function breakAt(n: number, when: "before" | "after"): { fs: TargetFileSystem; calls: () => number } {
  let calls = 0;
  const real: Record<string, unknown> = { ...nodeFs };
  const trip = async <Result>(work: (breaks: boolean) => Promise<Result>): Promise<Result> => {
    calls += 1;
    if (calls !== n) return work(false);
    if (when === "after") await work(true);
    throw Object.assign(new Error("broken on purpose"), { code: "EIO" });
  };
  const wrap = (name: keyof TargetFileSystem) =>
    ((...args: never[]) =>
      trip(() => (real[name] as (...all: never[]) => Promise<unknown>)(...args))) as never;
  const fs = {
    mkdir: wrap("mkdir"),
    readFile: wrap("readFile"),
    readdir: wrap("readdir"),
    realpath: wrap("realpath"),
    rename: wrap("rename"),
    rmdir: wrap("rmdir"),
    unlink: wrap("unlink"),
    open: (async (...args: Parameters<typeof nodeFs.open>) => {
      const opened: { handle?: nodeFs.FileHandle } = {};
      try {
        await trip(async () => {
          opened.handle = await nodeFs.open(...args);
        });
      } catch (error) {
        await opened.handle?.close();
        throw error;
      }
      const handle = opened.handle as nodeFs.FileHandle;
      return {
        writeFile: (bytes: Uint8Array) =>
          trip((breaks) => handle.writeFile(breaks ? bytes.subarray(0, bytes.length / 2) : bytes)),
        sync: () => trip(() => handle.sync()),
        close: () => handle.close(),
      };
    }) as never,
  } satisfies TargetFileSystem;
  return { fs, calls: () => calls };
}

describe.each(["before", "after"] as const)("F62 F70: a fault %s any file operation", (when) => {
  test("leaves the old set, the new one or an ordered step between; the next run completes", {
    timeout: 30_000,
  }, async () => {
    let faults = 0;
    for (let n = 1; ; n++) {
      const folder = temporaryFolder();
      await applyPublish(sampleInput(first), sampleTools(openDirectory({ path: folder })));
      const { fs, calls } = breakAt(n, when);
      const receipt = await applyPublish(
        sampleInput(second),
        sampleTools(openDirectory({ path: folder }, fs)),
      );
      if (calls() < n) break;
      if (receipt.failed) {
        faults += 1;
        expect(exitCodeOf(receipt)).toBe(2);
      }
      const { [recordPath]: _, ...now } = readTree(folder);
      const files = Object.fromEntries(Object.entries(now).filter(([path]) => !path.endsWith("-tmp")));
      expectOrderedStep(files, first, second);
      const next = await applyPublish(sampleInput(second), sampleTools(openDirectory({ path: folder })));
      expect(exitCodeOf(next)).toBe(0);
      expect(ours(folder)).toEqual(treeOf(second));
    }
    expect(faults).toBeGreaterThan(30);
  });
});

test("two publishers at once, many times: the newer set wins every time", {
  timeout: 60_000 + rounds * 2000,
}, async () => {
  for (let round = 0; round < rounds; round++) {
    const folder = temporaryFolder();
    mkdirSync(folder, { recursive: true });
    const publish = (files: typeof first, source: number) =>
      applyPublish(
        sampleInput(files, { edition: { source, built: source } }),
        sampleTools(openDirectory({ path: folder })),
      );
    await publish(first, 1);
    // Every third time the newest set is the one that stands there already.
    const newest = round % 3 === 0 ? first : sampleSet(samplePosts(6));
    const runs = [() => publish(second, 2), () => publish(newest, 3)];
    if (round % 2 === 0) runs.reverse();
    const receipts = await Promise.all(runs.map((run) => run()));
    expect(receipts.map(({ failed }) => failed)).toEqual([undefined, undefined]);
    expect(ours(folder)).toEqual(treeOf(newest));
  }
});
