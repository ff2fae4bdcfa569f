import { defineProblem, type Problem } from "../../model/problem.ts";
import { tooLargeError } from "./front-matter-value.ts";
import { findHead, findOpenHead } from "./head-front-matter.ts";

/** `head` is Pelican's, without fences. */
export type Language = "yaml" | "toml" | "json" | "head";

/** Bytes of front matter that are read at most. */
const maxFrontMatterBytes = 64 * 1024;

/** Where the front matter is in a file; offsets are bytes, lines count from 1. */
export type Fences =
  | { readonly kind: "none"; readonly bodyOffset: number; readonly bodyLine: 1 }
  | {
      readonly kind: "found";
      readonly language: Language;
      readonly marker: "---" | "+++";
      /** First byte after the opening fence's line. */
      readonly start: number;
      /** First byte of the closing fence. */
      readonly end: number;
      readonly bodyOffset: number;
    }
  | FrontMatterProblem;

export interface FrontMatterProblem {
  readonly kind: "problem";
  readonly problem: Problem;
  readonly message: string;
  readonly hint: string;
  readonly line: number;
  readonly column: number;
}

interface Fence {
  readonly language: Language;
  readonly marker: "---" | "+++";
}

const yamlFence: Fence = { language: "yaml", marker: "---" };
const fences = new Map<string, Fence>([
  ["---", yamlFence],
  ["---yaml", { language: "yaml", marker: "---" }],
  ["---toml", { language: "toml", marker: "---" }],
  ["---json", { language: "json", marker: "---" }],
  ["+++", { language: "toml", marker: "+++" }],
]);
const closers = { "---": Buffer.from("\n---"), "+++": Buffer.from("\n+++") };
const LF = 0x0a;
const CR = 0x0d;

const unknownFence = defineProblem("front-matter/fence", {
  severity: "error",
  title: "A fence that feedwright does not read",
  why: "Some programs run what is behind such a fence as code, others show it as text. Readers get neither: the post cannot go into a feed.",
  fix: "Begin the front matter with `---`, `---yaml`, `---toml`, `---json` or `+++`.",
});

const unclosedFence = defineProblem("front-matter/unclosed", {
  severity: "error",
  title: "Front matter without its closing fence",
  why: "Nobody can tell where the front matter ends and the text begins, so the post cannot go into a feed.",
  fix: "Add a line with `---` behind the front matter.",
});

export const badEncoding = defineProblem("file/encoding", {
  severity: "error",
  title: "A post that is not plain UTF-8",
  why: "Its letters would have to be guessed, and readers would see wrong ones. The post cannot go into a feed.",
  fix: "Save the file as UTF-8 without a byte order mark of UTF-16.",
});

/** Finds the front matter. Looks at the first 64 KiB only and never at what the text means. */
export function findFences(bytes: Buffer): Fences {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const first = bytes[start];
  const fence = isFence(first) ? findFenced(bytes, start, first) : findShifted(bytes, start);
  if (fence) return fence;
  const open = findOpenHead(bytes, start);
  if (open) return { kind: "found", marker: "---", start, ...open };
  const head = findHead(bytes, start);
  if (head) return { kind: "found", language: "head", marker: "---", start, ...head };
  return { kind: "none", bodyOffset: start, bodyLine: 1 };
}

function isFence(first: number | undefined): first is number {
  return first === 0x2d || first === 0x2b || first === 0x3b;
}

function findFenced(bytes: Buffer, start: number, first: number): Fences | undefined {
  if (bytes[start + 1] !== first || bytes[start + 2] !== first) return undefined;
  if (first === 0x2d && bytes[start + 3] === LF) return closeFence(bytes, yamlFence, start + 3);
  const lineEnd = bytes.subarray(0, start + 200).indexOf(LF, start);
  const firstLine = bytes.toString(
    "utf8",
    start,
    lineEnd < 0 ? Math.min(bytes.length, start + 200) : lineEnd,
  );
  if (firstLine.replace(/\r$/, "").includes("\r")) return crProblem(bytes.indexOf(CR), 1);
  const opening = firstLine.trimEnd();
  const fence = fences.get(opening);
  return fence ? closeFence(bytes, fence, lineEnd) : describeUnknownFence(opening, 1);
}

function closeFence(bytes: Buffer, fence: Fence, lineEnd: number): Fences {
  const close = findClose(bytes, fence.marker, lineEnd);
  if ("kind" in close) return close;
  const { language, marker } = fence;
  return {
    kind: "found",
    language,
    marker,
    start: lineEnd + 1,
    end: close.end,
    bodyOffset: close.bodyOffset,
  };
}

function findClose(
  bytes: Buffer,
  marker: "---" | "+++",
  lineEnd: number,
): { end: number; bodyOffset: number } | FrontMatterProblem {
  const window = bytes.length > maxFrontMatterBytes ? bytes.subarray(0, maxFrontMatterBytes) : bytes;
  let at = lineEnd < 0 ? -1 : window.indexOf(closers[marker], lineEnd);
  if (at >= 0) {
    let end = at + 4;
    while (bytes[end] === 0x20 || bytes[end] === 0x09) end += 1;
    if (bytes[end] === CR && bytes[end + 1] === LF) end += 1;
    if (end >= bytes.length) return { end: at + 1, bodyOffset: bytes.length };
    if (bytes[end] === LF) return { end: at + 1, bodyOffset: end + 1 };
    at += 1;
    const newline = bytes.indexOf(LF, at);
    const text = bytes
      .toString("utf8", at, Math.min(newline < 0 ? bytes.length : newline, at + 60))
      .trimEnd();
    return {
      kind: "problem",
      problem: unknownFence,
      message: `The front matter has the line ${JSON.stringify(text)}; its closing fence is ${marker} and nothing else on the line.`,
      hint: `Write only ${marker} on the line that ends the front matter.`,
      line: countLines(bytes, at),
      column: 1,
    };
  }
  return bytes.length > maxFrontMatterBytes ? tooLarge() : unclosed(marker);
}

function tooLarge(): FrontMatterProblem {
  return {
    kind: "problem",
    problem: tooLargeError,
    message: `The front matter does not end within its first ${maxFrontMatterBytes / 1024} KiB.`,
    hint: "Close it with a fence, and move long text into the body.",
    line: 1,
    column: 1,
  };
}

function unclosed(marker: string): FrontMatterProblem {
  return {
    kind: "problem",
    problem: unclosedFence,
    message: `The front matter opens with ${marker} and never ends.`,
    hint: `Write only ${marker} on a line after the last key. A post that starts with a rule needs *** in its place.`,
    line: 1,
    column: 1,
  };
}

export function describeUnknownFence(opening: string, line: number): FrontMatterProblem {
  const shown = JSON.stringify(opening.slice(0, 60));
  return {
    kind: "problem",
    problem: unknownFence,
    message: `The fence ${shown} is not one that feedwright reads; nothing in it was run.`,
    hint: "Open front matter with ---, ---yaml, ---toml, ---json or +++.",
    line,
    column: 1,
  };
}

function crProblem(offset: number, line: number): FrontMatterProblem {
  return {
    kind: "problem",
    problem: badEncoding,
    message: `A line of the front matter ends in a carriage return only, at byte ${offset}.`,
    hint: "Save the file with LF or CRLF line ends.",
    line,
    column: 1,
  };
}

/** A fence after blank lines, spaces or invisible marks: without it the front matter would be shown as text. */
function findShifted(bytes: Buffer, start: number): Fences | undefined {
  const first = bytes[start];
  if (first !== undefined && first > 0x20 && first !== 0xef && first !== 0xc2 && first !== 0xe2)
    return undefined;
  const text = bytes.toString("utf8", start, Math.min(bytes.length, start + 4096));
  const match = /^[\s\u200b\ufeff]+(?=(?:---|\+\+\+)[^\n\r]*[\n\r])/.exec(text);
  if (!match) return undefined;
  const at = start + Buffer.byteLength(match[0]);
  const found = findFenced(bytes, at, bytes[at] ?? 0);
  return found?.kind === "problem" ? { ...found, line: found.line + countLines(bytes, at) - 1 } : found;
}

/** Line number of a byte, counted from 1. */
export function countLines(bytes: Buffer, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(LF); at >= 0 && at < offset; at = bytes.indexOf(LF, at + 1)) line += 1;
  return line;
}
