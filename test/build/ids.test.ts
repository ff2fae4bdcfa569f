import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import type { UserConfig } from "../../src/model/config.ts";
import { makeSite, post } from "../support/site.ts";

const now = Date.parse("2026-11-23T09:00:00Z");

type SiteChange = Omit<Partial<UserConfig>, "site"> & { site?: Partial<UserConfig["site"]> };

async function idsOf(fields: Record<string, unknown>, config: SiteChange = {}): Promise<string[]> {
  const site = makeSite({ "posts/kota/banjir.md": post(fields) }, config);
  await build(site.config, { now });
  const { items } = JSON.parse(site.read("dist/feed.json")) as { items: { id: string }[] };
  const id = items[0]?.id ?? "";
  expect(site.read("dist/rss.xml")).toContain(`<guid isPermaLink="false">${id}</guid>`);
  expect(site.read("dist/atom.xml")).toContain(`<id>${id}</id>`);
  return [id];
}

test("rule 1, F32: an id survives a new title, slug, host, trailing slash and section, in all three formats", async () => {
  const first = await idsOf({ title: "Banjir", slug: "banjir", section: "kota" });
  expect(first).toEqual(["tag:site.example,2026:kota/banjir"]);
  expect(await idsOf({ title: "Banjir surut", slug: "banjir", section: "kota" })).toEqual(first);
  expect(await idsOf({ title: "Banjir", slug: "banjir-surut", section: "kota" })).toEqual(first);
  expect(await idsOf({ title: "Banjir", section: "nasional" })).toEqual(first);
  expect(await idsOf({ title: "Banjir" }, { site: { url: "https://new.example/sub" } })).toEqual(first);
  expect(await idsOf({ title: "Banjir" }, { permalink: "/:year/:slug" })).toEqual(first);
});

test("front matter's id wins over everything", async () => {
  const id = "https://old.example/?p=12";
  const site = makeSite({ "posts/a.md": post({ id }) });
  await build(site.config, { now });
  expect(site.read("dist/rss.xml")).toContain(`<guid isPermaLink="false">${id}</guid>`);
});

test("white space around an id is in no format, and nothing of it is left for the next build to trip over", async () => {
  for (const id of [
    "tag:site.example,2026:a\n\n",
    " tag:site.example,2026:a",
    "tag:site.example,2026:a\u00a0",
  ])
    expect(await idsOf({ id })).toEqual(["tag:site.example,2026:a"]);
});

test("F21: two posts with one id or one permalink are an error that names both", async () => {
  const site = makeSite(
    {
      "posts/a.md": post({ id: "x:1" }),
      "posts/b.md": post({ id: "x:1" }),
      "posts/c/b.md": post(),
    },
    {},
    { sound: false },
  );
  const { diagnostics, ok, posts } = await build(site.config, { now });
  expect(ok).toBe(false);
  expect(posts).toMatchObject({ published: 2, leftOut: ["posts/b.md"], held: [] });
  const told = diagnostics.map(({ code, file, message }) => `${code} ${file} ${message}`).join("\n");
  expect(told).toMatch(/site\/duplicate-id posts\/b\.md .*posts\/a\.md/);
  expect(told).toMatch(/site\/duplicate-permalink posts\/b\.md .*posts\/c\/b\.md/);
});

test("two posts with one url: the address is named as the cause, where it is the id as well", async () => {
  const site = makeSite(
    {
      "posts/a.md": post({ title: "A", url: "/same/" }),
      "posts/b.md": post({ title: "B", url: "/same/" }),
    },
    { site: { url: "https://site.example/", title: "Site" } },
  );
  const { diagnostics } = await build(site.config, { now });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toMatchObject([
    {
      code: "site/duplicate-permalink",
      message: "The permalink https://site.example/same/ is also that of posts/a.md.",
      hint: "Give one of them another `slug:` or `permalink:`.",
    },
  ]);
});
