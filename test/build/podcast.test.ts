import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseRssFeed } from "feedsmith";
import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import type { UserConfig } from "../../src/model/config.ts";
import { png } from "../support/pictures.ts";
import { makeSite, post } from "../support/site.ts";

const now = Date.UTC(2026, 5, 1);
const show = { image: "/show.png", category: "News", explicit: false };
const settings: Omit<UserConfig, "site"> & { site?: Partial<UserConfig["site"]> } = {
  site: { description: "Voices from the bay" },
  assets: { dir: "public" },
  feeds: {
    formats: ["rss", "atom"],
    custom: [{ name: "talks", where: { section: "Podcast" }, podcast: show }],
  },
};
const sound = { src: "https://cdn.example/1.mp3", type: "audio/mpeg", length: 4_821_300, duration: "5:12" };
const files = {
  "posts/1.md": post({ title: "One", section: "Podcast", audio: sound, episode: { season: 1, number: 1 } }),
  "posts/2.md": post({ title: "News of the day", section: "Berita" }),
};

test("episodes are episodes in the show's feed, and plain posts everywhere else", async () => {
  const site = makeSite(files, settings);
  expect(
    (await build(site.config, { now })).diagnostics.filter(({ severity }) => severity === "error"),
  ).toEqual([]);
  const { itunes, podcast, items } = parseRssFeed(site.read("dist/feeds/talks/rss.xml"));
  expect(itunes).toMatchObject({ image: "https://site.example/show.png", explicit: false });
  expect(podcast?.guid).toMatch(/^[0-9a-f-]{36}$/);
  expect(items).toHaveLength(1);
  expect(items?.[0]).toMatchObject({
    enclosures: [{ url: sound.src, length: sound.length, type: "audio/mpeg" }],
    itunes: { duration: 312, season: 1, episode: 1 },
    podcast: { season: { number: 1 }, episode: { number: 1 } },
  });
  for (const path of ["rss.xml", "atom.xml", "feeds/talks/atom.xml"])
    expect(site.read(`dist/${path}`)).not.toMatch(/itunes|podcastindex/);
  expect(site.read("dist/rss.xml")).toContain("<enclosure");
});

test("an episode without a sound is a warning, with the place in its post", async () => {
  const site = makeSite(
    { ...files, "posts/3.md": post({ title: "Two", section: "Podcast", episode: {} }) },
    settings,
  );
  const { ok, diagnostics } = await build(site.config, { now });
  expect(ok).toBe(true);
  expect(diagnostics).toContainEqual(
    expect.objectContaining({ code: "podcast/enclosure", file: "posts/3.md", line: 5 }),
  );
});

test("a show's picture that Apple would refuse is a warning, until it is fixed", async () => {
  const site = makeSite({ ...files, "public/show.png": "" }, settings);
  const picture = (side: number) => writeFileSync(join(site.root, "public/show.png"), png(side, side));
  const warnings = async (): Promise<string[]> =>
    (await build(site.config, { now, cache: false })).diagnostics.map(({ code }) => code);
  picture(600);
  expect(await warnings()).toContain("podcast/image");
  picture(1400);
  expect(await warnings()).not.toContain("podcast/image");
});
