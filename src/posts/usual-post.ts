// In comes the text of YAML front matter; out goes the Post that the readers of its fields would make, or undefined where only they can tell.
//
// Nine of ten posts say `key: value`, and nothing in them is wrong. They are read in one pass; whatever is not plainly
// right is left to the readers, which find out what is the matter. A property test keeps both equal.
import type { Config } from "../model/config.ts";
import type { Author, Post } from "../model/post.ts";
import { isCleanLine } from "./clean-field.ts";
import { parseTimestamp } from "./dates.ts";
import { findField, findNearMiss } from "./field-names.ts";
import type { FileName } from "./file-name.ts";
import { forbiddenKeys, resolvePlain } from "./front-matter-value.ts";
import { findUnsafePart } from "./permalink.ts";
import { makeId, makePermalink, spellId } from "./read-addresses.ts";
import { findKnownAuthor } from "./read-authors.ts";
import { spellLanguage } from "./read-language.ts";

/** What the lines say; all of it clean. */
interface Lines {
  title: string | undefined;
  date: string | undefined;
  updated: string | undefined;
  slug: string | undefined;
  id: string | undefined;
  description: string | undefined;
  correction: string | undefined;
  language: string | undefined;
  image: string | undefined;
  draft: string | undefined;
  section: string | undefined;
  categories: readonly string[] | undefined;
  tags: readonly string[] | undefined;
  authors: readonly string[] | undefined;
  extra: Record<string, string | boolean> | undefined;
}

type Draft = { -readonly [Field in keyof Post]: Post[Field] };

const CR = 0x0d;
const space = 0x20;
const key = /^[A-Za-z_][A-Za-z0-9_-]{0,99}$/;
/** One word or phrase of a list in brackets, without anything that has a meaning there. */
const flowItem = /^[A-Za-z0-9\u00a1-\ud7ff](?:[^[\]{},:#"'&*!|>%@`]*[^[\]{},:#"'&*!|>%@` ])?$/;
const none: readonly never[] = Object.freeze([]);
const nothing = Object.freeze({});

/** Reads a post whose front matter is plain and without fault. */
export function readUsualPost(file: string, name: FileName, text: string, config: Config): Post | undefined {
  if (name.inDrafts) return undefined;
  const lines = readLines(text);
  return lines && makePost(file, name, lines, config);
}

function readLines(text: string): Lines | undefined {
  // biome-ignore format: one line a group
  const lines: Lines = {
    title: undefined, date: undefined, updated: undefined, slug: undefined, id: undefined,
    description: undefined, correction: undefined, language: undefined, image: undefined, draft: undefined,
    section: undefined, categories: undefined, tags: undefined, authors: undefined, extra: undefined,
  };
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    const next = newline < 0 ? text.length : newline + 1;
    let end = newline < 0 ? text.length : newline;
    if (end > at && newline >= 0 && text.charCodeAt(end - 1) === CR) end -= 1;
    while (end > at && text.charCodeAt(end - 1) === space) end -= 1;
    const colon = text.indexOf(":", at);
    if (end > at && text.charCodeAt(at) !== 0x23) {
      let start = colon + 1;
      while (text.charCodeAt(start) === space) start += 1;
      // Nothing behind the colon, or no space: an empty value, the head of a list, or no key at all.
      if (colon < 0 || start === colon + 1 || start >= end) return undefined;
      if (!takeLine(lines, text.slice(at, colon), text.slice(start, end))) return undefined;
    }
    at = next;
  }
  return lines;
}

/** Takes in one line; false where it is not plainly right. */
function takeLine(lines: Lines, written: string, value: string): boolean {
  const field = findField(written)?.field;
  switch (field) {
    case "title":
    case "slug":
    case "id":
    case "description":
    case "correction":
    case "language":
    case "image":
    case "section": {
      if (lines[field] !== undefined) return false;
      lines[field] = readText(value);
      return lines[field] !== undefined;
    }
    case "date":
    case "updated": {
      if (lines[field] !== undefined) return false;
      const isQuoted = value.charCodeAt(0) === 0x22 || value.charCodeAt(0) === 0x27;
      lines[field] = isQuoted ? readText(value) : value;
      return lines[field] !== undefined;
    }
    case "draft": {
      if (lines.draft !== undefined) return false;
      lines.draft = value;
      return true;
    }
    case "tags":
    case "categories":
    case "authors": {
      if (lines[field] !== undefined) return false;
      lines[field] = readList(value);
      return lines[field] !== undefined;
    }
    case undefined:
      return takeUnknown(lines, written, value);
    default:
      return false;
  }
}

/** A key of the site's own, with text or a switch. */
function takeUnknown(lines: Lines, written: string, value: string): boolean {
  if (!key.test(written) || forbiddenKeys.has(written) || findNearMiss(written) !== undefined) return false;
  if (written === "extra" || written === "taxonomies") return false;
  lines.extra ??= {};
  if (Object.hasOwn(lines.extra, written)) return false;
  const taken = value === "true" || (value === "false" ? false : readText(value));
  if (taken === undefined) return false;
  lines.extra[written] = taken;
  return true;
}

/** A scalar that means just what is written: no escape, no other type, nothing to clean. */
function readText(written: string): string | undefined {
  const first = written.charCodeAt(0);
  if (first === 0x22 || first === 0x27) {
    const text = written.slice(1, -1);
    if (text === "" || written.charCodeAt(written.length - 1) !== first) return undefined;
    if (text.includes(first === 0x22 ? '"' : "'") || text.includes("\\")) return undefined;
    return isCleanLine(text) ? text : undefined;
  }
  // A letter, a slash, or a character beyond ASCII: nothing else is text for certain.
  const isLetter = (first >= 0x41 && first <= 0x5a) || (first >= 0x61 && first <= 0x7a);
  if (!isLetter && first !== 0x2f && first < 0xa1) return undefined;
  if (written.includes(": ") || written.includes(" #") || written.endsWith(":")) return undefined;
  if (resolvePlain(written) !== written) return undefined;
  return isCleanLine(written) ? written : undefined;
}

/** Words in brackets, or one word; a list without brackets has its own rules. */
function readList(written: string): readonly string[] | undefined {
  if (written.charCodeAt(0) !== 0x5b) {
    const word = readText(written);
    return word === undefined || /[,;#]/.test(word) ? undefined : [word];
  }
  if (!written.endsWith("]")) return undefined;
  const words = written.slice(1, -1).split(",");
  for (let at = 0; at < words.length; at += 1) {
    const word = trimSpaces(words[at] ?? "");
    const first = word.charCodeAt(0);
    const isPlain =
      first !== 0x22 && first !== 0x27 && flowItem.test(word) && isCleanLine(word) && !isNothing(word);
    const taken = isPlain ? word : first === 0x22 || first === 0x27 ? readText(word) : undefined;
    if (taken === undefined) return undefined;
    words[at] = taken;
  }
  return words;
}

/** Spaces only: other white space is for the readers to judge. */
function trimSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) === space) start += 1;
  while (end > start && text.charCodeAt(end - 1) === space) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

function isNothing(word: string): boolean {
  const value = resolvePlain(word);
  return typeof value !== "string" && value.value === null;
}

function makePost(file: string, name: FileName, lines: Lines, config: Config): Post | undefined {
  const {
    title = "",
    slug = name.slug,
    description,
    correction,
    image,
    section: named,
    extra = nothing,
  } = lines;
  if (lines.draft !== undefined && lines.draft !== "true" && lines.draft !== "false") return undefined;
  const date = lines.date === undefined ? undefined : parseTimestamp(lines.date);
  const updated = lines.updated === undefined ? date : parseTimestamp(lines.updated);
  if (date === undefined || updated === undefined || updated < date) return undefined;
  const language = languageOf(lines, name, config);
  const authors = findAuthors(lines.authors, config);
  if (language === undefined || authors === undefined) return undefined;
  if (
    lines.slug !== undefined &&
    (findUnsafePart(slug) !== undefined || slug.startsWith("/") || slug.endsWith("/"))
  )
    return undefined;
  const section = named ?? lines.categories?.[0];
  const url = makePermalink(config, name, { slug, section, language, date });
  if (url === undefined) return undefined;
  const own = lines.id === undefined ? makeId(config, name, url) : undefined;
  // biome-ignore format: one line a group
  const post: Draft = {
    file, id: own?.id ?? spellId(lines.id ?? ""), idSource: own?.idSource ?? "front-matter", url, title, date,
    draft: lines.draft === "true", visibility: "public", slug, authors, tags: tagsOf(lines, section), language,
    attachments: none, markup: name.markup, extra,
  };
  if (lines.updated !== undefined) post.updated = updated;
  if (section !== undefined) post.section = section;
  if (description !== undefined) post.description = description;
  if (correction !== undefined) post.correction = correction;
  if (image !== undefined) post.image = { src: image };
  return Object.freeze(post);
}

function languageOf(lines: Lines, name: FileName, config: Config): string | undefined {
  if (lines.language !== undefined) return spellLanguage(lines.language);
  const { language } = config.site;
  return name.language === undefined ? language : (spellLanguage(name.language) ?? language);
}

/** Categories beyond the section stand behind the tags; see `readTags`. */
function tagsOf({ tags = none, categories = none }: Lines, section: string | undefined): readonly string[] {
  if (categories.length === 0 && tags.length < 2) return tags;
  const words = new Set(tags);
  for (const word of categories) if (word !== section) words.add(word);
  return [...words];
}

function findAuthors(names: readonly string[] | undefined, config: Config): readonly Author[] | undefined {
  const known = config.site.authors;
  if (names === undefined) {
    const first = Object.values(known)[0];
    return first ? [first] : none;
  }
  const authors: Author[] = [];
  for (const name of names) {
    const author = findKnownAuthor(known, name);
    if (author === undefined && /[<>()@]/.test(name)) return undefined;
    const one = author ?? { name };
    if (!authors.some((other) => other.name === one.name)) authors.push(one);
  }
  return authors;
}
