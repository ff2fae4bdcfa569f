import { abbr } from "@mdit/plugin-abbr";
import { dl } from "@mdit/plugin-dl";
import { mark } from "@mdit/plugin-mark";
import type MarkdownIt from "markdown-it";
import type { Config } from "../../../model/config.ts";
import { attributes } from "./attributes.ts";
import { callouts } from "./callouts.ts";
import { inlineComponents } from "./components.ts";
import { containers } from "./containers.ts";
import { kramdownBlocks, mdxBlocks, vueBlocks } from "./html-blocks.ts";
import { wikiLinks } from "./wiki-links.ts";

/**
 * What generators' Markdown knows besides CommonMark and GitHub's: what the site says, and without that what is never
 * meant as text.
 */
export function useDialects(md: MarkdownIt, { markdown }: Config, isMdx: boolean): void {
  const has = new Set<string>(markdown.extensions);
  md.set({ breaks: has.has("breaks") });
  containers(md, has.has("containers") || has.has("mdc"), has.has("mdc"));
  callouts(md);
  wikiLinks(md, has.has("wiki-links"));
  attributes(md, { hasBlockNames: has.has("wiki-links") });
  dropContents(md);
  if (has.has("definition-lists") || has.has("kramdown")) md.use(dl);
  if (has.has("mark")) md.use(mark);
  if (has.has("mdc")) inlineComponents(md);
  if (has.has("kramdown")) {
    md.use(abbr);
    kramdownBlocks(md);
  }
  if (isMdx) mdxBlocks(md);
  else if (markdown.templates === "vue" && !has.has("mdc")) vueBlocks(md);
}

/** `[[toc]]` and `[TOC]`: the site makes a table of contents of it. */
function dropContents(md: MarkdownIt): void {
  md.core.ruler.after("block", "contents", ({ tokens }) => {
    for (const token of tokens)
      if (token.type === "inline" && /^(?:\[\[_?toc_?\]\]|\[toc\])$/i.test(token.content)) token.content = "";
  });
}
