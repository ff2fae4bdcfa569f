// Whatever is in a post: the documents made of it give check nothing to warn about.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkPost } from "../../src/check/site/check-post.ts";
import { makeSite, post } from "../support/site.ts";

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom(
    "]]>",
    "<script>alert(1)</script>",
    "<b>bold</b> & more",
    "&amp;nbsp; &nbsp;",
    "a\u0000b\u0008\ufffe",
    "\ud800",
    "\u202eabc",
    "C2\u00a0A",
    "emoji 👩‍👩‍👧‍👦 🇮🇩",
    "[x](javascript:alert(1))",
    "[relative](../b/?q=1&r=2#x)",
    "![alt](data:image/png;base64,AAAA)",
    "<a href='//x.example/ö ü'>x</a>",
    "<iframe src='https://x.example/'></iframe>",
    "<p style='position:fixed' onclick='x()'>y</p>",
    "<svg><title>x</title></svg><math><mi>y</mi></math>",
    "<table><tr><td>1<td>2</table>",
    "```html\n<blink>\n```",
    "<!-- -- > -->",
    "<custom-element foo='1'>z</custom-element>",
    "<img src=x srcset='a.png 1x, b.png 2x'>",
  ),
);

/** What is in the author's words, and right to be told: letters mistaken for others, tags where text is wanted. */
const ofAuthor: ReadonlySet<string> = new Set(["xml/characters", "value/markup", "atom/undeclared-html"]);

test("documents of hostile posts have neither errors nor warnings", async () => {
  const site = makeSite({}, { site: { language: "id" }, feeds: { tags: true, sourceMarkdown: true } });
  const input = fc.record({
    title: hostile,
    description: hostile,
    tags: fc.array(hostile, { maxLength: 3 }),
    author: hostile,
    section: hostile,
    body: fc.array(hostile, { maxLength: 5 }).map((parts) => parts.join("\n\n")),
  });
  await fc.assert(
    fc.asyncProperty(input, async ({ body, ...fields }) => {
      writeFileSync(join(site.root, "posts/a.md"), post(fields, body));
      const { findings } = await checkPost("a.md", site.config, { now: Date.UTC(2026, 10, 23) });
      const own = findings.filter(
        ({ document, severity, code }) =>
          document !== undefined && severity !== "hint" && !ofAuthor.has(code),
      );
      expect(own.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 150) },
  );
});
