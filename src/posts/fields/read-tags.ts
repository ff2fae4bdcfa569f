import type { Mutable, Post } from "../../model/post.ts";
import { isMapping, isSequence, type Value, valueText } from "../front-matter/front-matter-value.ts";
import { cleanLine, isCleanLine, limitNames, pickLine, reportIgnored } from "./clean-field.ts";
import type { FieldContext, FieldPath, WrittenField } from "./collect-fields.ts";

/**
 * Reads `section`, `category`, `categories` and `tags`. The first of section, the folders that are categories, category
 * and categories is the section; further categories come before the tags.
 */
export function readTags(context: FieldContext, post: Mutable<Post>): void {
  const { config, fields } = context;
  const sections = categoriesOf(context);
  const written: string[] = [];
  const spaced = config.categories.split === "spaces";
  collectWordsOf(context, fields.tags, spaced ? "spaces" : "commas", written);
  const { ignore } = config.categories;
  const kept = ignore.length === 0 ? written : written.filter((word) => !ignore.includes(word));
  const first = sections[0];
  const words = sections.length > 1 ? [...sections.filter((word) => word !== first), ...kept] : kept;
  const { path } = fields.tags ?? fields.categories ?? fields.category ?? { path: ["tags"] };
  post.tags = limitNames(context, path, words.length > 1 ? [...new Set(words)] : words);
  if (first !== undefined) post.section = first;
}

/** The categories of a post, those of its folders first; the first is its section. */
export function categoriesOf(context: FieldContext): string[] {
  const { config, fields, name } = context;
  const { folder, split, default: fallback } = config.categories;
  const words: string[] = [];
  if (folder === "above") words.push(...foldersAbovePosts(name.withoutExtension));
  collectWordsOf(context, fields.section, "whole", words);
  // Jekyll takes a category as it is written, and categories for words.
  collectWordsOf(context, fields.category, split === "spaces" ? "whole" : "commas", words);
  collectWordsOf(context, fields.categories, split === "spaces" ? "spaces" : "commas", words);
  const last = folder === "last" ? name.folder.slice(name.folder.lastIndexOf("/") + 1) : "";
  if (words.length === 0 && last !== "") words.push(last);
  if (words.length === 0 && fallback !== undefined) words.push(fallback);
  return folder === "above" && words.length > 1 ? [...new Set(words)] : words;
}

/** `a/b/_posts/…` is in a and b. */
function foldersAbovePosts(path: string): string[] {
  const end = path.lastIndexOf("_posts/");
  return end > 0 && path[end - 1] === "/" ? path.slice(0, end - 1).split("/") : [];
}

/** How a text is divided into words. */
type Division = "whole" | "commas" | "spaces";

function collectWordsOf(
  context: FieldContext,
  found: WrittenField | undefined,
  split: Division,
  words: string[],
): void {
  if (found) collectWords(context, found.path, found.value, split, words);
}

function collectWords(
  context: FieldContext,
  path: FieldPath,
  value: Value,
  split: Division,
  words: string[],
): void {
  const text = valueText(value);
  if (text !== undefined) {
    if (split !== "whole" && typeof path.at(-1) === "string")
      for (const part of split === "spaces" && !text.includes(",") ? text.split(/\s+/) : splitWords(text))
        addWord(context, path, part, words);
    else addWord(context, path, text, words);
  } else if (isSequence(value)) {
    for (let i = 0; i < value.length; i += 1) {
      const item = value[i] as Value;
      if (typeof item === "string" && item !== "" && !item.includes("#") && isCleanLine(item))
        words.push(item);
      // Hexo nests lists of categories.
      else if (path.length < 5) collectWords(context, [...path, i], item, split, words);
    }
  } else if (isMapping(value)) {
    const name = pickLine(context, path, value, ["name", "label"]);
    if (name) words.push(name);
    else reportIgnored(context, path, value, "it is not a list of words", "Write [one, two] or one, two.");
  }
}

function addWord(context: FieldContext, path: FieldPath, text: string, words: string[]): void {
  const bare = text.includes("#") ? text.replace(/^\s*#(?=[^\s#])/, "") : text;
  const word = cleanLine(context, path, bare);
  if (word !== "") words.push(word);
}

/** A string is a list by its semicolons or commas; `#one #two` is Obsidian's. An item of a list is one tag, whatever is in it. */
function splitWords(text: string): string[] {
  if (text.includes(";")) return text.split(";");
  if (text.includes(",")) return text.split(",");
  return /^\s*(?:#\S+\s+)+#\S+\s*$/.test(text) ? text.trim().split(/\s+/) : [text];
}
