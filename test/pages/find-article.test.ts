import { describe, expect, it } from "vitest";
import { type Article, type ArticleOptions, findArticle } from "../../src/pages/find-article.ts";
import { type Layout, learnLayout } from "../../src/pages/layout.ts";
import { parsePage } from "../../src/pages/page-tree.ts";
import { layouts, lettersIn, makePost, paragraphs, sentence, type TestPost } from "./layouts.ts";

const posts: readonly TestPost[] = [
  makePost("Of harbours", `${paragraphs(1, 3)}\n\n## A heading\n\n${paragraphs(10, 2)}`),
  makePost(
    "A list of things",
    `${sentence(20)}\n\n- ${sentence(21)}\n- ${sentence(22)}\n- one\n\n${sentence(23)}`,
  ),
  makePost(
    "Code first",
    `\`\`\`js\nconst kettle = require("kettle");\nif (kettle > 3) boil();\n\`\`\`\n\n${paragraphs(30, 2)}`,
  ),
  makePost("Short", sentence(40)),
  makePost(
    "Table",
    `${sentence(50)}\n\n| a | b |\n|---|---|\n| ${sentence(51)} | 12 |\n| two | 13 |\n\n${sentence(52)}`,
  ),
  makePost(
    "Pictures",
    `${sentence(60)}\n\n![A boat](/img/boat.png)\n\n${sentence(61)}\n\n![Last](/img/last.png)`,
  ),
  makePost(
    "Quotes & entities",
    `> ${sentence(70)}\n\nFish &amp; chips cost 5 &lt; 6. ${sentence(71)}\n\n**Bold**ly said, *so* it is.`,
  ),
  makePost(
    "日本の港",
    "港は古い町にあります。船は毎朝ここから出ます。\n\n灯台の光は遠くまで届く。\n\n- 船\n- 港",
  ),
  makePost(
    "Порты",
    "Старый порт стоит у моря. Утром отсюда уходит паром.\n\nМаяк виден издалека, и чайник кипит.",
  ),
  makePost("Long", Array.from({ length: 40 }, (_, at) => sentence(100 + at, 20)).join("\n\n")),
];

function findIn(
  layout: keyof typeof layouts,
  post: TestPost,
  content = post.html,
  learned?: Layout,
  options?: ArticleOptions,
): Article {
  const make = layouts[layout] as (post: TestPost, content: string) => string;
  return findArticle(parsePage(make(post, content)), post, learned, options);
}

describe.each(Object.keys(layouts))("in a layout with %s", (layout) => {
  const make = layouts[layout] as (post: TestPost, content: string) => string;
  const learned = learnLayout(
    posts.map((post) => ({ page: parsePage(make(post, post.html)), source: post })),
  );

  it.each(posts)("the text of “$title” is found, no more and no less, with the layout learned", (post) => {
    const article = findIn(layout, post, post.html, learned);
    expect(lettersIn(article.html)).toBe(lettersIn(post.html));
    expect(article.confidence).toBeGreaterThan(0.5);
  });

  it.each(posts)("the text of “$title” is found in the page alone", (post) => {
    expect(lettersIn(findIn(layout, post).html)).toBe(lettersIn(post.html));
  });

  it("is certain of an ordinary post", () => {
    expect(findIn(layout, posts[0] as TestPost, undefined, learned).confidence).toBeGreaterThanOrEqual(0.9);
  });

  it("can be kept as JSON between builds", () => {
    const restored = JSON.parse(JSON.stringify(learned)) as Layout;
    for (const post of posts)
      expect(findIn(layout, post, post.html, restored)).toEqual(findIn(layout, post, post.html, learned));
  });
});

describe("what templates show", () => {
  const start = `${paragraphs(200, 2)}\n\n`;
  const end = `\n\n${paragraphs(210, 2)}`;

  it.each([
    ["Liquid", "{% include note.html %}"],
    ["a Hugo shortcode", '{{< figure src="/a.png" >}}'],
    ["a component", "<Callout kind={3} />"],
    ["a paired component", "<Callout>\n\n</Callout>"],
    ["an expression", "{props.warning}"],
    ["a directive", "::: tip\n:::"],
    ["an address alone on its line", "https://video.example/watch?v=1"],
    ["a wiki link", "[[Another note]]"],
  ])("is text where the source has %s", (_, call) => {
    const post = makePost("Templates", start + call + end);
    const rendered = makePost("", start).html;
    const content = `${rendered}<div class="box"><p>Whatever the component wrote here</p></div>${makePost("", end).html}`;
    expect(lettersIn(findIn("side by side in one element", post, content).html)).toBe(lettersIn(content));
  });

  it("is no text where the source has nothing there", () => {
    const post = makePost("Nothing there", start + end);
    const advert = '<div class="ad"><p>Buy more kettles today, friends</p></div>';
    const content = makePost("", start).html + advert + makePost("", end).html;
    const article = findIn("side by side in one element", post, content);
    expect(lettersIn(article.html)).toBe(lettersIn(post.html));
    expect(article.dropped.join()).toContain("Buy more kettles");
  });

  it("is kept with a doubt where it is code or a table in the middle that the source does not have", () => {
    const post = makePost("Rendered", start + end);
    const content = `${makePost("", start).html}<table><tr><td>computed rows of numbers</td></tr></table>${makePost("", end).html}`;
    const article = findIn("a box of its own", post, content);
    expect(article.html).toContain("computed rows");
    expect(article.doubts.join()).toContain("computed rows");
  });

  it.each([
    ["{% comment %}hidden words of the author{% endcomment %}"],
    ["{{/* hidden words of the author */}}"],
    ["<!-- hidden words of the author -->"],
    ["<!--\nhidden words\n\n```\nof the author\n-->"],
  ])("is not expected where the source is hidden: %s", (hidden) => {
    const post = makePost("Hidden", start + hidden + end, makePost("", start + end).html);
    const article = findIn("a box of its own", post);
    expect(lettersIn(article.html)).toBe(lettersIn(post.html));
    expect(article.doubts).toEqual([]);
  });

  it("moves footnotes to the end, where pages have them", () => {
    const post = makePost("Notes", `${sentence(1)}[^a]\n\n[^a]: ${sentence(2)}\n\n${paragraphs(3, 2)}`);
    const content = `<p>${sentence(1)}<sup><a href="#fn1">1</a></sup></p>${makePost("", paragraphs(3, 2)).html}<section class="footnotes"><ol><li id="fn1"><p>${sentence(2)} <a href="#r1" class="footnote-backref">↩</a></p></li></ol></section>`;
    const article = findIn("side by side in one element", post, content);
    expect(lettersIn(article.html)).toBe(lettersIn(content));
  });
});

describe("titles", () => {
  const text = paragraphs(300, 3);

  it("goes where the source repeats it as its first heading", () => {
    const post = makePost("The whole title", `# The whole title\n\n${text}`);
    expect(lettersIn(findIn("side by side in one element", post).html)).toBe(
      lettersIn(makePost("", text).html),
    );
  });

  it("goes where the source underlines it, links it or gives it an id", () => {
    for (const heading of ["The whole title\n===", "# The *whole* title {#top}", "# [The whole title](/x)"]) {
      const post = makePost(
        "The whole title",
        `${heading}\n\n${text}`,
        `<h1>The whole title</h1>${makePost("", text).html}`,
      );
      expect(lettersIn(findIn("a box of its own", post).html)).toBe(lettersIn(makePost("", text).html));
    }
  });

  it("stays where a heading in the middle has the same words", () => {
    const post = makePost("The whole title", `${text}\n\n## The whole title\n\n${paragraphs(310, 2)}`);
    expect(lettersIn(findIn("side by side in one element", post).html)).toBe(lettersIn(post.html));
  });
});

describe("selectors", () => {
  const post = posts[0] as TestPost;

  it("take the element that is asked for, without looking", () => {
    const article = findIn("an excerpt above", post, undefined, undefined, { select: ".e-content" });
    expect(lettersIn(article.html)).toBe(lettersIn(post.html));
    expect(article.confidence).toBe(1);
  });

  it("take several elements in the order of the page, each once", () => {
    const article = findIn("an excerpt above", post, undefined, undefined, {
      select: ".standfirst, .e-content, .e-content p",
    });
    expect(lettersIn(article.html)).toBe(lettersIn(`<p>${post.description}</p>${post.html}`));
  });

  it("leave out what is asked for, with and without a selector for the text", () => {
    for (const options of [{ drop: ["h2"] }, { drop: ["h2"], select: ".post-content" }])
      expect(findIn("a box of its own", post, undefined, undefined, options).html).not.toContain("A heading");
  });

  it("say so where nothing is selected", () => {
    const article = findIn("a box of its own", post, undefined, undefined, { select: ".nowhere" });
    expect(article).toMatchObject({ html: "", confidence: 0 });
    expect(article.doubts.join()).toContain(".nowhere");
  });

  it("throw where they are no selectors", () => {
    expect(() => findIn("a box of its own", post, undefined, undefined, { select: "p[" })).toThrow();
  });
});

describe("pages of another post", () => {
  it("give nothing, or no confidence", () => {
    const other = findIn("a box of its own", posts[0] as TestPost);
    expect(other.confidence).toBeGreaterThan(0.8);
    const page = parsePage(
      (layouts["a box of its own"] as (post: TestPost, content: string) => string)(
        posts[1] as TestPost,
        (posts[1] as TestPost).html,
      ),
    );
    expect(findArticle(page, posts[7] as TestPost)).toMatchObject({ html: "", confidence: 0 });
    expect(findArticle(page, posts[0] as TestPost).confidence).toBeLessThan(0.5);
  });

  it("give nothing where the source has no words", () => {
    expect(findIn("a box of its own", makePost("Empty", "")).confidence).toBe(0);
    expect(learnLayout([])).toMatchObject({ pages: 0, containers: [] });
  });
});
