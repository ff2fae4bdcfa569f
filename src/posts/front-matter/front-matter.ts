// In come the bytes of a post; out goes its front matter as a Table, and where the body starts, or what is wrong. gray-matter's only caller.
import { type Position, positionAt } from "../../model/diagnostic.ts";
import { readPlain } from "../fast/plain-front-matter.ts";
import { findEncodingProblem } from "./encoding.ts";
import { FrontMatterFault, type Table } from "./front-matter-value.ts";
import { countLines, findHead, type HeadProblem, type Language, unknownFence } from "./head.ts";
import { grayMatter } from "./lazy-packages.ts";
import { parseJson, parseToml } from "./toml-json-front-matter.ts";
import { parseYaml } from "./yaml-front-matter.ts";

const maxBlankLines = 200;

/** What the head of a post says. `text` starts on line 2 of the file; `bodyOffset` is in bytes. */
export interface FrontMatter {
  readonly kind: "front-matter";
  readonly language: Language;
  readonly text: string;
  readonly data: Table;
  /** It is such that its own parser read it: every key stands at the margin, once. */
  readonly isPlain: boolean;
  readonly bodyOffset: number;
}

export type FrontMatterResult =
  | FrontMatter
  | HeadProblem
  | { readonly kind: "none"; readonly bodyOffset: number };

/** Reads front matter. Never throws and never runs anything; looks at no more of the body than its first lines. */
export function readFrontMatter(bytes: Buffer): FrontMatterResult {
  const encoding = findEncodingProblem(bytes);
  if (encoding) return encoding;
  const head = findHead(bytes);
  if (head.kind !== "found") return head;
  const second = findExecutableFence(bytes, head.bodyOffset);
  if (second) return second;
  const { language, marker, bodyOffset } = head;
  const text = bytes.toString("utf8", head.start, head.end);
  const plain = language === "yaml" ? readPlain(text) : undefined;
  try {
    const data = plain ?? readWithGrayMatter(text, language, marker);
    return { kind: "front-matter", language, text, data, isPlain: plain !== undefined, bodyOffset };
  } catch (error) {
    return describeFault(error, text);
  }
}

/** Says where the body starts: the byte, and its line counted from 1. A file without readable front matter is all body. */
export function locateBody(bytes: Buffer): { offset: number; line: number } {
  const head = findHead(bytes);
  if (head.kind === "problem") return { offset: 0, line: 1 };
  if (head.kind === "none") return { offset: head.bodyOffset, line: 1 };
  return { offset: head.bodyOffset, line: countLines(bytes, head.end) + 1 };
}

/** Reads front matter's text with the full parser of its language, by way of gray-matter. Throws FrontMatterFault. */
export function readWithGrayMatter(text: string, language: Language, marker: "---" | "+++" = "---"): Table {
  refuseLongGaps(text);
  refuseBareReturns(text);
  const refuse = (): never => {
    throw new FrontMatterFault("front-matter/syntax", "Front matter is data; nothing in it is run.", 0);
  };
  let data: Table = new Map();
  const parseWith = (parse: (text: string) => Table) => (block: string) => {
    data = parse(`${block.slice(block.indexOf("\n") + 1)}\n`);
    return {};
  };
  // An options object keeps gray-matter's cache out of the way; every engine that runs code is replaced.
  grayMatter()(`${marker}\n${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${marker}\n`, {
    language,
    delimiters: marker,
    engines: {
      yaml: parseWith(parseYaml),
      toml: parseWith(parseToml),
      json: parseWith(parseJson),
      javascript: refuse,
      js: refuse,
      coffee: refuse,
      coffeescript: refuse,
      cson: refuse,
    },
  });
  return data;
}

/** gray-matter strips comments with an expression that takes time by the square of a gap's length. */
function refuseLongGaps(text: string): void {
  let blank = 0;
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    blank = text.slice(at, end).trim() === "" ? blank + 1 : 0;
    if (blank > maxBlankLines) {
      const message = `The front matter has more than ${maxBlankLines} blank lines in a row.`;
      throw new FrontMatterFault("front-matter/too-large", message, at, "Remove them.");
    }
    at = end + 1;
  }
}

function refuseBareReturns(text: string): void {
  const at = text.search(/\r(?!\n)/);
  if (at < 0) return;
  throw new FrontMatterFault(
    "front-matter/syntax",
    "A line of the front matter ends in a carriage return alone.",
    at,
    "Save the file with LF or CRLF line ends.",
  );
}

/** Other tools read a second fence at the top of the body and may run it: such a file is refused whole. */
function findExecutableFence(bytes: Buffer, bodyOffset: number): HeadProblem | undefined {
  let at = bodyOffset;
  while (bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x20) at += 1;
  if (bytes[at] !== 0x2d || bytes[at + 1] !== 0x2d || bytes[at + 2] !== 0x2d) return undefined;
  const line =
    bytes
      .toString("utf8", at, at + 80)
      .split(/[\r\n]/, 1)[0]
      ?.trimEnd() ?? "";
  if (!/^---[ \t]*[A-Za-z]+$/.test(line)) return undefined;
  return unknownFence(line, countLines(bytes, at));
}

function describeFault(error: unknown, text: string): HeadProblem {
  const fault =
    error instanceof FrontMatterFault
      ? error
      : new FrontMatterFault("front-matter/syntax", "The front matter cannot be read.", 0);
  const at = placeInFile(text, fault.offset);
  return { kind: "problem", code: fault.code, message: fault.message, hint: fault.hint ?? "", ...at };
}

/** Turns an offset in front matter's text into a place in the file; the text starts on line 2. */
export function placeInFile(text: string, offset: number): Position {
  const { line, column } = positionAt(text, offset);
  return { line: line + 1, column };
}
