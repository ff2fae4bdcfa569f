import type { Config } from "../../../model/config.ts";
import type { Post } from "../../../model/post.ts";
import { escapeHtmlText } from "../characters.ts";

const literal = /^(?:"([^"]*)"|'([^']*)')$/;
const name = /^[$A-Za-z_][\w$]*(?:[.-][\w$]+|\[(?:"[\w -]+"|'[\w -]+')\])*$/;
/** What the objects are called that hold a post's own front matter. */
const own =
  /^(?:page|post|frontmatter|frontMatter|\$frontmatter|\$doc|\$page\.frontmatter|page\.extra|page\.data)\./;

/** Gives what an expression shows, where that is known without running anything: the site's addresses and title, the post's own fields, and plain text. */
export function evaluate(expression: string, post: Post, config: Config): string | undefined {
  const [first = "", ...filters] = splitFilters(expression.trim().replace(/^-|-$/g, "").trim());
  let value = readValue(first.trim(), post, config);
  for (const filter of filters) value = applyFilter(value, filter.trim(), config);
  return value;
}

/** Splits at bars that are not in quotes. */
function splitFilters(text: string): string[] {
  return text.match(/(?:"[^"]*"|'[^']*'|[^|"'])+/g) ?? [];
}

function readValue(text: string, post: Post, config: Config): string | undefined {
  const [, double, single] = literal.exec(text) ?? [];
  if (double !== undefined || single !== undefined) return double ?? single;
  if (!name.test(text)) return undefined;
  const path = text.replace(/\[["']([^"']+)["']\]/g, ".$1");
  if (/^site\./i.test(path)) return readSite(path.slice(5).toLowerCase(), config);
  return readField(post, path.replace(own, ""));
}

function readSite(key: string, { site }: Config): string | undefined {
  if (key === "url") return new URL(site.url).origin;
  if (key === "baseurl") return basePath(site.url);
  return key === "title" || key === "description" || key === "language" ? site[key] : undefined;
}

/** The value of a front matter key of the post. Nobody else's, and no lists. */
export function readField(post: Post, key: string): string | undefined {
  if (key === "title" || key === "description" || key === "url")
    return key === "url" ? new URL(post.url).pathname : post[key];
  let value: unknown = post.extra;
  for (const part of key.split(".")) {
    const isGroup = typeof value === "object" && value !== null && Object.hasOwn(value, part);
    value = isGroup ? (value as Record<string, unknown>)[part] : undefined;
  }
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function applyFilter(value: string | undefined, filter: string, config: Config): string | undefined {
  const [, called = "", text] = /^(\w+)\s*[:(]?\s*(?:["']([^"']*)["']\s*\)?)?$/.exec(filter) ?? [];
  if (called === "default") return value === undefined || value === "" ? text : value;
  if (value === undefined) return undefined;
  switch (called) {
    case "downcase":
    case "lower":
      return value.toLowerCase();
    case "upcase":
    case "upper":
      return value.toUpperCase();
    case "capitalize":
      return value.slice(0, 1).toUpperCase() + value.slice(1);
    case "strip":
    case "trim":
      return value.trim();
    case "safe":
    case "markdownify":
      return value;
    case "escape":
    case "xml_escape":
      return escapeHtmlText(value);
    case "append":
      return text === undefined ? undefined : value + text;
    case "prepend":
      return text === undefined ? undefined : text + value;
    case "relative_url":
    case "url":
      return value.startsWith("/") ? basePath(config.site.url) + value : value;
    case "absolute_url":
      return new URL(`.${value.startsWith("/") ? "" : "/"}${value}`, config.site.url).href;
    default:
      return undefined;
  }
}

/** The path of the site without a `/` at its end: nothing where it has none. */
function basePath(url: string): string {
  return new URL(url).pathname.replace(/\/$/, "");
}
