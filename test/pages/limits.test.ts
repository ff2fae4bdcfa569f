import { describe, expect, it } from "vitest";
import { findArticle } from "../../src/pages/find-article.ts";
import { learnLayout } from "../../src/pages/layout.ts";
import { readPageFacts } from "../../src/pages/page-facts.ts";
import { parsePage, serializeNodes } from "../../src/pages/page-tree.ts";
import { tidyArticle } from "../../src/pages/tidy-article.ts";
import { makePost, paragraphs, sentence } from "./layouts.ts";

const text = paragraphs(1, 3);
const source = { title: "Deep", body: text };
const html = makePost("", text).html;

describe("deep pages", () => {
  it.each(["div", "span", "b", "table", "ul", "font", "svg", "pre", "noscript", "section"])(
    "of 200,000 nested <%s> are read",
    (name) => {
      const page = parsePage(`${`<${name}>`.repeat(200_000)}${html}`);
      expect(serializeNodes(page.body)).toContain("Sentence 1 says");
      const article = findArticle(page, source, learnLayout([{ page, source }]));
      tidyArticle(article.html);
      readPageFacts(page);
    },
  );

  it("keep their text in order where end tags are there as well", () => {
    const page = parsePage(
      `${"<div>".repeat(2000)}${html}${"</div>".repeat(2000)}<footer>After all</footer>`,
    );
    expect(findArticle(page, source).html).toContain("Sentence 1 says");
    expect(page.body.children).toHaveLength(2);
  });

  it("do not grow by formatting that is never closed", () => {
    const open = Array.from({ length: 3000 }, (_, at) => `<font id="f${at}">`).join("");
    const page = parsePage(`${open}${"<p>a".repeat(3000)}`);
    expect(serializeNodes(page.body).length).toBeLessThan(3_000_000);
  });

  it("that are longer than what is read are never taken for certain", () => {
    const page = parsePage(`<article>${html}</article>${" ".repeat(16_000_000)}`);
    expect(page.complete).toBe(false);
    expect(findArticle(page, source)).toMatchObject({ confidence: 0 });
  });
});

describe("charsets", () => {
  it.each([
    ["UTF-8 without a word", new TextEncoder().encode("<p>Hafengebühr")],
    ["UTF-8 with a mark", new TextEncoder().encode("\ufeff<p>Hafengebühr")],
    ["Latin-1 by its meta", Buffer.from('<meta charset="iso-8859-1"><p>Hafengebühr', "latin1")],
    [
      "Latin-1 by the older meta",
      Buffer.from(
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><p>Hafengebühr',
        "latin1",
      ),
    ],
    ["UTF-16 with a mark", Buffer.from("\ufeff<p>Hafengebühr", "utf16le")],
    ["an unknown one", Buffer.from('<meta charset="klingon"><p>Hafengebühr')],
  ])("%s", (_, bytes) => {
    expect(serializeNodes(parsePage(bytes).body)).toContain("Hafengebühr");
  });
});

/** The processor time of a run, in milliseconds: what else the machine does hardly counts. */
function timeOf(run: () => void): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

describe("time grows as the input does", () => {
  const distinct = (length: number): string => {
    let body = "";
    for (let at = 0; body.length < length; at += 1) body += `${sentence(at)} ${at}\n\n`;
    return body;
  };
  const inputs: Readonly<Record<string, (length: number) => { html: string; body: string }>> = {
    "an ordinary post": (length) => ({ body: distinct(length), html: makePost("", distinct(length)).html }),
    "one word again and again": (length) => ({
      body: "kettle ".repeat(length / 7),
      html: `<p>${"kettle ".repeat(length / 7)}</p>`,
    }),
    "two words in turn": (length) => ({
      body: "kettle harbour ".repeat(length / 15),
      html: "<p>kettle harbour kettle</p>".repeat(length / 28),
    }),
    "another text": (length) => ({
      body: distinct(length),
      html: `<p>${sentence(1)}</p>${"<div>Other things, told in other words</div>".repeat(length / 44)}`,
    }),
    "links to headings": (length) => ({
      body: text,
      html: html + '<ul><li><a href="#x">A part</a></li></ul>'.repeat(length / 42),
    }),
    "boxes in boxes": (length) => ({
      body: text,
      html: `${"<div>".repeat(length / 10)}${html}${"<p>x</p>".repeat(length / 20)}`,
    }),
    "headings with anchors": (length) => ({
      body: text,
      html: html + '<h2 id="x">Part <a href="#x">#</a></h2>'.repeat(length / 40),
    }),
    "code tools": (length) => ({
      body: text,
      html: html + '<div class="toolbar"><pre>a</pre><span class="lang">js</span></div>'.repeat(length / 64),
    }),
    "late images": (length) => ({
      body: text,
      html: html + '<img data-src="/a.png"><noscript><img src="/a.png"></noscript>'.repeat(length / 62),
    }),
    "open brackets": (length) => ({ body: "[](![<a {{{%`$<!--".repeat(length / 19), html }),
    "open quotes": (length) => ({ body: "<a b=\"c' ".repeat(length / 9), html }),
    "open fences": (length) => ({ body: "~~~~\n````\n".repeat(length / 10), html }),
    "open comments": (length) => ({ body: "<!-- a\n\n".repeat(length / 8), html }),
    attributes: (length) => ({
      body: text,
      html: `${html}<p ${Array.from({ length: length / 8 }, (_, at) => `a${at}=""`).join(" ")}>`,
    }),
  };

  it.each(Object.keys(inputs))(
    "%s",
    (name) => {
      const run = (length: number) => {
        const input = (inputs[name] as (length: number) => { html: string; body: string })(length);
        return timeOf(() => {
          const page = parsePage(`<body><main><h1>T</h1>${input.html}</main><footer>End</footer></body>`);
          const article = findArticle(page, { title: "T", body: input.body });
          tidyArticle(article.html);
          tidyArticle(input.html);
        });
      };
      run(10_000);
      const small = run(100_000);
      const large = run(1_000_000);
      expect(large).toBeLessThan(Math.max(60, small) * 40);
    },
    60_000,
  );
});
