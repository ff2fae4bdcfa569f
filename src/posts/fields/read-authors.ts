// In comes a post's reading; out go its authors.
import type { Author } from "../../model/post.ts";
import { parseUrl } from "../../model/url.ts";
import { isList, isTable, type Table, textOf, type Value } from "../front-matter/front-matter-value.ts";
import { cleanLine, reportIgnored, reportWrong } from "./clean-field.ts";
import type { Path, Reading } from "./reading.ts";

const email = /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:"]+$/;

function isEmail(text: string): boolean {
  return email.test(text);
}

/** Reads authors: names, keys of `site.authors`, `Name <mail>`, or mappings. Nobody named: the site's first author. */
export function readAuthors(reading: Reading): readonly Author[] {
  const found = reading.fields.authors;
  const authors: Author[] = [];
  if (found) {
    const key = found.path.at(-1);
    for (const [path, value] of splitAuthors(
      found.path,
      found.value,
      key === "authors" || key === "Authors",
    )) {
      const author = readAuthor(reading, path, value);
      if (author && !authors.some((other) => other.name === author.name)) authors.push(author);
    }
  }
  const first = Object.values(reading.config.site.authors)[0];
  return authors.length > 0 || !first ? authors : [first];
}

/** `authors: A, B` is Pelican's list, and `;` separates in either; a comma in `author` belongs to the name. */
function splitAuthors(path: Path, value: Value, plural: boolean): [Path, Value][] {
  if (isList(value)) return value.map((item, i) => [[...path, i], item]);
  const text = textOf(value);
  if (text === undefined) return [[path, value]];
  const separator = text.includes(";") ? ";" : plural && text.includes(",") ? "," : undefined;
  if (separator === undefined) return [[path, value]];
  return text
    .split(separator)
    .filter((part) => part.trim() !== "")
    .map((part) => [path, part.trim()]);
}

function readAuthor(reading: Reading, path: Path, value: Value): Author | undefined {
  if (isTable(value)) return readAuthorTable(reading, path, value);
  const text = textOf(value);
  if (text === undefined) {
    reportWrong(reading, path, value, "an author is expected", "Write a name, or { name, email, url }.");
    return undefined;
  }
  const line = cleanLine(reading, path, text);
  const known = findKnownAuthor(reading.config.site.authors, line);
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

function readAuthorTable(reading: Reading, path: Path, table: Table): Author | undefined {
  const take = (...keys: string[]): string | undefined => {
    const key = keys.find((candidate) => textOf(table.get(candidate)) !== undefined);
    return key === undefined ? undefined : cleanLine(reading, [...path, key], textOf(table.get(key)) ?? "");
  };
  const name = take("name", "Name", "title");
  if (name === undefined || name === "") {
    reportWrong(reading, path, table, "an author needs a name", "Write name: inside it.");
    return undefined;
  }
  const mail = take("email", "mail");
  const url = takeUrl(reading, [...path, "url"], take("url", "uri", "link", "website", "homepage"));
  const avatar = takeUrl(
    reading,
    [...path, "avatar"],
    take("avatar", "image", "picture", "photo", "profile_image"),
  );
  if (mail !== undefined && !isEmail(mail))
    reportIgnored(
      reading,
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

function takeUrl(reading: Reading, path: Path, text: string | undefined): string | undefined {
  return text === undefined || text === "" ? undefined : readWebUrl(reading, path, text);
}

/** Resolves an address against the site; anything but http(s) is reported and left out. */
export function readWebUrl(reading: Reading, path: Path, text: string): string | undefined {
  const below = text.startsWith("/") && !text.startsWith("//") ? text.slice(1) : text;
  const url = parseUrl(below, reading.config.site.url);
  if (url?.protocol === "http:" || url?.protocol === "https:") return url.href;
  reportIgnored(reading, path, text, "it is not an http or https address", "Write a complete URL.");
  return undefined;
}
