import type { Author, Mutable, Post } from "../../model/post.ts";
import { parseUrl } from "../../model/url.ts";
import {
  isMapping,
  isSequence,
  type Mapping,
  type Value,
  valueText,
} from "../front-matter/front-matter-value.ts";
import { cleanLine, limitNames, pickLine, reportIgnored } from "./clean-field.ts";
import type { FieldContext, FieldPath } from "./collect-fields.ts";

const email = /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:"]+$/;

function isEmail(text: string): boolean {
  return email.test(text);
}

/** Reads authors: names, keys of `site.authors`, `Name <mail>`, or mappings. A post without authors has the site's first one. */
export function readAuthors(context: FieldContext, post: Mutable<Post>): void {
  const { fields, config } = context;
  const authors: Author[] = [];
  if (fields.authors) {
    const { path, value } = fields.authors;
    if (isSequence(value))
      limitNames(context, path, value).forEach((item, i) => {
        addAuthor(context, [...path, i], item, authors);
      });
    else
      for (const name of limitNames(context, path, splitNames(path, value)))
        addAuthor(context, path, name, authors);
  }
  post.authors = authors.length > 0 ? authors : Object.values(config.site.authors).slice(0, 1);
}

function addAuthor(context: FieldContext, path: FieldPath, value: Value, authors: Author[]): void {
  const author = readAuthor(context, path, value);
  if (author && !authors.some(({ name }) => name === author.name)) authors.push(author);
}

/** `authors: A, B` is Pelican's list, and `;` separates in either; a comma in `author` belongs to the name. */
function splitNames(path: FieldPath, value: Value): readonly Value[] {
  const text = valueText(value) ?? "";
  const isPlural = /^authors$/i.test(String(path.at(-1)));
  const separator = text.includes(";") ? ";" : isPlural && text.includes(",") ? "," : undefined;
  if (separator === undefined) return [value];
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function readAuthor(context: FieldContext, path: FieldPath, value: Value): Author | undefined {
  if (isMapping(value)) return readAuthorTable(context, path, value);
  const text = valueText(value);
  if (text === undefined) {
    reportIgnored(context, path, value, "it is not an author", "Write a name, or { name, email, url }.");
    return undefined;
  }
  const line = cleanLine(context, path, text);
  const known = findKnownAuthor(context.config.site.authors, line);
  if (known) return known;
  const named = /^([^<>()]+?) ?<([^<>]+)>$/.exec(line) ?? /^([^<>()]+?) ?\(([^()]+@[^()]+)\)$/.exec(line);
  const mailed = /^([^\s()]+@[^\s()]+) ?\(([^()]+)\)$/.exec(line);
  const name = mailed?.[2] ?? named?.[1] ?? line;
  const mail = mailed?.[1] ?? named?.[2];
  if (name === "") return undefined;
  return { name, ...(mail !== undefined && isEmail(mail) && { email: mail }) };
}

const known = new WeakMap<object, ReadonlyMap<string, Author>>();

/** One of the site's authors by key or name; a key comes before another author's name. */
function findKnownAuthor(authors: Readonly<Record<string, Author>>, line: string): Author | undefined {
  let found = known.get(authors);
  if (found === undefined) {
    const named = Object.values(authors).reverse();
    found = new Map([...named.map((author) => [author.name, author] as const), ...Object.entries(authors)]);
    known.set(authors, found);
  }
  return found.get(line);
}

function readAuthorTable(context: FieldContext, path: FieldPath, table: Mapping): Author | undefined {
  const take = (...keys: string[]) => pickLine(context, path, table, keys);
  const name = take("name", "Name", "title");
  if (name === undefined || name === "") {
    reportIgnored(context, path, table, "an author needs a name", "Write name: inside it.");
    return undefined;
  }
  const mail = take("email", "mail");
  const url = takeUrl(context, [...path, "url"], take("url", "uri", "link", "website", "homepage"));
  const avatar = takeUrl(
    context,
    [...path, "avatar"],
    take("avatar", "image", "picture", "photo", "profile_image"),
  );
  if (mail !== undefined && !isEmail(mail))
    reportIgnored(
      context,
      [...path, "email"],
      mail,
      "it is not an e-mail address",
      "Write name@example.org.",
    );
  return {
    name,
    ...(mail !== undefined && isEmail(mail) && { email: mail }),
    ...(url !== undefined && { url }),
    ...(avatar !== undefined && { avatar }),
  };
}

function takeUrl(context: FieldContext, path: FieldPath, text: string | undefined): string | undefined {
  return text === undefined || text === "" ? undefined : readWebUrl(context, path, text);
}

/** Resolves an address against the site; anything but http(s) is reported and left out. */
export function readWebUrl(context: FieldContext, path: FieldPath, text: string): string | undefined {
  const below = text.startsWith("/") && !text.startsWith("//") ? text.slice(1) : text;
  const url = parseUrl(below, context.config.site.url);
  if (url?.protocol === "http:" || url?.protocol === "https:") return url.href;
  reportIgnored(context, path, text, "it is not an http or https address", "Write a complete URL.");
  return undefined;
}
