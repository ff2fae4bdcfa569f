import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findings, read, readFields } from "../read.ts";

const numRuns = Number(process.env.FC_RUNS ?? 300);
const site = { site: { url: "https://example.org/blog/" } };
const urlOf = (lines: string, file = "a.md", permalink = "/:slug/"): string =>
  readFields(lines, file, { ...site, permalink }).url;

describe("patterns", () => {
  test.each([
    ["/:slug/", "x.md", "", "x/"],
    ["/:section/:slug/", "x.md", "", "x/"],
    ["/:section/:slug/", "x.md", "section: World News", "world-news/x/"],
    ["/:year/:month/:day/:slug.html", "x.md", "", "2026/03/01/x.html"],
    ["/:path/", "news/2026-01-02-x.md", "", "news/2026-01-02-x/"],
    ["/:path/", "news/x/index.md", "", "news/x/"],
    ["/:filename/", "news/2026-01-02-x.md", "", "2026-01-02-x/"],
    ["/:language/:slug/", "x.id.md", "", "id/x/"],
    ["/:slug/", "hello world.md", "", "hello%20world/"],
    ["/:slug/", "caf\u0065\u0301.md", "", "caf%C3%A9/"],
    ["/:slug/", "x.md", "slug: '50% off? #1'", "50%25%20off%3F%20%231/"],
    ["/:slug/", "x.md", "slug: a/b", "a/b/"],
    ["/p/:slug", "x.md", "", "p/x"],
    ["", "x.md", "", ""],
  ])("%s with %s and %j", (pattern, file, lines, path) => {
    expect(urlOf(lines, file, pattern)).toBe(`https://example.org/blog/${path}`);
  });

  test.each([
    ["/:folder/:slug/", "a/b/2026-01-02-x.md", "", "a/b/x/"],
    ["/:folder/:slug/", "x.md", "", "x/"],
    ["/:folder/:slug/", "a/x/index.md", "", "a/x/"],
    ["/:short_year/:i_month/:i_day/:y_day/:slug", "x.md", "", "26/3/1/060/x"],
    ["/:hour:minute:second/:slug", "x.md", "", "093000/x"],
    ["/:translation/:slug/", "x.md", "", "x/"],
    ["/:translation/:slug/", "x.md", "language: id", "id/x/"],
    ["/:slug_or_title/", "x.md", "title: Ébène & Co.", "ébène-co/"],
    ["/:slug_or_title/", "x.md", "title: Title\nslug: own", "own/"],
    ["/:slug_or_title/", "x.md", "", "x/"],
    ["/blog/:slug_or_path/", "a/x.md", "", "blog/a/x/"],
    ["/blog/:slug_or_path/", "a/x.md", "slug: b/c", "blog/b/c/"],
  ])("%s with %s and %j is filled", (pattern, file, lines, path) => {
    expect(urlOf(lines, file, pattern)).toBe(new URL(path, "https://example.org/blog/").href);
  });

  test("the first rule whose conditions hold comes before the pattern", () => {
    const permalinks = [
      { pattern: "/:translation/:slug/", translated: true },
      { pattern: "/n/:slug/", folder: "news" },
      { pattern: "/i/:slug/", index: true },
    ] as const;
    const urls = ["news/x.md", "newsroom/x.md", "news/x/index.md", "a/x/index.md", "x.md"].map(
      (file) => readFields("", file, { ...site, permalinks }).url,
    );
    const translated = readFields("language: id", "news/x.md", { ...site, permalinks }).url;
    expect([...urls, translated].map((url) => url.replace("https://example.org/blog", ""))).toEqual([
      "/n/x/",
      "/x/",
      "/n/x/",
      "/i/x/",
      "/x/",
      "/id/x/",
    ]);
  });

  test("F26: dates in a pattern are the site zone's", () => {
    const settings = { permalink: "/:year/:month/:day/:slug/", site: { timeZone: "Asia/Tokyo" } };
    const { post } = read("---\ndate: 2025-12-31T20:00Z\n---\n", "x.md", settings);
    expect(post?.url).toBe("https://example.org/2026/01/01/x/");
  });
});

describe("written addresses", () => {
  test.each([
    ["permalink: /about/us/", "about/us/"],
    ["url: about", "about"],
    ["path: a//b/", "a/b/"],
    ["permalink: https://example.org/blog/kept/", "kept/"],
    ["url: http://example.org/blog/kept/", "kept/"],
    ["permalink: /a/index.html", "a/"],
    ["permalink: /:year/:slug/", "2026/x/"],
    ["permalink: /?p=12", "?p=12"],
    ["permalink: /caf%C3%A9/é b/", "caf%C3%A9/%C3%A9%20b/"],
  ])("%s", (line, path) => {
    expect(urlOf(line, "x.md")).toBe(`https://example.org/blog/${path}`);
  });

  test.each([
    "link: https://other.example/page",
    "url: https://other.example/page",
    "external_url: https://other.example/page",
    "externalUrl: https://other.example/page",
  ])("%s makes a link post with its own permalink", (line) => {
    expect(readFields(line, "x.md", site)).toMatchObject({
      url: "https://example.org/blog/x/",
      externalUrl: "https://other.example/page",
    });
  });

  const hostile = [
    ...[
      "../x",
      "..",
      "a/../../b",
      "%2e%2e/x",
      "%2E./x",
      ".%2e/x",
      "%252e%252e/x",
      "..\\x",
      "a\\b",
      "..%2fx",
      "a%5cb",
    ],
    ...["CON", "con", "nul.txt", "a/AUX/b", "com1", "LPT9.html", "./x", " .. /x", "a%00b"],
  ];
  test.each(hostile)("F20: slug: %s is an error at its place", (value) => {
    const [finding] = findings(`slug: '${value}'`, "x.md", site);
    expect(finding).toMatchObject({ code: "post/unsafe-path", severity: "error", line: 3, column: 7 });
  });

  test.each([
    ...hostile,
    "//evil.example/x",
    "https://evil.example/x",
    "javascript:alert(1)",
    "{{ page.slug }}",
  ])("F20: permalink: %s is an error at its place", (value) => {
    const [finding] = findings(`permalink: '${value}'`, "x.md", site);
    expect(finding).toMatchObject({ code: "post/unsafe-path", severity: "error", line: 3, column: 12 });
  });

  test("a slug may begin with a slash, which is that of the address", () => {
    expect(urlOf("slug: /welcome/home")).toBe("https://example.org/blog/welcome/home/");
    expect(urlOf("slug: //other.example/x")).toBe("https://example.org/blog/other.example/x/");
  });

  test("F20: a NUL is an error", () => {
    for (const line of ['slug: "a\\0b"', 'permalink: "/a\\0b"'])
      expect(findings(line, "x.md", site).map(({ code }) => code)).toContain("post/unsafe-path");
  });

  test("F20: an absolute URL outside the site's folder is an error", () => {
    for (const line of ["permalink: https://example.org/other/", "permalink: https://example.org/blog/../x/"])
      expect(findings(line, "x.md", site).map(({ code }) => code)).toEqual(["post/unsafe-path"]);
  });

  test("F20: file names and sections that cannot be addresses are errors", () => {
    expect(findings("title: x", "con.md").map(({ code }) => code)).toEqual(["post/unsafe-path"]);
    expect(findings("title: x", "a\\..\\b.md").map(({ code }) => code)).toEqual(["post/unsafe-path"]);
    expect(
      findings("section: ..", "x.md", { permalink: "/:section/:slug/" }).map(({ code }) => code),
    ).toEqual(["post/unsafe-path"]);
  });

  test("F20, F43: whatever is written, the permalink is a clean URL inside the site", () => {
    const piece = fc.constantFrom(
      "..",
      ".",
      "/",
      "%2e",
      "%2f",
      "%",
      "\\",
      "//",
      "a",
      "é",
      " ",
      ":",
      "?",
      "#",
      "@",
      "[",
      "|",
      "CON",
      "https:",
      ":slug",
      "\u202e",
    );
    const value = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map((parts) => parts.join("")),
      fc.string({ unit: "binary", maxLength: 15 }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom("slug", "permalink", "url", "path", "section", "link"),
        value,
        (key, written) => {
          const { post, diagnostics } = read(
            `---json\n${JSON.stringify({ date: "2026-03-01T09:30:00Z", [key]: written })}\n---\n`,
            "x.md",
            { ...site, permalink: "/:section/:slug/" },
          );
          if (!post) {
            expect(diagnostics.some(({ severity }) => severity === "error")).toBe(true);
            return;
          }
          expect(post.url.startsWith("https://example.org/blog/")).toBe(true);
          expect(new URL(post.url).href).toBe(post.url);
          expect(post.url).toMatch(/^[!-~]+$/);
          // Bytes beyond ASCII need not be UTF-8, and hide no dot.
          const path = new URL(post.url).pathname.replace(/%[0-7][0-9A-F]/gi, decodeURIComponent);
          expect(path.split("/")).not.toContain("..");
        },
      ),
      { numRuns },
    );
  });
});

describe("ids", () => {
  test.each([
    ['id: "urn:x:a\\nb"', "urn:x:a b"],
    ['id: "urn:x:a\\tb"', "urn:x:a b"],
    ['id: " urn:x:a"', "urn:x:a"],
    ['id: "urn:x:a\\u00a0"', "urn:x:a"],
    ["id: 'urn:x:a '", "urn:x:a"],
    ["guid: 'a  b'", "a b"],
    ["id: |\n  urn:x:a\n  b", "urn:x:a b"],
  ])("%j is one line, %s, with a warning that says so", (line, id) => {
    const { post, diagnostics } = read(`---\ndate: 2026-03-01T09:30:00Z\n${line}\n---\n`);
    expect(post?.id).toBe(id);
    expect(diagnostics).toMatchObject([
      { code: "post/id-space", severity: "warning", line: 3, message: expect.stringContaining(`"${id}"`) },
    ]);
  });

  test.each([
    ["id: |\n  urn:x:a", "urn:x:a"],
    ["id:   urn:x:a   ", "urn:x:a"],
    ["id: a b", "a b"],
    ["id: urn:x:a\n  b", "urn:x:a b"],
  ])("%j is the id %s, and there is nothing to say of it", (line, id) => {
    const { post, diagnostics } = read(`---\ndate: 2026-03-01T09:30:00Z\n${line}\n---\n`);
    expect([post?.id, diagnostics]).toEqual([id, []]);
  });

  test("an id of white space alone is none", () => {
    expect(findings('id: "\\u00a0"')).toEqual([]);
    expect(readFields('id: "\\u00a0"').idSource).toBe("authority");
  });

  test.each(["id: 42", 'id: "42"', "ID: 007"])("%s is the row of a database and no id", (line) => {
    expect(readFields(line)).toMatchObject({ id: "tag:example.org,2026:a", idSource: "authority" });
    expect(findings(line)).toEqual([]);
  });

  const idOf = (
    lines: string,
    file = "a.md",
    authority: string | undefined = "example.org,2026",
  ): unknown => {
    const { id, idSource } = readFields(lines, file, {
      site: { url: "https://example.org/", ...(authority === undefined ? {} : { authority }) },
    });
    return [id, idSource];
  };

  test.each([
    ["id: my-post", "my-post"],
    ["guid: 42", "42"],
    ["id: 42\nguid: a", "a"],
    ["guid: https://old.example/?p=12", "https://old.example/?p=12"],
    ["uuid: F47AC10B-58CC-4372-A567-0E02B2C3D479", "urn:uuid:f47ac10b-58cc-4372-a567-0e02b2c3d479"],
    ["id: v42", "v42"],
  ])("rule 1: %s wins", (line, id) => {
    expect(idOf(line)).toEqual([id, "front-matter"]);
  });

  test("rule 1: otherwise the id is the authority and the file's path", () => {
    expect(idOf("title: x", "news/hello.md")).toEqual(["tag:example.org,2026:news/hello", "authority"]);
    expect(idOf("title: x", "news/caf\u0065\u0301 x.md")).toEqual([
      "tag:example.org,2026:news/caf%C3%A9%20x",
      "authority",
    ]);
    expect(idOf("title: x", "news/hello.id.md")).toEqual(["tag:example.org,2026:news/hello.id", "authority"]);
  });

  test("F32: title, slug, date, section, host and slashes do not change an id", () => {
    const first = readFields("title: One\nslug: one\nsection: A", "x.md", { permalink: "/:slug/" });
    const second = readFields("title: Two\nslug: two\nsection: B\nupdated: 2026-05-01T10:00Z", "x.md", {
      permalink: "/:section/:slug",
      site: { url: "http://other.example/sub/" },
    });
    expect(second.id).toBe(first.id);
    expect(second.url).not.toBe(first.url);
  });

  test("without an authority the id is the permalink", () => {
    const { id, idSource, url } = readFields("title: x", "x.md", { site: { authority: undefined } as never });
    expect([id, idSource]).toEqual([url, "permalink"]);
  });
});
