// In comes a post's reading; out go its section and its tags, as written.

import { cleanLine, reportWrong } from "./clean-field.ts";
import { isList, isTable, textOf, type Value } from "./front-matter-value.ts";
import type { Found, Path, Reading } from "./reading.ts";

/**
 * Reads `section`, `category`, `categories` and `tags`. The first of section, category and categories is the section;
 * further categories become tags behind the post's own tags, because feeds know one kind of category.
 */
export function readTags(reading: Reading): { section?: string; tags: readonly string[] } {
  const { section, category, categories, tags } = reading.fields;
  const sections = [
    ...readWords(reading, section, false),
    ...readWords(reading, category),
    ...readWords(reading, categories),
  ];
  const first = sections[0];
  const words = new Set(readWords(reading, tags));
  for (const word of sections) if (word !== first) words.add(word);
  return { ...(first !== undefined && { section: first }), tags: [...words] };
}

function readWords(reading: Reading, found: Found | undefined, split = true): string[] {
  if (!found) return [];
  const words: string[] = [];
  collectWords(reading, found.path, found.value, split, words);
  return words;
}

function collectWords(reading: Reading, path: Path, value: Value, split: boolean, words: string[]): void {
  const text = textOf(value);
  if (text !== undefined) {
    for (const part of split && path.at(-1) !== undefined ? splitWords(text, path) : [text]) {
      const word = cleanLine(reading, path, part.replace(/^\s*#(?=[^\s#])/, ""));
      if (word !== "") words.push(word);
    }
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

/** A string is a list by its commas; `#one #two` is Obsidian's. An item of a list is one tag, whatever is in it. */
function splitWords(text: string, path: Path): string[] {
  if (typeof path.at(-1) === "number") return [text];
  if (text.includes(",")) return text.split(",");
  return /^\s*(?:#\S+\s+)+#\S+\s*$/.test(text) ? text.trim().split(/\s+/) : [text];
}
