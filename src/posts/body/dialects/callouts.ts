import type MarkdownIt from "markdown-it";
import type { Token } from "./block-tokens.ts";
import { titleOf } from "./block-tokens.ts";

const sign = /^\[!([A-Za-z][\w-]{0,40})(?:\|[^\]\n]{0,100})?\][+-]?[ \t]*([^\n]*)(?:\n|$)/;

/** Quotes that are boxes: `> [!NOTE]`, with or without a title. */
export function callouts(md: MarkdownIt): void {
  md.core.ruler.after("block", "callouts", (state) => {
    const { tokens } = state;
    if (!tokens.some(({ type }) => type === "blockquote_open")) return;
    const out: Token[] = [];
    for (let index = 0; index < tokens.length; index += 1) {
      const token = tokens[index] as Token;
      out.push(token);
      const text = tokens[index + 2];
      if (token.type !== "blockquote_open" || text?.type !== "inline") continue;
      const [whole, kind, title = ""] = sign.exec(text.content) ?? [];
      if (whole === undefined || kind === undefined) continue;
      const label = new state.Token("inline", "", 0);
      Object.assign(label, {
        content: title === "" ? titleOf(kind) : title.trim(),
        children: [],
        map: text.map,
      });
      const html = (content: string): Token =>
        Object.assign(new state.Token("html_block", "", 0), { content });
      out.push(html("<p><strong>"), label, html("</strong></p>\n"));
      text.content = text.content.slice(whole.length);
      // The paragraph had nothing but the sign.
      if (text.content === "") index += 3;
    }
    state.tokens = out;
  });
}
