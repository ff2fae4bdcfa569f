import { createHash } from "node:crypto";
import { relative, sep } from "node:path";
import type { Config } from "../model/config.ts";

/**
 * SHA-256, in hexadecimal, of everything in the configuration that can change a byte of output. The folder of the
 * project, the output folder and how to check and publish are left out, so that a moved project keeps its cache. A
 * function counts by its source text; `markdown.key` is for changes that the text does not show.
 */
export function digestConfig(config: Config): string {
  const { root, file: _file, out: _out, publish: _publish, check: _check, posts, assets, ...rest } = config;
  const below = (path: string) => relative(root, path).split(sep).join("/");
  const parts = {
    ...rest,
    posts: { ...posts, dir: below(posts.dir) },
    assets: { ...assets, ...(assets.dir !== undefined && { dir: below(assets.dir) }) },
  };
  return createHash("sha256").update(write(parts, new Set())).digest("hex");
}

/** The order of keys counts: the first of `site.authors` is the default author. */
function write(value: unknown, open: Set<object>): string {
  if (typeof value === "function") return `function ${JSON.stringify(`${value.name} ${value}`)}`;
  if (typeof value !== "object" || value === null)
    return typeof value === "string" ? JSON.stringify(value) : `${typeof value} ${String(value)}`;
  if (open.has(value)) return "cycle";
  open.add(value);
  const text = writeObject(value, open);
  open.delete(value);
  return text;
}

function writeObject(value: object, open: Set<object>): string {
  if (value instanceof RegExp || value instanceof URL) return `${value.constructor.name} ${value}`;
  if (value instanceof Date) return `Date ${value.getTime()}`;
  if (value instanceof Map || value instanceof Set)
    return `${value.constructor.name} ${write([...value], open)}`;
  if (Array.isArray(value)) return `[${value.map((item) => write(item, open)).join(",")}]`;
  const pairs = Object.entries(value).filter(([, part]) => part !== undefined);
  return `{${pairs.map(([key, part]) => `${JSON.stringify(key)}:${write(part, open)}`).join(",")}}`;
}
