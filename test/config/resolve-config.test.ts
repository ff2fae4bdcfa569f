import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digestConfig, resolveConfig } from "../../src/config/load-config.ts";
import type { Config, UserConfig } from "../../src/model/config.ts";
import { definedProblems } from "../../src/model/problem.ts";

const root = "/home/sari/kabar";
const site = { url: "https://kabar.example", title: "Kabar" };
const numRuns = Number(process.env.FC_RUNS ?? 200);

function resolved(user: UserConfig): Config {
  const { config, diagnostics } = resolveConfig(user, { root });
  expect(diagnostics).toEqual([]);
  if (config === undefined) throw new Error("no config");
  return config;
}

function messageOf(user: unknown): string {
  const { config, diagnostics } = resolveConfig(user, { root });
  expect(config).toBeUndefined();
  return diagnostics.map((one) => one.message).join("; ");
}

describe("completing", () => {
  test("site.url and site.title are all that is needed", () => {
    expect(resolved({ site })).toEqual({
      root,
      site: {
        url: "https://kabar.example/",
        title: "Kabar",
        description: "",
        language: "en",
        timeZone: "UTC",
        authors: {},
      },
      posts: {
        dir: `${root}/posts`,
        include: ["**/*.md", "**/*.markdown", "**/*.mdx", "**/*.html", "**/*.htm"],
        exclude: [],
        bundles: false,
      },
      out: `${root}/dist`,
      permalink: "/:slug/",
      permalinks: [],
      slugs: "as-written",
      titles: "none",
      categories: { folder: "none", split: "commas", ignore: [] },
      assets: { copy: false },
      markdown: { plugins: [], key: "", allow: {}, extensions: [] },
      dates: { updated: "front-matter", from: ["front-matter", "file-name"], zoneless: "site" },
      feeds: {
        formats: ["rss", "atom", "json"],
        limit: 50,
        content: "full",
        sourceMarkdown: false,
        namespaces: {},
        elements: {},
        accounts: {},
        opml: false,
        menu: false,
        links: false,
        stylesheet: true,
        tags: false,
        authors: false,
        sections: false,
        languages: false,
        archives: false,
        custom: [],
      },
      sitemap: false,
      headers: false,
      page: { path: "index.html" },
      websub: { hubs: [] },
      check: { severity: {}, ignore: [], profiles: [] },
      publish: {
        verify: { timeoutMs: 300_000 },
        guard: { maxBytes: 2_097_152, maxRemoved: 256 },
      },
    });
  });

  test("authors become Authors, and site-relative images become URLs below the site", () => {
    const config = resolved({
      site: {
        url: "https://kabar.example/catatan",
        title: " Kabar\n Pesisir ",
        language: "EN-gb",
        image: "/logo.png",
        icon: "https://cdn.example/icon.png",
        authors: { sari: "Sari", tom: { name: "Tom", email: "tom@kabar.example", avatar: "tom.jpg" } },
      },
      feeds: { formats: ["atom", "atom", "rss"] },
    });
    expect(config.site).toMatchObject({
      url: "https://kabar.example/catatan/",
      title: "Kabar Pesisir",
      language: "en-GB",
      image: "https://kabar.example/catatan/logo.png",
      icon: "https://cdn.example/icon.png",
    });
    expect({ ...config.site.authors }).toEqual({
      sari: { name: "Sari" },
      tom: {
        name: "Tom",
        email: "tom@kabar.example",
        avatar: "https://kabar.example/catatan/tom.jpg",
      },
    });
    expect(config.feeds.formats).toEqual(["atom", "rss"]);
  });

  test("an author whose key is a word of Object.prototype is only what the site wrote", () => {
    expect("constructor" in resolved({ site }).site.authors).toBe(false);
  });
});

describe("refusing", () => {
  const wrong: [string, unknown, string][] = [
    ["url", "kabar.example", 'site.url is "kabar.example"'],
    ["url", "ftp://kabar.example/", 'site.url is "ftp://kabar.example/"'],
    ["url", "https://kabar.example/?page=1", 'site.url is "https://kabar.example/?page=1"'],
    ["url", "https://kabar.example/#top", 'site.url is "https://kabar.example/#top"'],
    ["url", "https://sari:geheim@kabar.example/", 'site.url is "https://***@kabar.example/"'],
    ["title", "  ", 'site.title is "  "'],
    ["title", 2026, "site.title is 2026"],
    ["language", "english", 'site.language is "english"'],
    ["language", "id_ID", 'site.language is "id_ID"'],
    ["timeZone", "Jakarta", 'site.timeZone is "Jakarta"'],
    ["timeZone", "+07:00", 'site.timeZone is "+07:00"'],
    ["authority", "example.org", 'site.authority is "example.org"'],
    ["authority", "example.org,2026-02-30", 'site.authority is "example.org,2026-02-30"'],
    ["authority", "https://example.org/,2026", 'site.authority is "https://example.org/,2026"'],
    ["image", "../logo.png", 'site.image is "../logo.png"'],
    ["image", "javascript:alert(1)", 'site.image is "javascript:alert(1)"'],
    ["image", "//cdn.example/a.png", 'site.image is "//cdn.example/a.png"'],
    ["authors", ["Sari"], 'site.authors is a list (["Sari"])'],
    ["authors", { sari: { name: "Sari", mail: "s@x.example" } }, 'site.authors.sari has no key "mail"'],
    ["authors", { sari: { name: "Sari", email: "sari" } }, 'site.authors.sari.email is "sari"'],
  ];
  for (const [key, value, message] of wrong) {
    test(message, () => expect(messageOf({ site: { ...site, [key]: value } })).toBe(message));
  }

  const wrongElsewhere: [unknown, string][] = [
    [{ out: "." }, 'out is "."'],
    [{ out: ".." }, 'out is ".."'],
    [{ out: "posts/feeds" }, 'out is "posts/feeds"'],
    [{ out: "content", posts: { dir: "content/posts" } }, 'out is "content"'],
    [{ posts: { dir: "../elsewhere" } }, 'posts.dir is "../elsewhere"'],
    [{ assets: { dir: "/etc" } }, 'assets.dir is "/etc"'],
    [{ permalink: "/:title/" }, 'permalink is "/:title/"'],
    [{ permalink: "/:year/:month/" }, 'permalink is "/:year/:month/"'],
    [{ permalink: ":slug" }, 'permalink is ":slug"'],
    [{ permalink: "/../:slug" }, 'permalink is "/../:slug"'],
    [{ feeds: { formats: [] } }, "feeds.formats is an empty list"],
    [{ feeds: { formats: ["rdf"] } }, 'feeds.formats[0] is "rdf"'],
    [{ feeds: { limit: 0 } }, "feeds.limit is 0"],
    [{ feeds: { limit: 1.5 } }, "feeds.limit is 1.5"],
    [{ feeds: { limit: 100_001 } }, "feeds.limit is 100001"],
    [{ feeds: { limit: "50" } }, 'feeds.limit is "50"'],
    [{ websub: { hubs: ["//hub.example/"] } }, 'websub.hubs[0] is "//hub.example/"'],
    [{ markdown: { plugins: ["footnote"] } }, 'markdown.plugins[0] is "footnote"'],
    [{ markdown: { allow: { script: [] } } }, 'markdown.allow is a group ({"script":[]})'],
    [{ markdown: { allow: { div: ["onclick"] } } }, 'markdown.allow.div[0] is "onclick"'],
    [{ feeds: [] }, "feeds is an empty list"],
    [{ feed: {} }, 'The configuration has no key "feed"'],
    [{ toString: 1 }, 'The configuration has no key "toString"'],
  ];
  for (const [more, message] of wrongElsewhere) {
    test(message, () => expect(messageOf({ site, ...(more as object) })).toBe(message));
  }

  test("what is no configuration at all", () => {
    expect(messageOf(null)).toBe("The configuration is null");
    expect(messageOf(undefined)).toBe("The configuration is empty");
    expect(messageOf([])).toBe("The configuration is an empty list");
    expect(messageOf({})).toBe("site is missing");
    const throwing = Object.defineProperty({}, "site", {
      enumerable: true,
      get() {
        throw new Error("no");
      },
    });
    expect(messageOf(throwing)).toBe("A value of the configuration throws when it is read");
  });

  test("good authorities and out folders pass", () => {
    for (const authority of ["example.org,2026", "sari@kabar.example,2026-02", "a-b.example,2024-02-29"])
      expect(resolved({ site: { ...site, authority } }).site.authority).toBe(authority);
    for (const out of ["public", "../feeds", "/srv/www", "..feeds"]) resolved({ site, out });
  });

  test("the nearest key is offered only when it is near", () => {
    const hintOf = (user: object) => resolveConfig({ site, ...user }, { root }).diagnostics[0]?.hint;
    expect(hintOf({ perma_link: "/:slug/" })).toBe('Did you mean "permalink"?');
    expect(hintOf({ zebra: 1 })).toContain("The keys are site, posts, out");
  });
});

test("any JSON, and any value at all, gives a config or problems, and never throws", () => {
  const valid = fc.record(
    {
      site: fc.record({ url: fc.webUrl(), title: fc.string() }),
      feeds: fc.record({ limit: fc.integer() }, { requiredKeys: [] }),
      out: fc.string(),
      permalink: fc.constantFrom("/:slug/", "/:year/:path", "x"),
    },
    { requiredKeys: ["site"] },
  );
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withTypedArray: true,
    }),
    valid,
    fc.tuple(valid, fc.jsonValue()).map(([user, site]) => ({ ...user, site })),
    fc.tuple(valid, fc.dictionary(fc.string(), fc.jsonValue())).map(([user, more]) => ({ ...user, ...more })),
  );
  fc.assert(
    fc.property(anything, (user) => {
      const { config, diagnostics } = resolveConfig(user, {
        root,
        file: `${root}/feedwright.config.ts`,
        source: "",
      });
      expect(config === undefined).toBe(diagnostics.length > 0);
      for (const one of diagnostics) {
        expect([...definedProblems().keys()]).toContain(one.code);
        expect(one.message).not.toMatch(/undefined|\[object|[\u0000-\u001f]/);
        expect(one.message.length).toBeLessThan(400);
      }
      if (config !== undefined) expect(config.site.url).toMatch(/^https?:\/\/[^?#]+\/$/);
    }),
    { numRuns },
  );
});

describe("digestConfig", () => {
  const render = (body: string) => body;
  const user: UserConfig = {
    site: { ...site, authors: { a: "A", b: "B" } },
    assets: { dir: "public" },
    markdown: { render, plugins: [[() => {}, { marker: /x/g }]], key: "1" },
  };
  const digest = (change: (config: Config) => object = (config) => config) =>
    digestConfig(change(resolved(user)) as Config);

  test("is the same wherever the project and its output are", () => {
    const moved = resolveConfig({ ...user, out: "public/feeds" }, { root: "/srv/kabar" }).config;
    expect(moved && digestConfig(moved)).toBe(digest());
    expect(digest()).toMatch(/^[0-9a-f]{64}$/);
  });

  test("changes with every setting that can change a byte", () => {
    const digests = [
      digest(),
      digest((config) => ({ ...config, site: { ...config.site, title: "Other" } })),
      digest((config) => ({
        ...config,
        site: { ...config.site, authors: { b: { name: "B" }, a: { name: "A" } } },
      })),
      digest((config) => ({ ...config, permalink: "/:path/" })),
      digest((config) => ({ ...config, assets: { ...config.assets, dir: `${root}/static` } })),
      digest((config) => ({ ...config, assets: { ...config.assets, copy: true } })),
      digest((config) => ({ ...config, markdown: { ...config.markdown, key: "2" } })),
      digest((config) => ({
        ...config,
        markdown: { ...config.markdown, render: (body: string) => `${body} ` },
      })),
      digest((config) => ({
        ...config,
        markdown: { ...config.markdown, plugins: [[() => {}, { marker: /y/g }]] },
      })),
      digest((config) => ({ ...config, addedLater: 1 })),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });

  test("a value that holds itself is no trouble", () => {
    const options: Record<string, unknown> = {};
    options.self = options;
    expect(
      digest((config) => ({ ...config, markdown: { ...config.markdown, plugins: [[() => {}, options]] } })),
    ).toMatch(/^[0-9a-f]{64}$/);
  });
});
