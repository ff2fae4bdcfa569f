import type { Alias, Node, Pair, parseDocument, Scalar } from "yaml";
import { defineProblem } from "../../model/problem.ts";
import {
  FrontMatterError,
  forbiddenKeys,
  type Mapping,
  resolvePlain,
  syntaxError,
  TypedScalar,
  tooLargeError,
  type Value,
} from "./front-matter-value.ts";
import { yaml } from "./lazy-packages.ts";

const maxAliases = 100;

const notMapping = defineProblem("front-matter/not-mapping", {
  severity: "error",
  title: "Front matter that is not a list of keys",
  why: "Without keys there is no title and no date, and nothing says who may see the post. It cannot go into a feed.",
  fix: "Write `key: value` lines.",
});

const forbiddenKey = defineProblem("front-matter/forbidden-key", {
  severity: "error",
  title: "A key that programs could mistake for their own",
  why: "Programs that read the post can be made to do other things by such a key. It is refused, and the post cannot go into a feed.",
  fix: "Rename the key.",
});

/** A value that another under the same key comes after. */
export interface Repeated {
  readonly path: readonly string[];
  readonly value: Value;
}

/**
 * Parses front matter by YAML 1.2's core schema. Throws nothing but {@link FrontMatterError}. Of a key that appears twice
 * the last counts, as for most programs; what it said before goes into `repeated`.
 */
export function readYaml(text: string, repeated: Repeated[] = []): Mapping {
  const value = new Converter(text, repeated).convertDocument();
  if (value instanceof Map) return value;
  throw new FrontMatterError(
    notMapping,
    "The front matter is not a list of keys and values.",
    Math.max(0, text.search(/\S/)),
    "Write one `key: value` a line.",
  );
}

/** Parses without the checks of {@link readYaml}. */
export function parseYamlDocument(text: string): ReturnType<typeof parseDocument> {
  const document = parseOnce(text);
  if (document.errors.length === 0) return document;
  const joined = joinMarginLines(text);
  const again = joined === text ? document : parseOnce(joined);
  return again.errors.length === 0 ? again : document;
}

/**
 * Quoted text whose further lines are at the margin is no YAML 1.2, but libyaml, js-yaml and go-yaml read it. Such a line
 * is joined to the one before by a space, which means the same and keeps every position.
 */
function joinMarginLines(text: string): string {
  const parts: string[] = [];
  let [quote, copied] = ["", 0];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    if (quote === "") quote = openQuote(text.slice(start, end));
    else {
      if (!isBlank(text.charCodeAt(start)) && text.slice(start, end).trim() !== "") {
        const before = text.charCodeAt(start - 2) === 0x0d ? start - 2 : start - 1;
        // A backslash before the line break joins the lines without a space.
        if (text.charCodeAt(before - 1) === 0x5c || text.charCodeAt(before - 1) === 0x0a) return text;
        parts.push(text.slice(copied, before), " ".repeat(start - before));
        copied = start;
      }
      if (closes(text.slice(start, end), quote, 0)) quote = "";
    }
    start = end + 1;
  }
  return parts.join("") + text.slice(copied);
}

/** The quote that a line opens and does not close; empty for none. */
function openQuote(line: string): string {
  const value = /^[ ]*(?:- +)?(?:[^\s#"'][^:]*:[ \t]+)?(["'])/.exec(line);
  const quote = value?.[1];
  if (value === null || quote === undefined) return "";
  return closes(line, quote, value[0].length) ? "" : quote;
}

function closes(line: string, quote: string, from: number): boolean {
  for (let at = line.indexOf(quote, from); at >= 0; at = line.indexOf(quote, at + 1)) {
    if (quote === "'" && line[at + 1] === "'") at += 1;
    else if (quote === "'" || !isEscaped(line, at)) return true;
  }
  return false;
}

/** Whether an odd number of backslashes is before a place. */
function isEscaped(line: string, at: number): boolean {
  let count = 0;
  while (line[at - 1 - count] === "\\") count += 1;
  return count % 2 === 1;
}

function parseOnce(text: string): ReturnType<typeof parseDocument> {
  return yaml().parseDocument(text, {
    version: "1.2",
    schema: "core",
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
    keepSourceTokens: false,
  });
}

class Converter {
  readonly #text: string;
  readonly #anchors = new Map<string, Node>();
  readonly #repeated: Repeated[];
  readonly #path: string[] = [];
  #nodes = 0;
  #aliases = 0;

  constructor(text: string, repeated: Repeated[]) {
    this.#text = text;
    this.#repeated = repeated;
  }

  convertDocument(): Value {
    let document: ReturnType<typeof parseDocument>;
    try {
      refuseDeepNesting(this.#text);
      document = parseYamlDocument(this.#text);
    } catch (error) {
      if (error instanceof FrontMatterError) throw error;
      throw tooDeep(0);
    }
    const problem = document.errors[0];
    // The parser reports its own overflow as one more syntax error.
    if (problem?.message.includes("call stack")) throw tooDeep(0);
    if (problem) {
      const message = problem.message.replace(/\s+/g, " ").trim().replace(/\.$/, "");
      throw new FrontMatterError(
        syntaxError,
        `The YAML cannot be read: ${message}.`,
        problem.pos[0],
        hintForLine(this.#text, problem.pos[0]),
      );
    }
    if (document.contents === null) return new Map();
    return this.#convert(document.contents as Node, 0);
  }

  #convert(node: Node | null | undefined, depth: number): Value {
    if (!node) return new TypedScalar("", null);
    const offset = node.range?.[0] ?? 0;
    this.#nodes += 1;
    if (depth > maxDepth || this.#nodes > maxNodes) throw tooDeep(offset);
    if (yaml().isAlias(node)) return this.#convert(this.#resolve(node), depth + 1);
    if (node.anchor) this.#anchors.set(node.anchor, node);
    if (yaml().isScalar(node)) return convertScalar(node);
    if (yaml().isSeq(node)) return node.items.map((item) => this.#convert(item as Node | null, depth + 1));
    if (yaml().isMap(node))
      return this.#convertMap(node.items as Pair<Node | null, Node | null>[], offset, depth);
    throw new FrontMatterError(syntaxError, "The YAML has something that is not a value.", offset);
  }

  #convertMap(items: readonly Pair<Node | null, Node | null>[], offset: number, depth: number): Mapping {
    const table = new Map<string, Value>();
    const merged: Mapping[] = [];
    for (const { key, value } of items) {
      const at = key?.range?.[0] ?? offset;
      const name = keyText(key, at);
      if (forbiddenKeys.has(name)) throw forbidden(name, at);
      this.#path.push(name);
      const converted = this.#convert(value, depth + 1);
      this.#path.pop();
      if (name === "<<" && yaml().isScalar(key) && key.type === "PLAIN")
        merged.push(...mergeSources(converted, at));
      else {
        const before = table.get(name);
        if (before !== undefined) this.#repeated.push({ path: [...this.#path, name], value: before });
        table.set(name, converted);
      }
    }
    for (const source of merged) {
      for (const [name, value] of source) if (!table.has(name)) table.set(name, value);
    }
    return table;
  }

  #resolve(alias: Alias): Node {
    const offset = alias.range?.[0] ?? 0;
    this.#aliases += 1;
    if (this.#aliases > maxAliases) throw tooDeep(offset);
    const node = this.#anchors.get(alias.source);
    if (node) return node;
    throw new FrontMatterError(
      syntaxError,
      `The YAML names *${alias.source} before it says what that is.`,
      offset,
    );
  }
}

function convertScalar(node: Scalar): Value {
  const source = node.source ?? "";
  if (node.tag) {
    const { value } = node;
    if (typeof value === "boolean" || typeof value === "number" || value === null)
      return new TypedScalar(source, value);
    return typeof value === "string" ? value : source;
  }
  if (node.type === "PLAIN" || node.type === undefined) return resolvePlain(source);
  return typeof node.value === "string" ? node.value : source;
}

function keyText(key: Node | null, at: number): string {
  if (key === null) return "";
  if (yaml().isScalar(key)) return key.type === "PLAIN" ? (key.source ?? "") : String(key.value ?? "");
  throw new FrontMatterError(syntaxError, "A key of the YAML is not plain text.", at, "Write `key: value`.");
}

/** YAML 1.1 merge keys: what is written in the mapping itself wins, then the earlier source. */
function mergeSources(value: Value, at: number): Mapping[] {
  const sources = Array.isArray(value) ? (value as readonly Value[]) : [value];
  return sources.map((source) => {
    if (source instanceof Map) return source as Mapping;
    throw new FrontMatterError(syntaxError, "The key << takes a mapping, or a list of them.", at);
  });
}

/** Brackets that open and never close cost the parser time by their square: they are counted first. */
function refuseDeepNesting(text: string): void {
  let run = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const opens =
      unit === 0x5b ||
      unit === 0x7b ||
      ((unit === 0x2d || unit === 0x3f || unit === 0x3a) && isBlank(text.charCodeAt(at + 1)));
    if (opens) {
      run += 1;
      if (run > 4 * maxDepth) throw tooDeep(at);
    } else if (!isBlank(unit)) run = 0;
  }
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09;
}

/** Levels of nesting that front matter may have. */
export const maxDepth = 32;
/** Values that front matter may unfold into. */
export const maxNodes = 20_000;

export function tooDeep(offset: number): FrontMatterError {
  return new FrontMatterError(
    tooLargeError,
    `The front matter is nested deeper than ${maxDepth} levels, or unfolds into more than ${maxNodes} values.`,
    offset,
    "Write it flat, without anchors and aliases.",
  );
}

export function forbidden(name: string, at: number): FrontMatterError {
  return new FrontMatterError(
    forbiddenKey,
    `The key ${JSON.stringify(name)} is refused.`,
    at,
    "Give the key another name.",
  );
}

/** Says what to write instead, from what is on the line of the error. */
function hintForLine(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1).split(/\r?\n/, 1)[0] ?? "";
  if (/^\s*\t/.test(line)) return "Indent with spaces; YAML does not take tabs.";
  if (/: .*: /.test(line) || /:\s+[@`%*&!|>]/.test(line)) return 'Put the value in quotes: key: "value".';
  return "Values with : # or brackets need quotes; lines below a key are indented by two spaces.";
}
