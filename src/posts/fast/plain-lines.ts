/** What a line begins. `unclear`: only the full parser knows. */
export type LineKind =
  | "text"
  | "heading"
  | "quote"
  | "rule"
  | "bullet"
  | "ordered"
  | "fence"
  | "code"
  | "more"
  | "unclear";

// Tested at one place of a text. `$` is before a line feed: the caller has no other line ends in it.
const heading = /#{1,6}(?: |$)/my;
const rule = /([-*_])(?: *\1){2,} *$/my;
const bullet = /[-*+](?: |$)/my;
const ordered = /\d{1,9}[.)](?: |$)/my;
const interrupting = /(?:[-*+]|0{0,8}1[.)]) +[^ \n]/y;
const fence = /(?:`{3}|~{3})/y;
const more = /<!-- {0,9}more {0,9}-->$/imy;
const markup = /<[A-Za-z/!?]/y;
/** What may be below a table's or a heading's first line. */
const underline = /(?:[-:|][-:| ]*|=+ *)$/my;

function isAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** The offset of the line feed that ends a line, or of the text's end. */
export function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
}

/** Whether there are only spaces between two offsets. */
export function isBlank(text: string, at: number, end: number): boolean {
  for (let i = at; i < end; i += 1) if (text.charCodeAt(i) !== 0x20) return false;
  return true;
}

/** Says what a line begins that is not blank and follows a blank one. */
export function classifyLine(text: string, at: number): LineKind {
  const first = text.charCodeAt(at);
  if (first > 0x7e || isLetter(first)) return "text";
  if (isAt(ordered, text, at)) return "ordered";
  switch (text[at]) {
    case " ":
      return text.startsWith("    ", at) ? "code" : "unclear";
    case "\t":
      return "unclear";
    case "#":
      return isAt(heading, text, at) ? "heading" : "text";
    case ">":
      return "quote";
    case "*":
    case "-":
    case "_":
    case "+":
      if (isAt(rule, text, at)) return "rule";
      return isAt(bullet, text, at) ? "bullet" : "text";
    case "`":
    case "~":
      return isAt(fence, text, at) ? "fence" : "text";
    case "<":
      if (isAt(more, text, at)) return "more";
      return isAt(markup, text, at) ? "unclear" : "text";
    default:
      return "text";
  }
}

/** Says what a line begins that follows a line of a paragraph. Most only go on with it. */
export function classifyNextLine(text: string, at: number): LineKind {
  if (isLetter(text.charCodeAt(at))) return "text";
  if (isAt(underline, text, at)) return "unclear";
  const kind = classifyLine(text, at);
  if (kind === "code") return "unclear";
  // An empty item, or a list that does not begin with 1, is part of the paragraph.
  return (kind === "bullet" || kind === "ordered") && !isAt(interrupting, text, at) ? "unclear" : kind;
}

function isLetter(code: number): boolean {
  const small = code | 0x20;
  return small >= 0x61 && small <= 0x7a;
}
