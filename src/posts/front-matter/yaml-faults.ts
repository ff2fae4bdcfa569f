// In comes what the YAML of front matter does that it must not; out goes the fault that says so.
import { FrontMatterFault } from "./front-matter-value.ts";

/** Levels of nesting that front matter may have. */
export const maxDepth = 32;
/** Values that front matter may unfold into. */
export const maxNodes = 20_000;

export function tooDeep(offset: number): FrontMatterFault {
  return new FrontMatterFault(
    "front-matter/too-large",
    `The front matter is nested deeper than ${maxDepth} levels, or unfolds into more than ${maxNodes} values.`,
    offset,
    "Write it flat, without anchors and aliases.",
  );
}

export function duplicate(name: string, at: number): FrontMatterFault {
  return new FrontMatterFault(
    "front-matter/syntax",
    `The key ${JSON.stringify(name)} is written twice.`,
    at,
    "Keep one of the two.",
  );
}

export function forbidden(name: string, at: number): FrontMatterFault {
  return new FrontMatterFault(
    "front-matter/forbidden-key",
    `The key ${JSON.stringify(name)} is refused.`,
    at,
    "Give the key another name.",
  );
}

/** Says what to write instead, judged by the line of the error. */
export function mend(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1).split(/\r?\n/, 1)[0] ?? "";
  if (/^\s*\t/.test(line)) return "Indent with spaces; YAML does not take tabs.";
  if (/: .*: /.test(line) || /:\s+[@`%*&!|>]/.test(line)) return 'Put the value in quotes: key: "value".';
  return "Values with : # or brackets need quotes; lines below a key are indented by two spaces.";
}
