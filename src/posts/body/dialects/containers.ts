import type MarkdownIt from "markdown-it";
import { pushHtml, pushInline, pushTitle, readLine, type StateBlock, titleOf } from "./block-tokens.ts";

/** `:::note`, `::: note Title`, `:::note[Title]{…}`, `::: {.note}`, and `::name[text]{…}`. */
const opening =
  /^(:{2,})[ \t]*(?:\{[.:]?)?([A-Za-z][\w-]*)\}?(?:\[([^\n]*?)\])?[ \t]*(\{[^\n]*\})?[ \t]*([^\n]*)$/;
const closing = /^(:{2,})[ \t]*$/;
/** Kinds whose name is the title where there is no other. */
const titled =
  /^(?:note|tip|info|hint|important|warning|caution|danger|success|question|quote|example|abstract|details|seealso)$/i;

interface ContainerEnv {
  /** End tags of the containers that are open. */
  containers?: string[];
}

/**
 * Boxes between lines of colons. Three colons or more are never meant as text; two are a box of Nuxt's or a line of
 * Starlight's, and only where the site says so.
 * @param hasComponents boxes are Nuxt's: they have no title of their own, and YAML may stand at their beginning
 */
export function containers(md: MarkdownIt, hasPairs: boolean, hasComponents: boolean): void {
  const fewest = hasPairs ? 2 : 3;
  const rule = (state: StateBlock, line: number, last: number, silent: boolean): boolean => {
    const text = readLine(state, line);
    if (text === undefined) return false;
    const env = state.env as ContainerEnv;
    env.containers ??= [];
    const isInside = env.containers.length > 0;
    if (hasComponents && isInside && /^#[\w-]+\s*$/.test(text)) return skip(state, line + 1, silent);
    if (!text.startsWith("::")) return false;
    const [, endMarks] = closing.exec(text) ?? [];
    if (endMarks !== undefined) {
      if (endMarks.length < fewest) return false;
      if (!silent && isInside) pushHtml(state, env.containers.pop() ?? "", line);
      return skip(state, line + 1, silent);
    }
    const match = opening.exec(text);
    const [, marks = "", kind = "", label, , rest = ""] = match ?? [];
    if (match === null || marks.length < fewest || (marks.length === 2 && rest !== "")) return false;
    if (silent) return true;
    const title = label ?? rest.replace(/^"(.*)"$/, "$1");
    env.containers.push(open(state, line, hasComponents ? "" : kind, title, marks.length === 2));
    return skip(state, hasComponents ? skipYaml(state, line + 1, last) : line + 1, silent);
  };
  md.block.ruler.before("fence", "containers", rule, {
    alt: ["paragraph", "reference", "blockquote", "list"],
  });
}

function skip(state: StateBlock, line: number, silent: boolean): true {
  if (!silent) state.line = line;
  return true;
}

/** Writes how a box begins, and gives how it ends. */
function open(state: StateBlock, line: number, kind: string, title: string, isBare: boolean): string {
  if (/^details$/i.test(kind)) {
    pushHtml(state, "<details><summary>", line);
    pushInline(state, title === "" ? titleOf(kind) : title, line);
    pushHtml(state, "</summary>\n", line);
    return "</details>\n";
  }
  const shown = title === "" && titled.test(kind) && !isBare ? titleOf(kind) : title;
  if (isBare && shown === "") return "";
  pushHtml(state, isBare ? "" : "<aside>\n", line);
  if (shown !== "") pushTitle(state, shown, line);
  return isBare ? "" : "</aside>\n";
}

function skipYaml(state: StateBlock, line: number, last: number): number {
  if (line >= last || readLine(state, line)?.trim() !== "---") return line;
  for (let next = line + 1; next < last; next += 1)
    if (readLine(state, next)?.trim() === "---") return next + 1;
  return line;
}
