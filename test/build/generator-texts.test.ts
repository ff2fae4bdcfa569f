// In come the bodies of made-up sites; out must go what their generators show, and links that lead to the same pages.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { parseDocument } from "htmlparser2";
import { describe, expect, test } from "vitest";
import { resolveConfig } from "../../src/config/load-config.ts";
import type { Config, UserConfig } from "../../src/model/config.ts";
import type { Post } from "../../src/model/post.ts";
import { linkNamesOf, type PostFinder } from "../../src/posts/post-finder.ts";
import { readPost } from "../../src/posts/read-post.ts";
import { renderPost } from "../../src/posts/render-post.ts";
import { foldTypography, visibleText } from "../support/visible-text.ts";

interface Expected {
  readonly config: UserConfig;
  readonly entries: readonly {
    readonly file: string;
    readonly title: string;
    readonly url: string;
    readonly text: string;
    readonly links?: readonly string[];
  }[];
}

/** Links to pages that begin with `/` and are meant below the path of the site. */
const known = new Set(["gatsby content/blog/halo-bukit/index.md", "next data/blog/jangkar.mdx"]);

const sites = join(import.meta.dirname, "../sites");

describe.each(readdirSync(sites).filter((name) => !name.includes(".")))("%s", (name) => {
  const root = join(sites, name, "site");
  const expected = JSON.parse(readFileSync(join(sites, name, "expected.json"), "utf8")) as Expected;
  const { config: own, diagnostics } = resolveConfig(expected.config, { root });
  if (own === undefined) throw new Error(JSON.stringify(diagnostics));
  const below = (file: string): string => relative(own.posts.dir, join(root, file)).split(sep).join("/");
  const urls = new Map(expected.entries.map(({ file, url }) => [below(file), url]));
  const finder: PostFinder = {
    urlOf: (file) => urls.get(file) ?? "",
    filesNamed: (wanted) => [...urls.keys()].filter((file) => linkNamesOf(file).includes(wanted)).join("\n"),
  };

  test.each(expected.entries)("$file", async ({ file, url, title, text, links }) => {
    const bytes = readFileSync(join(root, file));
    const body = splitBody(bytes.toString());
    const { post } = readPost({ file: below(file), bytes }, own);
    const made = {
      ...(post ?? makePost(below(file), body, own)),
      url,
      ...(post?.title ? {} : { title }),
    } as Post;
    const { content } = await renderPost(made, { text: body, line: 1 }, own, undefined, finder);
    expect(fold(visibleText(content.html))).toBe(fold(text));
    if (links !== undefined && !known.has(`${name} ${file}`)) expect(linksOf(content.html)).toEqual(links);
  });
});

/** Readers show boxes of tasks as letters; a generator writes the name of a box's kind in its own way. */
function fold(text: string): string {
  return foldTypography(text)
    .replace(/[\u2610\u2611] ?/g, "")
    .toLowerCase();
}

function linksOf(html: string): string[] {
  const found: string[] = [];
  const walk = (nodes: ReturnType<typeof parseDocument>["children"]): void => {
    for (const node of nodes) {
      if (!("attribs" in node)) continue;
      if (node.name === "a" && node.attribs.role === undefined && !node.attribs.href?.includes("#fn"))
        found.push(node.attribs.href ?? "");
      walk(node.children);
    }
  };
  walk(parseDocument(html).children);
  return found.filter(
    (href) => !href.startsWith("https://www.youtube") && !href.startsWith("https://contoh"),
  );
}

function splitBody(text: string): string {
  const lower = /^(?:[a-z]+: [^\n]*\n)+---\n/.exec(text);
  if (lower !== null) return text.slice(lower[0].length);
  const fenced = /^\s*(---(?:json)?|\+\+\+)\n[\s\S]*?\n(?:---|\+\+\+)[ \t]*(?:\n|$)/.exec(text);
  if (fenced !== null) return text.slice(fenced[0].length);
  const head = /^(?:[A-Za-z_]+:[^\n]*\n(?: {4}[^\n]*\n)*)+\n/.exec(text);
  if (head !== null) return text.slice(head[0].length);
  const json = /^\{[\s\S]*?\n\}\n|^"[\s\S]*?\n;;;\n/.exec(text);
  return text.slice(json?.[0].length ?? 0);
}

function makePost(file: string, _body: string, config: Config): Post {
  const bytes = Buffer.from("---\ndate: 2026-01-01T00:00:00Z\n---\n");
  const { post } = readPost({ file, bytes }, config);
  if (post === undefined) throw new Error(`${file} cannot be read`);
  return post;
}
