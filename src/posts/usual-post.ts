// In comes the text of YAML front matter; out goes the Post that the readers of its fields would make, or undefined where only they can tell.
//
// Nine of ten posts say `key: value`, and nothing in them is wrong. They are read in one pass; whatever is not plainly
// right is left to the readers, which find out what is the matter. A property test keeps both equal.
import type { Config } from "../model/config.ts";
import type { Author, Post } from "../model/post.ts";
import { parseTimestamp } from "./dates.ts";
import type { FileName } from "./file-name.ts";
import { findUnsafePart } from "./permalink.ts";
import { makeId, makePermalink, spellId } from "./read-addresses.ts";
import { findKnownAuthor, siteAuthor } from "./read-authors.ts";
import { languageByName, spellLanguage } from "./read-language.ts";
import { readLines, type UsualLines } from "./usual-lines.ts";

type Draft = { -readonly [Field in keyof Post]: Post[Field] };

const none: readonly never[] = Object.freeze([]);
const nothing = Object.freeze({});

/** Reads a post whose front matter is plain and without fault. */
export function readUsualPost(file: string, name: FileName, text: string, config: Config): Post | undefined {
  if (name.inDrafts) return undefined;
  const lines = readLines(text);
  return lines && makePost(file, name, lines, config);
}

function makePost(file: string, name: FileName, lines: UsualLines, config: Config): Post | undefined {
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
  const language =
    lines.language === undefined ? languageByName(name, config) : spellLanguage(lines.language);
  const authors = findAuthors(lines.authors, config);
  if (language === undefined || authors === undefined) return undefined;
  if (
    lines.slug !== undefined &&
    (findUnsafePart(slug) !== undefined || slug.startsWith("/") || slug.endsWith("/"))
  )
    return undefined;
  const section = named ?? lines.categories?.[0];
  const url = makePermalink(config, name, { slug, section, language, date });
  if (typeof url !== "string") return undefined;
  const own = lines.id === undefined ? makeId(config, name, url) : undefined;
  const post: Draft = {
    file,
    id: own?.id ?? spellId(lines.id ?? ""),
    idSource: own?.idSource ?? "front-matter",
    url,
    title,
    date,
    draft: lines.draft === "true",
    visibility: "public",
    slug,
    authors,
    tags: tagsOf(lines, section),
    language,
    attachments: none,
    markup: name.markup,
    extra,
  };
  if (lines.updated !== undefined) post.updated = updated;
  if (section !== undefined) post.section = section;
  if (description !== undefined) post.description = description;
  if (correction !== undefined) post.correction = correction;
  if (image !== undefined) post.image = { src: image };
  return Object.freeze(post);
}

/** Categories beyond the section stand behind the tags; see `readTags`. */
function tagsOf(
  { tags = none, categories = none }: UsualLines,
  section: string | undefined,
): readonly string[] {
  if (categories.length === 0 && tags.length < 2) return tags;
  const words = new Set(tags);
  for (const word of categories) if (word !== section) words.add(word);
  return [...words];
}

function findAuthors(names: readonly string[] | undefined, config: Config): readonly Author[] | undefined {
  if (names === undefined) return siteAuthor(config);
  const authors: Author[] = [];
  for (const name of names) {
    const author = findKnownAuthor(config.site.authors, name);
    if (author === undefined && /[<>()@]/.test(name)) return undefined;
    const one = author ?? { name };
    if (!authors.some((other) => other.name === one.name)) authors.push(one);
  }
  return authors;
}
