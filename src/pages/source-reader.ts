import { decodeHTML } from "entities";
import { InlineReader } from "./source-inline.ts";
import type { TokenList } from "./token-list.ts";
import { lettersOf } from "./words.ts";

/** The first block of a source where it is a heading. */
export interface LeadingHeading {
  readonly start: number;
  readonly end: number;
  readonly letters: string;
}

/**
 * Reads Markdown line by line, without building it: only which words a page will show, and where components are.
 * Footnotes come last, as pages show them.
 */
export function readSource(body: string, tokens: TokenList): LeadingHeading | undefined {
  const reader = new BlockReader(body.replaceAll("\r\n", "\n"), tokens);
  return reader.read();
}

const fence = /^((?:\s|>){0,40}(?:[-*+]\s+|\d{1,9}[.)]\s+)?)(`{3,}|~{3,})(.{0,2000})$/s;
const footnote = /^ {0,3}\[\^[^\]\n]{1,200}\]:/;
const reference = /^ {0,3}\[[^\]\n]{1,500}\]:\s{0,20}\S/;
const abbreviation = /^\*\[[^\]\n]{1,200}\]:/;
const admonition = /^((?:\s|>){0,40})(?::{2,}|!!!|\?\?\?\+?|>?\s{0,9}\[![A-Za-z-]{1,40}\])/;
const contentsMark =
  /^\s{0,20}(?:\[\[?_?toc_?\]?\]|\{:\s?toc\}|\$\{toc\}|@\[toc\].{0,99}|\[\[_TOC_\]\])\s{0,20}$/i;
const addressAlone = /^\s{0,20}<?https?:\/\/[^\s<>]{1,2000}>?\s{0,20}$/i;
const moduleLine = /^(?:import|export)\s.{0,4000}(?:from\s{0,9}["']|["'];?\s{0,9}$|=\s|\{)/;
const atxHeading = /^ {0,3}#{1,6}\s/;
const unseenStart = /^\s{0,20}(<!--|<script(?=[\s>])|<style(?=[\s>]))/i;
const setextLine = /^ {0,3}(?:=+|-+)\s{0,20}$/;
const listMarker = /^((?:\s|>){0,40})(?:[-*+]|\d{1,9}[.)])(?=\s|$)/;
const attributeList = /\{:?\s{0,9}[#.][^{}\n]{0,400}\}\s{0,20}$|^\s{0,20}\{:[^{}\n]{0,400}\}\s{0,20}$/;

class BlockReader {
  readonly #lines: readonly string[];
  readonly #tokens: TokenList;
  readonly #inline: InlineReader;
  #at = 0;
  readonly #footnotes: string[] = [];
  /** Lines of running text, read together: templates, tags and comments go over line ends. */
  #text: string[] = [];

  constructor(body: string, tokens: TokenList) {
    this.#lines = body.split("\n");
    this.#tokens = tokens;
    this.#inline = new InlineReader(tokens);
  }

  read(): LeadingHeading | undefined {
    const heading = this.#readLeadingHeading();
    while (this.#at < this.#lines.length) this.#readLine(this.#lines[this.#at++] as string);
    this.#endText();
    if (this.#footnotes.length > 0) {
      this.#tokens.mark();
      this.#inline.read(this.#footnotes.join("\n\n"));
    }
    return heading;
  }

  #readLeadingHeading(): LeadingHeading | undefined {
    while (this.#at < this.#lines.length && this.#isBlank(this.#at)) this.#at += 1;
    const line = this.#lines[this.#at] ?? "";
    const isSetext =
      line.trim() !== "" && setextLine.test(this.#lines[this.#at + 1] ?? "") && !/^\s*[-*+>#]/.test(line);
    if (!isSetext && !atxHeading.test(line) && !/^\s{0,3}<h1[\s>]/i.test(line)) return undefined;
    this.#at += isSetext ? 2 : 1;
    const start = this.#tokens.length;
    this.#inline.read(line.replace(attributeList, ""));
    const shown = line
      .replace(attributeList, "")
      .replace(/<[^<>]{0,400}>/g, "")
      .replace(/\]\([^()]{0,400}\)/g, "");
    return { start, end: this.#tokens.length, letters: lettersOf(decodeHTML(shown)) };
  }

  #readLine(line: string): void {
    const opening = fence.exec(line);
    if (opening !== null) this.#readFence(opening);
    else if (unseenStart.test(line)) this.#skipUnseen(line);
    else if (footnote.test(line)) this.#readFootnote(line);
    else if (reference.test(line) || abbreviation.test(line)) this.#endText();
    else if (contentsMark.test(line)) this.#addComponent("");
    else if (addressAlone.test(line) || admonition.test(line)) this.#addComponent(line);
    else if (moduleLine.test(line)) this.#addComponent(line, false);
    else if (this.#isIndentedCode(line)) this.#readIndentedCode(line);
    else if (line.trim() === "") this.#text.push("");
    else this.#text.push(line.replace(listMarker, "$1").replace(attributeList, ""));
  }

  /** A comment, script or style that begins a line goes to its end, over blank lines and fences. */
  #skipUnseen(line: string): void {
    this.#endText();
    const [, start = ""] = unseenStart.exec(line) ?? [];
    const end = start === "<!--" ? "-->" : `</${start.slice(1).toLowerCase()}`;
    let rest = line;
    while (!rest.toLowerCase().includes(end) && this.#at < this.#lines.length)
      rest = this.#lines[this.#at++] as string;
    const after = rest
      .slice(rest.toLowerCase().indexOf(end) + end.length)
      .replace(end === "-->" ? /^/ : /^[^>]*>/, "");
    if (rest.toLowerCase().includes(end) && after.trim() !== "") this.#text.push(after);
  }

  /** The language and options after a fence are seldom shown. */
  #readFence([, lead = "", marks = "", info = ""]: RegExpExecArray): void {
    if (marks.startsWith("`") && info.includes("`")) {
      this.#text.push(`${lead}${marks}${info}`);
      return;
    }
    this.#endText();
    if (/^\{?\s{0,9}(?:mermaid|math|katex|chart|plantuml|embed|dot|tabs)/i.test(info.trim()))
      this.#tokens.mark();
    this.#tokens.addText(info, true);
    const closing = new RegExp(`^(?:\\s|>){0,40}${marks[0] === "~" ? "~" : "`"}{${marks.length},}\\s{0,20}$`);
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at++] as string;
      if (closing.test(line)) break;
      this.#tokens.addText(line);
    }
  }

  #readFootnote(line: string): void {
    this.#endText();
    const lines = [line.replace(footnote, "")];
    while (this.#at < this.#lines.length) {
      const next = this.#lines[this.#at] as string;
      const isContinued = this.#isBlank(this.#at)
        ? /^(?: {2,}|\t)\S/.test(this.#lines[this.#at + 1] ?? "")
        : !footnote.test(next);
      if (!isContinued) break;
      lines.push(next);
      this.#at += 1;
    }
    this.#footnotes.push(lines.join("\n"));
  }

  #addComponent(line: string, isShown = true): void {
    this.#endText();
    if (isShown) this.#tokens.mark(true);
    this.#tokens.addText(line, true);
    if (isShown) this.#tokens.mark();
  }

  /** Four spaces after a blank line are code, or a list item's paragraph: what looks like tags there is weak. */
  #readIndentedCode(line: string): void {
    this.#endText();
    if (/[<{`[]/.test(line)) this.#inline.read(line, true);
    else this.#tokens.addText(line);
  }

  #isIndentedCode(line: string): boolean {
    if (!/^(?: {4}|\t)/.test(line) || line.trim() === "") return false;
    const before = this.#lines[this.#at - 2];
    return before === undefined || before.trim() === "" || /^(?: {4}|\t)/.test(before);
  }

  #isBlank(at: number): boolean {
    return (this.#lines[at] ?? "").trim() === "";
  }

  #endText(): void {
    if (this.#text.length > 0) this.#inline.read(this.#text.join("\n"));
    this.#text = [];
  }
}
