import { createHash } from "node:crypto";
import { footnote } from "@mdit/plugin-footnote";
import MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";
import type { Config } from "../../model/config.ts";
import { HeadingNames, slugifyHeading } from "./characters.ts";
import { useDialects } from "./dialects/dialects.ts";
import { taskLists } from "./dialects/task-lists.ts";
import { largestBody } from "./html-rules.ts";
import type { PostLinks } from "./post-links.ts";

/** The `maxNesting` of markdown-it's default preset: it leaves out what is nested deeper, without an error. */
const deepestNesting = 100;

export interface RenderedMarkdown {
  /** Undefined where it would be more than {@link largestBody}. */
  readonly html: string | undefined;
  /** Something was nested too deeply to be rendered, and is missing. */
  readonly tooDeep: boolean;
  /** Notes that would be shown within the text. */
  readonly embedded: readonly string[];
}

/** Which post it is. */
export interface MarkdownSource {
  /** The path below the posts folder: it makes footnote ids unique. */
  readonly file: string;
  readonly isMdx: boolean;
  readonly links: PostLinks;
}

interface Renderers {
  plain?: MarkdownIt;
  mdx?: MarkdownIt;
}

const renderers = new WeakMap<Config, Renderers>();

/** Renders a body with markdown-it and the site's plug-ins. Throws what a plug-in throws. */
export function renderMarkdown(text: string, source: MarkdownSource, config: Config): RenderedMarkdown {
  const { file, isMdx, links } = source;
  const own = renderers.get(config) ?? {};
  renderers.set(config, own);
  own[isMdx ? "mdx" : "plain"] ??= createRenderer(config, isMdx);
  const md = own[isMdx ? "mdx" : "plain"] as MarkdownIt;
  const env = { docId: shortId(file), links, embedded: [], tooDeep: false };
  const tokens = md.parse(text, env);
  const html = measure(tokens) > largestBody ? undefined : md.renderer.render(tokens, md.options, env);
  return { html, tooDeep: env.tooDeep, embedded: env.embedded };
}

/** How long the HTML will be at least: references repeat their address and title. */
function measure(tokens: readonly Token[]): number {
  let sum = 0;
  for (const { attrs, children } of tokens) {
    for (const [, value] of attrs ?? []) sum += value.length;
    if (children !== null) sum += measure(children);
  }
  return sum;
}

/** Gives headings ids: their own, else one made of their text. */
function nameHeadings(md: MarkdownIt): void {
  md.core.ruler.push("name_headings", ({ tokens }) => {
    const names = new HeadingNames();
    tokens.forEach((token, index) => {
      if (token.type !== "heading_open") return;
      const children = tokens[index + 1]?.children ?? [];
      const shown = children.filter(({ type }) => type === "text" || type === "code_inline");
      const text = shown.map(({ content }) => content).join("");
      token.attrSet("id", names.take(token.attrGet("id") ?? slugifyHeading(text)));
    });
  });
}

function createRenderer(config: Config, isMdx: boolean): MarkdownIt {
  const md = new MarkdownIt({ html: true, linkify: false, typographer: false });
  md.use(footnote).use(taskLists);
  useDialects(md, config, isMdx);
  nameHeadings(md);
  nameFootnotes(md);
  md.core.ruler.after("block", "watch_depth", (state) => {
    const deep = state.tokens.some(
      ({ type, level }) =>
        level >= deepestNesting - 1 && (type === "blockquote_open" || type === "list_item_open"),
    );
    if (deep) state.env.tooDeep = true;
  });
  for (const plugin of config.markdown.plugins) {
    const [use, ...options] = Array.isArray(plugin) ? plugin : [plugin];
    // `never` in the public type lets any plug-in through; markdown-it calls it as it calls its own.
    md.use(use as (md: MarkdownIt, ...options: unknown[]) => void, ...options);
  }
  return md;
}

/** Writes footnotes with roles in place of classes, and with ids that no other entry on a page has. */
function nameFootnotes(md: MarkdownIt): void {
  const { rules } = md.renderer;
  const nameOf = (meta: { id: number }, env: { docId?: string }): string =>
    `${env.docId ?? ""}-${meta.id + 1}`;
  const again = (meta: { subId?: number }): string =>
    (meta.subId ?? 0) > 0 ? `-${(meta.subId ?? 0) + 1}` : "";
  rules.footnote_ref = (tokens, index, _options, env) => {
    const meta = tokens[index]?.meta;
    const name = nameOf(meta, env);
    return `<sup id="fnref-${name}${again(meta)}" role="doc-noteref"><a href="#fn-${name}">${meta.id + 1}</a></sup>`;
  };
  rules.footnote_block_open = () => '<hr>\n<section role="doc-endnotes">\n<ol>\n';
  rules.footnote_block_close = () => "</ol>\n</section>\n";
  rules.footnote_open = (tokens, index, _options, env) => `<li id="fn-${nameOf(tokens[index]?.meta, env)}">`;
  rules.footnote_anchor = (tokens, index, _options, env) => {
    const meta = tokens[index]?.meta;
    return ` <a href="#fnref-${nameOf(meta, env)}${again(meta)}" role="doc-backlink">\u21a9\ufe0e</a>`;
  };
}

/** Seven letters and digits that stay the same for a path. */
function shortId(file: string): string {
  return createHash("sha256").update(file.normalize("NFC")).digest("hex").slice(0, 7);
}
