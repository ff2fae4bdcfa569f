// In comes a post's reading; out go its section and its tags, as written.

import { isList, isTable, textOf, type Value } from "../front-matter/front-matter-value.ts";
import { cleanLine, reportWrong } from "./clean-field.ts";
import type { Found, Path, Reading } from "./reading.ts";

/**
 * Reads `section`, `category`, `categories` and `tags`. The first of section, category and categories is the section;
 * further categories become tags behind the post's own tags, because feeds know one kind of category.
 */
export function readTags(reading: Reading): { section?: string; tags: readonly string[] } {
  const { section, category, categories, tags } = reading.fields;
  const sections: string[] = [];
  collectField(reading, section, false, sections);
  collectField(reading, category, true, sections);
  collectField(reading, categories, true, sections);
  const written: string[] = [];
  collectField(reading, tags, true, written);
  const first = sections[0];
  for (const word of sections) if (word !== first) written.push(word);
  const words = written.length > 1 ? [...new Set(written)] : written;
  return first === undefined ? { tags: words } : { section: first, tags: words };
}

function collectField(reading: Reading, found: Found | undefined, split: boolean, words: string[]): void {
  if (found) collectWords(reading, found.path, found.value, split, words);
}

function collectWords(reading: Reading, path: Path, value: Value, split: boolean, words: string[]): void {
  const text = textOf(value);
  if (text !== undefined) {
    if (split && typeof path.at(-1) === "string")
      for (const part of splitWords(text)) addWord(reading, path, part, words);
    else addWord(reading, path, text, words);
  } else if (isList(value)) {
    // Hexo nests lists of categories.
    value.forEach((item, i) => {
      if (path.length < 5) collectWords(reading, [...path, i], item, split, words);
    });
  } else if (isTable(value) && textOf(value.get("name")) !== undefined) {
    words.push(cleanLine(reading, [...path, "name"], textOf(value.get("name")) ?? ""));
  } else if (isTable(value)) {
    reportWrong(reading, path, value, "a list of words is expected", "Write [one, two] or one, two.");
  }
}

function addWord(reading: Reading, path: Path, text: string, words: string[]): void {
  const bare = text.includes("#") ? text.replace(/^\s*#(?=[^\s#])/, "") : text;
  const word = cleanLine(reading, path, bare);
  if (word !== "") words.push(word);
}

/** A string is a list by its commas; `#one #two` is Obsidian's. An item of a list is one tag, whatever is in it. */
function splitWords(text: string): string[] {
  if (text.includes(",")) return text.split(",");
  return /^\s*(?:#\S+\s+)+#\S+\s*$/.test(text) ? text.trim().split(/\s+/) : [text];
}
