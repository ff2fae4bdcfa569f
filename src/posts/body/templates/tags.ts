import type { Config } from "../../../model/config.ts";
import type { Post } from "../../../model/post.ts";
import { escapeHtmlAttribute, escapeHtmlText } from "../characters.ts";
import type { PostLinks } from "../post-links.ts";
import type { TagArguments } from "./arguments.ts";
import { readField } from "./expressions.ts";
import type { TemplateTag } from "./tokens.ts";

/** Tags that decide about what stands between them and their end: nobody knows whether readers are to see it. */
export const hidingTags: ReadonlySet<string> = new Set(
  "if unless for case tablerow capture macro ifchanged switch ifAsync asyncEach asyncAll set schema javascript stylesheet style comment".split(
    " ",
  ),
);

/** Tags that show nothing in any case. */
export const silentTags: ReadonlySet<string> = new Set(
  "# assign set increment decrement import from raw verbatim else elif elsif elseif when toc TOC more truncate".split(
    " ",
  ),
);

const around: Readonly<Record<string, readonly [string, string]>> = {
  blockquote: ["<blockquote>", "</blockquote>"],
  quote: ["<blockquote>", "</blockquote>"],
  pullquote: ["<blockquote>", "</blockquote>"],
};

/** What is written in place of a tag and of its end. */
export function writtenAround(name: string): readonly [string, string] | undefined {
  return Object.hasOwn(around, name) ? around[name] : undefined;
}

/** Without `html`, an address that is not known. */
export interface TagOutput {
  readonly html: string | undefined;
  readonly isBlock?: boolean;
}

interface TagContext {
  readonly post: Post;
  readonly config: Config;
  readonly links: PostLinks;
}

/** Gives what a tag writes, where that is known without running anything. */
export function writeTemplateTag(
  tag: TemplateTag,
  given: TagArguments,
  context: TagContext,
): TagOutput | undefined {
  const { values, named } = given;
  const { links, post } = context;
  const [first = "", second] = values;
  switch (tag.name) {
    case "link":
      return values.length > 1 && /^(?:https?:)?\//.test(second ?? "")
        ? { html: anchor(second ?? "", first) }
        : { html: links.byName(first) };
    case "post_url":
    case "post_path":
      return { html: links.byName(first) };
    case "ref":
    case "relref":
      return { html: links.byName(named.get("path") ?? first, named.get("lang")) };
    case "post_link":
      return writePostLink(first, values, links);
    case "asset_path":
      return { html: encodeURI(first) };
    case "asset_link":
      return { html: anchor(encodeURI(first), words(values.slice(1)) || first) };
    case "asset_img":
    case "img":
    case "image":
    case "figure":
      return writeFigure(given, context);
    case "param": {
      const value = readField(post, first);
      return value === undefined ? undefined : { html: value };
    }
    case "youtube":
    case "vimeo":
    case "gist":
      return writeEmbedded(tag.name, given);
    default:
      return undefined;
  }
}

function anchor(url: string, label: string): string {
  return `<a href="${escapeHtmlAttribute(url)}">${escapeHtmlText(label)}</a>`;
}

function words(values: readonly string[]): string {
  return values.filter((value) => value !== "true" && value !== "false").join(" ");
}

/** Without a label, the name says what the post is about. */
function writePostLink(name: string, values: readonly string[], links: PostLinks): TagOutput {
  const plain = name.replace(/^.*\//, "").replaceAll("-", " ");
  const label = words(values.slice(1)) || plain.slice(0, 1).toUpperCase() + plain.slice(1);
  const url = links.byName(name);
  return { html: url === undefined ? escapeHtmlText(label) : anchor(url, label) };
}

function writeFigure({ values, named }: TagArguments, { post }: TagContext): TagOutput | undefined {
  const isAddress = (value: string): boolean => /[./]/.test(value);
  const at = values.findIndex(isAddress);
  const source = named.get("src") ?? named.get("link") ?? values[at];
  if (source === undefined) return undefined;
  const rest = values.slice(at + 1).filter((value) => !/^\d+(?:%|px)?$/.test(value));
  const alt = named.get("alt") ?? (named.has("src") ? "" : words(rest));
  const image = `<img src="${escapeHtmlAttribute(source)}" alt="${escapeHtmlAttribute(alt)}">`;
  const title = named.get("title") ?? "";
  const caption = named.get("caption") ?? "";
  if (title === "" && caption === "") return { html: image };
  const text = `${title === "" ? "" : `<strong>${escapeHtmlText(title)}</strong> `}${caption}`;
  const isHtml = post.markup === "html";
  const gap = isHtml ? "" : "\n\n";
  return {
    html: `<figure>\n${image}\n<figcaption>${gap}${text}${gap}</figcaption></figure>`,
    isBlock: true,
  };
}

/** A player or a program's text becomes a link to its page. */
function writeEmbedded(name: string, { values, named }: TagArguments): TagOutput | undefined {
  const id = named.get("id") ?? values[0] ?? "";
  const isAddress = /^https:\/\//.test(id);
  const path =
    name === "gist" && values[1] !== undefined && !/[./]/.test(values[1]) ? `${id}/${values[1]}` : id;
  if (!isAddress && !/^[\w-]{1,64}(?:\/[\w-]{1,64})?$/.test(path)) return undefined;
  const begin = { youtube: "https://www.youtube.com/watch?v=", vimeo: "https://vimeo.com/" }[name];
  const url = isAddress ? id : `${begin ?? "https://gist.github.com/"}${path}`;
  return { html: anchor(url, url) };
}
