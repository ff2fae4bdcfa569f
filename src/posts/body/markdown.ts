import { createHash } from "node:crypto";
import { footnote } from "@mdit/plugin-footnote";
import { tasklist } from "@mdit/plugin-tasklist";
import MarkdownIt from "markdown-it";
import anchor from "markdown-it-anchor";
import type { Config } from "../../model/config.ts";
import { slugifyHeading } from "./characters.ts";

/** The `maxNesting` of markdown-it's default preset: it leaves out what is nested deeper, without an error. */
const deepestNesting = 100;

export interface RenderedMarkdown {
  readonly html: string;
  /** Something was nested too deeply to be rendered, and is missing. */
  readonly tooDeep: boolean;
}

const renderers = new WeakMap<Config, MarkdownIt>();

/**
 * Renders a body with markdown-it and the site's plug-ins. Throws what a plug-in throws.
 * @param file the post's path below the posts folder: it makes footnote ids unique
 */
export function renderMarkdown(text: string, file: string, config: Config): RenderedMarkdown {
  let md = renderers.get(config);
  if (md === undefined) {
    md = createRenderer(config);
    renderers.set(config, md);
  }
  const env: Record<string, unknown> = { docId: shortId(file) };
  const html = md.render(text, env);
  return { html, tooDeep: env.tooDeep === true };
}

function createRenderer(config: Config): MarkdownIt {
  const md = new MarkdownIt({ html: true, linkify: false, typographer: false });
  md.use(footnote).use(tasklist, { label: false }).use(anchor, { slugify: slugifyHeading, tabIndex: false });
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
