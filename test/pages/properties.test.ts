import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findArticle } from "../../src/pages/find-article.ts";
import { learnLayout } from "../../src/pages/layout.ts";
import { readPageFacts } from "../../src/pages/page-facts.ts";
import { listPagePaths } from "../../src/pages/page-paths.ts";
import { parsePage } from "../../src/pages/page-tree.ts";
import { tidyArticle } from "../../src/pages/tidy-article.ts";
import { layouts, lettersIn, makePost, sentence } from "./layouts.ts";

const tagSoup = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."<p> </p> <div class=share> </div> <table> <tr> <td class=gutter> </table> <a href=#x> </a> <b> <i> </b> <pre> </pre> <code> <noscript> </noscript> <img data-src=/a.png> <picture> <source srcset='a 1w'> </picture> <svg> </svg> <math> <annotation encoding=application/x-tex> </math> <ul> <li> <h1> </h1> <h2 id=x> </h2> <iframe src=x> </iframe> <template> </template> <select> <button> <form> <br> <figure class='highlight js'> </figure> <script type=math/tex> </script> <!-- --> <object data=x> </object>".split(
          " ",
        ),
      ),
      fc.string({ maxLength: 20 }),
      fc.lorem({ maxCount: 6 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(" "));

const markdownSoup = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "\n",
        "\n\n",
        "# ",
        "```\n",
        "~~~",
        "{{",
        "}}",
        "{%",
        "%}",
        "{% comment %}",
        "[",
        "](",
        ")",
        "![",
        "<A b='",
        ">",
        "`",
        "``",
        "$$",
        "$",
        "\\",
        "[^1]:",
        "[^1]",
        "[[",
        "]]",
        "<!--",
        "-->",
        ":::",
        "    ",
        "* ",
        "{#",
        "}",
        "<script>",
        "&amp;",
      ),
      fc.string({ maxLength: 10 }),
      fc.lorem({ maxCount: 4 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(""));

/** Elements as a parser leaves them, which a second parse reads alike. */
const { node } = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5, depthSize: "small" },
    fc.lorem({ maxCount: 3 }),
    fc.constantFrom(
      '<img data-src="/a.png" alt="">',
      '<img src="/b.png">',
      '<noscript><img src="/a.png"></noscript>',
      "<noscript>no</noscript>",
      '<picture><source srcset="/a.webp 2x"></picture>',
      '<span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi><annotation encoding="application/x-tex">x</annotation></semantics></math></span></span>',
      '<script type="math/tex">y</script>',
      '<object data="/a.pdf"></object>',
      "<canvas>chart</canvas>",
      '<svg width="9"><path></path></svg>',
      '<lite-youtube videoid="abcdefgh"></lite-youtube>',
      "<br>",
    ),
    fc
      .tuple(
        fc.constantFrom(
          "div",
          "section",
          "figure",
          'figure class="highlight js"',
          "blockquote",
          'div class="highlight"',
          "span",
          "em",
        ),
        fc.array(tie("node"), { maxLength: 4 }),
      )
      .map(([tag, children]) => `<${tag}>${children.join("")}</${tag.split(" ")[0]}>`),
    fc
      .tuple(
        fc.constantFrom('pre class="language-js"', "pre"),
        fc.array(
          fc.constantFrom(
            "a",
            "\n",
            "<br>",
            '<span class="ln">1</span>',
            "<code>b</code>",
            "<div>c</div>",
            "<b>d</b>",
          ),
          { maxLength: 6 },
        ),
      )
      .map(([tag, children]) => `<${tag}>${children.join("")}</pre>`),
    fc
      .array(tie("node"), { maxLength: 3 })
      .map(
        (cells) =>
          `<table><tbody><tr><td class="gutter"><pre>1\n2</pre></td>${cells.map((cell) => `<td><pre>${cell}</pre></td>`).join("")}</tr></tbody></table>`,
      ),
  ),
}));

describe("any input", () => {
  it("gives an answer and never an error", () => {
    fc.assert(
      fc.property(tagSoup, markdownSoup, fc.string(), (html, body, title) => {
        const page = parsePage(html);
        const layout = learnLayout([
          { page, source: { body, title } },
          { page, source: { body: html } },
        ]);
        for (const article of [
          findArticle(page, { body, title }),
          findArticle(page, { body: html, title }, layout),
        ]) {
          expect(article.confidence).toBeGreaterThanOrEqual(0);
          expect(article.confidence).toBeLessThanOrEqual(1);
          tidyArticle(article.html);
        }
        readPageFacts(page);
        tidyArticle(html);
      }),
      { numRuns: 400 },
    );
  });

  it("in bytes is a page", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(parsePage(bytes).body.name).toMatch(/body|frameset/);
      }),
    );
  });

  it("as a path stays within the folder", () => {
    fc.assert(
      fc.property(fc.oneof(fc.webPath(), fc.string(), fc.constantFrom("/..", "/%2e%2e/", "//a")), (path) => {
        for (const file of listPagePaths(path)) {
          expect(file.startsWith("/")).toBe(false);
          expect(file.split("/")).not.toContain("..");
        }
      }),
    );
  });

  it("tidied twice is as tidied once", () => {
    fc.assert(
      fc.property(fc.array(node, { maxLength: 5 }), (nodes) => {
        const once = tidyArticle(nodes.join(""));
        expect(tidyArticle(once)).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });

  it("of sentences in any order is found exactly in every layout", () => {
    const sentences = fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { minLength: 4, maxLength: 30 });
    fc.assert(
      fc.property(
        sentences,
        fc.constantFrom(...Object.keys(layouts)),
        fc.integer({ min: 1, max: 4 }),
        (numbers, name, each) => {
          const lines = numbers.map((number) => sentence(number));
          const body = lines.map((line, at) => line + (at % each === 0 ? "\n\n" : " ")).join("");
          const post = makePost("Any order", body);
          const make = layouts[name] as (typeof layouts)[string];
          expect(lettersIn(findArticle(parsePage(make(post, post.html)), post).html)).toBe(
            lettersIn(post.html),
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});
