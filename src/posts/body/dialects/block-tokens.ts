import type StateBlock from "markdown-it/lib/rules_block/state_block.mjs";
import type Token from "markdown-it/lib/token.mjs";

/** The text of a line, from its first character that is no white space on; undefined where it is indented code. */
export function readLine(state: StateBlock, line: number): string | undefined {
  if ((state.sCount[line] ?? 0) - state.blkIndent >= 4) return undefined;
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
}

export function pushHtml(state: StateBlock, html: string, line: number): void {
  const token = state.push("html_block", "", 0);
  token.content = html;
  token.map = [line, line + 1];
}

/** Text with Markdown in it that stands in no paragraph. */
export function pushInline(state: StateBlock, text: string, line: number): void {
  const token = state.push("inline", "", 0);
  token.content = text;
  token.map = [line, line + 1];
  token.children = [];
}

export function pushTitle(state: StateBlock, title: string, line: number): void {
  pushHtml(state, "<p><strong>", line);
  pushInline(state, title, line);
  pushHtml(state, "</strong></p>\n", line);
}

/** A title in the words of its kind: `note` is "Note". */
export function titleOf(kind: string): string {
  return kind.slice(0, 1).toUpperCase() + kind.slice(1).toLowerCase();
}

export type { StateBlock, Token };
