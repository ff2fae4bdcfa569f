// In come a body and what a test is about; out go the HTML, and what was found.
import type { Config } from "../../../src/model/config.ts";
import type { Post } from "../../../src/model/post.ts";
import { linkNamesOf, type PostFinder } from "../../../src/posts/post-finder.ts";
import { type RenderedPost, renderPost } from "../../../src/posts/render-post.ts";
import { makeConfig, makePost } from "../post-fixture.ts";

/** Posts that links may name, by file. */
export const posts: Readonly<Record<string, string>> = {
  "2026/target.md": "https://example.org/target/",
  "2026/other post.md": "https://example.org/other/",
  "notes/2026-02-10-tide.md": "https://example.org/2026/02/10/tide/",
  "bundle/index.mdx": "https://example.org/bundle/",
};

const finder: PostFinder = {
  urlOf: (file) => posts[file] ?? "",
  filesNamed: (name) =>
    Object.keys(posts)
      .filter((file) => linkNamesOf(file).includes(name))
      .join("\n"),
};

type Markdown = Partial<Config["markdown"]>;

export async function renderBody(
  text: string,
  markdown: Markdown = {},
  post: Partial<Post> = {},
): Promise<RenderedPost> {
  const config = makeConfig("/nowhere", { markdown });
  return renderPost(makePost(post), { text, line: 1 }, config, undefined, finder);
}

export async function htmlOf(
  text: string,
  markdown: Markdown = {},
  post: Partial<Post> = {},
): Promise<string> {
  return (await renderBody(text, markdown, post)).content.html;
}

/** The codes of what was found, each with its message. */
export async function findingsOf(
  text: string,
  markdown: Markdown = {},
  post: Partial<Post> = {},
): Promise<string[]> {
  return (await renderBody(text, markdown, post)).diagnostics.map(
    ({ code, message }) => `${code}: ${message}`,
  );
}
