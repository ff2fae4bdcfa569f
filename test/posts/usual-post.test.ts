import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readUsualPost } from "../../src/posts/fast/usual-post.ts";
import { fieldNames } from "../../src/posts/fields/field-names.ts";
import { normalizePost } from "../../src/posts/fields/normalize.ts";
import { collectFields, type Finding } from "../../src/posts/fields/reading.ts";
import { readFileName } from "../../src/posts/folder/file-name.ts";
import { readWithGrayMatter } from "../../src/posts/front-matter/front-matter.ts";
import { Locator } from "../../src/posts/front-matter/locate-value.ts";
import { readPost } from "../../src/posts/read-post.ts";
import { makeConfig } from "./make-config.ts";

const numRuns = Number(process.env.FC_RUNS ?? 2000);

const authors = { sari: { name: "Sari Wulandari" }, budi: { name: "Budi", email: "budi@example.org" } };
const configs = [
  makeConfig({ permalink: "/:year/:month/:day/:slug/", site: { timeZone: "Asia/Jakarta", authors } }),
  makeConfig({ permalink: "/:language/:section/:path", site: { timeZone: "Europe/Berlin" } }),
  makeConfig({ permalink: "/:filename.html", site: { timeZone: "UTC", authors } }),
];

/** What the parser and the readers of fields make of the same text: a post, and what they found, and where. */
function readFully(file: string, text: string, config: (typeof configs)[number]) {
  const reading = collectFields(readWithGrayMatter(text, "yaml"), config, readFileName(file));
  return { post: normalizePost(file, reading), findings: place(reading.findings, text, false) };
}

/** Findings with their places: by the margin's keys, or by the parser. */
function place(findings: readonly Finding[], text: string, isPlain: boolean) {
  const locator = new Locator({ language: "yaml", text, isPlain });
  return findings.map((finding) => ({ ...finding, at: locator.locate(finding.path, finding.isKey) }));
}

function expectSame(file: string, text: string, config: (typeof configs)[number]): boolean {
  const usual = readUsualPost(file, readFileName(file), text, config);
  if (usual === undefined) return false;
  const { post, findings } = readFully(file, text, config);
  expect(place(usual.findings, text, true)).toStrictEqual(findings);
  expect(usual.post).toStrictEqual(post);
  return true;
}

/** Whether gray-matter takes it for front matter. */
function isReadable(text: string): boolean {
  return !/^(---|\+\+\+)/m.test(text) && !/\r(?!\n)/.test(text);
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
      "'it's'",
      '"say \\"a\\""',
      '"a \\\\ b"',
      '"\\u00e9"',
      '"#b"',
      "'#b'",
      '"a #b"',
      "'a' b",
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
      "<!--more-->",
      "=",
      "./a.jpg",
      "..",
      "...",
      ".5",
      "._",
      "(a) b",
      "$a",
      "_a_",
      "5 ways",
      "1. a",
      "3.",
      "1e3",
      "12:30",
      "1_000",
      "0b1",
      "2026-03-01",
      "9: a",
      "<<",
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
    "2026-03-01 09:30:00 +0700",
    "2026-03-01 09:30:00",
    "2026-10-25 02:30",
    "Sun, 01 Mar 2026 09:30:00 +0700",
    "1 March 2026",
    "2026-03-01T09:30:00Z # c",
  ],
);
/** Days, most of them bare: in all spellings, on the calendar and not, with what may stand around them. */
const day = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("2026-03-01", "2026-03-01", "2026-03-02", "2026-02-28") },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...["2026-02-30", "2024-02-29", "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "1970-01-01"],
      ...["1969-12-31", "9999-12-31", "10000-01-01", "20260301", "2026-3-1", "2026-03", "2026/03/01"],
      ...["Mar 1, 2026", "Mar 01 2026", "1 March 2026", "Sun, 01 Mar 2026", "2026-03-29", "2026-10-25"],
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .date({ min: new Date("1970-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
  },
  { weight: 4, arbitrary: fc.constant("2026-03-01T09:30:00+07:00") },
  { weight: 2, arbitrary: moment },
);
const written = fc
  .tuple(day, fc.constantFrom("", "", "", '"', "'", '" ', "' "))
  .map(([text, mark]) => (mark.endsWith(" ") ? `${mark[0]} ${text}${mark[0]}` : `${mark}${text}${mark}`));
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
    weight: 1,
    arbitrary: fc.tuple(
      fc.constantFrom("published", "hidden", "private", "unlisted", "noindex", "feed", "comments", "status"),
      fc.constantFrom(
        "true",
        "false",
        "True",
        "False",
        '"false"',
        '""',
        "''",
        "published",
        "draft",
        "public",
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...Object.keys(fieldNames)), fc.constantFrom('""', "''")),
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
const tail = fc.constantFrom("", "", "", "", " ", "\t", " # c", "  # c: d", "# c", " #", " # \u0007");
const colon = fc.constantFrom(": ", ": ", ": ", ": ", ":  ", ":", " : ");
const oneLine = fc
  .tuple(line, colon, tail)
  .map(([[key, text], mark, after]) => `${key}${mark}${text}${after}`);
const listKey = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom("tags", "keywords", "categories", "category", "authors", "author", "aliases"),
  },
  { weight: 1, arbitrary: anyKey },
);
/** Lines below a key: most of them begin alike, some nearly so. */
function below(margins: readonly string[], content: fc.Arbitrary<string>): fc.Arbitrary<string[]> {
  return fc.constantFrom(...margins).chain((margin) => {
    const start = fc.oneof(
      { weight: 12, arbitrary: fc.constant(margin) },
      { weight: 1, arbitrary: fc.constantFrom(...margins, "", "-", " ", "   ", "\t") },
    );
    const other = fc.constantFrom("", "  ", "# c", "  # c", "      # c", "  text", "\t# c", "  # \u0085");
    return fc.array(
      fc.oneof(
        { weight: 12, arbitrary: fc.tuple(start, content, tail).map((parts) => parts.join("")) },
        { weight: 1, arbitrary: other },
      ),
      { maxLength: 4 },
    );
  });
}
const blockList = fc
  .tuple(
    listKey,
    fc.constantFrom(":", ":", ":", ": ", ": # c", ":# c", " :"),
    below(["- ", "  - ", "    - ", "-  ", " -   "], phrase),
  )
  .map(([key, mark, under]) => [`${key}${mark}`, ...under].join("\n"));
const authorFact = fc.oneof(
  phrase.map((name) => `name: ${name}`),
  fc
    .constantFrom("a@b.example", "a@b", '"a@b.example"', "a @b.example", "a@b.example # c")
    .map((mail) => `email: ${mail}`),
  fc
    .constantFrom(
      "https://a.example/B c",
      "/a/",
      "//b.example",
      "mailto:a",
      "x",
      '"https://é.example"',
      "http://[",
    )
    .map((url) => `url: ${url}`),
  fc.constantFrom("bio: a", "name:", "name:a", "url: ", "Name: A", "- name: A"),
);
const authorItems = fc
  .tuple(
    fc.constantFrom("authors", "author", "tags"),
    fc.constantFrom("", "  ", " "),
    fc.constantFrom("- ", "-   "),
    fc.array(
      fc.tuple(phrase, fc.array(authorFact, { maxLength: 3 }), fc.constantFrom("", "", "", " "), tail),
      { maxLength: 3 },
    ),
  )
  .map(([key, margin, mark, items]) =>
    [
      `${key}:`,
      ...items.map(([name, facts, shift, after]) => {
        const indent = `${margin}${" ".repeat(mark.length)}${shift}`;
        return [`${margin}${mark}name: ${name}`, ...facts.map((fact) => `${indent}${fact}`)].join(
          `${after}\n`,
        );
      }),
    ].join("\n"),
  );
const blockText = fc
  .tuple(
    fc.constantFrom("title", "description", "description", "correction", "slug", "layout"),
    fc.constantFrom(": >-", ": >", ": |", ": |-", ": |+", ": >2", ": >- # c", ": >-#"),
    below(
      ["  ", "    ", " "],
      fc.oneof(phrase, fc.constantFrom("a", "b c", "- z", "k: v", "# no comment", "...")),
    ),
    fc.constantFrom("", "", "", "\n", "\n  "),
  )
  .map(([key, mark, under, after]) => `${[`${key}${mark}`, ...under].join("\n")}${after}`);
const entry = fc.oneof(
  { weight: 6, arbitrary: oneLine },
  { weight: 2, arbitrary: blockList },
  { weight: 1, arbitrary: authorItems },
  { weight: 1, arbitrary: blockText },
);
const lines = fc
  .tuple(
    fc.array(entry, { maxLength: 5 }),
    fc.oneof(
      { weight: 5, arbitrary: fc.constant("2026-03-01T09:30:00+07:00") },
      { weight: 1, arbitrary: moment },
    ),
    fc.constantFrom("\n", "\n", "\r\n"),
    fc.constantFrom("", "", "# note\n", "\n", "  x: y\n", "- a\n"),
  )
  .map(([all, date, end, other]) =>
    `date: ${date}\n${other}${all.map((one) => `${one}\n`).join("")}`.replaceAll("\n", end),
  )
  .filter(isReadable);
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

  test.each([
    ["a list below its key", blockList],
    ["authors with keys", authorItems],
    ["text over several lines", blockText],
    ["one line, and what may stand behind it", oneLine],
  ])("the same for %s, alone and before another key", (_, one) => {
    let given = 0;
    fc.assert(
      fc.property(
        one,
        fc.constantFrom("", "", "# c\n", "title: A\n", "tags: [a]\n", "  b\n"),
        fc.constantFrom("\n", "\n", "\r\n"),
        fc.constantFrom(...configs),
        (text, after, end, config) => {
          const source = `date: 2026-03-01T09:30:00Z\n${text}\n${after}`.replaceAll("\n", end);
          if (!isReadable(source)) return;
          if (expectSame("a.md", source, config)) given += 1;
        },
      ),
      { numRuns },
    );
    expect(given).toBeGreaterThan(numRuns / 30);
  });

  test("the same for dates and updates, with and without a time, in both orders, and for dates in names", () => {
    const mostly = <T>(usual: T, other: fc.Arbitrary<T>) =>
      fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
    const others = mostly(
      [],
      fc.array(
        fc.oneof(
          fc.constantFrom(
            "title: é",
            "tags:\n  - date: 2026-03-01",
            "tags:\n- a",
            "",
            "# date: 2026-03-01",
            "date:",
          ),
          fc.constantFrom("draft: true", "published: true", "description: >-\n  date: 2026-03-01"),
          oneLine,
        ),
        { maxLength: 2 },
      ),
    );
    const key = (spellings: readonly string[]) =>
      fc
        .tuple(mostly(spellings[0] ?? "", fc.constantFrom(...spellings)), mostly(": ", colon))
        .map((parts) => parts.join(""));
    const days = fc.oneof(
      fc.tuple(written, written),
      written.map((text) => [text, text] as const),
    );
    const pair = fc
      .tuple(key(fieldNames.date), key(fieldNames.updated), days, mostly("", tail), mostly("", tail))
      .chain(([date, updated, texts, afterDate, afterUpdate]) => {
        const [first, second] = [`${date}${texts[0]}${afterDate}`, `${updated}${texts[1]}${afterUpdate}`];
        return fc.constantFrom([first, second], [second, first], [first, ""], ["", second], ["", ""]);
      });
    const named = fc.oneof(
      file,
      day.map((text) => `${text.replaceAll(/[/:]/g, "-")}-a.md`),
    );
    const told = [0, 0, 0];
    fc.assert(
      fc.property(
        fc.tuple(named, pair, others, others),
        fc.constantFrom("\n", "\r\n"),
        fc.constantFrom(...configs),
        ([name, [first, second], before, between], end, config) => {
          const text = [...before, first, ...between, second, ""].join("\n").replaceAll("\n", end);
          if (!isReadable(text) || !expectSame(name, text, config)) return;
          const { findings } = readFully(name, text, config);
          told[findings.length] = (told[findings.length] ?? 0) + 1;
        },
      ),
      { numRuns: numRuns * 2 },
    );
    const [none = 0, one = 0, two = 0] = told;
    expect(none).toBeGreaterThan(numRuns / 20);
    expect(one).toBeGreaterThan(numRuns / 4);
    expect(two).toBeGreaterThan(numRuns / 50);
  });

  test.each([
    ["date: 2026-03-01\n", [[2, 7, 'The date is "2026-03-01"']]],
    ["title: é\r\ndate:   '2026-03-01' # c\r\n", [[3, 9, 'The date is "2026-03-01"']]],
    ['updated: 2026-03-01\n# c\npubDate: "Mar 01 2026"\n', [[4, 10, 'The date is "Mar 01 2026"']]],
    [
      "lastmod: 2026-03-01\ndate: 2026-03-01\n",
      [
        [3, 7, 'The date is "2026-03-01"'],
        [2, 10, 'The date is "2026-03-01"'],
      ],
    ],
    ["title: A\n", [[1, 1, "The date is the file name's 2026-04-05"]]],
  ])("a day without a time is told of where it stands: %j", (text, expected) => {
    const [config] = configs;
    if (!config) throw new Error("no configuration");
    const file = "2026-04-05-a.md";
    expect(readUsualPost(file, readFileName(file), text, config)).toBeDefined();
    const { post, diagnostics } = readPost({ file, bytes: Buffer.from(`---\n${text}---\nBody\n`) }, config);
    expect(post).toBeDefined();
    expect(diagnostics).toEqual(
      expected.map(([line, column, start]) => ({
        code: "post/date-without-time",
        severity: "hint",
        file: `posts/${file}`,
        line,
        column,
        message: `${start}, without a time; the start of that day in Asia/Jakarta is taken.`,
        hint: "Write the time and its offset, such as 2026-03-01T09:30:00+07:00.",
      })),
    );
  });

  test("one line beside the date, for every key and many values", () => {
    fc.assert(
      fc.property(fc.constantFrom(...keys), value, fc.constantFrom(...configs), (key, text, config) => {
        const source = `date: 2026-03-01T09:30:00Z\n${key}: ${text}\n`;
        if (isReadable(source)) expectSame("a.md", source, config);
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
    ["Windows line ends", "title: A\r\ndate: 2026-03-01T09:30:00Z\r\ntags:\r\n- a\r\n- b\r\n"],
    [
      "a site's own keys",
      "layout: post\ntitle: A\ndate: 2026-03-01T09:30:00Z\ntoc: true\nimage: /img/a.jpg\nweight: 7\naliases:\n  - /old/\n",
    ],
    ["a Jekyll blog", "title: A\ndate: 2026-03-01 09:30:00 +0700\ncategories: [a, b]\ntags:\n- a\n- b c\n"],
    [
      "an Obsidian note",
      'title: A\ndate: 2026-03-01T09:30\naliases:\ntags:\n  - a/b\n  - "2026"\n  - 7\ndescription:\n',
    ],
    [
      "an Astro post",
      "title: 5 ways\npubDate: 'Jul 08 2022'\nupdatedDate: 2022-07-09\ndescription: \"\"\nheroImage: ./a.jpg\ndraft: false\n",
    ],
    [
      "a Hugo post",
      'title: "A"\ndate: 2026-03-01\nlastmod: 2026-03-01\nsummary: \'\'\nslug: 10-a\nweight: 1\ncover: ""\ncomments: true\nversion: 1.2.3\n',
    ],
    ["an update on the day of the date", "date: 2026-03-01T09:30:00Z\nupdated: 2026-03-01\n"],
    [
      "switches that are off",
      "date: 2026-03-01\nhidden: false # c\nnoindex: false\nstatus: published\npublished: true\n",
    ],
    [
      "lists among comments",
      "# head\ndate: 2026-03-01T09:30:00Z # c\ntags: # below\n  # first\n  - a # c\n\n# second\n  - b\nauthors:\n# c\n- sari\n",
    ],
    [
      "authors with addresses",
      "date: 2026-03-01T09:30:00Z\nauthors:\n  - name: A B\n    url: https://a.example/\n  - email: b@b.example\n    name: 'B'\n  - sari\n",
    ],
    [
      "escapes, and text over several lines",
      "date: '2026-03-01T09:30:00Z'\ntitle: \"A: \\\"b\\\"\"\ndescription: >-\n  It''s a\n  b: c # d\nsection: 'it''s' # c\n",
    ],
  ])("it is taken by %s", (_, text) => {
    for (const config of configs) expect(expectSame("a.md", text, config)).toBe(true);
  });

  test.each([
    ["spaces before a hash", `title: a${" ".repeat(60_000)}x #\u0007`],
    ["hashes", `title: a${" #".repeat(30_000)}\u0007`],
    ["quotes", `title: '${"''".repeat(30_000)} #`],
    ["backslashes", `title: "${"\\\\".repeat(30_000)} #`],
    ["an author's spaces", `authors:\n- name:${" ".repeat(60_000)}\u2028`],
    ["commas", `tags: [${"a,".repeat(30_000)}`],
    ["dashes", `tags:\n${"- a\n".repeat(15_000)}-`],
    ["empty lines below a key", `tags:${"\n".repeat(60_000)} x`],
  ])("many %s take no time", (_, text) => {
    const begun = performance.now();
    readUsualPost("a.md", readFileName("a.md"), text, configs[0] as (typeof configs)[number]);
    expect(performance.now() - begun).toBeLessThan(500);
  });

  test.each([
    ["a day that is not on the calendar", "date: 2026-02-30\n"],
    ["an update on a day before the date's", "date: 2026-03-01T09:30:00Z\nupdated: 2026-02-01\n"],
    ["a date that is given twice", "date: 2026-03-01\npubDate: 2026-03-01\n"],
    ["Jekyll's published: false", "date: 2026-03-01T09:30:00Z\npublished: false\n"],
    ["two spellings of a field", "date: 2026-03-01T09:30:00Z\nauthor: A\nauthors: [B]\n"],
    ["a key given twice, once without a value", "date: 2026-03-01T09:30:00Z\ntitle:\ntitle: A\n"],
    ["a misspelt key", "date: 2026-03-01T09:30:00Z\ndescripton: A\n"],
    ["a visibility", "date: 2026-03-01T09:30:00Z\nvisibility: private\n"],
    ["a draft that is no draft", "date: 2026-03-01T09:30:00Z\ndraft: yes\n"],
    ["an update before the date", "date: 2026-03-01T09:30:00Z\nupdated: 2026-02-01T09:30:00Z\n"],
    ["an author with an address", "date: 2026-03-01T09:30:00Z\nauthor: a@b.example (A)\n"],
    ["an author with a key of another kind", "date: 2026-03-01T09:30:00Z\nauthors:\n- name: A\n  bio: b\n"],
    ["a slug with a slash at its end", "date: 2026-03-01T09:30:00Z\nslug: a/\n"],
    ["a carriage return alone in a comment", "date: 2026-03-01T09:30:00Z\n# a\rb\n"],
    ["a carriage return alone behind a value", "date: 2026-03-01T09:30:00Z # a\rtitle: b\n"],
    ["items that are not indented alike", "date: 2026-03-01T09:30:00Z\ntags:\n  - a\n - b\n"],
    ["an item over two lines", "date: 2026-03-01T09:30:00Z\ntags:\n  - a\n    b\n"],
    ["a quoted tag with Obsidian's hash", 'date: 2026-03-01T09:30:00Z\ntags: ["#a"]\n'],
  ])("%s is left to the readers", (_, text) => {
    expect(
      readUsualPost("a.md", readFileName("a.md"), text, configs[0] as (typeof configs)[number]),
    ).toBeUndefined();
  });
});
