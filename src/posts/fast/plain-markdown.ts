import type { MarkdownExtension } from "../../model/config.ts";
import { HeadingNames, slugifyHeading } from "../body/characters.ts";
import type { MediaReference } from "../body/clean-attributes.ts";
import type { CleanHtml } from "../body/clean-html.ts";
import { largestBody } from "../body/html-rules.ts";
import type { AddressScope } from "./plain-address.ts";
import { type CodeBlock, type ListItem, readFence, readIndented, readItems } from "./plain-blocks.ts";
import { renderInline } from "./plain-inline.ts";
import { classifyLine, classifyNextLine, endOfLine, isBlank } from "./plain-lines.ts";

// markdown-it and the cleaning after it define what a post looks like, and a property test holds this to it byte for byte:
// paragraphs, headings, flat and nested tight lists, quotes, code, rules, emphasis, links and images, in several times less time.

/** Quotes and lists within one another; the full parser reads deeper ones. */
const deepest = 8;
const lineSeparator = /[\u2028\u2029]/;
/** Templates, and what generators' Markdown knows in any case. */
const dialect = /\{[{%#:.]|%%|\[\[|^[ \t>]{0,99}(?::{2,}|\[!|\[toc\])/im;
/** What only some know, and how to see that it is not used. */
const signs: Readonly<Partial<Record<MarkdownExtension, RegExp>>> = {
  callouts: /\[!/,
  containers: /::/,
  mark: /==/,
  "wiki-links": /\^/,
};
const noneRemoved: ReadonlySet<string> = new Set();

/**
 * Renders and cleans a body in one pass.
 * @param text without characters that XML forbids, lines ended by LF
 * @param base gives what relative URLs are resolved against: the permalink
 */
export function renderPlainMarkdown(
  text: string,
  base: () => URL,
  extensions: readonly MarkdownExtension[] = [],
): CleanHtml | undefined {
  if (lineSeparator.test(text) || dialect.test(text) || extensions.some((name) => isUsed(name, text)))
    return undefined;
  const reader = new PlainReader(base);
  const html = reader.readBlocks(text, 0);
  if (html === undefined) return undefined;
  const { references, more } = reader;
  if (html.length > largestBody) return undefined;
  return { html, removed: noneRemoved, references, ...(more !== undefined && { more }) };
}

function isUsed(extension: MarkdownExtension, text: string): boolean {
  return signs[extension]?.test(text) ?? true;
}

class PlainReader implements AddressScope {
  readonly base: () => URL;
  readonly references: MediaReference[] = [];
  more: number | undefined;
  readonly #names = new HeadingNames();
  /** Where the block that was read last ends. */
  #next = 0;

  constructor(base: () => URL) {
    this.base = base;
  }

  readBlocks(text: string, depth: number): string | undefined {
    let out = "";
    let at = 0;
    while (at < text.length) {
      const end = endOfLine(text, at);
      if (isBlank(text, at, end)) at = end + 1;
      else {
        if (depth === 0 && this.more === undefined && classifyLine(text, at) === "more")
          this.more = out.length;
        const block = this.#readBlock(text, at, depth);
        if (block === undefined) return undefined;
        out += block;
        at = this.#next;
      }
    }
    return out;
  }

  #readBlock(text: string, at: number, depth: number): string | undefined {
    switch (classifyLine(text, at)) {
      case "text":
        return this.#wrap("<p>", this.#readParagraph(text, at), "</p>\n");
      case "heading":
        return this.#readHeading(text, at);
      case "quote":
        return depth < deepest ? this.#readQuote(text, at, depth) : undefined;
      case "rule":
        this.#next = endOfLine(text, at) + 1;
        return "<hr>\n";
      case "bullet":
      case "ordered":
        return depth < deepest ? this.#readList(text, at, depth) : undefined;
      case "fence":
        return this.#pass(readFence(text, at));
      case "code":
        return this.#pass(readIndented(text, at));
      case "more":
        // The comment goes, the line's end stays.
        this.#next = endOfLine(text, at) + 1;
        return depth === 0 ? text.slice(this.#next - 1, this.#next) : undefined;
      default:
        return undefined;
    }
  }

  #pass(code: CodeBlock | undefined): string | undefined {
    this.#next = code?.end ?? this.#next;
    return code?.html;
  }

  #wrap(before: string, html: string | undefined, after: string): string | undefined {
    return html === undefined ? undefined : before + html + after;
  }

  #readParagraph(text: string, at: number): string | undefined {
    let end = endOfLine(text, at);
    let next = end + 1;
    while (next < text.length) {
      const stop = endOfLine(text, next);
      if (isBlank(text, next, stop)) break;
      const kind = classifyNextLine(text, next);
      if (kind === "unclear") return undefined;
      if (kind !== "text") break;
      end = stop;
      next = stop + 1;
    }
    this.#next = next;
    // It may define references, for links anywhere in the post.
    if (text[at] === "[" && text.slice(at, end).includes("]:")) return undefined;
    const stop = trimEnd(text, at, end);
    // Attributes may end it.
    return text[stop - 1] === "}" ? undefined : renderInline(text, at, stop, this);
  }

  #readHeading(text: string, at: number): string | undefined {
    const end = endOfLine(text, at);
    const marks = /#+/y;
    marks.lastIndex = at;
    const level = marks.exec(text)?.[0].length ?? 0;
    let start = at + level;
    while (text.charCodeAt(start) === 0x20) start += 1;
    const stop = trimEnd(text, start, end);
    // Number signs at its end, after a space, may be no part of it.
    if (start >= stop || / #+$|^#+$|\}$/.test(text.slice(start, stop))) return undefined;
    const html = renderInline(text, start, stop, this);
    this.#next = end + 1;
    return html === undefined
      ? undefined
      : `<h${level} id="${this.#nameHeading(html)}">${html}</h${level}>\n`;
  }

  /** A heading's id is made of the text it shows; images show none. */
  #nameHeading(html: string): string {
    const text = html
      .replace(/<[^>]*>/g, "")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&amp;", "&");
    return this.#names.take(slugifyHeading(text));
  }

  /** Every line has its mark, and a blank line or nothing follows. */
  #readQuote(text: string, at: number, depth: number): string | undefined {
    const lines: string[] = [];
    let next = at;
    while (next < text.length && text[next] === ">") {
      const end = endOfLine(text, next);
      lines.push(text.slice(text[next + 1] === " " ? next + 2 : next + 1, end));
      next = end + 1;
    }
    if (next < text.length && !isBlank(text, next, endOfLine(text, next))) return undefined;
    const inner = this.#readWithin(lines.join("\n"), depth);
    this.#next = next;
    return inner === "" ? undefined : this.#wrap("<blockquote>\n", inner, "</blockquote>\n");
  }

  #readWithin(text: string, depth: number): string | undefined {
    // A tab's width depends on its column.
    return text.includes("\t") ? undefined : this.readBlocks(text, depth + 1);
  }

  #readList(text: string, at: number, depth: number): string | undefined {
    const list = readItems(text, at);
    if (list === undefined) return undefined;
    let out = "";
    for (const item of list.items) {
      const html = this.#readItem(item, list.loose, depth);
      if (html === undefined) return undefined;
      out += html;
    }
    this.#next = list.end;
    const start = list.start === undefined || list.start === 1 ? "" : ` start="${list.start}"`;
    return list.start === undefined ? `<ul>\n${out}</ul>\n` : `<ol${start}>\n${out}</ol>\n`;
  }

  /** One paragraph, and in a list without blank lines more lists below it. */
  #readItem(item: ListItem, loose: boolean, depth: number): string | undefined {
    const { text } = item;
    if (text.includes("\t") || classifyLine(text, 0) !== "text" || isTask(text)) return undefined;
    const shown = this.#readParagraph(text, 0);
    const rest = text.slice(this.#next);
    if (shown === undefined || (loose && rest !== "")) return undefined;
    if (loose) return `<li>\n<p>${shown}</p>\n</li>\n`;
    if (rest === "") return `<li>${shown}</li>\n`;
    const kind = classifyLine(rest, 0);
    const below = kind === "bullet" || kind === "ordered" ? this.#readBlock(rest, 0, depth + 1) : undefined;
    return this.#next > rest.length ? this.#wrap(`<li>${shown}\n`, below, "</li>\n") : undefined;
  }
}

function trimEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && text.charCodeAt(last - 1) === 0x20) last -= 1;
  return last;
}

/** Whether an item's text begins with a box to be ticked. */
function isTask(text: string): boolean {
  return /^\[[xX \u00a0]\][ \u00a0]/.test(text);
}
