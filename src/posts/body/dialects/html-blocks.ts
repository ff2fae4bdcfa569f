import type MarkdownIt from "markdown-it";
import { pushHtml, pushInline, readLine, type StateBlock } from "./block-tokens.ts";

const alt = { alt: ["paragraph", "reference", "blockquote", "list"] };
const tags = /^(?:<\/?[a-z][\w-]*(?:\s[^<>]*)?\/?>[ \t]*)+/;
const endTags = /(?:<\/[a-z][\w-]*>[ \t]*)+$/;
/** Elements within a line of text. */
const phrasing =
  /^<\/?(?:a|abbr|b|bdi|bdo|br|cite|code|data|del|dfn|em|i|img|ins|kbd|mark|q|ruby|s|samp|small|span|strong|sub|sup|time|u|var|wbr)[\s/>]/;

/** MDX: a line of tags is a block, and what stands between blocks is Markdown, also in the same line. */
export function mdxBlocks(md: MarkdownIt): void {
  md.disable(["code", "html_block"]);
  const rule = (state: StateBlock, line: number, _last: number, silent: boolean): boolean => {
    const text = state.src
      .slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line])
      .trimEnd();
    if (!text.startsWith("<")) return false;
    const [before = ""] = tags.exec(text) ?? [];
    const rest = text.slice(before.length);
    const [after = ""] = endTags.exec(rest) ?? [];
    const isBlock = before !== "" && !phrasing.test(before) && (rest === "" || after !== "");
    if (!isBlock || silent) return isBlock;
    pushHtml(state, before, line);
    if (rest !== "") pushInline(state, rest.slice(0, rest.length - after.length), line);
    pushHtml(state, `${after}\n`, line);
    state.line = line + 1;
    return true;
  };
  md.block.ruler.before("fence", "mdx_block", rule, alt);
}

/** Vue: a component begins a block of HTML, which ends at a blank line; `<<< file` would show another file. */
export function vueBlocks(md: MarkdownIt): void {
  const rule = (state: StateBlock, line: number, last: number, silent: boolean): boolean => {
    const text = readLine(state, line);
    const isInclude = /^<<< ?\S/.test(text ?? "");
    if (!isInclude && !/^<\/?(?:[A-Z][\w.]*|[a-z]+(?:-[a-z0-9]+)+)(?=[\s/>])/.test(text ?? "")) return false;
    if (silent) return true;
    let end = line + 1;
    while (!isInclude && end < last && !state.isEmpty(end)) end += 1;
    if (!isInclude) pushHtml(state, state.getLines(line, end, state.blkIndent, true), line);
    state.line = end;
    return true;
  };
  md.block.ruler.before("html_block", "vue_block", rule, alt);
}

/** kramdown and Python-Markdown: Markdown in elements that ask for it, and a sign between blocks. */
export function kramdownBlocks(md: MarkdownIt): void {
  const rule = (state: StateBlock, line: number, _last: number, silent: boolean): boolean => {
    const text = readLine(state, line)?.trimEnd() ?? "";
    const [tag] = /^<[a-z][\w-]*(?:\s[^<>]*)?\smarkdown=["']?\w+["']?[^<>]*>/i.exec(text) ?? [];
    if (text !== "^" && tag === undefined) return false;
    if (silent) return true;
    if (tag !== undefined) pushHtml(state, `${tag}\n`, line);
    if (tag !== undefined && text.length > tag.length) pushInline(state, text.slice(tag.length), line);
    state.line = line + 1;
    return true;
  };
  md.block.ruler.before("html_block", "kramdown_block", rule, alt);
  // The language of a block of code, in its first line.
  md.core.ruler.after("block", "code_language", ({ tokens }) => {
    for (const token of tokens)
      if (token.type === "code_block") token.content = token.content.replace(/^:::[\w+#-]{1,40}[^\n]*\n/, "");
  });
}
