// Elements that a function of the configuration makes of posts, from the posts folder to the documents and back from the cache.
import { describe, expect, test } from "vitest";
import { build } from "../../src/build.ts";
import type { MakeElements } from "../../src/model/config.ts";
import { makeSite, post, readTree } from "../support/site.ts";

const now = Date.parse("2026-06-10T12:00:00Z");
const files = {
  "posts/a.md": post({ title: "A", tags: ["Laut", "Pasar"], words: 900 }),
  "posts/b.md": post({ title: "B", date: "2026-01-01T00:00:00Z" }),
};

function siteWith(elements: MakeElements, options: { sound?: false } = {}) {
  return makeSite(files, { feeds: { namespaces: { my: "https://example.org/ns" }, elements } }, options);
}

const sound: MakeElements = ({ tags, extra }) => ({
  "my:minutes": extra.words === undefined ? undefined : Math.ceil(Number(extra.words) / 200),
  "my:topic": tags.map((tag) => tag.toLowerCase()),
  "dcterms:created": new Date(Date.UTC(2026, 0, 1)),
});

describe("feeds.elements as a function", () => {
  test("gives each post its elements, in every format", async () => {
    const site = siteWith(sound);
    expect((await build(site.config, { now })).diagnostics).toEqual([]);
    for (const path of ["dist/rss.xml", "dist/atom.xml"]) {
      const xml = site.read(path);
      expect(xml).toContain("<my:minutes>5</my:minutes>");
      expect(xml.match(/<my:topic>[^<]+/g)).toEqual(["<my:topic>laut", "<my:topic>pasar"]);
      expect(xml.match(/<dcterms:created>2026-01-01T00:00:00.000Z/g)).toHaveLength(2);
      expect(xml.match(/my:minutes>/g)).toHaveLength(2);
    }
    const [first] = (JSON.parse(site.read("dist/feed.json")) as { items: unknown[] }).items;
    expect(first).toMatchObject({ _my: { minutes: 5, topic: ["laut", "pasar"] } });
  });

  test("is asked once: the cache gives the same, and another function makes all entries again", async () => {
    let calls = 0;
    const counted: MakeElements = (one) => {
      calls += 1;
      return sound(one);
    };
    const site = siteWith(counted);
    await build(site.config, { now });
    expect(calls).toBe(2);
    const tree = readTree(site.config.out);
    await build(site.config, { now: now + 1 });
    expect(calls).toBe(2);
    expect(readTree(site.config.out)).toEqual(tree);
    const other: MakeElements = () => ({ "my:minutes": 7 });
    await build({ ...site.config, feeds: { ...site.config.feeds, elements: other } }, { now });
    expect(site.read("dist/rss.xml").match(/<my:minutes>7/g)).toHaveLength(2);
  });

  test.each<[string, unknown]>([
    ["it gave a list, not a group of elements", () => []],
    ["it gave undefined, not a group of elements", () => undefined],
    ["it gave a promise, not a group of elements", async () => ({})],
    [
      "no words",
      () => {
        throw new Error("no words");
      },
    ],
    ["Do not know how to serialize a BigInt", () => ({ "my:big": 1n })],
  ])("what fails stops the build at the post: %s", async (reason, make) => {
    const site = siteWith(make as MakeElements, { sound: false });
    const { ok, diagnostics } = await build(site.config, { now });
    expect(ok).toBe(false);
    expect(diagnostics.map(({ code, file, line }) => `${code} ${file}:${line}`)).toEqual([
      "post/elements-failed posts/a.md:1",
      "post/elements-failed posts/b.md:1",
    ]);
    expect(diagnostics[0]?.message).toContain(reason);
  });

  test("a name without a prefix, or with one that nobody declared, is left out with a warning", async () => {
    const site = siteWith(() => ({ rating: 4, "your:rating": 4, "my:rating": 4, __proto__: 4 }));
    const { ok, diagnostics } = await build(site.config, { now });
    expect(ok).toBe(true);
    const told = diagnostics.filter(({ file }) => file === "posts/a.md").map(({ message }) => message);
    expect(told).toEqual([
      'feeds.elements gives "rating", which is not a name with a prefix.',
      'feeds.elements gives "your:rating", and the prefix your is not declared.',
    ]);
    expect(site.read("dist/rss.xml").match(/<\w+:rating>/g)).toEqual(["<my:rating>", "<my:rating>"]);
  });
});
