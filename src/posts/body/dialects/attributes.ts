import type MarkdownIt from "markdown-it";
import type { Token } from "./block-tokens.ts";

/** What attributes may follow within a line. */
const carriers: ReadonlySet<string> = new Set([
  "link_close",
  "image",
  "code_inline",
  "em_close",
  "strong_close",
  "s_close",
  "mark_close",
]);

/**
 * Attributes in braces, `{#id .class key=value}`: after a heading, in the last line of a paragraph, and after what they
 * are about. An id of a heading stays; everything else is for the site's styles.
 */
export function attributes(md: MarkdownIt, options: { readonly hasBlockNames: boolean }): void {
  md.core.ruler.after("inline", "attributes", ({ tokens }) => {
    tokens.forEach((token, index) => {
      const { children } = token;
      if (token.type !== "inline" || children === null || !/[{^]/.test(token.content)) return;
      const before = tokens[index - 1];
      if (before?.type === "heading_open") nameHeading(before, children);
      for (let at = 1; at < children.length; at += 1)
        dropAfter(children[at - 1] as Token, children[at] as Token);
      dropLastLine(children);
      if (options.hasBlockNames) dropBlockName(children);
    });
  });
}

/** Whether text between braces is nothing but attributes. */
function isAttributes(inner: string): boolean {
  const words = inner.replace(/^:/, "").trim().split(/\s+/);
  return words.every((word) => /^(?:[#.][\w:.-]+|[\w-]+=\S+)$/.test(word));
}

function nameHeading(heading: Token, children: readonly Token[]): void {
  const last = children.at(-1);
  const text = last?.type === "text" ? last.content.trimEnd() : "";
  const start = text.lastIndexOf("{");
  if (last === undefined || start === -1 || !text.endsWith("}")) return;
  const inner = text.slice(start + 1, -1);
  if (!isAttributes(inner)) return;
  last.content = text.slice(0, start).trimEnd();
  const id = /(?:^|\s)#([\w:.-]+)/.exec(inner)?.[1];
  if (id !== undefined) heading.attrSet("id", id);
}

function dropAfter(carrier: Token, text: Token): void {
  if (text.type !== "text" || !text.content.startsWith("{") || !carriers.has(carrier.type)) return;
  const end = text.content.indexOf("}");
  if (end !== -1 && isAttributes(text.content.slice(1, end))) text.content = text.content.slice(end + 1);
}

function dropLastLine(children: Token[]): void {
  const last = children.at(-1);
  const isAlone = children.length === 1 || children.at(-2)?.type === "softbreak";
  if (last?.type !== "text" || !isAlone || !/^\{[^{}]*\}$/.test(last.content)) return;
  if (isAttributes(last.content.slice(1, -1))) children.splice(-2);
}

/** Obsidian's names of blocks: `^name` at the end. */
function dropBlockName(children: readonly Token[]): void {
  const last = children.at(-1);
  if (last?.type === "text") last.content = last.content.replace(/(^|[ \t])\^[\w-]{1,100}$/, "");
}
