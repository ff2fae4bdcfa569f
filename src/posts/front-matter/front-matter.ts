import { isUtf8 } from "node:buffer";
import type { PresetName } from "../../model/config.ts";
import { type Position, positionAt } from "../../model/diagnostic.ts";
import { readPlainFrontMatter } from "../fast/plain-front-matter.ts";
import {
  badEncoding,
  countLines,
  describeUnknownFence,
  type FrontMatterProblem,
  findFences,
  type Language,
} from "./fences.ts";
import { FrontMatterError, type Mapping, syntaxError, tooLargeError } from "./front-matter-value.ts";
import { readHead } from "./head-front-matter.ts";
import { grayMatter } from "./lazy-packages.ts";
import { readJson, readToml } from "./toml-json-front-matter.ts";
import { type Repeated, readYaml } from "./yaml-front-matter.ts";

const maxBlankLines = 200;

/** The front matter of a post. `bodyOffset` is in bytes. */
export interface FrontMatter {
  readonly kind: "front-matter";
  readonly language: Language;
  readonly text: string;
  /** The line of the file on which `text` starts. */
  readonly line: number;
  readonly data: Mapping;
  /** What keys that appear more than once said before. */
  readonly repeated: readonly Repeated[];
  /** It was read by {@link readPlainFrontMatter}: every key is at the margin, once. */
  readonly isPlain: boolean;
  readonly bodyOffset: number;
}

export type FrontMatterResult =
  | FrontMatter
  | FrontMatterProblem
  | { readonly kind: "none"; readonly bodyOffset: number };

/** Reads front matter. Never throws and never runs anything; looks at no more of the body than its first lines. */
export function readFrontMatter(bytes: Buffer, preset?: PresetName): FrontMatterResult {
  const encoding = findEncodingProblem(bytes);
  if (encoding) return encoding;
  const head = findFences(bytes);
  if (head.kind !== "found") return head;
  const second = findExecutableFence(bytes, head.bodyOffset);
  if (second) return second;
  const { language, marker, bodyOffset } = head;
  const text = bytes.toString("utf8", head.start, head.end);
  // Nearly always the opening fence is the first line.
  const line = head.start === 4 ? 2 : countLines(bytes, head.start);
  const plain = readInShort(text, language, preset);
  const repeated: Repeated[] = [];
  try {
    const data = plain ?? readWithGrayMatter(text, language, marker, repeated);
    return {
      kind: "front-matter",
      language,
      text,
      line,
      data,
      repeated,
      isPlain: plain !== undefined,
      bodyOffset,
    };
  } catch (error) {
    return describeFault(error, text, line);
  }
}

/** To Pelican a head between fences is no YAML either: `title: A: B` is a title. */
function readInShort(text: string, language: Language, preset?: PresetName): Mapping | undefined {
  if (language === "head") return readHead(text) ?? new Map();
  if (language !== "yaml") return undefined;
  return (preset === "pelican" ? readHead(text) : undefined) ?? readPlainFrontMatter(text);
}

/** Says where the body starts: the byte, and its line counted from 1. A file without readable front matter is all body. */
export function locateBody(bytes: Buffer): { offset: number; line: number } {
  const head = findFences(bytes);
  if (head.kind === "problem") return { offset: 0, line: 1 };
  if (head.kind === "none") return { offset: head.bodyOffset, line: 1 };
  return { offset: head.bodyOffset, line: countLines(bytes, head.end) + 1 };
}

/** Reads front matter's text with the full parser of its language, by way of gray-matter. Throws FrontMatterError. */
export function readWithGrayMatter(
  text: string,
  language: Language,
  marker: "---" | "+++" = "---",
  repeated: Repeated[] = [],
): Mapping {
  refuseLongGaps(text);
  refuseBareReturns(text);
  const refuse = (): never => {
    throw new FrontMatterError(syntaxError, "Front matter is data; nothing in it is run.", 0);
  };
  let data: Mapping = new Map();
  const parseWith = (parse: (text: string, repeated: Repeated[]) => Mapping) => (block: string) => {
    data = parse(`${block.slice(block.indexOf("\n") + 1)}\n`, repeated);
    return {};
  };
  // An options object keeps gray-matter's cache out of the way; every engine that runs code is replaced.
  grayMatter()(`${marker}\n${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${marker}\n`, {
    language,
    delimiters: marker,
    engines: {
      yaml: parseWith(readYaml),
      toml: parseWith(readToml),
      json: parseWith(readJson),
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
      throw new FrontMatterError(tooLargeError, message, at, "Remove them.");
    }
    at = end + 1;
  }
}

function refuseBareReturns(text: string): void {
  const at = text.search(/\r(?!\n)/);
  if (at < 0) return;
  throw new FrontMatterError(
    syntaxError,
    "A line of the front matter ends in a carriage return only.",
    at,
    "Save the file with LF or CRLF line ends.",
  );
}

/** Other tools read a second fence at the top of the body and may run it: such a file is refused whole. */
function findExecutableFence(bytes: Buffer, bodyOffset: number): FrontMatterProblem | undefined {
  let at = bodyOffset;
  while (bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x20) at += 1;
  if (bytes[at] !== 0x2d || bytes[at + 1] !== 0x2d || bytes[at + 2] !== 0x2d) return undefined;
  const line =
    bytes
      .toString("utf8", at, at + 80)
      .split(/[\r\n]/, 1)[0]
      ?.trimEnd() ?? "";
  if (!/^---[ \t]*[A-Za-z]+$/.test(line)) return undefined;
  return describeUnknownFence(line, countLines(bytes, at));
}

function describeFault(error: unknown, text: string, line: number): FrontMatterProblem {
  const fault =
    error instanceof FrontMatterError
      ? error
      : new FrontMatterError(syntaxError, "The front matter cannot be read.", 0);
  const at = placeInFile({ text, line }, fault.offset);
  const { problem, message, hint = problem.fix } = fault;
  return { kind: "problem", problem, message, hint, ...at };
}

/** Turns an offset in front matter's text into a place in the file. */
export function placeInFile(front: Pick<FrontMatter, "text" | "line">, offset: number): Position {
  const { line, column } = positionAt(front.text, offset);
  return { line: line + front.line - 1, column };
}

/** Says where bytes stop being UTF-8 text that can be read, or undefined when all is well. */
function findEncodingProblem(bytes: Buffer): FrontMatterProblem | undefined {
  const utf16 =
    (bytes[0] === 0xff && bytes[1] === 0xfe) ||
    (bytes[0] === 0xfe && bytes[1] === 0xff) ||
    (bytes.length > 1 && (bytes[0] === 0) !== (bytes[1] === 0));
  if (utf16) return encodingProblem("The file is UTF-16 text, seen at byte 0.");
  if (!isUtf8(bytes)) {
    const offset = findInvalidByte(bytes);
    return encodingProblem(
      `The file is not UTF-8: the byte at offset ${offset} (0x${bytes[offset]?.toString(16)}) belongs to no character.`,
      bytes.subarray(0, offset),
    );
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[3] === 0xef && bytes[4] === 0xbb && bytes[5] === 0xbf)
    return encodingProblem("The file starts with two byte order marks; the second one is at byte 3.");
  return undefined;
}

function encodingProblem(message: string, before?: Buffer): FrontMatterProblem {
  const lines = before?.toString("utf8").split("\n") ?? [""];
  return {
    kind: "problem",
    problem: badEncoding,
    message,
    hint: "Save the file as UTF-8 with LF or CRLF line ends.",
    line: lines.length,
    column: (lines.at(-1) ?? "").length + 1,
  };
}

/** The first byte that differs once decoded and encoded again, moved back to the start of its character. */
function findInvalidByte(bytes: Buffer): number {
  const again = Buffer.from(bytes.toString("utf8"));
  let at = 0;
  while (at < bytes.length && bytes[at] === again[at]) at += 1;
  while (at > 0 && ((again[at] ?? 0) & 0xc0) === 0x80) at -= 1;
  return at;
}
