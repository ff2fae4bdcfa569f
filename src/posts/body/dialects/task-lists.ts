import type MarkdownIt from "markdown-it";

/** Items that begin with a box, `[x]` or `[ ]`. */
export function taskLists(md: MarkdownIt): void {
  md.core.ruler.after("inline", "task_list", ({ tokens, Token }) => {
    tokens.forEach((token, index) => {
      const [first] = token.children ?? [];
      const isFirst =
        tokens[index - 1]?.type === "paragraph_open" && tokens[index - 2]?.type === "list_item_open";
      if (token.type !== "inline" || first === undefined || !isFirst) return;
      const [, sign] = /^\[([xX \u00a0])\][ \u00a0]./.exec(token.content) ?? [];
      if (sign === undefined || first.type !== "text") return;
      first.content = first.content.slice(3);
      const box = new Token("html_inline", "", 0);
      box.content = `<input type="checkbox"${/x/i.test(sign) ? " checked" : ""}>`;
      token.children?.unshift(box);
    });
  });
}
