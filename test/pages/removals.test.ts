import { describe, expect, it } from "vitest";
import { findArticle } from "../../src/pages/find-article.ts";
import { learnLayout } from "../../src/pages/layout.ts";
import { parsePage } from "../../src/pages/page-tree.ts";
import { lettersIn, makePost, paragraphs, sentence } from "./layouts.ts";

const first = paragraphs(1, 2);
const second = paragraphs(10, 2);
const body = `${first}\n\n## Second part\n\n${second}`;
const [firstHtml, secondHtml] = [makePost("", first).html, makePost("", second).html];
const text = `${firstHtml}<h2>Second part</h2>${secondHtml}`;

function find(content: string, source = { title: "Of removals", body }): string {
  const page = `<html><body><header>The Quill</header><main><article><h1>Of removals</h1>${content}</article></main></body></html>`;
  return findArticle(parsePage(page), source).html;
}

describe("anchors beside headings go", () => {
  it.each([
    ["a sign inside", '<h2 id="p">Second part <a href="#p" class="anchor">#</a></h2>'],
    ["a sign in front", '<h2 id="p"><a href="#p">¶</a> Second part</h2>'],
    [
      "words for screen readers",
      '<h2 id="p">Second part<a class="header-anchor" href="#p" aria-label="Permalink">Link to this heading</a></h2>',
    ],
    ["words without a class", '<h2 id="p">Second part <a href="#p">Link to heading</a></h2>'],
    ["nothing but an icon", '<h2 id="p">Second part<a href="#p"><svg><path d="M0 0"/></svg></a></h2>'],
    [
      "beside the heading in a box",
      '<div class="wrap"><h2 id="p">Second part</h2><a href="#p"><span class="sr-only">Section titled Second part</span></a></div>',
    ],
  ])("%s", (_, heading) => {
    const found = find(`${firstHtml}${heading}${secondHtml}`);
    expect(lettersIn(found)).toBe(lettersIn(text));
    expect(found).not.toContain('href="#p"');
  });

  it("but a heading that is a link as a whole stays", () => {
    expect(find(`${firstHtml}<h2 id="p"><a href="#p">Second part</a></h2>${secondHtml}`)).toContain(
      '<a href="#p">Second part</a>',
    );
  });

  it("and links to other pages in headings stay", () => {
    expect(find(`${firstHtml}<h2>Second <a href="/x">part</a></h2>${secondHtml}`)).toContain(
      '<a href="/x">part</a>',
    );
  });
});

describe("what nobody reads goes", () => {
  it.each([
    ["scripts", "<script>track('words of a script')</script>"],
    ["styles", "<style>.words{color:red}</style>"],
    ["templates", "<template><p>words of a template</p></template>"],
    ["hidden elements", "<div hidden>words that are hidden</div>"],
    ["aria-hidden elements", '<span aria-hidden="true">words for eyes</span>'],
    ["elements without display", '<p style="color: red; display: none">words without display</p>'],
    ["text for screen readers", '<p class="visually-hidden">words for ears</p>'],
    ["buttons", "<button>Copy these words</button>"],
    ["form controls", "<select><option>words</option></select>"],
  ])("%s", (_, hidden) => {
    const found = find(`${firstHtml}${hidden}<h2>Second part</h2>${secondHtml}`);
    expect(lettersIn(found)).toBe(lettersIn(text));
    expect(found).not.toContain("words");
  });
});

describe("furniture inside of the text's element goes", () => {
  it.each([
    [
      "a share bar",
      "",
      '<div class="share"><a href="https://x.example/s">Post this</a><a href="https://y.example/s">Send it</a></div>',
    ],
    [
      "a share bar of icons",
      "",
      '<ul class="share"><li><a href="https://x.example/s"><svg></svg></a></li></ul>',
    ],
    ["a byline", '<p class="byline">By Ada Quill on 3 March</p>', ""],
    ["the reading time", "<p>5 min read</p>", ""],
    ["a date without a class", "<div><time>3 March 2026</time></div>", ""],
    ["related posts", "", '<div><h3>You may like</h3><ul><li><a href="/b">About ferries</a></li></ul></div>'],
    ["tags", "", '<p>Tags: <a href="/t/a">boats</a>, <a href="/t/b">sea</a></p>'],
    ["an author's box", "", "<div><img src='/ada.png'><p>Ada Quill lives near water and writes.</p></div>"],
    ["bare text", "Published by Ada Quill", "Thanks for reading"],
  ])("%s", (_, before, after) => {
    expect(lettersIn(find(`${before}${text}${after}`))).toBe(lettersIn(text));
  });

  it("a table of contents, in a box with a caption or bare", () => {
    const list =
      '<ul><li><a href="#a">First part</a><ul><li><a href="#b">Second part</a></li></ul></li></ul>';
    for (const contents of [
      list,
      `<div class="toc"><p>Contents</p>${list}</div>`,
      `<nav><h2>On this page</h2>${list}</nav>`,
      `<details><summary>Contents</summary>${list}</details>`,
    ])
      expect(lettersIn(find(contents + text))).toBe(lettersIn(text));
  });

  it("a table of contents that the source asks for", () => {
    const list = '<div class="toc"><ul><li><a href="#a">Second part</a></li></ul></div>';
    expect(lettersIn(find(list + text, { title: "", body: `[TOC]\n\n${body}` }))).toBe(lettersIn(text));
  });

  it("but a list of links that the author wrote stays", () => {
    const list =
      '<ul><li><a href="https://a.example/">A harbour</a></li><li><a href="https://b.example/#x">A kettle</a></li></ul>';
    const source = `${first}\n\n- [A harbour](https://a.example/)\n- [A kettle](https://b.example/#x)\n\n${second}`;
    expect(find(firstHtml + list + secondHtml, { title: "", body: source })).toContain(list);
  });
});

describe("code", () => {
  const code = 'const kettle = boil("water");\nreturn kettle;';
  const source = { title: "", body: `${first}\n\n\`\`\`js\n${code}\n\`\`\`\n\n${second}` };
  const expected = lettersIn(`${firstHtml}<pre>${code}</pre>${secondHtml}`);

  it.each([
    [
      "numbers in a column",
      `<table class="highlighttable"><tr><td class="linenos"><div class="linenodiv"><pre>1\n2</pre></div></td><td class="code"><div><pre><code>${code}</code></pre></div></td></tr></table>`,
    ],
    [
      "numbers in lines",
      `<pre><code>${code
        .split("\n")
        .map((line, at) => `<span class="line"><span class="ln">${at + 1}</span>${line}</span>\n`)
        .join("")}</code></pre>`,
    ],
    [
      "a label and a button",
      `<div class="language-js"><button class="copy">Copy</button><span class="lang">js</span><pre><code>${code}</code></pre></div>`,
    ],
    [
      "words cut by a highlighter",
      `<pre><code>${code.replace("kettle", "<span>ket</span><span>tle</span>")}</code></pre>`,
    ],
  ])("loses %s", (_, html) => {
    expect(lettersIn(find(firstHtml + html + secondHtml, source))).toBe(expected);
  });
});

describe("pitfalls", () => {
  it("a class whose name holds that of furniture does not drop a text", () => {
    const page = `<body><div class="nested-copy-line-height share-of-text"><article class="copyable-content metadata">${text}</article></div></body>`;
    expect(lettersIn(findArticle(parsePage(page), { body }).html)).toBe(lettersIn(text));
  });

  it("headings of one word stay although their anchors have more words", () => {
    const source = { title: "", body: `${first}\n\n## Setup\n\n${second}` };
    const html = `${firstHtml}<h2 id="s">Setup<a href="#s" class="hash-link">Direct link to this very heading</a></h2>${secondHtml}`;
    expect(find(html, source)).toContain("Setup</h2>");
  });

  it("a paragraph of nothing but an image stays, whatever a pipeline calls the file", () => {
    const source = { title: "", body: `${first}\n\n![A boat](./boat.png)\n\n${second}` };
    for (const address of [
      "/img/boat.png",
      "/_a/boat.3f9a1c2b.webp",
      "/boat_hu1234567890abcdef_800x0_resize.jpg",
      "/0f3c2a91bd.avif",
      "/boat-800x600.png",
    ])
      expect(find(`${firstHtml}<p><img src="${address}" alt=""></p>${secondHtml}`, source)).toContain(
        address,
      );
  });

  it("a long post's vocabulary does not make furniture its text", () => {
    const long = Array.from({ length: 60 }, (_, at) => sentence(at, 20)).join("\n\n");
    const advert = "<p>harbour lantern says kettle orchard sentence glacier pebble</p>";
    const html = makePost("", long).html;
    expect(lettersIn(find(html + advert, { title: "", body: long }))).toBe(lettersIn(html));
  });

  it("an excerpt elsewhere on the page is not taken for the text", () => {
    const page = `<body><div class="hero"><p>${sentence(1)}</p></div><main><div class="text">${text}</div></main><aside><p>${sentence(501)}</p></aside></body>`;
    expect(lettersIn(findArticle(parsePage(page), { body }).html)).toBe(lettersIn(text));
  });

  it("a standfirst that repeats a short post's opening goes once the layout is known", () => {
    const posts = Array.from({ length: 6 }, (_, at) => {
      const source = {
        title: `Post ${at}`,
        body: `${sentence(at * 3)} ${sentence(at * 3 + 1)}\n\n${sentence(at * 3 + 2)}`,
      };
      const html = makePost("", source.body).html;
      const page = parsePage(
        `<body><article><h1>Post ${at}</h1><p class="lead">${sentence(at * 3)}</p>${html}</article></body>`,
      );
      return { page, source, html };
    });
    const layout = learnLayout(posts);
    for (const { page, source, html } of posts)
      expect(lettersIn(findArticle(page, source, layout).html)).toBe(lettersIn(html));
  });

  it("a list that was never closed does not keep what is around the text", () => {
    const page = `<body><div class="post"><li><a href="#x">First part</a><div class="text">${text}</div><p>Thanks for reading it all</p></div></body>`;
    expect(lettersIn(findArticle(parsePage(page), { body }).html)).toBe(lettersIn(text));
  });

  it.each([
    "<p>Thu 05 August 2021</p>",
    "Thu 05 August 2021",
    "<p>By Ada Quill</p>",
    "<p><a href='/a'>Older</a> <a href='/b'>Newer</a></p>",
  ])("a line beside a component at the edge is not the component's: %s", (line) => {
    const box = '<div class="box"><p>What the component wrote</p></div>';
    for (const [source, html] of [
      [`<Box />\n\n${body}`, `${line}${box}${text}`],
      [`${body}\n\n<Box />`, `${text}${box}${line}`],
    ] as const)
      expect(lettersIn(find(html, { title: "Of removals", body: source }))).toBe(
        lettersIn(html.replace(line, "")),
      );
  });

  it("a text that begins with other words, or lacks its own first ones, is not taken for certain", () => {
    const frayed = [
      [body, `<p>And more: ${sentence(1)} ${sentence(501)}</p>${text.slice(text.indexOf("<p>", 3))}`],
      [`${sentence(900)}\n\n${body}`, text],
    ] as const;
    for (const [source, html] of frayed) {
      const page = parsePage(`<body><main><div class="post-content">${html}</div></main></body>`);
      const article = findArticle(page, { body: source });
      expect(article.confidence).toBeLessThan(0.9);
      expect(article.doubts.join()).toContain("begin");
    }
    const whole = parsePage(`<body><main><div class="post-content">${text}</div></main></body>`);
    expect(findArticle(whole, { body }).confidence).toBeGreaterThanOrEqual(0.9);
  });

  it("a text in the page's only form is found", () => {
    const page = `<body><form id="all"><div id="head">The Quill</div><div id="main">${text}</div></form></body>`;
    expect(lettersIn(findArticle(parsePage(page), { body }).html)).toBe(lettersIn(text));
  });

  it("tags that indented code shows are expected, not taken for markup", () => {
    const source = `${first}\n\n    <div class="kettle">\n    <p>boil</p>\n\n${second}`;
    const html = makePost("", source).html;
    expect(lettersIn(find(html, { title: "", body: source }))).toBe(lettersIn(html));
  });
});
