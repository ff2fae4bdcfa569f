import { readPublicEntries } from "../plan/entries.ts";
import { isFeedDocument } from "../plan/file-set.ts";
import type { PublishPlan } from "../plan/plan.ts";

/** A draft, or a post whose day is yet to come. */
export interface HiddenPost {
  readonly file: string;
  readonly id: string;
  readonly url: string;
  readonly title: string;
  /** Why it is hidden, such as `a draft` or `due on 2026-12-01`. */
  readonly reason: string;
  /** The beginning of its text, as plain words. */
  readonly text: string;
}

/** So many words in a row count as a post's own text. */
const minWords = 12;
const textual = /\.(xml|json|html|opml|txt)$/;

/** Finds ids, permalinks and text of hidden posts in every document that would be published. */
export function findHiddenPosts(
  plan: PublishPlan,
  hidden: readonly HiddenPost[],
): { post: HiddenPost; path: string }[] {
  if (hidden.length === 0) return [];
  const signs = hidden.map((post) => ({ post, words: wordsOf(post.text).slice(0, 40) }));
  return plan.put
    .filter(({ file }) => textual.test(file.path))
    .flatMap(({ file }) => {
      const bytes = file.read();
      const source = decodeEntities(new TextDecoder().decode(bytes));
      const words = ` ${wordsOf(source.replace(/<[^>]*>/g, " ")).join(" ")} `;
      const isNamed = isFeedDocument(file.path) ? entryNamer(bytes, file.path) : pageNamer(source);
      return signs
        .filter(({ post, words: own }) => isNamed(post) || holds(words, own))
        .map(({ post }) => ({ post, path: file.path }));
    });
}

/** In a feed only entries count: another post may link to a future one. */
function entryNamer(bytes: Uint8Array, path: string): (post: HiddenPost) => boolean {
  const { entries } = readPublicEntries(bytes, path);
  const known = new Set(entries.flatMap(({ id, url }) => [id, url]));
  return ({ id, url }) => known.has(id) || known.has(url);
}

function pageNamer(source: string): (post: HiddenPost) => boolean {
  return ({ id, url }) => names(source, id) || names(source, url);
}

/** An id or a URL counts on its own, not as the beginning of a longer one. */
function names(source: string, id: string): boolean {
  for (let at = source.indexOf(id); id !== "" && at >= 0; at = source.indexOf(id, at + 1)) {
    const before = source[at - 1] ?? "";
    const after = source[at + id.length] ?? "";
    if (/^(["'>\s]|)$/.test(before) && /^(["'<&\s]|)$/.test(after)) return true;
  }
  return false;
}

function holds(words: string, own: readonly string[]): boolean {
  return own.length >= minWords && words.includes(` ${own.slice(0, minWords).join(" ")} `);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Twice, because feeds escape HTML that holds entities of its own. */
function decodeEntities(text: string): string {
  const once = (source: string) =>
    source
      .replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">")
      .replace(/&quot;/g, '"')
      .replace(/&(?:apos|#39|#x27);/gi, "'")
      .replace(/\\u003c/gi, "<")
      .replace(/\\[nrt]/g, " ")
      .replace(/&amp;/g, "&");
  return once(once(text));
}
