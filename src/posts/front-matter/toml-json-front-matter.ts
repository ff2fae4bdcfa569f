import {
  FrontMatterError,
  forbiddenKeys,
  type Mapping,
  syntaxError,
  TypedScalar,
  tooLargeError,
  type Value,
} from "./front-matter-value.ts";
import { smolToml } from "./lazy-packages.ts";
import { forbidden, maxDepth, type Repeated, readYaml } from "./yaml-front-matter.ts";

/** Parses TOML 1.0. Throws nothing but {@link FrontMatterError}. */
export function readToml(text: string): Mapping {
  let data: Record<string, unknown>;
  try {
    data = smolToml().parse(text, { maxDepth });
  } catch (error) {
    throw tomlFault(error, text);
  }
  return convertTable(data, 0);
}

/**
 * Parses JSON (RFC 8259). JSON is YAML 1.2 as well, so that the strict check is JSON.parse's and the values,
 * the duplicate keys and the positions are the YAML parser's. Throws nothing but {@link FrontMatterError}.
 */
export function readJson(source: string, repeated: Repeated[] = []): Mapping {
  // Hexo's has no braces.
  const text = source.trimStart().startsWith('"') ? `{${source}}` : source;
  try {
    JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const at = /position (\d+)/.exec(message)?.[1];
    const reason = message.replace(/ in JSON at position.*$/s, "").replace(/, ".*$/s, "");
    throw new FrontMatterError(
      syntaxError,
      `The JSON cannot be read: ${reason}.`,
      at === undefined ? Math.max(0, text.trimEnd().length - 1) : Number(at),
      'Write { "key": "value" } with double quotes and no comma after the last value.',
    );
  }
  return readYaml(text, repeated);
}

function tomlFault(error: unknown, text: string): FrontMatterError {
  if (!(error instanceof smolToml().TomlError))
    return new FrontMatterError(tooLargeError, "The TOML is nested too deeply.", 0, "Write it flat.");
  const lines = text.split("\n");
  const before = lines.slice(0, error.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const message = (error.message.split("\n")[0] ?? "")
    .replace(/^Invalid TOML document: /, "")
    .replace(/\.$/, "");
  return new FrontMatterError(
    syntaxError,
    `The TOML cannot be read: ${message}.`,
    before + error.column - 1,
    'Write one key = "value" a line; text is in quotes.',
  );
}

function convertTable(data: object, depth: number): Mapping {
  const table = new Map<string, Value>();
  for (const [key, value] of Object.entries(data)) {
    if (forbiddenKeys.has(key)) throw forbidden(key, 0);
    table.set(key, convert(value, depth + 1));
  }
  return table;
}

function convert(value: unknown, depth: number): Value {
  if (depth > maxDepth) throw tomlFault(undefined, "");
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return new TypedScalar(String(value), value);
  if (value instanceof smolToml().TomlDate) return new TypedScalar(value.toISOString(), value.toISOString());
  if (Array.isArray(value)) return value.map((item) => convert(item, depth + 1));
  if (typeof value === "object" && value !== null) return convertTable(value, depth);
  return new TypedScalar("", null);
}
