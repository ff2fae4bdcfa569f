import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FeedEntry } from "../../../src/check/compare/read-entries.ts";
import { readFrontMatter } from "../../../src/posts/front-matter/front-matter.ts";
import { importIds, type PinnablePost, pinIds } from "../../../src/publish/ids/ids.ts";

const date = Date.UTC(2026, 2, 1);

function post(source: string, more: Partial<PinnablePost> = {}): PinnablePost {
  return {
    file: "posts/hello.md",
    id: "tag:kabar.example,2026:hello",
    idSource: "authority",
    url: "https://kabar.example/hello/",
    title: "Hello",
    date,
    source,
    ...more,
  };
}

const entry = (more: Partial<FeedEntry> = {}): FeedEntry => ({
  id: "http://old.example/?p=7",
  title: "Hello",
  url: "https://kabar.example/hello/",
  date,
  digest: "d",
  ...more,
});

const pinned = (source: string) => pinIds([post(source)]).edits[0]?.source;

describe("a line is added at the end of the front matter, and nothing else is touched", () => {
  test.each([
    [
      "YAML",
      "---\ntitle: Hello\n---\n\nBody\n",
      '---\ntitle: Hello\nid: "tag:kabar.example,2026:hello"\n---\n\nBody\n',
    ],
    [
      "CRLF",
      "---\r\ntitle: Hello\r\n---\r\nBody",
      '---\r\ntitle: Hello\r\nid: "tag:kabar.example,2026:hello"\r\n---\r\nBody',
    ],
    [
      "comments, odd spacing and quotes",
      "---\n# mine\ntitle:   'Hello'   # why\ntags: [a,   b]\n---\nx",
      "---\n# mine\ntitle:   'Hello'   # why\ntags: [a,   b]\nid: \"tag:kabar.example,2026:hello\"\n---\nx",
    ],
    [
      "a block of text at the end",
      "---\ntitle: Hello\ndescription: |\n  one\n  two\n---\nx",
      '---\ntitle: Hello\ndescription: |\n  one\n  two\nid: "tag:kabar.example,2026:hello"\n---\nx',
    ],
    [
      "a byte order mark",
      "\ufeff---\ntitle: Hello\n---\nx",
      '\ufeff---\ntitle: Hello\nid: "tag:kabar.example,2026:hello"\n---\nx',
    ],
    [
      "TOML",
      '+++\ntitle = "Hello"\n+++\nx',
      '+++\ntitle = "Hello"\nid = "tag:kabar.example,2026:hello"\n+++\nx',
    ],
    [
      "TOML with a table at its end",
      '+++\ntitle = "Hello"\n\n[extra]\ncolour = "red"\n+++\nx',
      '+++\ntitle = "Hello"\n\nid = "tag:kabar.example,2026:hello"\n[extra]\ncolour = "red"\n+++\nx',
    ],
    [
      "TOML with a list over lines",
      '+++\ntags = [\n  "a",\n]\n+++\nx',
      '+++\ntags = [\n  "a",\n]\nid = "tag:kabar.example,2026:hello"\n+++\nx',
    ],
    [
      "JSON",
      '---json\n{\n  "title": "Hello"\n}\n---\nx',
      '---json\n{\n  "title": "Hello",\n  "id": "tag:kabar.example,2026:hello"\n}\n---\nx',
    ],
  ])("%s", (_, before, after) => {
    expect(pinned(before)).toBe(after);
  });
});

test("a post without front matter gets one", () => {
  expect(pinned("Body\n")).toBe('---\nid: "tag:kabar.example,2026:hello"\n---\nBody\n');
});

test("what cannot be added to safely is left to its author, with the line to write", () => {
  for (const source of [
    "---\n{title: Hello}\n---\nx",
    "---\ntitle: Hello\nguid: other\n---\nx",
    "---\ntitle: Hello\n",
  ]) {
    const { edits, problems } = pinIds([post(source)]);
    expect(edits).toEqual([]);
    expect(problems[0]?.hint).toContain('id: "tag:kabar.example,2026:hello"');
  }
});

test("a post whose front matter says its id is left alone", () => {
  expect(pinIds([post("---\nid: x\n---\n", { idSource: "front-matter", id: "x" })])).toMatchObject({
    edits: [],
    problems: [],
  });
});

describe("ids import finds the post that readers know", () => {
  const source = "---\ntitle: Hello\n---\nx";
  test.each<[string, Partial<FeedEntry>]>([
    ["at the same address", { title: "Another" }],
    ["at the address of another host and scheme", { url: "http://www.old.example/hello", title: "Another" }],
    ["by an address in its id", { id: "https://old.example/hello/index.html", url: "", title: "Another" }],
    ["by title and date", { url: "https://old.example/?p=7" }],
    ["by a title that only one post has", { url: "", date: 5 }],
  ])("%s", (_, more) => {
    const old = entry(more);
    const { edits, problems } = importIds(
      [
        post(source),
        post(source, { file: "posts/b.md", url: "https://kabar.example/b/", title: "B", id: "b" }),
      ],
      [old],
    );
    expect(problems).toEqual([]);
    expect(edits).toEqual([
      {
        file: "posts/hello.md",
        id: old.id,
        source: `---\ntitle: Hello\nid: ${JSON.stringify(old.id)}\n---\nx`,
      },
    ]);
  });

  test("nothing is written where readers know the id that the post has", () => {
    expect(importIds([post(source)], [entry({ id: post(source).id })])).toMatchObject({
      edits: [],
      problems: [],
    });
  });

  test.each([
    ["letters that are not in NFC", "https://old.example/cafe\u0301", "https://old.example/caf\u00e9"],
    ["white space", "one  id\n of\tmany", "one id of many"],
    ["a bare UUID", "2F1E5C52-6A4B-4E2B-9A5B-0C7D8E9F0A1B", "urn:uuid:2f1e5c52-6a4b-4e2b-9a5b-0c7d8e9f0a1b"],
    ["a character that turns text", "e\u202e\u0301  x", "\u00e9 x"],
  ])("an id with %s is written as it is read, and once", (_, id, kept) => {
    const { edits, known, problems } = importIds([post(source)], [entry({ id })]);
    expect([edits[0]?.id, known[0]?.id, problems]).toEqual([kept, kept, []]);
    const again = post(edits[0]?.source ?? "", { id: kept, idSource: "front-matter" });
    expect(importIds([again], [entry({ id, url: "", title: "" })])).toMatchObject({
      edits: [],
      problems: [],
    });
  });

  test("an id without any character that feeds may contain is reported, and not written", () => {
    const { edits, known, problems } = importIds([post(source)], [entry({ id: "\u0001 \u202e" })]);
    expect([edits, known, problems.length]).toEqual([[], [], 1]);
  });

  test("two posts with one title, or two entries for one post: nothing is guessed", () => {
    const twins = [
      post(source, { file: "posts/a.md", url: "https://kabar.example/a/" }),
      post(source, { file: "posts/b.md", url: "https://kabar.example/b/" }),
    ];
    const { edits, problems } = importIds(twins, [entry({ url: "" })]);
    expect(edits).toEqual([]);
    expect(problems[0]?.message).toContain("posts/a.md, posts/b.md");
    const two = importIds([post(source)], [entry({ url: "" }), entry({ id: "other", url: "" })]);
    expect(two.edits).toEqual([]);
    expect(two.problems).toHaveLength(2);
  });

  test("an entry without a post is reported, not lost", () => {
    const { problems } = importIds([], [entry()]);
    expect(problems[0]?.message).toContain("“Hello”");
    expect(problems[0]?.hint).toContain('id: "http://old.example/?p=7"');
  });

  test("a number under id is no obstacle, and an id that is a number is written as guid", () => {
    const { edits, problems } = importIds([post("---\nid: 42\n---\nx")], [entry()]);
    expect(problems).toEqual([]);
    expect(edits[0]?.source).toBe('---\nid: 42\nguid: "http://old.example/?p=7"\n---\nx');
    const numbered = importIds([post("---\ntitle: x\n---\nx")], [entry({ id: "7" })]);
    expect(numbered.edits[0]?.source).toBe('---\ntitle: x\nguid: "7"\n---\nx');
  });

  test("a post that has another id in its front matter is refused", () => {
    const { edits, problems } = importIds(
      [post("---\nid: mine\n---\nx", { idSource: "front-matter", id: "mine" })],
      [entry()],
    );
    expect(edits).toEqual([]);
    expect(problems[0]?.message).toContain("already has another id");
  });
});

test("whatever the id and the front matter hold, what is written reads back as it was, with the id", () => {
  const value = fc.oneof(fc.string(), fc.integer(), fc.boolean());
  const key = fc.stringMatching(/^[a-h]{2,6}$/);
  fc.assert(
    fc.property(
      fc.dictionary(key, value, { minKeys: 1 }),
      fc.string({ minLength: 1 }),
      fc.string(),
      (data, id, body) => {
        const yaml = Object.entries(data)
          .map(([name, part]) => `${name}: ${JSON.stringify(part)}`)
          .join("\n");
        const source = `---\n${yaml}\n---\n${body}`;
        const before = readFrontMatter(Buffer.from(source));
        const { edits } = pinIds([post(source, { id })]);
        if (edits[0] === undefined || before.kind !== "front-matter") return;
        const after = readFrontMatter(Buffer.from(edits[0].source));
        if (after.kind !== "front-matter") throw new Error("not front matter any more");
        expect(after.data.get(/^\d+$/.test(id) ? "guid" : "id")).toEqual(id);
        expect(after.data.size).toBe(before.data.size + 1);
        expect(Buffer.from(edits[0].source).subarray(after.bodyOffset)).toEqual(
          Buffer.from(source).subarray(before.bodyOffset),
        );
      },
    ),
    { numRuns: Number(process.env.FC_RUNS ?? 200) },
  );
});
