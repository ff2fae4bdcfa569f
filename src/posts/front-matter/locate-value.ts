import type { Node } from "yaml";
import type { Position } from "../../model/diagnostic.ts";
import type { FieldPath } from "../fields/collect-fields.ts";
import { type FrontMatter, placeInFile } from "./front-matter.ts";
import { yaml } from "./lazy-packages.ts";
import { parseYamlDocument } from "./yaml-front-matter.ts";

/** A value's place: offsets in UTF-16 units of the front matter's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The parts of front matter that a {@link Locator} needs. */
export type LocatedText = Pick<FrontMatter, "language" | "text" | "line" | "isPlain">;

/** Finds where values are in one front matter; parses it once, when first asked. */
export class Locator {
  readonly #front: LocatedText;
  #root: Node | null | undefined;

  constructor(front: LocatedText) {
    this.#front = front;
  }

  /** The line and column in the file of the value at `path` (or of its key), or of the nearest thing around it; else the first line. */
  locate(path: FieldPath, key = false): Position {
    const [name] = path;
    if (this.#front.isPlain && path.length === 1 && typeof name === "string") {
      const start = findPlainStart(this.#front.text, name, key);
      if (start !== undefined) return placeInFile(this.#front, start);
    }
    const span = this.find(path, key);
    return span ? placeInFile(this.#front, span.start) : { line: 1, column: 1 };
  }

  find(path: FieldPath, key = false): Span | undefined {
    if (path.length === 0) return undefined;
    return this.#front.language === "toml"
      ? findToml(this.#front.text, path, key)
      : this.#findYaml(path, key);
  }

  #findYaml(path: FieldPath, key: boolean): Span | undefined {
    if (this.#root === undefined) {
      try {
        this.#root = parseYamlDocument(this.#front.text).contents as Node | null;
      } catch {
        this.#root = null;
      }
    }
    let node: Node | null | undefined = this.#root;
    let span: Span | undefined;
    for (const [i, step] of path.entries()) {
      const next = childOf(node, step);
      if (!next) break;
      node = next.value;
      const own = key && i === path.length - 1 ? next.key?.range : undefined;
      const range = own ?? next.value?.range ?? next.key?.range;
      if (range) span = { start: range[0], end: range[1] };
    }
    return span;
  }
}

/** The offset of a key in plain front matter, or of its value on the same line: most findings need no parser. */
function findPlainStart(text: string, name: string, key: boolean): number | undefined {
  const start = text.startsWith(`${name}:`) ? 0 : text.indexOf(`\n${name}:`) + 1;
  if (!text.startsWith(`${name}:`, start)) return undefined;
  if (key) return start;
  const colon = start + name.length;
  let at = colon + 1;
  while (text.charCodeAt(at) === 0x20 || text.charCodeAt(at) === 0x09) at += 1;
  return at > colon + 1 && at < text.length && !/[\r\n#]/.test(text.charAt(at)) ? at : undefined;
}

function childOf(
  node: Node | null | undefined,
  step: string | number,
): { key?: Node | undefined; value: Node | null } | undefined {
  if (!node || yaml().isAlias(node) || !yaml().isCollection(node)) return undefined;
  if (typeof step === "number") {
    const item = node.items[step];
    return item === undefined ? undefined : { value: item as Node | null };
  }
  if (!yaml().isMap(node)) return undefined;
  // Of a key that appears twice the last counts.
  const pair = node.items.findLast(
    ({ key }) => yaml().isScalar(key) && (key.source ?? String(key.value)) === step,
  );
  return pair && { key: pair.key as Node, value: pair.value as Node | null };
}

/** Scans TOML line by line: tables by their headers, values by their keys; positions inside a value are its own. */
function findToml(text: string, path: FieldPath, key: boolean): Span | undefined {
  const keys = path.filter((step) => typeof step === "string");
  for (let depth = keys.length; depth > 0; depth -= 1) {
    const span = scanToml(text, keys.slice(0, depth), key && depth === keys.length);
    if (span) return span;
  }
  return undefined;
}

function scanToml(text: string, keys: readonly string[], key: boolean): Span | undefined {
  let table = "";
  let offset = 0;
  for (const line of text.split("\n")) {
    const header = /^\s*\[\[?([^\]]+)\]/.exec(line);
    if (header) table = bare(header[1] ?? "");
    const entry = /^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=\s*/.exec(line);
    const name = entry ? (table === "" ? "" : `${table}.`) + bare(entry[1] ?? "") : table;
    if ((entry ?? header) && name === keys.join(".")) {
      const start = offset + (key ? line.search(/\S/) : (entry?.[0].length ?? 0));
      return { start, end: offset + line.trimEnd().length };
    }
    offset += line.length + 1;
  }
  return undefined;
}

function bare(key: string): string {
  return key.replace(/["'\s]/g, "");
}
