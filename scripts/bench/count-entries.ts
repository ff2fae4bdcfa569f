// Counts the entries in feeds: a program must not be fast by writing fewer.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Counts `<item>` or `<entry>` in one document, which may be larger than a string can be. */
export function countEntries(file: string): number {
  const bytes = readFileSync(file);
  const tag = bytes.indexOf("<rss") >= 0 ? "<item" : "<entry";
  let count = 0;
  for (let at = bytes.indexOf(tag); at >= 0; at = bytes.indexOf(tag, at + tag.length)) {
    const after = bytes[at + tag.length];
    if (after === 0x3e || after === 0x20) count += 1;
  }
  return count;
}

/** The same over every document of one name in a folder. */
export function countAllEntries(folder: string, name: string): { documents: number; entries: number } {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (path) => path === name || path.endsWith(`/${name}`),
  );
  return {
    documents: files.length,
    entries: files.reduce((sum, path) => sum + countEntries(join(folder, path)), 0),
  };
}
