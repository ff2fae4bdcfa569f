import type MarkdownIt from "markdown-it";
import type StateInline from "markdown-it/lib/rules_inline/state_inline.mjs";
import { slugifyHeading } from "../characters.ts";
import type { PostLinks } from "../post-links.ts";

const picture = /\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$/i;
const otherFile = /\.[a-z0-9]{2,4}$/i;

/** What a wiki link needs to know of the post that it stands in. */
export interface WikiLinkEnv {
  readonly links?: PostLinks;
  /** Embedded notes, which feeds cannot show. */
  embedded?: string[];
}

/**
 * `[[Note]]`, `[[Note#Heading|alias]]` and `![[picture.png|300]]`.
 * @param isCertain the site has wiki links: without that, only what names a post is one
 */
export function wikiLinks(md: MarkdownIt, isCertain: boolean): void {
  md.inline.ruler.before("link", "wiki_link", (state, silent) => {
    const isEmbed = state.src[state.pos] === "!";
    const start = state.pos + (isEmbed ? 3 : 2);
    if (!state.src.startsWith("[[", start - 2)) return false;
    const end = state.src.indexOf("]]", start);
    if (end === -1 || end >= state.posMax || end - start > 1000) return false;
    const inner = state.src.slice(start, end);
    if (inner.trim() === "" || /[\n[\]]/.test(inner)) return false;
    const [target = "", ...rest] = inner.replaceAll("\\|", "|").split("|");
    if (silent && !isCertain) return false;
    if (!silent && !write(state, target.trim(), rest.join("|").trim(), isEmbed, isCertain)) return false;
    state.pos = end + 2;
    return true;
  });
}

function write(
  state: StateInline,
  target: string,
  alias: string,
  isEmbed: boolean,
  isCertain: boolean,
): boolean {
  const { links, embedded } = state.env as WikiLinkEnv;
  const label = alias === "" ? target.replace(/^#/, "").replaceAll("#", " > ") : alias;
  if (target.startsWith("#") && isCertain)
    return writeLink(state, `#${slugifyHeading(target.slice(1))}`, label);
  if (isEmbed && picture.test(target)) return isCertain && writeImage(state, target, alias);
  if (isEmbed && !otherFile.test(target) && isCertain) {
    embedded?.push(target);
    return true;
  }
  const url = isCertain ? links?.byName(target) : links?.peekName(target);
  if (url !== undefined) return writeLink(state, url, label);
  if (isCertain) state.push("text", "", 0).content = label;
  return isCertain;
}

function writeLink(state: StateInline, url: string, label: string): true {
  state.push("link_open", "a", 1).attrs = [["href", state.md.normalizeLink(url)]];
  state.push("text", "", 0).content = label;
  state.push("link_close", "a", -1);
  return true;
}

function writeImage(state: StateInline, source: string, alias: string): true {
  const [, width, height] = /^(\d{1,5})(?:x(\d{1,5}))?$/.exec(alias) ?? [];
  const token = state.push("image", "img", 0);
  const alt = width === undefined && alias !== "" ? alias : source.replace(/^.*\//, "").replace(picture, "");
  token.attrs = [
    ["src", state.md.normalizeLink(source)],
    ["alt", ""],
  ];
  if (width !== undefined) token.attrs.push(["width", width]);
  if (height !== undefined) token.attrs.push(["height", height]);
  token.content = alt;
  token.children = [];
  state.md.inline.parse(alt, state.md, state.env, token.children);
  return true;
}
