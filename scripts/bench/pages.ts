/**
 * Measures how exactly the text of posts is found in built pages.
 *
 *   npx jiti scripts/bench/pages.ts <folder> [--aside] [--errors <site>] [--alone | --learned]
 *
 * Each folder in `<folder>` is a site with a `site.json`:
 *   { "name": "…", "pages": "public", "posts": "posts.json", "aside": false,
 *     "truth": { "select": ".post-content", "between": ["<!--a-->", "<!--b-->"], "drop": [".headerlink"] } }
 * and `posts.json`: [{ "page": "posts/a/index.html", "title": "…", "body": "the Markdown" }].
 * The truth is a selector that a person wrote, or what is between two comments that the generator was made to write.
 * Sites set aside are left out, so that nobody tunes on them; `--aside` measures them alone.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { selectAll } from "css-select";
import { type AnyNode, type Element, isComment, isTag, isText, type ParentNode } from "domhandler";
import { isUnseen } from "../../src/pages/dom.ts";
import { type Article, findArticle } from "../../src/pages/find-article.ts";
import { type Layout, learnLayout } from "../../src/pages/layout.ts";
import { type PageTree, parseFragment, parsePage } from "../../src/pages/page-tree.ts";
import { tidyArticle } from "../../src/pages/tidy-article.ts";

interface Truth {
  readonly select?: string;
  readonly between?: readonly [string, string];
  readonly drop?: readonly string[];
}

interface Site {
  readonly name: string;
  readonly pages: string;
  readonly posts: string;
  readonly truth: Truth;
  readonly aside?: boolean;
}

interface Post {
  readonly page: string;
  readonly title: string;
  readonly body: string;
}

interface Result {
  readonly site: string;
  readonly post: Post;
  readonly article: Article;
  readonly isExact: boolean;
  /** Whether tidying leaves the text as it is. */
  readonly isTidy: boolean;
  readonly truth: string;
  readonly found: string;
}

/** Text that is read, without white space: layouts differ in where they break lines. */
function visibleText(nodes: readonly AnyNode[], skipped: ReadonlySet<AnyNode>): string {
  let text = "";
  const visit = (node: AnyNode): void => {
    if (skipped.has(node)) return;
    if (isText(node)) text += node.data;
    else if (isTag(node) && !isUnseen(node) && !unread.has(node.name))
      for (const child of node.children) visit(child);
  };
  for (const node of nodes) visit(node);
  return text.normalize("NFC").replace(/[\s\u200b\ufeff]+/g, "");
}

const unread = new Set("svg noscript iframe object embed audio video canvas".split(" "));

function trueText(page: PageTree, truth: Truth): string {
  const root = page.document.children;
  const drop = [...(truth.drop ?? []), "button", "td.gutter", ".linenos", ".lnt", ".ln", ".linenodiv"];
  const skipped = new Set<AnyNode>(drop.flatMap((selector) => selectAll<AnyNode, Element>(selector, root)));
  if (truth.between === undefined)
    return visibleText(selectAll<AnyNode, Element>(truth.select ?? "body", root), skipped);
  const [first, last] = truth.between.map((comment) => comment.replace(/^<!--|-->$/g, ""));
  const inside: AnyNode[] = [];
  let depth = 0;
  const visit = (parent: ParentNode): void => {
    for (const node of parent.children) {
      if (isComment(node) && node.data === first) depth += 1;
      else if (isComment(node) && node.data === last) depth -= 1;
      else if (depth > 0 && !(isTag(node) && holds(node, last as string))) inside.push(node);
      else if (isTag(node)) visit(node);
    }
  };
  visit(page.body);
  return visibleText(inside, skipped);
}

/** A source that begins with its title as a heading shows it twice; the text of the article is without it. */
function withoutTitle(text: string, { title, body }: Post): string {
  const squeezed = visibleText(parseFragment(title).children, new Set());
  return /^\s*#/.test(body) && text.startsWith(squeezed) ? text.slice(squeezed.length) : text;
}

function holds(element: Element, comment: string): boolean {
  return element.children.some((child) =>
    isComment(child) ? child.data === comment : isTag(child) && holds(child, comment),
  );
}

function measureSite(folder: string, site: Site, how: "alone" | "learned"): Result[] {
  const posts = JSON.parse(readFileSync(join(folder, site.posts), "utf8")) as Post[];
  const pages = posts.map((post) => parsePage(readFileSync(join(folder, site.pages, post.page))));
  const layout = how === "alone" ? undefined : learn(posts, pages);
  return posts.flatMap((post, index) => {
    const page = pages[index] as PageTree;
    const article = findArticle(page, post, layout);
    const truth = withoutTitle(trueText(page, site.truth), post);
    // A page that the generator failed to write proves nothing.
    if (truth === "") return [];
    const found = visibleText(parseFragment(article.html).children, new Set());
    const tidied = visibleText(parseFragment(tidyArticle(article.html)).children, new Set());
    return {
      isTidy: tidied === found,
      site: site.name,
      post,
      article,
      truth,
      found,
      isExact: truth === found,
    };
  });
}

/** Ten posts teach the layout. */
function learn(posts: readonly Post[], pages: readonly PageTree[]): Layout {
  const step = Math.max(1, Math.floor(posts.length / 10));
  const sample = posts.flatMap((post, index) =>
    index % step === 0 ? [{ page: pages[index] as PageTree, source: post }] : [],
  );
  return learnLayout(sample);
}

function printCalibration(results: readonly Result[]): void {
  for (const [from, to] of [
    [0.9, 1.01],
    [0.8, 0.9],
    [0.5, 0.8],
    [0, 0.5],
  ] as const) {
    const inBand = results.filter(({ article }) => article.confidence >= from && article.confidence < to);
    const exact = inBand.filter(({ isExact }) => isExact).length;
    console.log(
      `  confidence ${from} and above: ${inBand.length}, exact ${exact} (${share(exact, inBand.length)})`,
    );
  }
}

function share(part: number, whole: number): string {
  return whole === 0 ? "-" : `${((100 * part) / whole).toFixed(2)} %`;
}

function printErrors(results: readonly Result[]): void {
  for (const { post, article, truth, found, isExact } of results) {
    if (isExact) continue;
    let at = 0;
    while (truth[at] === found[at]) at += 1;
    let end = 0;
    while (end < truth.length - at && end < found.length - at && truth.at(-1 - end) === found.at(-1 - end))
      end += 1;
    const cut = (text: string): string => text.slice(Math.max(0, at - 20), text.length - end).slice(0, 160);
    console.log(
      `${post.page} ${article.confidence.toFixed(2)} at ${at} of ${truth.length}/${found.length}\n   true  ${cut(truth)}\n   found ${cut(found)}\n   dropped ${article.dropped
        .map((one) => one.slice(0, 60))
        .join(" | ")
        .slice(0, 500)}\n   doubts ${article.doubts.join(" | ").slice(0, 300)}`,
    );
  }
}

const [root = ".", ...flags] = process.argv.slice(2);
const only = flags.includes("--errors") ? flags[flags.indexOf("--errors") + 1] : undefined;
const folders = readdirSync(root)
  .filter((name) => existsSync(join(root, name, "site.json")))
  .sort();
for (const how of ["alone", "learned"] as const) {
  if (flags.includes(how === "alone" ? "--learned" : "--alone")) continue;
  const all: Result[] = [];
  console.log(how === "alone" ? "One page alone" : "\nLayout learned from ten pages");
  for (const name of folders) {
    const site = JSON.parse(readFileSync(join(root, name, "site.json"), "utf8")) as Site;
    if ((site.aside === true) !== flags.includes("--aside") || (only !== undefined && only !== name))
      continue;
    const start = performance.now();
    const results = measureSite(join(root, name), site, how);
    const exact = results.filter(({ isExact }) => isExact).length;
    const time = (performance.now() - start) / Math.max(1, results.length);
    console.log(
      `  ${site.name.padEnd(30)} ${String(exact).padStart(5)} of ${String(results.length).padEnd(5)} ${share(exact, results.length).padStart(9)}  ${time.toFixed(1)} ms a page`,
    );
    if (only !== undefined) printErrors(results);
    all.push(...results);
  }
  const exact = all.filter(({ isExact }) => isExact).length;
  const changed = all.filter(({ isTidy }) => !isTidy);
  console.log(
    `  tidying changes the text of ${changed.length}: ${changed.slice(0, 5).map(({ site, post }) => `${site} ${post.page}`)}`,
  );
  console.log(`  all: ${exact} of ${all.length}, ${share(exact, all.length)}`);
  printCalibration(all);
}
