import type { Mutable, Post } from "../../model/post.ts";
import { isMapping, isSequence, type Value, valueText } from "../front-matter/front-matter-value.ts";
import { cleanLine, isCleanLine, reportIgnored } from "./clean-field.ts";
import type { FieldContext, FieldPath, WrittenField } from "./collect-fields.ts";

/**
 * Reads `section`, `category`, `categories` and `tags`. The first of section, category and categories is the section;
 * further categories become tags behind the post's own tags, because feeds know one kind of category.
 */
export function readTags(context: FieldContext, post: Mutable<Post>): void {
  const { section, category, categories, tags } = context.fields;
  const sections: string[] = [];
  collectWordsOf(context, section, false, sections);
  collectWordsOf(context, category, true, sections);
  collectWordsOf(context, categories, true, sections);
  const written: string[] = [];
  collectWordsOf(context, tags, true, written);
  const first = sections[0];
  for (const word of sections) if (word !== first) written.push(word);
  post.tags = written.length > 1 ? [...new Set(written)] : written;
  if (first !== undefined) post.section = first;
}

function collectWordsOf(
  context: FieldContext,
  found: WrittenField | undefined,
  split: boolean,
  words: string[],
): void {
  if (found) collectWords(context, found.path, found.value, split, words);
}

function collectWords(
  context: FieldContext,
  path: FieldPath,
  value: Value,
  split: boolean,
  words: string[],
): void {
  const text = valueText(value);
  if (text !== undefined) {
    if (split && typeof path.at(-1) === "string")
      for (const part of splitWords(text)) addWord(context, path, part, words);
    else addWord(context, path, text, words);
  } else if (isSequence(value)) {
    for (let i = 0; i < value.length; i += 1) {
      const item = value[i] as Value;
      if (typeof item === "string" && item !== "" && !item.includes("#") && isCleanLine(item))
        words.push(item);
      // Hexo nests lists of categories.
      else if (path.length < 5) collectWords(context, [...path, i], item, split, words);
    }
  } else if (isMapping(value) && valueText(value.get("name")) !== undefined) {
    words.push(cleanLine(context, [...path, "name"], valueText(value.get("name")) ?? ""));
  } else if (isMapping(value)) {
    reportIgnored(context, path, value, "it is not a list of words", "Write [one, two] or one, two.");
  }
}

function addWord(context: FieldContext, path: FieldPath, text: string, words: string[]): void {
  const bare = text.includes("#") ? text.replace(/^\s*#(?=[^\s#])/, "") : text;
  const word = cleanLine(context, path, bare);
  if (word !== "") words.push(word);
}

/** A string is a list by its commas; `#one #two` is Obsidian's. An item of a list is one tag, whatever is in it. */
function splitWords(text: string): string[] {
  if (text.includes(",")) return text.split(",");
  return /^\s*(?:#\S+\s+)+#\S+\s*$/.test(text) ? text.trim().split(/\s+/) : [text];
}
