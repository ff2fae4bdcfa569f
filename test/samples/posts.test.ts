import { rmSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { runProgram } from "../support/program.ts";
import { copySamples, readSamplePosts, sampleTime } from "./sample-site.ts";

test("every sample post stands where it is meant to", async () => {
  const posts = await readSamplePosts();
  expect(Object.fromEntries(posts.map(({ post, standing }) => [post.file, standing]))).toEqual({
    "berita/lomba-dayung-draf.md": "draft",
    "berita/pasar-ikan-pindah-jam.md": "published",
    "essays/a-tide-table-in-twenty-lines.md": "published",
    "guides/reading-the-harbour-flags.en.md": "published",
    "letters/open-in-2099.md": "future",
    "letters/qahwat-al-mina.md": "published",
    "links/2026-09-12-mercusuar-yang-dijawab.md": "published",
    "notes/hujan-pertama.md": "published",
    "notes/tentang-situs-ini.md": "unlisted",
    "photos/perahu-pagi/index.md": "published",
    "podcast/suara-dermaga-01.md": "published",
    "recipes/sambal-for-a-crew-of-five.md": "published",
  });
});

test("the sample posts show what the program is for", async () => {
  const posts = (await readSamplePosts()).map(({ post }) => post);
  const has = (test: (post: (typeof posts)[number]) => boolean): boolean => posts.some(test);
  expect(has((post) => post.title === "")).toBe(true);
  expect(has((post) => post.externalUrl !== undefined)).toBe(true);
  expect(has((post) => post.correction !== undefined && post.image?.credit !== undefined)).toBe(true);
  expect(has((post) => post.attachments.some(({ src }) => src.endsWith(".mp3")))).toBe(true);
  expect(new Set(posts.map(({ language }) => language))).toEqual(new Set(["ar", "en", "id"]));
});

test("the sample site builds within seconds, cold and warm", () => {
  const root = copySamples();
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const build = (): { ms: number; whole: number } => {
    const started = performance.now();
    const { status, stdout } = runProgram(["build", "--json", "--now", sampleTime], { cwd: root });
    expect(status).toBe(0);
    return { ms: JSON.parse(stdout).ms, whole: Math.round(performance.now() - started) };
  };
  const cold = build();
  const warm = build();
  console.log(
    `sample build: cold ${cold.ms} ms (${cold.whole} ms with the start of Node), warm ${warm.ms} ms (${warm.whole} ms)`,
  );
  // Under a second where nothing else runs; machines that test have other things to do.
  for (const { whole } of [cold, warm]) expect(whole).toBeLessThan(5000);
});
