import { expect, test } from "vitest";
import { type FieldTrace, tracePost } from "../../../src/posts/fields/trace-post.ts";
import { makeConfig } from "../make-config.ts";

function trace(text: string, file = "a.md"): Record<string, FieldTrace> {
  const traces = tracePost({ file, bytes: Buffer.from(text) }, makeConfig());
  return Object.fromEntries(traces.map((one) => [one.field, one]));
}

test("says which key gave a value, as written, and where", () => {
  const found = trace("---\nTitle: 'A: b'\npubDate: 2026-03-01\nkeywords: [a, 007]\n---\n");
  expect(found.title).toEqual({ field: "title", key: "Title", written: "'A: b'", line: 2, column: 8 });
  expect(found.date).toEqual({ field: "date", key: "pubDate", written: "2026-03-01", line: 3, column: 10 });
  expect(found.tags).toEqual({ field: "tags", key: "keywords", written: "[a, 007]", line: 4, column: 11 });
});

test("says what a default was taken from", () => {
  const found = trace("---\ntitle: x\n---\n", "2026-03-01-x.id.md");
  expect(found.date?.defaultedFrom).toBe("the file name (2026-03-01)");
  expect(found.language?.defaultedFrom).toBe("the file name (id)");
  expect(found.permalink?.defaultedFrom).toContain("/:slug/");
  expect(found.id?.defaultedFrom).toContain("site.authority");
  expect(found.tags).toBeUndefined();
});

test("reads TOML tables and files without front matter", () => {
  const found = trace("+++\ntitle = 'x'\n[extra]\nimage = 'a.png'\n+++\n");
  expect(found.image).toEqual({ field: "image", key: "extra.image", written: "'a.png'", line: 4, column: 9 });
  expect(trace("Body", "2026-03-01-x.md").date?.defaultedFrom).toContain("2026-03-01");
  expect(trace("---js\n---\n")).toEqual({});
});
