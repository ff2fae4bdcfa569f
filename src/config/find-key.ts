import { createRequire } from "node:module";
import type * as Yaml from "yaml";
import { type Position, positionAt } from "../model/diagnostic.ts";

// 70 modules, which a valid JSON or TypeScript configuration does not need.
let loaded: typeof Yaml | undefined;
function yaml(): typeof Yaml {
  loaded ??= createRequire(import.meta.url)("yaml") as typeof Yaml;
  return loaded;
}

/** Steps from the top of the configuration: keys, and indexes of lists. */
export type KeyPath = readonly (string | number)[];

/** Finds a key path in one file: the place of the key, or of its nearest parent that exists. */
export type Finder = (path: KeyPath) => Position | undefined;

/** Parses YAML, and JSON as YAML. JSON may be indented by tabs, which YAML forbids; spaces keep the columns right. */
export function parseData(source: string, kind: "json" | "yaml"): Yaml.Document.Parsed {
  const text = kind === "json" ? source.replaceAll("\t", " ") : source;
  return yaml().parseDocument(text, { prettyErrors: false, stringKeys: true });
}

/** For YAML and JSON; exact, with items of lists. */
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

/** For TypeScript and JavaScript: searches `key:` step by step inside the braces of its parent. Good enough for a line number; not a parser. */
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

/** Replaces comments with spaces of the same length. */
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

/** The range between the next `{` and its `}`; empty when the value is not a group. */
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
