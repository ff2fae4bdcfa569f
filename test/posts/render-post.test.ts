// In come posts in Markdown, HTML and MDX; out must go content that any feed can carry, and never an exception.
import fc from "fast-check";
import type MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import type { Config } from "../../src/model/config.ts";
import type { Post } from "../../src/model/post.ts";
import { type RenderedPost, renderPost } from "../../src/posts/render-post.ts";
import { makeConfig, makePost } from "./post-fixture.ts";

const plain = makeConfig();

function render(text: string, changes: Partial<Post> = {}, config: Config = plain): Promise<RenderedPost> {
  return renderPost(makePost(changes), { text, line: 5 }, config);
}
async function htmlOf(text: string, changes: Partial<Post> = {}, config?: Config): Promise<string> {
  return (await render(text, changes, config)).content.html;
}

describe("Markdown", () => {
  test.each([
    ["*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <s>c</s> <code>d</code></p>"],
    [
      "| a |\n|--:|\n| 1 |",
      '<table>\n<thead>\n<tr>\n<th align="right">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td align="right">1</td>\n</tr>\n</tbody>\n</table>',
    ],
    ["- [ ] a\n- [x] b", "<ul>\n<li>\u2610 a</li>\n<li>\u2611 b</li>\n</ul>"],
    ["```ts\na < b\n```", '<pre><code class="language-ts">a &lt; b\n</code></pre>'],
    [
      "## Été à Paris, مرحبا\n\n## Été à Paris, مرحبا",
      '<h2 id="été-à-paris-مرحبا">Été à Paris, مرحبا</h2>\n<h2 id="été-à-paris-مرحبا-1">Été à Paris, مرحبا</h2>',
    ],
    ["## !!!", '<h2 id="section">!!!</h2>'],
    ["https://example.org", "<p>https://example.org</p>"],
    ["a <b>b</b> <span style='x'>c</span>", "<p>a <b>b</b> <span>c</span></p>"],
    ["[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"],
    ["![a](my%20photo.jpg)", '<p><img src="https://example.org/hello/my%20photo.jpg" alt="a"></p>'],
  ])("%s", async (text, html) => expect(await htmlOf(text)).toBe(html));

  test("F42: fragment links lead to the permalink", async () => {
    expect(await htmlOf("[x](#part)")).toBe('<p><a href="https://example.org/hello/#part">x</a></p>');
  });

  test("footnote ids differ between posts, stay between builds, and every link to them has its target", async () => {
    const text = "a[^1] b[^n] c[^1]\n\n[^1]: One\n[^n]: Two";
    const ids = new Set<string>();
    for (const file of ["a.md", "b.md"]) {
      const html = await htmlOf(text, { file });
      expect(await htmlOf(text, { file })).toBe(html);
      const here = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1] ?? "");
      expect(here.length).toBe(5);
      for (const [, target] of html.matchAll(/href="https:\/\/example\.org\/hello\/#([^"]+)"/g))
        expect(here).toContain(target);
      for (const id of here) {
        expect(ids).not.toContain(id);
        ids.add(id);
      }
    }
  });

  test("plug-ins of the site are used, and a site's own renderer replaces everything but the cleaning", async () => {
    const shout = (md: MarkdownIt, mark: string): void => {
      md.core.ruler.push("shout", (state) => {
        for (const token of state.tokens) for (const child of token.children ?? []) child.content += mark;
      });
    };
    const plugins = [[shout, "!"]] as unknown as Config["markdown"]["plugins"];
    expect(await htmlOf("Hi", {}, makeConfig("/nowhere", { markdown: { plugins } }))).toBe("<p>Hi!</p>");
    const own = makeConfig("/nowhere", {
      markdown: { render: (body, { data }) => `<p>${body} ${String(data.x)}</p><script>1</script>` },
    });
    expect(await htmlOf("Hi", { extra: { x: 7 } }, own)).toBe("<p>Hi 7</p>");
  });

  test.each<[string, () => unknown]>([
    [
      "throws",
      () => {
        throw new Error("no such shortcode");
      },
    ],
    ["returns a promise", () => Promise.resolve("<p>")],
    ["returns nothing", () => undefined],
  ])("F45: a renderer that %s makes an error, not a crash", async (_, own) => {
    const config = makeConfig("/nowhere", { markdown: { render: own as () => string } });
    const { diagnostics, content } = await render("Hi", {}, config);
    expect(diagnostics.map(({ code, severity, file }) => [code, severity, file])).toEqual([
      ["post/render-failed", "error", "posts/2026/hello.md"],
    ]);
    expect(content.html).toBe("");
  });
});

describe("F23: hostile repetition is bounded", () => {
  const nestedList = Array.from({ length: 1500 }, (_, depth) => `${"  ".repeat(depth)}- a\n`).join("");
  test.each([
    [">".repeat(20_000), true],
    ["> ".repeat(20_000), true],
    [nestedList, true],
    [`${"- ".repeat(5000)}x`, true],
    ["[".repeat(20_000), false],
    ["*a_ ".repeat(20_000), false],
    ["![".repeat(20_000), false],
    ["^[".repeat(20_000), false],
    ["<!-- ".repeat(20_000), false],
    ["`a ``b ".repeat(10_000), false],
    ["|a".repeat(5000), false],
  ])("%#", async (text, tooDeep) => {
    const started = performance.now();
    const { diagnostics } = await render(text);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(diagnostics.some(({ code }) => code === "post/too-nested")).toBe(tooDeep);
  });

  test("forty levels are nothing unusual", async () => {
    const { diagnostics, content } = await render(`${"> ".repeat(40)}deep`);
    expect(diagnostics).toEqual([]);
    expect(content.html).toContain("deep");
  });
});

describe("what no feed can carry", () => {
  test("rule 3, F35: an illegal character is left out, with a warning at its place", async () => {
    const { content, diagnostics } = await render("one\n\ntw\u0008o \ufffe");
    expect(content.html).toBe("<p>one</p>\n<p>two</p>");
    expect(diagnostics).toMatchObject([
      {
        code: "post/illegal-character",
        severity: "warning",
        file: "posts/2026/hello.md",
        line: 7,
        column: 3,
      },
    ]);
    expect(diagnostics[0]?.message).toContain("U+0008");
  });

  test("F36: a lone surrogate is U+FFFD in text and summary", async () => {
    const { content } = await render("a\ud800b");
    expect(content).toMatchObject({ html: "<p>a\ufffdb</p>", summary: "a\ufffdb" });
  });

  test("F33: no number of ]]> reaches the content", async () => {
    const { content } = await render(
      ']]> ]]>\n\n```\n//]]>\n```\n\n[x](https://a.example/]]>?]]>#]]> "]]>")',
    );
    expect(content.html).not.toContain("]]>");
    expect(content.summary).toContain("]]>");
  });

  test("F48: scripts are left out with one warning that names them and where the first stands", async () => {
    const { content, diagnostics } = await render(
      'Hi\n\n<script>alert(1)</script>\n\n<img src="x.png" onerror="y">',
    );
    expect(content.html).toBe('<p>Hi</p>\n\n<img src="https://example.org/hello/x.png">');
    expect(diagnostics).toMatchObject([{ code: "post/unsafe-html", line: 7, column: 1 }]);
    expect(diagnostics[0]?.message).toContain("<script>, the attribute onerror");
  });
});

describe("HTML posts", () => {
  test("a whole document gives its body's content", async () => {
    const text =
      "<!doctype html><html><head><title>T</title></head><body><h1>A</h1><p>b &copy;</body></html>";
    expect(await htmlOf(text, { markup: "html" })).toBe("<h1>A</h1><p>b ©</p>");
  });
  test("Markdown in it stays as written", async () => {
    expect(await htmlOf("<p>*a*</p>", { markup: "html" })).toBe("<p>*a*</p>");
  });
});

describe("MDX posts", () => {
  const mdx = (text: string): Promise<RenderedPost> => render(text, { markup: "mdx" });

  test("imports, exports and expressions are left out, components become their text, and one warning says so", async () => {
    const { content, diagnostics } = await mdx(
      'import { Chart } from "./chart.js"\nimport x from "y"\n\nexport const meta = {\n  a: "}",\n\n  b: 1,\n}\n\n# Hi {props.name}\n\n<Chart data={[1, 2, {a: ">"}]} title="a > b">Sales *rose*</Chart>\n\n{/* a comment */}\n\nEnd <Foo.Bar /> here.',
    );
    expect(content.html).toBe('<h1 id="hi">Hi</h1>\n<p>Sales <em>rose</em></p>\n<p>End  here.</p>');
    expect(diagnostics).toMatchObject([{ code: "post/mdx-left-out", severity: "warning", line: 14 }]);
    expect(diagnostics[0]?.message).toContain("{\u2026} (line 14), <Chart> (line 16), <Foo.Bar> (line 20)");
  });

  test("code is not touched", async () => {
    const text = "```js\nimport a from 'b'\nconst x = {a}\n```\n\n`{x}` and ``<A> ` {y}``\n\n~~~\n<B/>\n~~~";
    const { content, diagnostics } = await mdx(text);
    expect(diagnostics).toEqual([]);
    expect(content.html).toContain("import a from 'b'\nconst x = {a}");
    expect(content.html).toContain("<code>{x}</code> and <code>&lt;A&gt; ` {y}</code>");
    expect(content.html).toContain("&lt;B/&gt;");
  });

  test("prose that begins with import or export stays; escaped braces stay; HTML stays", async () => {
    const { content, diagnostics } = await mdx(
      "import taxes rose\n\nexport figures fell by \\{5\\}\n\n<b>x</b>",
    );
    expect(content.html).toBe("<p>import taxes rose</p>\n<p>export figures fell by {5}</p>\n<p><b>x</b></p>");
    expect(diagnostics).toEqual([]);
  });

  test("a brace without its end is an error at its line", async () => {
    const { diagnostics } = await mdx("a\n\nb {c\n\nd");
    expect(diagnostics).toMatchObject([
      { code: "post/mdx-unclosed", severity: "error", line: 7 },
      { code: "post/mdx-left-out" },
    ]);
  });

  test("F23: hostile repetition is bounded", async () => {
    for (const part of [
      "{",
      "{}",
      "<A",
      "<A>",
      "`",
      "{'",
      "{/*",
      "import {",
      "export const a = \n",
      "```\n",
      "<A b={",
    ]) {
      const started = performance.now();
      await mdx(part.repeat(20_000));
      expect(performance.now() - started).toBeLessThan(10_000);
    }
  });
});

describe("what a post adds", () => {
  test("a correction stands at the end, as text", async () => {
    expect(await htmlOf("Hi", { correction: "Not <5> & 6" })).toBe(
      "<p>Hi</p>\n<aside><p>Not &lt;5&gt; &amp; 6</p></aside>",
    );
  });
  test("the Markdown source goes along only where the configuration asks", async () => {
    expect((await render("\n*a*\n")).content.markdown).toBeUndefined();
    const asking = makeConfig("/nowhere", { feeds: { sourceMarkdown: true } });
    expect((await render("\n*a*\n", {}, asking)).content.markdown).toBe("*a*");
  });
});

test("F45: no body makes rendering throw, and what comes out is well-formed text", async () => {
  const words = fc.constantFrom(
    "# ",
    "- ",
    "> ",
    "```\n",
    "`",
    "*",
    "_",
    "[a]",
    "(b)",
    "[^1]",
    "[^1]: x\n",
    "<b>",
    "</b>",
    "<script>",
    "{",
    "}",
    "<A>",
    "import a from 'b'\n",
    "\n",
    "\n\n",
    "    ",
    "|",
    "|-|\n",
    "&amp;",
    "![",
    "](",
    ")",
    "\ud800",
    "\u0000",
    "\u202e",
    "<!--more-->",
    "~~",
  );
  const text = fc.array(fc.oneof(words, fc.string({ unit: "binary", maxLength: 5 })), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom("markdown", "html", "mdx"), async (parts, markup) => {
      const { content } = await render(parts.join(""), { markup });
      expect(content.html + content.summary).not.toMatch(/[\0-\x08\x0b-\x1f\ufffe\uffff]|\p{Surrogate}/u);
      expect(content.html).not.toMatch(/<script|javascript:|\son\w+="/i);
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 200) },
  );
});
