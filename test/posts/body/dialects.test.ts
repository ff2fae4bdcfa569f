import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MarkdownExtension } from "../../../src/model/config.ts";
import { findingsOf, htmlOf, renderBody } from "./bodies.ts";

const numRuns = Number(process.env.FC_RUNS ?? 200);
type Case = readonly [extensions: readonly MarkdownExtension[], text: string, html: string];

describe("what is never meant as text", () => {
  test.each<Case>([
    [[], ":::note\n\nA *b*.\n\n:::", "<aside>\n<p><strong>Note</strong></p>\n<p>A <em>b</em>.</p>\n</aside>"],
    [
      [],
      "::: tip Take *care*\nA.\n:::",
      "<aside>\n<p><strong>Take <em>care</em></strong></p>\n<p>A.</p>\n</aside>",
    ],
    [[], ":::tip[Look]{.x}\nA.\n:::", "<aside>\n<p><strong>Look</strong></p>\n<p>A.</p>\n</aside>"],
    [[], "::: details More\nA.\n:::", "<details><summary>More</summary>\n<p>A.</p>\n</details>"],
    [[], "a\n:::\nb", "<p>a</p>\n<p>b</p>"],
    [
      [],
      "- a\n\n  :::note\n  b\n  :::\n",
      "<ul>\n<li>\n<p>a</p>\n<aside>\n<p><strong>Note</strong></p>\n<p>b</p>\n</aside>\n</li>\n</ul>",
    ],
    [[], "> [!NOTE]\n> A.", "<blockquote>\n<p><strong>Note</strong></p>\n<p>A.</p>\n</blockquote>"],
    [
      [],
      "> [!tip]- Look *here*\n> A.",
      "<blockquote>\n<p><strong>Look <em>here</em></strong></p>\n<p>A.</p>\n</blockquote>",
    ],
    [[], "> [!faq]\n\na", "<blockquote>\n<p><strong>Faq</strong></p>\n</blockquote>\n<p>a</p>"],
    [
      [],
      "A.\n{: .x #y }\n\nB `c`{:.d} *e*{.f} [g](/h){target=_blank}.",
      '<p>A.</p>\n<p>B <code>c</code> <em>e</em> <a href="https://example.org/h">g</a>.</p>',
    ],
    [
      [],
      "## A {#b .c}\n\n## D\n{: #e}\n\n## F {g}",
      '<h2 id="b">A</h2>\n<h2 id="e">D</h2>\n<h2 id="f-g">F {g}</h2>',
    ],
    [[], "## A\n\n## B {#a}", '<h2 id="a">A</h2>\n<h2 id="a-1">B</h2>'],
    [[], "A\n{.b}", "<p>A</p>"],
    [[], "* Contents\n{:toc}\n\n[[toc]]\n\nA", "<p></p>\n<p>A</p>"],
    [
      [],
      "[[target]] [[Gone]] [[target|a *b*]]",
      '<p><a href="https://example.org/target/">target</a> [[Gone]] <a href="https://example.org/target/">a *b*</a></p>',
    ],
  ])("%j %j", async (extensions, text, html) => expect(await htmlOf(text, { extensions })).toBe(html));

  test.each(["a {b} c", "x {:-) y", "a :: b", "std::string", "==a==", "A\n: b", "a ^b", "{} {1}"])(
    "is text: %j",
    async (text) => {
      expect((await htmlOf(text)).replace(/<[^>]*>/g, "")).toBe(text);
    },
  );
});

describe("what the site says", () => {
  test.each<Case>([
    [["mark"], "a ==b== c", "<p>a <mark>b</mark> c</p>"],
    [["definition-lists"], "A\n: B", "<dl>\n<dt>A</dt>\n<dd>B</dd>\n</dl>"],
    [["breaks"], "a\nb", "<p>a<br>\nb</p>"],
    [["kramdown"], '<div markdown="1">\nA *b*\n</div>\n\n^', "<div>\n<p>A <em>b</em></p>\n</div>"],
    [["kramdown"], "A HTML.\n\n*[HTML]: Markup", '<p>A <abbr title="Markup">HTML</abbr>.</p>'],
    [
      ["wiki-links"],
      "[[target#A b|c]] [[Gone|d]] [[#A b]]",
      '<p><a href="https://example.org/target/#A%20b">c</a> d <a href="https://example.org/hello/#a-b">A b</a></p>',
    ],
    [
      ["wiki-links"],
      "![[a b.png|300]] ![[target]] x ^y",
      '<p><img src="https://example.org/hello/a%20b.png" alt="a b" width="300">  x</p>',
    ],
    [["wiki-links"], "a %%b%% c", "<p>a  c</p>"],
    [["mdc"], '::box{a="b"}\nA.\n\n#slot\nB :badge[c]{d="e"} [f]{.g}.\n::', "<p>A.</p>\n<p>B c f.</p>"],
    [["mdc"], ":::card\n---\nicon: x\n---\nA.\n:::", "<aside>\n<p>A.</p>\n</aside>"],
    [
      ["mdx"],
      'import A from "a";\n\n<A>b *c*</A> {"d"}{/* e */}{frontMatter.guest}',
      "<p>b <em>c</em> dAnn</p>",
    ],
    [["mdx"], '<div className="x">\n  A *b*\n</div>', "<div>\n<p>A <em>b</em></p>\n</div>"],
    [
      ["mdx"],
      "<details>\n<summary>A *b*</summary>\n\nC\n\n</details>",
      "<details>\n<summary>A <em>b</em></summary>\n<p>C</p>\n</details>",
    ],
    [["mdx"], '<p style={{ color: "red" }}>a</p> \\{b\\} \\<c\\>', "<p>a</p>"],
    [
      ["mdx"],
      '<img src={require("./a.png").default} width={3} />',
      '<p><img src="https://example.org/hello/a.png" width="3"></p>',
    ],
    [["mdx"], '<Image src="/a.png" alt="b" />', '<p><img src="https://example.org/a.png" alt="b"></p>'],
    [["mdx"], "## End {#end}\n\n<!-- a\n\nb -->", '<h2 id="end">End</h2>'],
  ])("%j %j", async (extensions, text, html) => {
    const got = await htmlOf(text, { extensions }, { extra: { guest: "Ann" } });
    if (html === "<p>a</p>") expect(got).toContain("{b} &lt;c&gt;");
    else expect(got).toBe(html);
  });

  test("the braces of a formula are its own", async () => {
    const extensions: readonly MarkdownExtension[] = ["mdx"];
    const text = "$\\hat{b}$ and\n\n$$\nx_{i} = \\frac{1}{2}\n$$\n\ncosts $5, {x} costs $6";
    expect(await htmlOf(text, { extensions })).toBe(
      "<p>$\\hat{b}$ and</p>\n<p>$$\nx_{i} = \\frac{1}{2}\n$$</p>\n<p>costs $5,  costs $6</p>",
    );
  });

  test("text in braces, comments and imports are no loss", async () => {
    expect(await findingsOf('import a from "b";\n\n{"c"} {/* d */}', { extensions: ["mdx"] })).toEqual([]);
  });
});

describe("links to posts by file", () => {
  test.each([
    ["[a](target.md#b)", "https://example.org/target/#b"],
    ["[a](./target.md)", "https://example.org/target/"],
    ["[a](../bundle/index.mdx)", "https://example.org/bundle/"],
    ["[a](/2026/target.md)", "https://example.org/target/"],
    ["[a](/posts/2026/target.md)", "https://example.org/target/"],
    ["[a](2026/target.md)", "https://example.org/target/"],
    ["[a](other%20post.md)", "https://example.org/other/"],
    ["[a](@/2026/target.md)", "https://example.org/target/"],
    ["[a]({filename}target.md)", "https://example.org/target/"],
    ["[a]({filename}/2026/target.md)", "https://example.org/target/"],
    ["[a](|filename|target.md)", "https://example.org/target/"],
    ['<a href="target.md">a</a>', "https://example.org/target/"],
    ["[a][b]\n\n[b]: target.md", "https://example.org/target/"],
    ["[a](https://example.com/target.md)", "https://example.com/target.md"],
  ])("%s", async (text, url) => {
    expect(await htmlOf(text)).toBe(`<p><a href="${url}">a</a></p>`.replace("<p><a href", "<p><a href"));
    expect(await findingsOf(text)).toEqual([]);
  });

  test("one that is not there is reported, and stays", async () => {
    expect(await htmlOf("[a](gone.md)")).toBe('<p><a href="https://example.org/hello/gone.md">a</a></p>');
    expect(await findingsOf("[a](gone.md)")).toEqual([
      'post/link-missing: The text links to the post "gone.md", which is not there',
    ]);
  });

  test("what was asked is told", async () => {
    expect((await renderBody("[a](target.md)")).lookups).toEqual([
      { ask: "urlOf", about: "2026/target.md", answer: "https://example.org/target/" },
    ]);
  });
});

describe("a first heading", () => {
  test("that is the title leaves the text", async () => {
    expect(await htmlOf("\n# A *b*\n\nC", {}, { title: "A b", titleSource: "heading" })).toBe("<p>C</p>");
    expect(await htmlOf("A\n===\nC", {}, { title: "A", titleSource: "heading" })).toBe("<p>C</p>");
  });

  test("that repeats the title stays, with a hint", async () => {
    expect(await htmlOf("# Hello\n\nC")).toContain("<h1");
    expect(await findingsOf("# Hello\n\nC")).toEqual([
      "post/title-repeated: The text begins with the title once more",
    ]);
    expect(await findingsOf("# Other\n\nC")).toEqual([]);
  });
});

test("references to one long address are refused", async () => {
  const text = `${"[a][b]\n".repeat(50_000)}\n[b]: https://example.org/${"x".repeat(1000)}`;
  expect((await findingsOf(text)).join()).toContain("post/too-large");
});

const all: readonly MarkdownExtension[] = [
  "callouts",
  "containers",
  "definition-lists",
  "kramdown",
  "mark",
  "mdc",
  "wiki-links",
];
const pieces = fc.constantFrom(
  ...':::note|:::|::|::a[b]{c}|\n|\n\n|> [!NOTE]|> |{: .x}|{#y}|{|}|## a|: b|==|[[a|]]|![[b.png]]|*|`|- |<div markdown="1">|</div>|^|\\'.split(
    "|",
  ),
);

test("any mixture renders in any dialect", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(pieces), fc.subarray([...all]), async (parts, extensions) => {
      const found = await findingsOf(parts.join(""), { extensions });
      expect(found.filter((one) => one.startsWith("post/render-failed"))).toEqual([]);
    }),
    { numRuns },
  );
});

test.each([
  "# a\n",
  "- [x] a\n",
  "{/*",
  '\\"{"',
  ":::note\n",
  ":::\n",
  "[[a",
  "![[",
  "==",
  "> [!a]\n",
  "{#a",
  "*a*{.b",
  ": a\n",
  "[a]{",
  ":a[",
  "<div>\n",
  "<a {",
  "<A ",
  "import {\n",
  "$$",
  "$a{",
  "$$ ",
])(
  "takes time as it is long: %j",
  async (part) => {
    for (const extensions of [all, ["mdx"]] as const) {
      const started = performance.now();
      await htmlOf(part.repeat(20_000), { extensions });
      expect(performance.now() - started).toBeLessThan(20_000);
    }
  },
  60_000,
);
