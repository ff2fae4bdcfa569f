// In comes the text of YAML front matter; out goes the Post that the readers of its fields would make, or undefined where only they can tell.
//
// Nine of ten posts say `key: value`, and nothing in them is wrong; that a date has no time is the one hint given here. They are read in one pass; whatever is not plainly
// right is left to the readers, which find out what is the matter. A property test keeps both equal.
import type { Config } from "../../model/config.ts";
import type { Author, Post } from "../../model/post.ts";
import { findUnsafePart } from "../fields/permalink.ts";
import { makeId, makePermalink, spellId } from "../fields/read-addresses.ts";
import { findKnownAuthor, isEmail, resolveWebUrl, siteAuthor } from "../fields/read-authors.ts";
import { languageByName, spellLanguage } from "../fields/read-language.ts";
import type { Finding } from "../fields/reading.ts";
import type { FileName } from "../folder/file-name.ts";
import type { WrittenAuthor } from "./usual-blocks.ts";
import { readLines, type UsualLines } from "./usual-lines.ts";
import { readUsualTimes, type UsualTimes } from "./usual-times.ts";

type Draft = { -readonly [Field in keyof Post]: Post[Field] };

const none: readonly never[] = Object.freeze([]);
const nothing = Object.freeze({});

/** A post, and the hints about it. */
export interface UsualPost {
  readonly post: Post;
  readonly findings: readonly Finding[];
}

/** Reads a post whose front matter is plain and without fault. */
export function readUsualPost(
  file: string,
  name: FileName,
  text: string,
  config: Config,
): UsualPost | undefined {
  if (name.inDrafts) return undefined;
  const lines = readLines(text);
  const times = lines && readUsualTimes(lines, name, config);
  const post = times && makePost(file, name, lines, times, config);
  return post && { post, findings: times.findings };
}

function makePost(
  file: string,
  name: FileName,
  lines: UsualLines,
  { date, updated }: UsualTimes,
  config: Config,
): Post | undefined {
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
  const language =
    lines.language === undefined ? languageByName(name, config) : spellLanguage(lines.language);
  const authors = findAuthors(lines.authors, config);
  if (language === undefined || authors === undefined) return undefined;
  if (
    lines.slug !== undefined &&
    (findUnsafePart(slug) !== undefined || slug.startsWith("/") || slug.endsWith("/"))
  )
    return undefined;
  const categories = joinLists(lines.category, lines.categories);
  const section = named ?? categories[0];
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
    tags: joinTags(lines.tags ?? none, categories, section),
    language,
    attachments: none,
    markup: name.markup,
    extra,
  };
  if (updated !== undefined) post.updated = updated;
  if (section !== undefined) post.section = section;
  if (description !== undefined) post.description = description;
  if (correction !== undefined) post.correction = correction;
  if (image !== undefined) post.image = { src: image };
  return Object.freeze(post);
}

function joinLists(
  category: readonly string[] | undefined,
  categories: readonly string[] | undefined,
): readonly string[] {
  return category && categories ? [...category, ...categories] : (category ?? categories ?? none);
}

/** Categories beyond the section stand behind the tags; see `readTags`. */
function joinTags(
  tags: readonly string[],
  categories: readonly string[],
  section: string | undefined,
): readonly string[] {
  if (categories.length === 0 && tags.length < 2) return tags;
  const words = new Set(tags);
  for (const word of categories) if (word !== section) words.add(word);
  return [...words];
}

function findAuthors(named: UsualLines["authors"], config: Config): readonly Author[] | undefined {
  if (named === undefined || named.length === 0) return siteAuthor(config);
  const authors: Author[] = [];
  for (const one of named) {
    const author = typeof one === "string" ? findAuthor(one, config) : makeAuthor(one, config);
    if (author === undefined) return undefined;
    if (!authors.some((other) => other.name === author.name)) authors.push(author);
  }
  return authors;
}

function findAuthor(name: string, config: Config): Author | undefined {
  const author = findKnownAuthor(config.site.authors, name);
  return author ?? (/[<>()@]/.test(name) ? undefined : { name });
}

function makeAuthor({ name, email, url: written }: WrittenAuthor, config: Config): Author | undefined {
  const url = written === undefined ? undefined : resolveWebUrl(config, written);
  const isWrong = (email !== undefined && !isEmail(email)) || (written !== undefined && url === undefined);
  if (name === undefined || isWrong) return undefined;
  return { name, ...(email !== undefined && { email }), ...(url !== undefined && { url }) };
}
