import fc from "fast-check";
import { expect, test } from "vitest";
import { readFileName } from "../../../src/posts/folder/file-name.ts";

test.each([
  [
    "hello.md",
    { slug: "hello", base: "hello", path: "hello", withoutExtension: "hello", markup: "markdown" },
  ],
  ["2026-03-01-hello.md", { slug: "hello", base: "2026-03-01-hello", date: "2026-03-01" }],
  ["2026-03-01.md", { slug: "2026-03-01", date: "2026-03-01" }],
  ["a/2026-03-01-hello/index.md", { slug: "hello", date: "2026-03-01", path: "a/2026-03-01-hello" }],
  ["index.md", { slug: "index", path: "index" }],
  ["a/index.id.md", { slug: "a", language: "id", path: "a", withoutExtension: "a/index.id" }],
  ["hello.id.md", { slug: "hello", language: "id", withoutExtension: "hello.id" }],
  ["hello.pt-BR.md", { slug: "hello", language: "pt-BR" }],
  ["node.js.md", { slug: "node.js" }],
  ["v1.2.md", { slug: "v1.2" }],
  ["a.xx.md", { slug: "a.xx" }],
  ["page.HTML", { slug: "page", markup: "html" }],
  ["page.htm", { markup: "html" }],
  ["page.mdx", { markup: "mdx" }],
  ["_drafts/a.md", { inDrafts: true }],
  ["x/_drafts/y/a.md", { inDrafts: true }],
  ["drafts/a.md", { inDrafts: false }],
  ["caf\u0065\u0301.md", { slug: "café" }],
])("%s", (file, expected) => {
  expect(readFileName(file)).toMatchObject(expected);
  if (!("language" in expected)) expect(readFileName(file).language).toBeUndefined();
  if (!("date" in expected)) expect(readFileName(file).date).toBeUndefined();
});

test("any path gives a slug", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (file) => {
      expect(typeof readFileName(`${file}.md`).slug).toBe("string");
    }),
  );
});
