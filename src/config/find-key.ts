// In comes the text of a configuration and a key path; out goes the line and column where that key or its value stands.
import { createRequire } from "node:module";
import type * as Yaml from "yaml";
import { type Position, positionAt } from "../model/diagnostic.ts";

// Seventy modules that a sound JSON or TypeScript configuration never calls.
let loaded: typeof Yaml | undefined;
function yaml(): typeof Yaml {
  loaded ??= createRequire(import.meta.url)("yaml") as typeof Yaml;
  return loaded;
}

/** Steps from the top of the configuration: keys, and indexes of lists. */
export type KeyPath = readonly (string | number)[];

/** Finds key paths in one file. A path that is not there gives its nearest parent that is, or nothing. */
export type Finder = (path: KeyPath) => Position | undefined;

/** Parses YAML, and JSON, which it contains. JSON may be indented by tabs, which YAML forbids: blanks keep the columns. */
export function parseData(source: string, kind: "json" | "yaml"): Yaml.Document.Parsed {
  const text = kind === "json" ? source.replaceAll("\t", " ") : source;
  return yaml().parseDocument(text, { prettyErrors: false, stringKeys: true });
}

/** A finder for YAML and JSON, exact: keys, and items of lists. */
export function findInData(source: string, document: Yaml.Document.Parsed): Finder {
  return (path) => {
    let node: Yaml.Node | null = document.contents;
    let offset: number | undefined;
    for (const step of path) {
      if (yaml().isMap(node)) {
        const pair = node.items.find(
          (item) => yaml().isScalar(item.key) && String(item.key.value) === String(step),
        );
        if (pair === undefined) break;
        offset = (pair.key as Yaml.Node).range?.[0] ?? offset;
        node = pair.value as Yaml.Node | null;
      } else if (yaml().isSeq(node) && typeof step === "number") {
        node = (node.items[step] as Yaml.Node | undefined) ?? null;
        offset = node?.range?.[0] ?? offset;
      } else break;
    }
    return offset === undefined ? undefined : positionAt(source, offset);
  };
}

/** A finder for TypeScript and JavaScript: looks for `key:` step by step inside the braces of its parent. Good for the line, not a parser. */
export function findInProgram(source: string): Finder {
  const text = blankComments(source);
  return (path) => {
    let [from, to] = [0, text.length];
    let offset: number | undefined;
    for (const step of path) {
      if (typeof step === "number") break;
      const found = keyBetween(text, step, from, to, offset !== undefined);
      if (found === undefined) break;
      offset = found.key;
      [from, to] = bracesAfter(text, found.end, to);
    }
    return offset === undefined ? undefined : positionAt(source, offset);
  };
}

/** Comments become blanks of the same length; strings stay. */
function blankComments(source: string): string {
  return source.replace(
    /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (part) => (part.startsWith("/") ? part.replace(/[^\r\n]/g, " ") : part),
  );
}

function keyBetween(text: string, key: string, from: number, to: number, direct: boolean) {
  const name = key.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const form = new RegExp(`(?<=^|[\\s{,(])(?:"${name}"|'${name}'|${name})\\s*[:,(}]`, "g");
  form.lastIndex = from;
  for (let found = form.exec(text); found !== null && found.index < to; found = form.exec(text)) {
    if (!direct || depthOf(text, from, found.index) === 0)
      return { key: found.index, end: found.index + found[0].length };
  }
  return undefined;
}

function depthOf(text: string, from: number, to: number): number {
  let depth = 0;
  for (let at = from; at < to; at++) {
    const character = text[at];
    if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") depth--;
  }
  return depth;
}

/** What stands between the next `{` and its `}`; an empty stretch where the value is no group. */
function bracesAfter(text: string, from: number, to: number): [number, number] {
  const open = /^\s*\{/.exec(text.slice(from, to));
  if (open === null) return [to, to];
  const start = from + open[0].length;
  let depth = 1;
  for (let at = start; at < to; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return [start, at];
  }
  return [start, to];
}
