import fc from "fast-check";
import matter from "gray-matter";
import { afterEach, describe, expect, test } from "vitest";
import { locateBody, readFrontMatter } from "../../../src/posts/front-matter/front-matter.ts";
import { toPlain } from "../../../src/posts/front-matter/front-matter-value.ts";
import { Locator } from "../../../src/posts/front-matter/locate-value.ts";
import { read, summarize } from "../read.ts";

const numRuns = Number(process.env.FC_RUNS ?? 200);
const tripwire = globalThis as { feedwrightTripwire?: boolean };
afterEach(() => {
  delete tripwire.feedwrightTripwire;
});

const codesOf = (text: string | Buffer): string[] => read(text).diagnostics.map(({ code }) => code);
const dataOf = (text: string): unknown => {
  const front = readFrontMatter(Buffer.from(text));
  return front.kind === "front-matter" ? toPlain(front.data) : front;
};

describe("fences", () => {
  const code = "globalThis.feedwrightTripwire = true, { title: 'x', date: '2026-01-01' }";
  const runners = [
    "js",
    "javascript",
    "JS",
    " js",
    "\tjavascript",
    "coffee",
    "coffeescript",
    "cson",
    "ts",
    "node",
    "eval",
  ];

  test.each(runners)("F1: the fence ---%s is refused and nothing runs", (name) => {
    expect(codesOf(`---${name}\n${code}\n---\nBody`)).toEqual(["front-matter/fence"]);
    expect(tripwire.feedwrightTripwire).toBeUndefined();
  });

  test("F1: an executable fence at the top of the body is refused", () => {
    const { post, diagnostics } = read(`---\ndate: 2026-01-01T10:00Z\n---\n\n---js\n${code}\n---\n`);
    expect(post).toBeUndefined();
    expect(summarize(diagnostics)).toEqual(["5:1 front-matter/fence"]);
    expect(tripwire.feedwrightTripwire).toBeUndefined();
  });

  test("F1: no fence name whatsoever runs anything", () => {
    const name = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom(...runners, ...Object.getOwnPropertyNames(Object.prototype)),
    );
    fc.assert(
      fc.property(
        fc.constantFrom("---", "+++", ";;;", "----", " ---", "\ufeff---"),
        name,
        (marker, language) => {
          const { diagnostics } = read(`${marker}${language}\n${code}\n${marker.trim().slice(-3)}\nBody`);
          expect(tripwire.feedwrightTripwire).toBeUndefined();
          expect(diagnostics.some(({ severity }) => severity === "error")).toBe(true);
        },
      ),
      { numRuns },
    );
  });

  test.each(["toString", "constructor", "__proto__", "hasOwnProperty"])(
    "F2: the fence ---%s is unknown",
    (name) => {
      expect(codesOf(`---${name}\ntitle: x\n---\n`)).toEqual(["front-matter/fence"]);
    },
  );

  test("F3: the same bad text gives the same error twice", () => {
    const bad = "---\ntitle: [a\n---\nBody";
    const first = read(bad).diagnostics;
    expect(first.map(({ code }) => code)).toEqual(["front-matter/syntax"]);
    expect(read(bad).diagnostics).toEqual(first);
  });

  test("F5: nothing of a post is kept in gray-matter's cache", () => {
    const { cache } = matter as unknown as { cache: Record<string, unknown> };
    for (let i = 0; i < 200; i += 1) read(`---\na: {b: ${i}}\n---\n`);
    expect(Object.keys(cache)).toEqual([]);
  });

  test("F4: identical files give independent objects", () => {
    const text = "---\ndate: 2026-01-01T10:00Z\nown: {a: [1]}\n---\n";
    const [one, two] = [read(text).post, read(text).post];
    expect(one?.extra).toEqual({ own: { a: [1] } });
    expect(one?.extra).not.toBe(two?.extra);
    expect(one?.extra.own).not.toBe(two?.extra.own);
  });

  test.each(["constructor", "toString", "__proto__"])(
    "F6: a file that is the text %s gives an ordinary error",
    (text) => {
      expect(codesOf(text)).toEqual(["front-matter/missing"]);
    },
  );

  test.each([
    ["---\ntitle: x\nBody that goes on\n", "front-matter/unclosed"],
    ["---", "front-matter/unclosed"],
    ["---\n", "front-matter/unclosed"],
    ["+++\ntitle = 'x'\n---\n", "front-matter/unclosed"],
  ])("F12: %j lacks its closing fence", (text, code) => {
    expect(codesOf(text)).toEqual([code]);
  });

  test.each(["---foo", "----", "--- #"])("F13: the line %s does not close front matter", (close) => {
    const { diagnostics, post } = read(`---\ndate: 2026-01-01T10:00Z\n${close}\nBody\n---\n`);
    expect(post).toBeUndefined();
    expect(summarize(diagnostics)).toEqual(["3:1 front-matter/fence"]);
  });

  test("F13: a fence inside a block of text is indented and closes nothing", () => {
    expect(dataOf("---\na: |\n  ---\n  x\n---\nBody")).toEqual({ a: "---\nx\n" });
  });

  test.each([
    ["\n---\ntitle: x\ntags: {}\n---\nBody", "3:1"],
    [" ---\ntitle: x\ntags: {}\n---\nBody", "2:1"],
    ["\r\n \r\n---\r\ntitle: x\r\ntags: {}\r\n---\r\nBody", "4:1"],
    ["\n\n  +++\ntitle = 'x'\n+++\nBody", "4:1"],
    ["\u200b---\ntitle: x\n---\nBody", "2:1"],
    ["\ufeff\n---\ntitle: x\n---\nBody", "3:1"],
  ])("F14: front matter that starts late in %j is read, and is no text", (text, place) => {
    const { post, body } = read(text, "2026-01-01-dated.md");
    expect(post?.title).toBe("x");
    expect(Buffer.from(text).toString("utf8", body)).toBe("Body");
    const front = readFrontMatter(Buffer.from(text));
    if (front.kind !== "front-matter") throw new Error(front.kind);
    expect(new Locator(front).locate(["title"], true)).toEqual({ line: Number(place[0]), column: 1 });
  });

  test("F14: a fence that starts late and never ends is an error at its line", () => {
    expect(summarize(read("\n\n---\ntitle: x\n").diagnostics)).toEqual(["3:1 front-matter/unclosed"]);
  });

  test("F14: TOML between +++ is read", () => {
    expect(dataOf("+++\ntitle = 'x'\n[extra]\nn = 7\n+++\nBody")).toEqual({ title: "x", extra: { n: 7 } });
  });

  test.each(["---yaml", "---", "---  ", "---toml", "---json"])("the fence %j is read", (fence) => {
    const inner = fence === "---toml" ? "title = 'x'" : fence === "---json" ? '{"title": "x"}' : "title: x";
    expect(dataOf(`${fence}\n${inner}\n---\nBody`)).toEqual({ title: "x" });
  });
});

describe("bytes", () => {
  const fine = "---\ntitle: x\ndate: 2026-01-01T10:00Z\n---\nBody\n";

  test("F15: one byte order mark and CRLF are fine", () => {
    const plain = read(fine).post;
    expect(read(`\ufeff${fine}`).post).toEqual(plain);
    expect(read(fine.replaceAll("\n", "\r\n")).post).toEqual(plain);
  });

  test.each([
    ["two byte order marks", Buffer.from(`\ufeff\ufeff${fine}`), /byte 3/],
    ["UTF-16 with a mark", Buffer.from(`\ufeff${fine}`, "utf16le"), /UTF-16/],
    ["UTF-16 without a mark", Buffer.from(fine, "utf16le"), /UTF-16/],
    ["Latin-1", Buffer.from("---\ntitle: café\n---\n", "latin1"), /offset 14 \(0xe9\)/],
    [
      "a cut character in the body",
      Buffer.concat([Buffer.from(fine), Buffer.from([0xf0, 0x9f, 0x98])]),
      /offset 46/,
    ],
    ["CR alone", Buffer.from(fine.replaceAll("\n", "\r")), /byte 3/],
  ])("F15: %s is an error with its byte offset", (_, bytes, message) => {
    const { post, diagnostics } = read(bytes);
    expect(post).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(["file/encoding"]);
    expect(diagnostics[0]?.message).toMatch(message);
  });

  test("any bytes give a post or an error, and never an exception", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "---\n",
        "---",
        "\n---\n",
        "+++\n",
        "date: 2026-01-01\n",
        "title: ",
        "- ",
        ": ",
        "&a ",
        "*a",
        "[",
        "{",
        '"',
        "'",
        "|\n ",
        "\r\n",
        "\ufeff",
        "{}",
        "!!x ",
        "<<: ",
        "? ",
        "[extra]\n",
        "a = ",
      ),
      fc.string({ unit: "binary", maxLength: 10 }),
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
      fc.array(piece, { maxLength: 25 }).map((parts) => Buffer.from(`---\n${parts.join("")}\n---\n`)),
      fc.array(piece, { maxLength: 25 }).map((parts) => Buffer.from(parts.join(""))),
    );
    fc.assert(
      fc.property(bytes, fc.constantFrom("a.md", "2026-01-01-a.html", "x/\u0000.mdx"), (buffer, file) => {
        const { post, diagnostics, body } = read(buffer, file);
        expect(post === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
        expect(body).toBeLessThanOrEqual(buffer.length);
        for (const { line } of diagnostics) expect(line).toBeGreaterThan(0);
      }),
      { numRuns: numRuns * 2 },
    );
  });
});

describe("bounds", () => {
  const within = (text: string, limit: number): string[] => {
    const start = performance.now();
    const codes = codesOf(text);
    expect(performance.now() - start).toBeLessThan(limit);
    return codes;
  };

  test.each([
    ["1 MB of blank lines", "\n".repeat(1_000_000)],
    ["60 kB of blank lines", "\n".repeat(60_000)],
    ["60 kB of tabs", `a: 'x'\n${"\t".repeat(60_000)}x`],
    ["65 KiB of text", `a: ${"x".repeat(66_000)}`],
  ])("F7: %s ends soon", (_, inner) => {
    expect(within(`---\n${inner}\n---\n`, 1000)[0]).toMatch(/^front-matter\/|^post\/date-missing/);
  });

  test("F8: an alias bomb is refused", () => {
    const levels = Array.from(
      { length: 9 },
      (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(", ")}]`,
    );
    expect(within(`---\na0: &a0 lol\n${levels.join("\n")}\n---\n`, 1000)).toEqual(["front-matter/too-large"]);
  });

  test.each(["a: &a [*a]", "a: &a {b: *a}", "a: &a\n  <<: *a"])("F8: the cycle %j is refused", (inner) => {
    expect(codesOf(`---\n${inner}\n---\n`)[0]).toMatch(/^front-matter\//);
  });

  test.each([
    "[".repeat(20_000),
    "a: ".repeat(20_000),
    "- ".repeat(20_000),
    "{a: ".repeat(10_000),
    "[a, ".repeat(10_000),
  ])("F9: nesting 20,000 deep is one file's error", (inner) => {
    expect(within(`---\na: ${inner}\n---\n`, 2000)[0]).toMatch(/^front-matter\//);
  });

  test("F9: deep JSON and TOML are one file's error", () => {
    expect(codesOf(`---json\n{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}\n---\n`)[0]).toMatch(
      /^front-matter\//,
    );
    expect(codesOf(`+++\na = ${"[".repeat(20_000)}${"]".repeat(20_000)}\n+++\n`)[0]).toMatch(
      /^front-matter\//,
    );
  });
});

describe("keys and values", () => {
  test.each([
    "__proto__:\n  polluted: true",
    '"__proto__": 1',
    "constructor: 1",
    "prototype: 1",
    "a: {__proto__: {polluted: true}}",
    "base: &b {__proto__: {polluted: true}}\nx:\n  <<: *b",
  ])("F10: %j is refused and no prototype changes", (inner) => {
    expect(codesOf(`---\n${inner}\n---\n`)).toEqual(["front-matter/forbidden-key"]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test("F10: __proto__ in JSON and TOML is refused", () => {
    expect(codesOf('---json\n{"__proto__": {"polluted": true}}\n---\n')).toEqual([
      "front-matter/forbidden-key",
    ]);
    expect(codesOf("+++\n[__proto__]\npolluted = true\n+++\n")).toEqual(["front-matter/forbidden-key"]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test.each(["- a\n- b", "42", "2024-01-01", "just text"])(
    "F11: front matter that is %j is an error",
    (inner) => {
      expect(codesOf(`---\n${inner}\n---\n`)).toEqual(["front-matter/not-mapping"]);
    },
  );

  test("a repeated key: the last one counts, with a warning at its place; in TOML it is an error", () => {
    const repeated = (inner: string, fence = "---"): unknown => {
      const { post, diagnostics } = read(`${fence}\n${inner}\n---\n`, "2026-01-02-a.md");
      return [
        post?.title,
        post?.draft,
        summarize(diagnostics).filter((line) => !line.includes("date-without")),
      ];
    };
    expect(repeated("title: A\ntitle: B")).toEqual(["B", false, ["3:1 front-matter/repeated-key"]]);
    expect(repeated('{"title": "A",\n"title": "B"}', "---json")).toEqual([
      "B",
      false,
      ["3:1 front-matter/repeated-key"],
    ]);
    expect(repeated("title: A\nm:\n  k: 1\n  k: 2")).toEqual(["A", false, ["5:3 front-matter/repeated-key"]]);
    expect(repeated("draft: true\ntitle: A\ndraft: false")).toEqual([
      "A",
      true,
      ["4:1 front-matter/repeated-key"],
    ]);
    expect(repeated("published: false\ntitle: A\npublished: true")).toEqual([
      "A",
      true,
      ["4:1 front-matter/repeated-key"],
    ]);
    expect(summarize(read("+++\na = 1\na = 2\n+++\n").diagnostics)[0]).toMatch(
      /^3:\d+ front-matter\/syntax$/,
    );
  });

  test.each([
    ['title: "one\ntwo"\ntags: [x]', "one two"],
    ['title: "one\n  two\nthree: four"\ntags: [x]', "one two three: four"],
    ['title: "one\r\ntwo"\r\ntags: [x]', "one two"],
    ["title: 'it''s\none: \"two\"'\ntags: [x]", 'it\'s one: "two"'],
    ['title: "a \\"b\nc\\" d"\ntags: [x]', 'a "b c" d'],
    ['own: "x"\ntitle: "one # two\n# three"\ntags: [x]', "one # two # three"],
  ])("quoted text that goes on at the margin is read: %j", (inner, title) => {
    const { post, diagnostics } = read(`---\ndate: 2026-03-01T09:30:00Z\n${inner}\n---\n`);
    expect(diagnostics).toEqual([]);
    expect(post).toMatchObject({ title, tags: ["x"] });
  });

  test("what comes after quoted text at the margin keeps its place", () => {
    const { diagnostics } = read(
      '---\ntitle: "one\ntwo"\nvisibility: sekret\ndate: 2026-03-01T09:30:00Z\n---\n',
    );
    expect(summarize(diagnostics)).toEqual(["4:13 post/wrong-value"]);
  });

  test.each(['title: "one\ntwo\ndate: 2026-03-01', 'a: "x\\\ny"\nb: 1', 'a: "x\n\ny"\nb: 1'])(
    "%j is a syntax error",
    (inner) => {
      expect(codesOf(`---\n${inner}\n---\n`)).toEqual(["front-matter/syntax"]);
    },
  );

  test("syntax errors carry the file's line and column", () => {
    expect(summarize(read("---\ntitle: x\nbad: a: b\n---\n").diagnostics)).toEqual([
      "3:6 front-matter/syntax",
    ]);
    expect(summarize(read("+++\ntitle = 'x'\nbad = \n+++\n").diagnostics)[0]).toMatch(/^3:/);
    expect(summarize(read('---json\n{"title": "x",\n "bad": }\n---\n').diagnostics)[0]).toMatch(/^3:9/);
  });

  test("merge keys: what is written in the mapping wins", () => {
    expect(dataOf("---\nbase: &b {x: 1, y: 2}\none:\n  <<: *b\n  y: 3\n---\n")).toEqual({
      base: { x: 1, y: 2 },
      one: { y: 3, x: 1 },
    });
  });
});

describe("where the body starts", () => {
  test.each([
    ["---\na: 1\n---\nBody", 14 - 2, 4],
    ["---\r\na: 1\r\n---\r\nBody", 16, 4],
    ["No front matter", 0, 1],
    ["\ufeffNo front matter", 3, 1],
    ["---\na: 1\n---", 12, 4],
  ])("%j", (text, offset, line) => {
    const place = locateBody(Buffer.from(text));
    expect(place.line).toBe(line);
    if (text.includes("Body")) expect(Buffer.from(text).toString("utf8", place.offset)).toBe("Body");
    else expect(place.offset).toBe(offset);
  });

  test("a missing front matter is an error that says so, unless the name has a date", () => {
    expect(summarize(read("# Hello\n").diagnostics)).toEqual(["1:1 front-matter/missing"]);
    expect(summarize(read("<h1>Hello</h1>", "a.html").diagnostics)).toEqual(["1:1 front-matter/missing"]);
    expect(read("# Hello\n", "2026-01-02-hello.md").post).toMatchObject({
      slug: "hello",
      date: Date.UTC(2026, 0, 2),
    });
  });
});
