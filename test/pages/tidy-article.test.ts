import { describe, expect, it } from "vitest";
import { tidyArticle } from "../../src/pages/tidy-article.ts";

describe("images", () => {
  it.each([
    ["data-src", '<img data-src="/a.png" alt="A">', '<img alt="A" src="/a.png">'],
    [
      "a placeholder in src",
      '<img src="data:image/gif;base64,R0" data-original="/a.png">',
      '<img src="/a.png">',
    ],
    ["a preview in src", '<img src="/tiny/a.jpg" data-src="/a.jpg">', '<img src="/a.jpg">'],
    ["a placeholder's file", '<img src="/img/placeholder.svg" data-lazy-src="/a.jpg">', '<img src="/a.jpg">'],
    [
      "data-srcset alone",
      '<img data-srcset="/a-400.jpg 400w, /a-800.jpg 800w" alt="">',
      '<img alt="" srcset="/a-400.jpg 400w, /a-800.jpg 800w" src="/a-800.jpg">',
    ],
    ["sizes that a script fills in", '<img src="/a.jpg" sizes="auto">', '<img src="/a.jpg">'],
    [
      "AMP",
      '<amp-img src="/a.jpg" width="4" height="3"></amp-img>',
      '<img src="/a.jpg" width="4" height="3">',
    ],
  ])("shows an image with %s", (_, html, expected) => {
    expect(tidyArticle(html)).toBe(expected);
  });

  it.each([
    [
      "after it",
      '<img src="data:image/gif;base64,R0" data-src="/a.png"><noscript><img src="/a.png" alt="A"></noscript>',
    ],
    ["before it", '<noscript><img src="/a.png" alt="A"></noscript><img class="lazy" data-src="/a.png">'],
    [
      "after a box",
      '<div class="lazy"><img src="/blank.gif"></div>\n<noscript><img src="/a.png" alt="A"></noscript>',
    ],
    ["of its own", '<noscript><img src="/a.png" alt="A"></noscript>'],
  ])("takes the twin in <noscript> %s, once", (_, html) => {
    expect(tidyArticle(html).trim()).toBe('<img src="/a.png" alt="A">');
  });

  it("keeps an image beside the twin of another", () => {
    const html = '<img src="/b.png"><p>Text</p><noscript><img src="/a.png"></noscript>';
    expect(tidyArticle(html)).toBe('<img src="/b.png"><p>Text</p><img src="/a.png">');
  });

  it("leaves out notes for browsers without scripts", () => {
    expect(tidyArticle("<p>a</p><noscript>Please switch on JavaScript</noscript>")).toBe("<p>a</p>");
  });

  it("gives a <picture> an image", () => {
    expect(tidyArticle('<picture><source data-srcset="/a.webp 1x, /a2.webp 2x"></picture>')).toBe(
      '<picture><source srcset="/a.webp 1x, /a2.webp 2x"><img alt="" src="/a2.webp"></picture>',
    );
    expect(
      tidyArticle(
        '<picture><source srcset="/b.avif 900w, /c.avif 3000w"><img src="data:," alt="B"></picture>',
      ),
    ).toContain('src="/b.avif"');
  });

  it("leaves an ordinary image alone", () => {
    const html =
      '<figure><img src="/a.jpg" srcset="/a2.jpg 2x" alt="A" loading="lazy"><figcaption>A boat</figcaption></figure>';
    expect(tidyArticle(html)).toBe(html);
  });
});

describe("formulas", () => {
  const mathml =
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>E</mi></mrow><annotation encoding="application/x-tex">E = mc^2</annotation></semantics></math>';
  const katex = `<span class="katex"><span class="katex-mathml">${mathml}</span><span class="katex-html" aria-hidden="true"><span>E</span></span></span>`;

  it("are written once, as TeX", () => {
    expect(tidyArticle(`<p>As ${katex} says</p>`)).toBe("<p>As <code>E = mc^2</code> says</p>");
    expect(tidyArticle(`<span class="katex-display">${katex}</span>`)).toBe(
      "<pre><code>E = mc^2</code></pre>",
    );
  });

  it("are written once, as MathML", () => {
    const tidy = tidyArticle(`<p>${katex}</p>`, { math: "mathml" });
    expect(tidy).toMatch(/^<p><math[^>]*><semantics><mrow><mi>E<\/mi><\/mrow><\/semantics><\/math><\/p>$/);
  });

  it("are read from MathJax, versions 2 and 3", () => {
    const second =
      '<span class="MathJax_Preview">E</span><span class="MathJax" id="m"><span>E=</span></span><script type="math/tex; mode=display">E = mc^2</script>';
    expect(tidyArticle(second)).toBe("<pre><code>E = mc^2</code></pre>");
    const third = `<mjx-container class="MathJax" jax="SVG" display="true"><svg></svg><mjx-assistive-mml>${mathml}</mjx-assistive-mml></mjx-container>`;
    expect(tidyArticle(third)).toBe("<pre><code>E = mc^2</code></pre>");
  });

  it("fall back to the signs", () => {
    expect(tidyArticle("<math><mi>a</mi><mo>=</mo><mn>1</mn></math>")).toBe("<code>a=1</code>");
    expect(tidyArticle('<math alttext="a = 1"><mi>a</mi></math>')).toBe("<code>a = 1</code>");
  });
});

describe("code", () => {
  const plain = '<pre><code class="language-js">let a;\n\na();</code></pre>';

  it.each([
    [
      "Hexo's figure",
      '<figure class="highlight js"><table><tbody><tr><td class="gutter"><pre><span class="line">1</span><br></pre></td><td class="code"><pre><span class="line"><span class="k">let</span> a;</span><br><span class="line"></span><br><span class="line">a();</span><br></pre></td></tr></tbody></table></figure>',
    ],
    [
      "Pygments' table",
      '<div class="language-js"><table class="highlighttable"><tr><td class="linenos"><div class="linenodiv"><pre>1\n2\n3</pre></div></td><td class="code"><div class="highlight"><pre><span></span><code><span class="kd">let</span> a;\n\na();\n</code></pre></div></td></tr></table></div>',
    ],
    [
      "Chroma's table without classes",
      '<table><tr><td><pre><code><span>1\n</span><span>2\n</span></code></pre></td><td><pre><code class="language-js" data-lang="js"><span>let</span> a;\n\na();\n</code></pre></td></tr></table>',
    ],
    [
      "Shiki's lines",
      '<pre class="shiki language-js"><code><span class="line"><span>let a;</span></span>\n<span class="line"></span>\n<span class="line">a();</span></code></pre>',
    ],
    [
      "lines that are boxes",
      '<pre data-language="js"><code><div class="ec-line"><div class="code">let a;</div></div><div class="ec-line"><div class="code">\n</div></div><div class="ec-line"><div class="code">a();</div></div></code></pre>',
    ],
    [
      "lines broken with br",
      '<pre class="language-js"><code><span class="token-line">let a;<br></span><span class="token-line"><br></span><span class="token-line">a();<br></span></code></pre>',
    ],
    [
      "a table in the code",
      '<pre class="language-js"><code><table><tr><td class="hljs-ln-numbers">1</td><td>let a;</td></tr><tr><td class="hljs-ln-numbers">2</td><td></td></tr><tr><td class="hljs-ln-numbers">3</td><td>a();</td></tr></table></code></pre>',
    ],
    ["a copy button", '<pre class="language-js"><button>Copy</button><code>let a;\n\na();</code></pre>'],
  ])("becomes one <pre>: %s", (_, html) => {
    const pre = /<pre.*<\/pre>/s.exec(tidyArticle(html))?.[0] ?? "";
    expect(pre.replace(/<pre[^>]*>/, "<pre>")).toBe(plain);
    expect(tidyArticle(html).match(/<pre/g)).toHaveLength(1);
  });

  it("keeps links and emphasis in code", () => {
    expect(tidyArticle('<pre><code><span><a href="/x">open</a>(<b>1</b>)</span></code></pre>')).toBe(
      '<pre><code><a href="/x">open</a>(<b>1</b>)</code></pre>',
    );
  });

  it("leaves tables alone that are tables", () => {
    for (const html of [
      "<table><tbody><tr><td>1</td><td>two</td></tr></tbody></table>",
      "<table><tbody><tr><td><pre>a</pre></td><td>What it does</td></tr></tbody></table>",
    ])
      expect(tidyArticle(html)).toBe(html);
  });

  it("keeps a figure's caption and other figures", () => {
    const html = "<figure><pre><code>a</code></pre><figcaption>Listing 1</figcaption></figure>";
    expect(tidyArticle(html)).toBe(html);
  });

  it("takes highlighters' spans out of code in a line of text", () => {
    expect(tidyArticle('<p><code class="highlight"><span class="k">let</span> a</code></p>')).toBe(
      '<p><code class="highlight">let a</code></p>',
    );
  });
});

describe("embeds", () => {
  it.each([
    [
      '<iframe data-src="https://www.youtube.com/embed/x" loading="lazy"></iframe>',
      '<iframe loading="lazy" src="https://www.youtube.com/embed/x"></iframe>',
    ],
    [
      '<lite-youtube videoid="dQw4w9WgXcQ" title="Film"></lite-youtube>',
      '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ" title="Film"></iframe>',
    ],
    [
      '<lite-vimeo videoid="123456"></lite-vimeo>',
      '<iframe src="https://player.vimeo.com/video/123456"></iframe>',
    ],
    ['<object data="/a.svg" type="image/svg+xml"></object>', '<img src="/a.svg" alt="">'],
    [
      '<object data="/a.pdf"><p>Read <a href="/a.pdf">it</a></p></object>',
      '<p>Read <a href="/a.pdf">it</a></p>',
    ],
    ['<embed src="/a.pdf" title="The paper">', '<a href="/a.pdf">The paper</a>'],
    [
      '<video controls><source data-src="/a.mp4"></video>',
      '<video controls=""><source src="/a.mp4"></video>',
    ],
    ['<a href="/x">Out<svg width="16" height="16"></svg></a>', '<a href="/x">Out</a>'],
    ["<canvas>A chart of boats</canvas>", "A chart of boats"],
  ])("%s", (html, expected) => {
    expect(tidyArticle(html)).toBe(expected);
  });
});
