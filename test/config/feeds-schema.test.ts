import { describe, expect, test } from "vitest";
import { resolveConfig } from "../../src/config/load-config.ts";
import type { Config, UserConfig } from "../../src/model/config.ts";

const site = { url: "https://kabar.example", title: "Kabar" };

function resolved(user: Omit<UserConfig, "site">): Config {
  const { config, diagnostics } = resolveConfig({ site, ...user }, { root: "/home/sari/kabar" });
  expect(diagnostics).toEqual([]);
  return config as Config;
}

function problemOf(user: unknown): string {
  const { diagnostics } = resolveConfig(Object.assign({ site }, user), { root: "/home/sari/kabar" });
  return diagnostics.map(({ message, hint }) => `${message}. ${hint}`).join("; ");
}

test("true is a collection with every default; a group says more", () => {
  const { feeds } = resolved({ feeds: { tags: true, authors: { min: 3, limit: 10, page: "/by/:slug/" } } });
  expect(feeds.tags).toEqual({ min: 1, keep: [] });
  expect(feeds.authors).toEqual({ min: 3, limit: 10, page: "/by/:slug/", keep: [] });
  expect(feeds.sections).toBe(false);
});

test("maxBytes is a number that drops, or a group that says what gives way", () => {
  expect(resolved({ feeds: { maxBytes: 1000 } }).feeds.maxBytes).toEqual({ bytes: 1000, over: "drop" });
  expect(resolved({ feeds: { maxBytes: { bytes: 9, over: "summary" } } }).feeds.maxBytes).toEqual({
    bytes: 9,
    over: "summary",
  });
});

test("a custom feed: lists, dates, ages and values are what the program uses", () => {
  const where = {
    tag: "news",
    language: ["ID", "en-gb"],
    since: "30d",
    until: "2026-02-01T00:00:00+07:00",
    field: { key: "series", equals: "x", in: [2, true] },
    not: { any: [{ section: "Iklan" }] },
  };
  const { feeds } = resolved({
    feeds: {
      custom: [
        { name: "sports", where },
        { name: "msn", path: "p/msn" },
      ],
    },
  });
  expect(feeds.custom[0]).toEqual({
    name: "sports",
    order: "newest",
    path: "feeds/sports/",
    where: {
      tag: ["news"],
      language: ["id", "en-GB"],
      since: { ago: 30 * 86_400_000 },
      until: { at: Date.UTC(2026, 0, 31, 17) },
      field: { key: "series", in: ["x", 2, true] },
      not: { any: [{ section: ["Iklan"] }] },
    },
  });
  expect(feeds.custom[1]).toMatchObject({ path: "p/msn/", where: {} });
});

test("elements are a table, or a function that is taken as it is", () => {
  const make = () => ({ "my:rating": 4 });
  expect(resolved({ feeds: { elements: make } }).feeds.elements).toBe(make);
  expect(problemOf({ feeds: { elements: 4 } })).toMatch(/^feeds\.elements is 4\. .*or a function/);
});

describe("refusing", () => {
  const wrong: [unknown, string][] = [
    [{ feeds: { tags: "yes" } }, 'feeds.tags is "yes". Write true, false, or a group'],
    [{ feeds: { tags: { minimum: 2 } } }, 'feeds.tags has no key "minimum". The keys are min, limit'],
    [{ feeds: { tags: { page: "/tags/" } } }, 'feeds.tags.page is "/tags/". Write a pattern'],
    [{ feeds: { authors: { min: 0 } } }, "feeds.authors.min is 0. Write a whole number"],
    [{ feeds: { archives: "year" } }, 'feeds.archives is "year". Write "month" or false'],
    [{ feeds: { maxBytes: -1 } }, "feeds.maxBytes is -1. Write a whole number"],
    [{ feeds: { custom: [{}] } }, "feeds.custom[0].name is missing"],
    [
      { feeds: { custom: [{ name: "A b" }] } },
      'feeds.custom[0].name is "A b". Write a word of small letters',
    ],
    [{ feeds: { custom: [{ name: "a", path: "../x" }] } }, 'feeds.custom[0].path is "../x". Write a folder'],
    [{ feeds: { custom: [{ name: "a", path: "tags/x" }] } }, 'feeds.custom[0].path is "tags/x"'],
    [{ feeds: { custom: [{ name: "a", profile: "bing" }] } }, 'feeds.custom[0].profile is "bing"'],
    [
      { feeds: { custom: [{ name: "a", where: { since: "2026-02-30" } }] } },
      'feeds.custom[0].where.since is "2026-02-30". Write a date',
    ],
    [
      { feeds: { custom: [{ name: "a", where: { any: [{ tags: "x" }] } }] } },
      'feeds.custom[0].where.any[0] has no key "tags". Did you mean "tag"?',
    ],
    [{ feeds: { custom: [{ name: "a", where: { not: { tag: [] } } }] } }, "feeds.custom[0].where.not.tag is"],
    [{ feeds: { custom: [{ name: "a" }, { name: "a" }] } }, "feeds.custom is a list"],
    [
      {
        feeds: {
          custom: [
            { name: "a", path: "X/" },
            { name: "b", path: "x" },
          ],
        },
      },
      "feeds.custom is a list",
    ],
    [{ news: {} }, "news.publication is missing"],
    [{ news: { publication: "Kabar", language: "indonesian" } }, 'news.language is "indonesian"'],
  ];
  for (const [user, message] of wrong) test(message, () => expect(problemOf(user)).toContain(message));

  test("a selection that holds itself is refused, not followed", () => {
    const where: { not?: unknown } = {};
    where.not = where;
    expect(problemOf({ feeds: { custom: [{ name: "a", where }] } })).toContain("configuration");
  });
});
