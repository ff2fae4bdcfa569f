import fc from "fast-check";
import { expect, test } from "vitest";
import { normalizeId } from "../../../src/posts/fields/read-addresses.ts";
import { readPost } from "../../../src/posts/read-post.ts";
import { makeConfig } from "../make-config.ts";

const odd = fc.constantFrom(
  " ",
  "\n",
  "\t",
  "\u00a0",
  "\u2028",
  "e",
  "\u0301",
  "\u202e",
  "\u2066",
  "\u0001",
  "\ud800",
);
const anyId = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: odd }), fc.uuid());

test("a normal id is what front matter that says it gives, and is normal already", () => {
  const config = makeConfig();
  fc.assert(
    fc.property(anyId, (written) => {
      const id = normalizeId(written);
      expect(normalizeId(id)).toBe(id);
      if (id === "") return;
      const source = `---\ntitle: A\ndate: 2026-01-02T03:04:05Z\nid: ${JSON.stringify(id)}\n---\nText.\n`;
      const { post, diagnostics } = readPost({ file: "a.md", bytes: Buffer.from(source) }, config);
      expect([post?.id, diagnostics]).toEqual([id, []]);
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 200) },
  );
});
