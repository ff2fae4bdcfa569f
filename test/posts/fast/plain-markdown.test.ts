import { createRequire } from "node:module";
import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import { legalize } from "../../../src/posts/body/characters.ts";
import { cleanHtml } from "../../../src/posts/body/clean-html.ts";
import { compileHtmlRules } from "../../../src/posts/body/html-rules.ts";
import { renderMarkdown } from "../../../src/posts/body/markdown.ts";
import { PostLinks } from "../../../src/posts/body/post-links.ts";
import { readTarget } from "../../../src/posts/fast/plain-address.ts";
import { classOfUnit } from "../../../src/posts/fast/plain-emphasis.ts";
import { renderPlainMarkdown } from "../../../src/posts/fast/plain-markdown.ts";
import { makeConfig, makePost } from "../post-fixture.ts";

const numRuns = Number(process.env.FC_RUNS ?? 400);
const config = makeConfig();
const base = new URL("https://example.org/2026/hello/");

function renderWholly(text: string, allow: Record<string, string[]> = {}): unknown {
  const links = new PostLinks(makePost(), config, undefined);
  const { html } = renderMarkdown(text, { file: "hello.md", isMdx: false, links }, config);
  return cleanHtml(html ?? "", base, compileHtmlRules(allow));
}

/** Whether the text was plain; throws when the two ways differ. */
function compare(text: string, allow?: Record<string, string[]>): boolean {
  const plain = renderPlainMarkdown(text, () => base);
  if (plain !== undefined) expect(plain).toEqual(renderWholly(text, allow));
  return plain !== undefined;
}

describe("texts that take the short way", () => {
  test.each([
    'Plain words, & more: 5 > 4 < 6 "quoted" it\'s.',
    "*a* **b** _c_ __d__ ~~e~~ `f` ``g ` h`` ` i ` \\*not\\* snake_case 2 * 3",
    "**bold *and italic* words**, *(in parentheses)*, „*zitiert*“, «_так_», *naïve*, a*b*c.",
    "one  \ntwo\\\nthree\nfour",
    "# One\ntext\n\n## `Code` & *more*\n\n## Code more\n\n### C#\n\n# !!!\n\n# !!!",
    "- a\n- b\n- *c*\n\n* x\n\n1. one\n2. two\n\n3) three\n4) four",
    "- a\n  goes on\n  - below\n  - more\n    1. deep\n- b\n\ntext",
    "- a\n\n- b\n\n- c\n\n---\n\n7. seven\n\n8. eight",
    "Things:\n- a\n- b\n\nSteps:\n1. a\n2. b",
    "> quoted *text*\n>\n> - a\n> - b\n>\n> > twice\n\nafter\n> again",
    '```js\nif (a < b && c) {\n\treturn "x";\n}\n```\n\n~~~\nplain\n\n~~~~\n\n``` c++ title\n```',
    "    indented <code>\n      more\n\n    and more\n\ntext",
    "***\n\n- - -\n\n_____",
    '[link](https://example.com/a?b=c&d=e#f) [other](https://Example.com "x")'.replace("E", "e"),
    '[here](../there/) [top](#part) [*em* and `code](x)`](a.html "It\'s > that") [not a link] [x]',
    '![alt > text](my-photo.jpg) ![](https://cdn.example.com/x.png "Title")',
    "before\n\n<!-- more -->\n\nafter",
    "<!--more-->\n",
    "",
    "\n\n   \ntext\n   \n",
    "Ünïcödé — “quotes”, 漢字、かな, العربية, emoji 🎉.",
  ])("%j", (text) => expect(compare(text)).toBe(true));
});

describe("texts that are left to the whole parser", () => {
  test.each([
    "a <b>b</b>",
    "[a]: https://example.com/\n\n[a]",
    "a[^1]\n\n[^1]: b",
    "a\n---",
    "a | b\n--|--\n1 | 2",
    "- [ ] todo",
    "- a\n\n  b",
    "> a\nlazy",
    "*a **b* c**",
    "a*b***c",
    "&copy;",
    "[x](javascript:alert)",
    "\tcode",
    "     \t \n",
    "    code\n  \t\n\tmore",
    "```\nunclosed",
    "a\u2028b",
  ])("%j", (text) => expect(compare(text)).toBe(false));
});

describe("the examples of the CommonMark specification", () => {
  const { tests } = createRequire(import.meta.url)("commonmark-spec") as {
    tests: readonly { readonly number: number; readonly section: string; readonly markdown: string }[];
  };
  let plain = 0;

  // The specification shows a tab as an arrow.
  test.each(tests)("$number, $section, is the same both ways", ({ markdown }) => {
    if (compare(legalize(markdown.replaceAll("→", "\t")))) plain += 1;
  });

  test("are plain in part, so that the short pass is tested", () => {
    expect(tests.length).toBeGreaterThan(600);
    expect(plain).toBeGreaterThan(190);
  });
});

const word = fc.constantFrom(
  "a",
  "word",
  "Été",
  "漢字",
  "x1",
  "snake_case",
  "3",
  "1.",
  "🎉",
  "it's",
  "“q”",
  "C#",
  "\u00a0",
);
const mark = fc.constantFrom(
  ...[
    "*",
    "**",
    "***",
    "_",
    "__",
    "~~",
    "~",
    "`",
    "``",
    "\\",
    "\\*",
    "[",
    "]",
    "(",
    ")",
    "!",
    "![",
    "](",
    "<",
    ">",
    "&",
  ],
  ...[
    "&amp;",
    "&lt",
    "^",
    "^[",
    "[^",
    ":",
    "|",
    "-",
    "=",
    "#",
    '"',
    "'",
    ",",
    ".",
    "\t",
    " ",
    "  ",
    "\n",
    "  \n",
    "\n\n",
  ],
);
const address = fc.constantFrom(
  ...[
    "https://example.com/",
    "https://example.com",
    "http://a.b/c?d=e&f=g#h",
    "https://example.com:80/x",
    "../up",
    "x.png",
  ],
  ...[
    "#part",
    "?q",
    "/root/x",
    "//host/x",
    "https://1.2.3/x",
    "https://xn--a.com/",
    "https://example.com/a/../b",
    "a%20b",
  ],
  ...[
    "https://example.com/%7e%zz",
    "https://example.com//x",
    "mailto:a@b.c",
    "a:b",
    "javascript:x",
    "a&amp;b",
    "HTTPS://X.Y/",
  ],
  ...[
    "https://u:p@example.com/",
    "https://example.com/a_b*c*",
    "https://a-.b.c/",
    "https://a_b.c/d",
    "https://example.com/./x",
  ],
);
const span = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 3, arbitrary: mark },
  fc
    .tuple(fc.constantFrom("*", "**", "_", "__", "~~", "`", "``", "***"), word)
    .map(([run, text]) => run + text + run),
  fc
    .tuple(word, address, fc.constantFrom("", ' "Title"', ' "a > b"', " 'x'", ' ""'))
    .map(([text, url, title]) => `[${text}](${url}${title})`),
  fc.tuple(word, address).map(([text, url]) => `![${text}](${url})`),
);
const line = fc
  .array(fc.tuple(span, fc.constantFrom(" ", " ", "", ", ", "\n")), { maxLength: 8 })
  .map((spans) => spans.map(([text, gap]) => text + gap).join(""));
const start = fc.constantFrom(
  ...[
    "",
    "",
    "",
    "# ",
    "## ",
    "#",
    "> ",
    ">",
    "> > ",
    "> - ",
    "- ",
    "* ",
    "+ ",
    "-",
    "1. ",
    "2. ",
    "1) ",
    "10. ",
    "-   ",
    "1.",
  ],
  ...[
    "  ",
    "    ",
    "     ",
    "\t",
    "   - ",
    "  - ",
    "    - ",
    "  * ",
    "   1. ",
    "- - ",
    "- # ",
    "- > ",
    "- ```",
    "```",
    "```js",
    "~~~",
  ],
  ...[
    "```\n",
    "    \n",
    "---",
    "***",
    "* * *",
    "===",
    "| ",
    "|--|",
    ":-:",
    "<!-- more -->",
    "<!--more-->\n",
    "<div>",
    "[a]: ",
    "[^1]: ",
  ],
);
const end = fc.constantFrom(
  "\n",
  "\n",
  "\n\n",
  "\n\n",
  "\n\n\n",
  "  \n",
  "\n \n",
  "\n```\n",
  "\n~~~\n\n",
  " #\n",
  "",
);
const block = fc.tuple(start, line, end).map((parts) => parts.join(""));

describe("the short way and the whole one", () => {
  test("agree on everything that is plain", () => {
    let plain = 0;
    fc.assert(
      fc.property(fc.array(block, { maxLength: 7 }), (blocks) => {
        if (compare(legalize(blocks.join("")))) plain += 1;
      }),
      { numRuns: numRuns * 5 },
    );
    // Else this test would test nothing.
    expect(plain).toBeGreaterThan(numRuns / 5);
  });

  test("agree within a paragraph, a heading, a list and a quote", () => {
    let plain = 0;
    fc.assert(
      fc.property(fc.constantFrom("", "# ", "- ", "> ", "1. "), line, (before, text) => {
        if (compare(legalize(before + text))) plain += 1;
      }),
      { numRuns: numRuns * 5 },
    );
    expect(plain).toBeGreaterThan(numRuns / 5);
  });

  test("agree on strings of marks", () => {
    const soup = fc.string({ unit: fc.constantFrom(..."**__~~``[]()!<>&\\#-+=|:^ab1. \n\n"), maxLength: 24 });
    fc.assert(
      fc.property(soup, (text) => {
        compare(text);
      }),
      { numRuns: numRuns * 10 },
    );
  });

  test("agree whatever a site allows", () => {
    const allow = { a: ["class"], li: ["class"], video: ["src"], h2: ["tabindex"], input: ["type"] };
    expect(compare("## A\n\n- [b](https://example.com/) *c*\n\n```js\nd\n```", allow)).toBe(true);
  });
});

describe("what the short way takes for granted", () => {
  const md = new MarkdownIt();
  const { isPunctChar, isMdAsciiPunct, isWhiteSpace } = md.utils;

  test("the kinds of characters are markdown-it's", () => {
    for (let code = 0; code < 0x10000; code += 1) {
      const kind = classOfUnit(code);
      if (kind === 3) continue;
      const isMark = isMdAsciiPunct(code) || isPunctChar(String.fromCharCode(code));
      const real = isWhiteSpace(code) ? 0 : isMark ? 1 : 2;
      if (real !== kind) expect.fail(`U+${code.toString(16)} is ${real}, not ${kind}`);
    }
  });

  test("an address that it reads is one that neither markdown-it nor a URL parser writes differently", () => {
    const piece = fc.constantFrom(
      ...[
        "a",
        "b-c",
        "Z9",
        "..",
        ".",
        "%41",
        "%2e",
        "%",
        "~",
        "_",
        "-",
        "/",
        "//",
        "?",
        "#",
        "&",
        "=",
        "+",
        ",",
        ":",
        "@",
        "!",
        "$",
        "'",
      ],
      ...[
        "https://",
        "http://",
        "example.com",
        "1.2.3.4",
        "xn--a",
        "é",
        " ",
        "(",
        ")",
        "\\",
        "&amp;",
        ":443",
        "*",
      ],
    );
    const written = fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join(""));
    const whole = fc.oneof(
      written,
      written.map((path) => `https://example.com/${path}`),
    );
    fc.assert(
      fc.property(whole, fc.constantFrom("media" as const, "link" as const), (text, use) => {
        const found = readTarget(`(${text})`, 0, use, { base: () => base, references: [] });
        if (found?.end !== text.length + 2) return;
        const link = md.parseInline(`[x](${text})`, {})[0]?.children?.[0]?.attrGet("href");
        expect(new URL(link ?? "none:", base).href).toBe(found.url);
      }),
      { numRuns: numRuns * 5 },
    );
  });
});
