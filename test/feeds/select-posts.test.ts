import { describe, expect, test } from "vitest";
import type { Selection } from "../../src/model/config.ts";
import { filesIn, indexOf, january, makeFeedsConfig, namePost } from "./feed-posts.ts";

const day = 86_400_000;
const posts = [
  namePost("a.md", { date: january(1), tags: ["News"], section: "Berita", language: "id" }),
  namePost("b.md", { date: january(10), tags: ["news", "Sport"], authors: [{ name: "Sari  W" }] }),
  namePost("c.md", { date: january(20), section: "Esai", language: "en-GB", extra: { series: ["x", 2] } }),
];

function select(where: Selection, now = january(25)): string {
  const config = makeFeedsConfig(
    { custom: [{ name: "one", where }] },
    {
      site: {
        url: "https://site.example/",
        title: "Site",
        authors: { sari: "Sari W" },
      },
    },
  );
  return filesIn(indexOf(posts, config, now), "custom/one").join(" ");
}

describe("a custom feed holds the posts that", () => {
  const cases: [string, Selection, string][] = [
    ["are all, without a selection", {}, "c.md b.md a.md"],
    ["have the tag, whatever its case", { tag: "NEWS" }, "b.md a.md"],
    ["have one of the tags", { tag: ["sport", "none"] }, "b.md"],
    ["are in the section", { section: "esai" }, "c.md"],
    ["are by the author", { author: "sari w" }, "b.md"],
    ["are by the author of a key of site.authors", { author: "sari" }, "b.md"],
    ["are in the language or a variety of it", { language: "en" }, "c.md b.md"],
    ["are in the variety alone", { language: "en-GB" }, "c.md"],
    ["date from a day on, that day included", { since: "2026-01-10" }, "c.md b.md"],
    ["date from before an instant", { until: "2026-01-10T19:00:00+07:00" }, "a.md"],
    ["have the field", { field: { key: "series" } }, "c.md"],
    ["have one of the field's values", { field: { key: "series", in: [2, "y"] } }, "c.md"],
    ["have the value as text", { field: { key: "series", equals: "2" } }, "c.md"],
    ["have a field of our own", { field: { key: "section", equals: "Berita" } }, "a.md"],
    ["fit all keys at once", { tag: "news", section: "Berita" }, "a.md"],
    ["fit any of several", { any: [{ tag: "sport" }, { section: "Esai" }] }, "c.md b.md"],
    ["fit all of several", { all: [{ tag: "news" }, { not: { tag: "sport" } }] }, "a.md"],
    ["do not fit", { not: { tag: "news" } }, "c.md"],
    ["are none, where none of nothing fits", { any: [] }, ""],
  ];
  for (const [what, where, files] of cases) test(what, () => expect(select(where)).toBe(files));

  test("a word of Object.prototype is no field", () => {
    expect(select({ field: { key: "constructor" } })).toBe("");
    expect(select({ author: "constructor" })).toBe("");
  });
});

describe("ages", () => {
  test("a post leaves a feed of the last days at the very instant it reaches the age", () => {
    const where: Selection = { since: "10d" };
    expect(select(where, january(20) - 1)).toBe("b.md");
    expect(select(where, january(20))).toBe("c.md");
  });

  test("it enters a feed of what is older at that instant", () => {
    expect(select({ until: "10d" }, january(20) - 1)).toBe("a.md");
    expect(select({ until: "10d" }, january(20))).toBe("b.md a.md");
  });

  test("not, any and all of ages hold for each time of its own", () => {
    const where: Selection = { any: [{ since: "1d" }, { all: [{ until: "3d" }, { not: { until: "5d" } }] }] };
    const one = [namePost("p.md", { date: january(1) })];
    const config = makeFeedsConfig({ custom: [{ name: "one", where }] });
    const shown = [0, 0.9, 1, 2.9, 3, 4.9, 5, 9].map(
      (age) => filesIn(indexOf(one, config, january(1) + age * day), "custom/one").length,
    );
    expect(shown).toEqual([1, 1, 0, 0, 1, 1, 0, 0]);
  });

  test("nextDue names each of those instants in turn, and the index follows", () => {
    const config = makeFeedsConfig({ custom: [{ name: "one", where: { since: "10d" } }] });
    const index = indexOf(posts, config, january(15));
    const seen: string[] = [];
    for (let due = index.nextDue(); due !== undefined; due = index.nextDue()) {
      const touched = index.apply([], due).map(({ name }) => name.key);
      seen.push(
        `${(due - january(1)) / day} ${touched.join(",")}: ${filesIn(index, "custom/one").join(" ")}`,
      );
    }
    expect(seen).toEqual(["19 custom/one,site: c.md", "29 custom/one: "]);
  });
});

test("oldest first begins with the first posts and keeps them", () => {
  const config = makeFeedsConfig({ custom: [{ name: "course", order: "oldest", limit: 2 }] });
  expect(filesIn(indexOf(posts, config, january(25)), "custom/course")).toEqual(["a.md", "b.md"]);
});
