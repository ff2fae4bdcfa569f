import { describe, expect, test } from "vitest";
import { locateBody } from "../../../src/posts/front-matter/front-matter.ts";
import { read, summarize } from "../read.ts";

describe("front matter without an opening fence", () => {
  test.each([
    '{\n  "title": "A}",\n  "date": "2026-01-03T10:20:00Z"\n}\nText.',
    '"title": "A}",\n"date": "2026-01-03T10:20:00Z"\n;;;\nText.',
    "title: A}\ndate: 2026-01-03T10:20:00Z\ntags:\n  - x\n---\nText.",
    "title: A}\r\ndate: 2026-01-03T10:20:00Z\r\n---\r\nText.",
  ])("%j is read, and is no text", (text) => {
    const { post, body, diagnostics } = read(text);
    expect(diagnostics).toEqual([]);
    expect(post).toMatchObject({ title: "A}", date: Date.UTC(2026, 0, 3, 10, 20) });
    expect(Buffer.from(text).toString("utf8", body)).toBe("Text.");
    expect(locateBody(Buffer.from(text)).line).toBe(text.split("\n").length);
  });

  test.each([
    '{"text"} and more.',
    '{% raw %}"a": 1{% endraw %}',
    '{"a": 1} in a line',
    '{"a": 1',
    "title: not a head\n---\nText.",
    '"quoted": no\n\n;;;\n',
  ])("%j has none", (text) => {
    expect(read(text, "2026-01-03-a.md")).toMatchObject({ post: { title: "" }, body: 0 });
  });
});

describe("Pelican's head", () => {
  test.each([
    "Title: A\nDate: 2026-01-03 10:20\n\nText.",
    "Title:\tA\nDate:\t2026-01-03 10:20\n\nText.",
    "title: A\ndate: 2026-01-03 10:20\n\nText.",
    "TITLE:A\nDATE:2026-01-03 10:20\n \nText.",
    "Title: A\r\nDate: 2026/1/3 10:20\r\n\r\nText.",
    "\ufeffDate: 2026-01-03 10:20\nCategory: x\nTitle: A\n\nText.",
  ])("%j is read, and is no text", (text) => {
    const { post, body, diagnostics } = read(text);
    expect(diagnostics).toEqual([]);
    expect(post).toMatchObject({ title: "A", date: Date.UTC(2026, 0, 3, 10, 20) });
    expect(Buffer.from(text).toString("utf8", body)).toBe("Text.");
    expect(locateBody(Buffer.from(text)).line).toBe(text.split("\n").length);
  });

  test("values are text as it is written, and go on in further lines", () => {
    const text =
      'Title: "A": B: C\nDate: 2026-01-03 10:20\nTags: one,\n    two\nAuthors: Ana\n    Budi\nSummary: First\n    second line\nStatus: Draft\nOwn: [x]\n\nText.';
    expect(read(text).post).toMatchObject({
      title: '"A": B: C',
      tags: ["one", "two"],
      authors: [{ name: "Ana" }, { name: "Budi" }],
      description: "First second line",
      draft: true,
      extra: { Own: "[x]" },
    });
  });

  test("without text after it, and with a date in the name", () => {
    expect(read("Title: A\n", "2026-01-03-a.md").post).toMatchObject({ title: "A", slug: "a" });
    expect(read("Title: A\nStatus: sekret\n\nx", "2026-01-03-a.md").post).toBeUndefined();
    expect(summarize(read("Title: A\nDate: soon\n\nx").diagnostics)).toEqual(["2:7 post/wrong-date"]);
  });

  test.each([
    "Note: this is text.\n\nMore.",
    "Title\n\nText.",
    "https://example.org/\nTitle: x\n\nText.",
    "A line.\nTitle: A\nDate: 2026-01-03\n\nText.",
    "Title: A\nand a line that is none\n\nText.",
    "\nTitle: A\nDate: 2026-01-03\n\nText.",
    "Tags: x\n\nText.",
  ])("%j has no head", (text) => {
    const { post, body } = read(text, "2026-01-03-a.md");
    expect(post?.title).toBe("");
    expect(body).toBe(0);
  });

  test("between fences it is Pelican's only for Pelican", () => {
    const text = "---\ntitle: A: B\ndate: 2026-01-03 10:20\n---\nText.";
    expect(read(text).post).toBeUndefined();
    expect(read(text, "a.md", { preset: "pelican" }).post).toMatchObject({ title: "A: B" });
    const yaml = "---\ntitle: A\ntags:\n  - x\ndate: 2026-01-03 10:20\n---\nText.";
    expect(read(yaml, "a.md", { preset: "pelican" }).post).toMatchObject({ title: "A", tags: ["x"] });
  });
});
