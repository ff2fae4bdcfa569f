import MarkdownIt from "markdown-it";
import { nodeText } from "../../src/pages/dom.ts";
import { parseFragment } from "../../src/pages/page-tree.ts";

/** A post, its text as a generator renders it, and what a layout shows around it. */
export interface TestPost {
  readonly title: string;
  readonly body: string;
  readonly html: string;
  readonly date: string;
  readonly description: string;
}

const markdown = new MarkdownIt({ html: true });

export function makePost(title: string, body: string, html = markdown.render(body)): TestPost {
  return { title, body, html, date: "3 March 2026", description: `What ${title} is about, in short.` };
}

const words =
  "harbour kettle lantern orchard glacier violin pebble parser bicycle carpenter saffron archive meadow quarry ferry committee".split(
    " ",
  );

/** A sentence that no other number gives. */
export function sentence(number: number, length = 9): string {
  const picked = Array.from(
    { length },
    (_, at) => words[(number * (at + 3) + at * at * 7 + number) % words.length],
  );
  return `Sentence ${number} says ${picked.join(" ")}.`;
}

export function paragraphs(from: number, count: number): string {
  return Array.from({ length: count }, (_, at) => `${sentence(from + at)} ${sentence(from + at + 500)}`).join(
    "\n\n",
  );
}

type Layout = (post: TestPost, content: string) => string;

const head = (post: TestPost): string =>
  `<!doctype html><html lang="en"><head><title>${post.title} - The Quill</title><meta name="description" content="${post.description}"></head>`;

const related =
  '<section class="related"><h2>You may like</h2><ul><li><a href="/b/">Another story of the harbour</a> about boats</li><li><a href="/c/">Kettles compared</a></li></ul></section>';

/** Layouts in the manner of common themes, written for these tests. */
export const layouts: Readonly<Record<string, Layout>> = {
  "a box of its own": (post, content) =>
    `${head(post)}<body><header class="site-header"><a href="/">The Quill</a><nav><a href="/about/">About</a></nav></header>
<main><article class="post"><header class="post-header"><h1>${post.title}</h1><p class="post-meta"><time>${post.date}</time> by Ada Quill, 4 min read</p></header>
<div class="post-content">${content}</div><footer class="post-footer"><a href="/tags/x">x</a></footer></article>${related}</main><footer>Copyright 2026</footer></body></html>`,
  "side by side in one element": (post, content) =>
    `${head(post)}<body><div id="wrap"><main><h1>${post.title}</h1><ul class="post-metadata"><li>${post.date}</li><li><a href="/t/x">x</a></li></ul>
${content}
<div class="share"><a href="https://social.example/share?u=1">Share this on Social</a></div><ul class="links"><li>← Before: <a href="/a/">The one before it</a></li></ul></main></div></body></html>`,
  "documentation with sidebars": (post, content) =>
    `${head(post)}<body><div class="layout"><aside class="menu"><ul><li><a href="/a">Start here</a></li><li><a href="/b">${post.title}</a></li></ul></aside>
<main class="col"><nav class="breadcrumbs"><a href="/">Home</a> / Docs</nav><div class="markdown"><header><h1>${post.title}</h1></header>${content}</div>
<div class="edit">Edit this page</div></main><div class="toc-column"><ul><li><a href="#a">First part</a></li><li><a href="#b">Second part</a></li></ul></div></div></body></html>`,
  "tables of another age": (post, content) =>
    `<html><head><title>${post.title}</title></head><body bgcolor=white><table width="100%"><tr><td colspan=2><b>The Quill</b></td></tr>
<tr><td valign=top>Links<br><a href=/a>One</a><br><a href=/b>Two</a></td><td><font size=5>${post.title}</font><br><i>${post.date}</i><div>${content}</div></td></tr></table></body></html>`,
  "an excerpt above": (post, content) =>
    `${head(post)}<body><main><article><h1>${post.title}</h1><p class="standfirst">${post.description}</p><div class="byline">Ada Quill, ${post.date}</div>
<section class="e-content">${content}</section><div class="author-card"><img src="/ada.jpg"><p>Ada Quill writes about harbours and kettles.</p></div></article></main></body></html>`,
};

/** The letters of an HTML text, without white space. */
export function lettersIn(html: string): string {
  return parseFragment(html)
    .children.map((node) => nodeText(node, 1_000_000))
    .join("")
    .replace(/\s+/g, "");
}
