import type MarkdownIt from "markdown-it";

/** Nuxt's `:name[text]{…}` and `[text]{.class}` in a line: the text stays. */
export function inlineComponents(md: MarkdownIt): void {
  md.inline.ruler.before("link", "component", (state, silent) => {
    const { src, pos } = state;
    const pattern = /(?::[a-z][\w-]{0,60})?\[([^[\]\n]{1,1000})\](?:\{[^{}\n]{0,1000}\})?/y;
    pattern.lastIndex = pos;
    const match = pattern.exec(src);
    const [whole = "", label = ""] = match ?? [];
    if (match === null || (src[pos] === "[" && !whole.endsWith("}")) || whole.length + pos > state.posMax)
      return false;
    if (/\w/.test(src[pos - 1] ?? "")) return false;
    if (!silent && state.pending !== "") state.pushPending();
    if (!silent) state.md.inline.parse(label, state.md, state.env, state.tokens);
    state.pos = pos + whole.length;
    return true;
  });
}
