import { CodeFinder, type CodeForm } from "../code-finder.ts";
import { OpaqueBlocks } from "./opaque-blocks.ts";
import type { TemplateSyntax } from "./syntax.ts";
import type { TemplateToken } from "./tokens.ts";

/** Longest text between `{{` and `}}`, or `{%` and `%}`, in characters. */
const longestTag = 10_000;
const special = /[`<{%\\\n]/g;
const callForm = /^[-\s]{0,9}([A-Za-z_][\w:./-]*)\s{0,9}\(([\s\S]*)\)[-\s]{0,9}$/;
const tagForm = /^[-+~\s]{0,9}(#|\/?\s{0,9}[^\s(,'"/%=<>-][^\s(,'"%=<>]*|)([\s\S]*)$/;

/** What besides templates is taken apart here, because it must not be looked for in code. */
export interface TokenizeOptions extends CodeForm {
  readonly syntax: TemplateSyntax;
  /** `%%…%%` hides in any case, not only where it can be nothing else. */
  readonly hasPercentComments: boolean;
}

/** Takes a body apart; the time it takes grows as the body does. */
export function tokenize(text: string, options: TokenizeOptions): TemplateToken[] {
  return new Tokenizer(text, options).run();
}

class Tokenizer {
  readonly #text: string;
  readonly #options: TokenizeOptions;
  readonly #code: CodeFinder;
  readonly #blocks: OpaqueBlocks;
  readonly #tokens: TemplateToken[] = [];
  /** Where each end was found last, so that looking for one that is far away is not repeated. */
  readonly #found = new Map<string, { readonly from: number; readonly at: number }>();
  #at = 0;
  /** Where the text begins that is in no token yet. */
  #from = 0;

  constructor(text: string, options: TokenizeOptions) {
    this.#text = text;
    this.#options = options;
    this.#code = new CodeFinder(text, options);
    this.#blocks = new OpaqueBlocks(text);
  }

  run(): TemplateToken[] {
    const { length } = this.#text;
    let isLineStart = true;
    while (this.#at < length) {
      const code = isLineStart ? this.#code.endAtLine(this.#at) : undefined;
      if (code !== undefined) this.#push(code, { kind: "code", text: this.#text.slice(this.#at, code) });
      else this.#readLine();
      isLineStart = this.#text[this.#at - 1] === "\n";
    }
    this.#flush(length);
    return this.#tokens;
  }

  /** Reads to the next line, or to the end of what begins here. */
  #readLine(): void {
    special.lastIndex = this.#at;
    const match = special.exec(this.#text);
    this.#at = match?.index ?? this.#text.length;
    if (match === null) return;
    if (!this.#take(match[0])) this.#at += 1;
  }

  #take(character: string): boolean {
    if (character === "\n") return false;
    if (character === "\\") {
      if (this.#text[this.#at + 1] === "`") this.#at += 1;
      return false;
    }
    if (character === "%") return this.#takePercentComment();
    if (character === "{") return this.#takeBrace();
    const end = this.#endOfComment() ?? this.#endOfUnread() ?? this.#code.endInLine(this.#at);
    if (end === undefined) return false;
    return this.#push(end, { kind: "code", text: this.#text.slice(this.#at, end) });
  }

  #push(end: number, token: TemplateToken): true {
    this.#flush(this.#at);
    this.#tokens.push(token);
    this.#at = end;
    this.#from = end;
    return true;
  }

  #flush(end: number): void {
    if (end > this.#from) this.#tokens.push({ kind: "text", text: this.#text.slice(this.#from, end) });
    this.#from = end;
  }

  /** Where the next `sign` stands, not before `from`; -1 without one. */
  #find(sign: string, from: number): number {
    const last = this.#found.get(sign);
    if (last !== undefined && from >= last.from && (last.at === -1 || last.at >= from)) return last.at;
    const at = this.#text.indexOf(sign, from);
    this.#found.set(sign, { from, at });
    return at;
  }

  /** Cleaning takes comments out, and whatever stands in them. */
  #endOfComment(): number | undefined {
    if (!this.#text.startsWith("<!--", this.#at)) return undefined;
    const end = this.#find("-->", this.#at + 4);
    const tag = this.#find("{%", this.#at);
    return end === -1 || (tag !== -1 && tag < end) ? undefined : end + 3;
  }

  /** Vue leaves alone what stands in an element with `v-pre`. */
  #endOfUnread(): number | undefined {
    const opening = /<([a-z][\w-]*)(?=\s)[^<>]{0,999}\sv-pre(?=[\s>=])/iy;
    opening.lastIndex = this.#at;
    const name = opening.exec(this.#text)?.[1];
    const end = name === undefined ? -1 : this.#find(`</${name}`, this.#at);
    return end === -1 ? undefined : end;
  }

  /** Obsidian's comments, in a line or over several. */
  #takePercentComment(): boolean {
    if (!this.#text.startsWith("%%", this.#at)) return false;
    const end = this.#find("%%", this.#at + 2);
    if (end === -1) return false;
    const inner = this.#text.slice(this.#at + 2, end);
    const before = this.#text[this.#at - 1] ?? "\n";
    const after = this.#text[end + 2] ?? "\n";
    const isClear =
      /[\s(]/.test(before) && /[\s).,;:!?]/.test(after) && /^(?:\n[\s\S]*\n|\S.*\S|\S)$/.test(inner);
    return (this.#options.hasPercentComments || isClear) && this.#push(end + 2, { kind: "hidden" });
  }

  #takeBrace(): boolean {
    const { syntax } = this.#options;
    const second = this.#text[this.#at + 1];
    if (second === ":") return this.#takeAttributes();
    if (second === "#") return syntax.hasComments && this.#takeComment();
    if (second === "%") return syntax.hasTags && this.#takeTag("{%", "%}", "tag");
    if (second !== "{") return false;
    const third = this.#text[this.#at + 2];
    if (syntax.hasShortcodes && (third === "<" || third === "%"))
      return this.#takeTag(`{{${third}`, third === "<" ? ">}}" : "%}}", "shortcode");
    return syntax.expressions !== "none" || syntax.hasShortcodes ? this.#takeExpression() : false;
  }

  #takeComment(): boolean {
    const brace = this.#find("}", this.#at);
    const isClosed = brace > this.#at + 2 && this.#text[brace - 1] === "#";
    // `{#name .class}` is an id.
    if (!isClosed && !/[\s-]/.test(this.#text[this.#at + 2] ?? "")) return false;
    const end = isClosed ? brace - 1 : this.#find("#}", this.#at + 2);
    return end !== -1 && this.#push(end + 2, { kind: "hidden" });
  }

  #takeTag(start: string, stop: string, family: "tag" | "shortcode"): boolean {
    const from = this.#at + start.length;
    const end = this.#find(stop, from);
    if (end === -1 || end - from > longestTag) return false;
    const inner = this.#text.slice(from, end);
    const escaped = /^\s{0,9}\/\*([\s\S]*)\*\/\s{0,9}$/.exec(inner)?.[1];
    // An escaped tag is shown.
    if (escaped !== undefined)
      return this.#push(end + stop.length, { kind: "text", text: hideMarkup(start + escaped + stop) });
    const [, name = "", rest = ""] = tagForm.exec(inner) ?? [];
    const closing = this.#blocks.endOf(this.#at);
    if (closing !== undefined && closing >= end)
      return this.#takeBlock(name, rest, end + stop.length, closing, stop);
    const isEnd = name.startsWith("/") || (family === "tag" && name.startsWith("end"));
    const bare = name.replace(/^(?:\/\s*|end)/, "");
    const token = { family, name: isEnd ? bare : name, rest: trimTag(rest), isEnd, at: this.#at };
    return this.#push(end + stop.length, { kind: "tag", ...token });
  }

  #takeBlock(name: string, rest: string, start: number, closing: number, stop: string): boolean {
    const end = this.#find(stop, closing);
    if (end === -1) return false;
    const content = this.#text.slice(start, closing);
    return this.#push(end + stop.length, { kind: "block", name, rest: trimTag(rest), content });
  }

  #takeExpression(): boolean {
    const { syntax } = this.#options;
    const from = this.#at + 2;
    const end = this.#find("}}", from);
    if (end === -1 || end - from > longestTag) return false;
    const inner = this.#text.slice(from, end);
    const stop = this.#text[end + 2] === "}" && inner.startsWith("{") ? end + 3 : end + 2;
    const escaped = /^[-\s]{0,9}\/\*([\s\S]*)\*\/[-\s]{0,9}$/.exec(inner)?.[1];
    if (escaped !== undefined) {
      const isShown = syntax.expressions === "calls";
      return this.#push(stop, isShown ? { kind: "text", text: `{{${escaped}}}` } : { kind: "hidden" });
    }
    const isTex = /[\w^}\\]/.test(this.#text[this.#at - 1] ?? " ") && !/^[\s-]/.test(inner);
    if (syntax.expressions === "none" || (syntax.isGuessed && (isTex || /\n\s*\n/.test(inner)))) return false;
    const [, name, rest = ""] = callForm.exec(inner) ?? [];
    if (syntax.expressions === "all")
      return this.#push(stop, { kind: "expression", text: inner, at: this.#at });
    return (
      name !== undefined &&
      this.#push(stop, { kind: "tag", family: "shortcode", name, rest, isEnd: false, at: this.#at })
    );
  }

  /** kramdown's `{: .x}`, `{:toc}`, `{::options …/}` and `{::comment}…{:/comment}`. */
  #takeAttributes(): boolean {
    const end = this.#find("}", this.#at);
    if (end === -1) return false;
    const inner = this.#text.slice(this.#at + 2, Math.min(end, this.#at + 1000));
    if (inner.includes("\n") || end - this.#at > 999) return false;
    if (/^:comment(?![\w/])/.test(inner) && !inner.endsWith("/")) {
      const closing = this.#find("{:/", end);
      const bracket = closing === -1 ? -1 : this.#find("}", closing);
      if (bracket !== -1) return this.#push(bracket + 1, { kind: "hidden" });
    }
    return this.#push(end + 1, { kind: "attributes", text: inner });
  }
}

function trimTag(rest: string): string {
  return rest.trim().replace(/\s{0,9}[-+~]$/, "");
}

/** Text that would be an element of HTML is text. */
function hideMarkup(text: string): string {
  return text.replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
