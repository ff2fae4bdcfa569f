import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPlainFrontMatter } from "../../../src/posts/fast/plain-front-matter.ts";
import { readWithGrayMatter } from "../../../src/posts/front-matter/front-matter.ts";
import type { Mapping } from "../../../src/posts/front-matter/front-matter-value.ts";
import { Locator } from "../../../src/posts/front-matter/locate-value.ts";

const numRuns = Number(process.env.FC_RUNS ?? 400);

const edge = fc.constantFrom(
  ...[
    "true",
    "False",
    "null",
    "~",
    "",
    "no",
    "yes",
    "007",
    "1_000",
    "0x1F",
    "0o17",
    "12:30",
    "-5",
    "+3",
    ".5",
    "1e3",
    "1.",
    ".inf",
  ],
  ...[
    "2026-03-01",
    "2026-03-01 10:00",
    "2026-03-01T10:00:00+07:00",
    "a: b",
    "a :b",
    "a:b",
    "a:",
    ":a",
    "a #b",
    "a#b",
    "#b",
    "x # y",
  ],
  ...[
    "'it'",
    "'it''s'",
    '"q"',
    '"a\\nb"',
    '"a"b"',
    "'",
    '"',
    "\"'",
    "[a, b]",
    "[a,b]",
    "[]",
    "[ ]",
    "[a, ]",
    "[, a]",
    "[a b, 'c, d']",
  ],
  ...[
    "[true, 7]",
    "[[a]]",
    "[a: b]",
    "[a]b",
    "[a] # c",
    "{a: b}",
    "&x a",
    "*x",
    "!!str 7",
    "|",
    ">",
    "%a",
    "@a",
    "`a`",
    "- a",
    "-",
    "--- a",
    "...",
  ],
  ...[
    "a  b",
    "a\tb",
    "é",
    "café ",
    "日本語",
    "😀",
    "\u00a0a",
    "a\u2028b",
    "\ufeffa",
    "a\u0085b",
    "? a",
    "a, b",
    "a]",
    "}",
    "<<",
    "\u0007",
    "!a",
    "=",
    "<a>",
  ],
);
const word = fc.oneof(edge, fc.string({ maxLength: 12 }), fc.string({ unit: "grapheme", maxLength: 8 }));
const key = fc.oneof(
  fc.constantFrom(
    "title",
    "date",
    "tags",
    "a",
    "b",
    "null",
    "true",
    "<<",
    "__proto__",
    "constructor",
    "x y",
    "7",
    "é",
    "a-b",
    "_",
  ),
  fc.string({ maxLength: 5 }),
);
const space = fc.constantFrom("", " ", "  ", "\t", " \t");
const line = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(key, fc.constantFrom(": ", ":", ":  ", " : "), word, space)
      .map((parts) => parts.join("")),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom("", " ", "  ", "    "), fc.constantFrom("- ", "-  ", "-"), word, space)
      .map((parts) => parts.join("")),
  },
  { weight: 2, arbitrary: key.map((name) => `${name}:`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "",
      " ",
      "# note",
      " # note",
      "    # note",
      "  # note",
      "  text",
      "...",
      "%YAML 1.2",
      "\t",
    ),
  },
);
const text = fc
  .tuple(fc.array(line, { maxLength: 6 }), fc.constantFrom("\n", "\r\n"))
  .map(([lines, end]) => lines.map((one) => one + end).join(""))
  .filter((whole) => !/^---/m.test(whole));

function parse(source: string): Mapping | "fault" {
  try {
    return readWithGrayMatter(source, "yaml");
  } catch {
    return "fault";
  }
}

describe("the short way through plain front matter", () => {
  test("whenever it accepts, the YAML parser gives the same", () => {
    let accepted = 0;
    fc.assert(
      fc.property(text, (source) => {
        const plain = readPlainFrontMatter(source);
        if (plain === undefined) return;
        accepted += 1;
        expect(plain).toStrictEqual(parse(source));
      }),
      { numRuns },
    );
    // A fast path that accepts nothing would pass the property and be worth nothing.
    expect(accepted).toBeGreaterThan(numRuns / 20);
  });

  test("single values, one by one", () => {
    fc.assert(
      fc.property(word, space, fc.constantFrom("a: ", "a:\n- ", "a:\n  - "), (value, tail, before) => {
        const source = `${before}${value}${tail}\n`;
        const plain = /^---/m.test(source) ? undefined : readPlainFrontMatter(source);
        if (plain !== undefined) expect(plain).toStrictEqual(parse(source));
      }),
      { numRuns: numRuns * 3 },
    );
  });

  test("text over several lines, items with keys, escapes and comments: the YAML parser gives the same", () => {
    const indent = fc.constantFrom("  ", "  ", " ", "    ", "", "\t");
    const inner = fc.constantFrom(
      "text",
      "more text",
      "a: b",
      "# no comment",
      "x # y",
      "- z",
      '"q"',
      "é",
      "text ",
      "",
      " deeper",
      "...",
      "key:",
    );
    const block = fc
      .tuple(
        fc.constantFrom(">-", ">", "|", "|-", "|+", ">2", ">- # c"),
        fc.array(fc.tuple(indent, inner), { maxLength: 4 }),
      )
      .map(([header, lines]) => [`a: ${header}`, ...lines.map((parts) => parts.join(""))]);
    const pair = fc
      .tuple(fc.constantFrom("name: ", "url: ", "b:", "name:  "), word)
      .map((parts) => parts.join(""));
    const items = fc
      .array(fc.tuple(fc.constantFrom("- ", "  - ", "-  ", "    ", "  ", "      "), pair), {
        minLength: 1,
        maxLength: 5,
      })
      .map((lines) => ["a:", ...lines.map((parts) => parts.join(""))]);
    const quote = fc
      .tuple(
        fc.constantFrom('"', "'"),
        fc.array(fc.constantFrom("a", " ", '\\"', "\\\\", "\\n", "''", "#", " #", "'", '"', ":", ": "), {
          maxLength: 6,
        }),
        fc.constantFrom("", " # c", "# c", "  #c", " c"),
      )
      .map(([mark, parts, tail]) => [`a: ${mark}${parts.join("")}${mark}${tail}`]);
    const whole = fc
      .tuple(fc.oneof(block, items, quote), fc.constantFrom([], ["b: 1"], ["", "b: 1"], [""]))
      .map(([lines, after]) => `${[...lines, ...after].join("\n")}\n`)
      .filter((source) => !/^---/m.test(source));
    let accepted = 0;
    fc.assert(
      fc.property(whole, (source) => {
        const plain = readPlainFrontMatter(source);
        if (plain === undefined) return;
        accepted += 1;
        expect(plain, source).toStrictEqual(parse(source));
      }),
      { numRuns: numRuns * 3 },
    );
    expect(accepted).toBeGreaterThan(numRuns / 10);
  });

  test("where a key and its value stand is found alike without the YAML parser", () => {
    const wanted = fc.oneof(key, fc.constantFrom("a", "b", "title", "c"));
    let found = 0;
    fc.assert(
      fc.property(text, wanted, fc.boolean(), (source, name, isKey) => {
        const data = readPlainFrontMatter(source);
        if (data === undefined) return;
        const front = {
          kind: "front-matter",
          language: "yaml",
          text: source,
          line: 2,
          data,
          bodyOffset: 0,
        } as const;
        for (const one of new Set([...data.keys(), name])) {
          const plainly = new Locator({ ...front, isPlain: true }).locate([one], isKey);
          expect(plainly).toEqual(new Locator({ ...front, isPlain: false }).locate([one], isKey));
          found += 1;
        }
      }),
      { numRuns: numRuns * 3 },
    );
    expect(found).toBeGreaterThan(numRuns / 20);
  });

  test("accepts what most posts write", () => {
    const usual = [
      "# a comment",
      "title: It's a plain title, with (marks) & signs",
      'description: "Quoted: with a colon"',
      "date: 2026-03-01T09:30:00+07:00",
      "tags: [news, 'two words', \"three\"]",
      "quote: 'it''s'",
      "authors:",
      "  # the first",
      "  - Ana",
      "",
      "# the second",
      "  - Budi",
      "draft: false",
      "empty:",
      "",
    ].join("\n");
    const plain = readPlainFrontMatter(usual);
    expect(plain).toStrictEqual(parse(usual));
    expect(plain?.get("tags")).toEqual(["news", "two words", "three"]);
  });

  test.each([
    "a: &x 1",
    "a: b: c",
    "a: 'it's'",
    'a: "\\n"',
    "a: |+\n  b",
    "a: >\n  b\n\n  c",
    "a: >-\n  b\n    c",
    "a:\n  - b: c\n     d: e",
    "a:\n  b: c",
    "a: b\n  c",
    "a: 1\na: 2",
    "__proto__: 1",
  ])("leaves %j to the parser", (source) => {
    expect(readPlainFrontMatter(`${source}\n`)).toBeUndefined();
  });
});
