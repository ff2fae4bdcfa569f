import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fieldNames } from "../../src/posts/field-names.ts";
import { readFileName } from "../../src/posts/file-name.ts";
import { readWithGrayMatter } from "../../src/posts/front-matter.ts";
import { normalizePost } from "../../src/posts/normalize.ts";
import { collectFields } from "../../src/posts/reading.ts";
import { readUsualPost } from "../../src/posts/usual-post.ts";
import { makeConfig } from "./make-config.ts";

const numRuns = Number(process.env.FC_RUNS ?? 2000);

const authors = { sari: { name: "Sari Wulandari" }, budi: { name: "Budi", email: "budi@example.org" } };
const configs = [
  makeConfig({ permalink: "/:year/:month/:day/:slug/", site: { timeZone: "Asia/Jakarta", authors } }),
  makeConfig({ permalink: "/:language/:section/:path", site: { timeZone: "Europe/Berlin" } }),
  makeConfig({ permalink: "/:filename.html", site: { timeZone: "UTC", authors } }),
];

/** What the parser and the readers of fields make of the same text: a post, and whether they found anything. */
function readFully(file: string, text: string, config: (typeof configs)[number]) {
  const reading = collectFields(readWithGrayMatter(text, "yaml"), config, readFileName(file));
  return { post: normalizePost(file, reading), findings: reading.findings };
}

function expectSame(file: string, text: string, config: (typeof configs)[number]): boolean {
  const usual = readUsualPost(file, readFileName(file), text, config);
  if (usual === undefined) return false;
  const { post, findings } = readFully(file, text, config);
  expect(findings).toEqual([]);
  expect(usual).toStrictEqual(post);
  return true;
}

const phrase = fc.oneof(
  fc.constantFrom(
    ...[
      "Banjir di pasar",
      "Banjir: hari kedua",
      "a:b",
      "a #b",
      "a#b",
      "#b",
      "a ",
      "a:",
      "/img/x.jpg",
      "/a/../b",
    ],
    ...[
      "café",
      "cafe\u0301",
      "“kutipan”",
      "日本語",
      "😀",
      "\u00a0a",
      "a\u2028b",
      "a\u0085b",
      "\ufeffa",
      "a\u202eb",
      "\u0007",
    ],
    ...[
      "true",
      "false",
      "null",
      "Null",
      "~",
      "yes",
      "007",
      "1.5",
      "0x1F",
      ".inf",
      "2026",
      "-",
      "[",
      "]",
      "{a}",
      "&a",
      "*a",
      "!a",
    ],
    ...[
      "'it'",
      "'it''s'",
      '"q"',
      '"q',
      '""',
      "''",
      '"a\\nb"',
      '" a"',
      '"a  b"',
      '"[a]"',
      "'a: b'",
      '"café"',
      "Sari",
      "sari",
      "budi",
    ],
    ...[
      "con",
      "nul.md",
      "a/b",
      "a/",
      "/a",
      "50% off",
      "a\\b",
      "urn:x:y",
      "6BA7B810-9DAD-11D1-80B4-00C04FD430C8",
    ],
    ...[
      "a <a@b.example>",
      "a (b)",
      "a; b",
      "a, b",
      "pt_br",
      "id",
      "xx-yy-zz-aa",
      "> a",
      "| a",
      "a\tb",
      "a  b",
      "<b>",
      "=",
      "?",
    ],
  ),
  fc.string({ maxLength: 8 }),
  fc.string({ unit: "grapheme", maxLength: 5 }),
);
const list = fc
  .tuple(
    fc.array(phrase, { maxLength: 4 }),
    fc.constantFrom(", ", ",", " , ", ",\t"),
    fc.constantFrom("", " "),
  )
  .map(([words, comma, edge]) => `[${edge}${words.join(comma)}${edge}]`);
const moment = fc.constantFrom(
  ...[
    "2026-03-01T09:30:00+07:00",
    "2026-03-01T09:30:00Z",
    "2026-03-02T00:00:00-00:30",
    "2026-02-30T09:30:00Z",
  ],
  ...[
    "2026-03-31T09:30:00Z",
    "1970-01-01T00:30:00+07:00",
    "2026-03-01",
    "2026-03-01 09:30",
    "2026-03-01T24:00:00Z",
  ],
  ...[
    "2026-03-01T09:30:60Z",
    "9999-12-28T23:30:00-07:00",
    "soon",
    '"2026-03-01T09:30:00Z"',
    "2026-03-01T09:30:00.5Z",
  ],
);
const value = fc.oneof(
  { weight: 3, arbitrary: phrase },
  { weight: 2, arbitrary: list },
  { weight: 1, arbitrary: moment },
);
const keys = Object.values(fieldNames).flat();
const anyKey = fc.oneof(
  fc.constantFrom(...keys),
  fc.constantFrom(
    "layout",
    "toc",
    "titel",
    "autor",
    "extra",
    "taxonomies",
    "__proto__",
    "constructor",
    "x y",
    "7",
    "é",
    "a-b",
  ),
  fc.string({ maxLength: 4 }),
);
const line = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(
      fc.constantFrom("title", "slug", "description", "section", "lang", "id", "image"),
      phrase,
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom("tags", "authors", "author", "categories", "keywords"), list),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc.constantFrom("updated", "lastmod", "draft"),
      fc.oneof(moment, fc.constantFrom("true", "false")),
    ),
  },
  { weight: 3, arbitrary: fc.tuple(anyKey, value) },
);
const lines = fc
  .tuple(
    fc.array(
      fc.tuple(
        line,
        fc.constantFrom(": ", ": ", ": ", ":  ", ":", " : "),
        fc.constantFrom("", "", " ", "\t"),
      ),
      { maxLength: 5 },
    ),
    fc.oneof(
      { weight: 5, arbitrary: fc.constant("2026-03-01T09:30:00+07:00") },
      { weight: 1, arbitrary: moment },
    ),
    fc.constantFrom("\n", "\n", "\r\n"),
    fc.constantFrom("", "", "# note\n", "\n", "  x: y\n", "- a\n"),
  )
  .map(
    ([all, date, end, other]) =>
      `date: ${date}${end}${other}${all.map(([[key, text], colon, tail]) => `${key}${colon}${text}${tail}${end}`).join("")}`,
  )
  .filter((text) => !/^(---|\+\+\+)/m.test(text) && !/\r(?!\n)/.test(text));
const file = fc.constantFrom(
  "a.md",
  "news/2026-03-01-banjir.md",
  "x.id.md",
  "con.md",
  "a b/index.html",
  "_drafts/a.md",
  "café.mdx",
);

describe("the short way from plain front matter to a post", () => {
  test("whenever it gives a post, the parser and the readers of fields give the same and find nothing", () => {
    let given = 0;
    fc.assert(
      fc.property(file, lines, fc.constantFrom(...configs), (name, text, config) => {
        if (expectSame(name, text, config)) given += 1;
      }),
      { numRuns },
    );
    // A short way that nothing takes would pass the property and be worth nothing.
    expect(given).toBeGreaterThan(numRuns / 20);
  });

  test("one line beside the date, for every key and many values", () => {
    fc.assert(
      fc.property(fc.constantFrom(...keys), value, fc.constantFrom(...configs), (key, text, config) => {
        const source = `date: 2026-03-01T09:30:00Z\n${key}: ${text}\n`;
        if (!/^(---|\+\+\+)/m.test(source) && !/\r(?!\n)/.test(source)) expectSame("a.md", source, config);
      }),
      { numRuns: numRuns * 2 },
    );
  });

  test.each([
    [
      "a newsroom's post",
      "title: Banjir di pasar\ndate: 2026-03-01T09:30:00+07:00\nauthors: [sari]\ntags: [banjir, pasar]\nsection: kota\n",
    ],
    [
      "quotes, and letters beyond ASCII",
      'title: "Café: “buka”"\ndate: 2026-03-01T09:30:00Z\ntags: ["a b", \'c\']\n',
    ],
    ["Windows line ends", "title: A\r\ndate: 2026-03-01T09:30:00Z\r\n"],
    [
      "a site's own keys",
      "layout: post\ntitle: A\ndate: 2026-03-01T09:30:00Z\ntoc: true\nimage: /img/a.jpg\n",
    ],
  ])("it is taken by %s", (_, text) => {
    for (const config of configs) expect(expectSame("a.md", text, config)).toBe(true);
  });

  test.each([
    ["a bare date, which is told of", "date: 2026-03-01\n"],
    ["two spellings of a field", "date: 2026-03-01T09:30:00Z\nauthor: A\nauthors: [B]\n"],
    ["a misspelt key", "date: 2026-03-01T09:30:00Z\ndescripton: A\n"],
    ["a visibility", "date: 2026-03-01T09:30:00Z\nvisibility: private\n"],
    ["a draft that is no draft", "date: 2026-03-01T09:30:00Z\ndraft: yes\n"],
    ["an update before the date", "date: 2026-03-01T09:30:00Z\nupdated: 2026-02-01T09:30:00Z\n"],
    ["an author with an address", "date: 2026-03-01T09:30:00Z\nauthor: a@b.example (A)\n"],
    ["a slug with a slash at its end", "date: 2026-03-01T09:30:00Z\nslug: a/\n"],
    ["a comment behind a value", "date: 2026-03-01T09:30:00Z\ntitle: A # b\n"],
  ])("%s is left to the readers", (_, text) => {
    expect(
      readUsualPost("a.md", readFileName("a.md"), text, configs[0] as (typeof configs)[number]),
    ).toBeUndefined();
  });
});
