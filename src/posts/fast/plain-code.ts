// In comes a place in Markdown where a block of code begins; out goes its HTML, or undefined where only the whole parser can tell.
import { escapeText } from "../body/characters.ts";
import { endOfLine, isBlank } from "./plain-lines.ts";

export interface CodeBlock {
  readonly html: string;
  /** Offset after it. */
  readonly end: number;
}

/** Reads code between fences, the closing one included. */
export function readFence(text: string, at: number): CodeBlock | undefined {
  const opening = /(`{3,}|~{3,}) *(?:([\w+#.-]{1,40})(?: [^`\\&\n]*)?)?$/my;
  opening.lastIndex = at;
  const [, marks, language] = opening.exec(text) ?? [];
  if (marks === undefined) return undefined;
  const start = endOfLine(text, at) + 1;
  const closing = new RegExp(`^ {0,3}${marks[0]}{${marks.length},}[ \\t]*$`, "gm");
  closing.lastIndex = start;
  const end = closing.exec(text)?.index;
  if (end === undefined) return undefined;
  const name = language === undefined ? "" : ` class="language-${language}"`;
  const html = `<pre><code${name}>${escapeText(text.slice(start, end))}</code></pre>\n`;
  return { html, end: closing.lastIndex + 1 };
}

/** Reads lines that are indented by four spaces or more, and the blank ones between them. */
export function readIndented(text: string, at: number): CodeBlock | undefined {
  const lines: string[] = [];
  let kept = 0;
  let last = at;
  let next = at;
  while (next < text.length) {
    const end = endOfLine(text, next);
    const isEmpty = isBlank(text, next, end);
    if (!isEmpty && !text.startsWith("    ", next)) break;
    lines.push(text.slice(Math.min(next + 4, end), end));
    next = end + 1;
    if (isEmpty) continue;
    kept = lines.length;
    last = next;
  }
  // How far a tab indents, and whether a line with one is blank, takes counting.
  if (text[next] === " " || /^ *\t/m.test(text.slice(at, next + 1))) return undefined;
  const code = escapeText(lines.slice(0, kept).join("\n"));
  return { html: `<pre><code>${code}\n</code></pre>\n`, end: last };
}
