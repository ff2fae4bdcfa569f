// In come posts with their sources, and entries that readers know; out go the sources with `id:` lines, or why not. Pure.
import { isDeepStrictEqual } from "node:util";
import type { Entry } from "../check/read-entries.ts";
import { readFrontMatter } from "../posts/front-matter.ts";

/** A post with its whole source. */
export interface PinnablePost {
  /** As the author would type it. */
  readonly file: string;
  readonly id: string;
  readonly idSource: "front-matter" | "authority" | "permalink";
  readonly url: string;
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly date: number;
  readonly source: string;
}

/** A source with its id written in. */
export interface IdEdit {
  readonly file: string;
  readonly id: string;
  /** The whole new source. */
  readonly source: string;
}

/** Something that only a person can decide. */
export interface IdProblem {
  /** The post; absent where no post was found. */
  readonly file?: string;
  readonly message: string;
  readonly hint: string;
}

export interface IdChanges {
  readonly edits: readonly IdEdit[];
  readonly problems: readonly IdProblem[];
}

/** Writes into each post the id that it has now, where front matter does not say so yet. */
export function pinIds(posts: readonly PinnablePost[]): IdChanges {
  return collect(
    posts.filter(({ idSource }) => idSource !== "front-matter").map((post) => write(post, post.id)),
  );
}

/** Writes into each post the id under which readers know it from an old feed. */
export function importIds(posts: readonly PinnablePost[], entries: readonly Entry[]): IdChanges {
  const { pairs, problems } = match(posts, entries);
  const changed = [...pairs].filter(([post, entry]) => post.id !== entry.id);
  const { edits, problems: refusals } = collect(changed.map(([post, entry]) => write(post, entry.id)));
  return { edits, problems: [...problems, ...refusals] };
}

type Written = { edit: IdEdit } | { problem: IdProblem };

function collect(written: readonly Written[]): IdChanges {
  return {
    edits: written.flatMap((one) => ("edit" in one ? [one.edit] : [])),
    problems: written.flatMap((one) => ("problem" in one ? [one.problem] : [])),
  };
}

/** Signs that an entry is a post, the surest first. An empty key is no sign. */
const signs: readonly { post: (post: PinnablePost) => string; entry: (entry: Entry) => string }[] = [
  { post: ({ id }) => id, entry: ({ id }) => id },
  { post: ({ url }) => url, entry: ({ url }) => url },
  { post: ({ url }) => pathOf(url), entry: ({ url }) => pathOf(url) },
  { post: ({ url }) => pathOf(url), entry: ({ id }) => pathOf(id) },
  {
    post: ({ title, date }) => title && `${title}\n${date}`,
    entry: ({ title, date }) => title && `${title}\n${date}`,
  },
  {
    post: ({ title, url }) => title && `${title}\n${lastOf(url)}`,
    entry: ({ title, url }) => title && `${title}\n${lastOf(url)}`,
  },
  { post: ({ title }) => title, entry: ({ title }) => title },
];

/** Pairs entries and posts one to one. Where a sign fits several, nobody guesses. */
function match(
  posts: readonly PinnablePost[],
  entries: readonly Entry[],
): { pairs: Map<PinnablePost, Entry>; problems: IdProblem[] } {
  const pairs = new Map<PinnablePost, Entry>();
  const found = new Set<Entry>();
  const unsure = new Map<Entry, readonly PinnablePost[]>();
  for (const sign of signs) {
    const byKey = groupBy(
      posts.filter((post) => !pairs.has(post)),
      sign.post,
    );
    const rivals = groupBy(
      entries.filter((entry) => !found.has(entry)),
      sign.entry,
    );
    for (const [key, [entry, ...others]] of rivals) {
      const candidates = key === "" ? [] : (byKey.get(key) ?? []);
      const [post] = candidates;
      if (entry === undefined || post === undefined) continue;
      if (candidates.length > 1 || others.length > 0) {
        for (const each of [entry, ...others]) if (!unsure.has(each)) unsure.set(each, candidates);
        continue;
      }
      pairs.set(post, entry);
      found.add(entry);
    }
  }
  return {
    pairs,
    problems: entries
      .filter((entry) => !found.has(entry))
      .map((entry) => unmatched(entry, unsure.get(entry))),
  };
}

function unmatched(entry: Entry, candidates: readonly PinnablePost[] | undefined): IdProblem {
  const name = entry.title === "" ? entry.id : `“${entry.title}”`;
  const line = `id: ${JSON.stringify(entry.id)}`;
  if (candidates === undefined)
    return {
      message: `No post was found for the entry ${name} (${entry.id}).`,
      hint: `If there is one, write ${line} into its front matter.`,
    };
  const files = candidates.map(({ file }) => file).join(", ");
  return {
    message: `Several posts or entries fit together for ${name}: ${files}.`,
    hint: `Write ${line} into the right one.`,
  };
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

function pathOf(url: string): string {
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return "";
  return new URL(url).pathname.replace(/\/index\.html?$/, "").replace(/^\/+|\/+$/g, "");
}

function lastOf(url: string): string {
  return pathOf(url).split("/").at(-1) ?? "";
}

const idNames = ["id", "guid", "uuid"];

/** Adds one line at the end of the front matter and reads it back: everything else must say what it said before. */
function write(post: PinnablePost, id: string): Written {
  const { file, source } = post;
  const line = `id: ${JSON.stringify(id)}`;
  const refuse = (message: string): Written => ({
    problem: { file, message: `${file}: ${message}`, hint: `Write ${line} into its front matter by hand.` },
  });
  const before = readFrontMatter(Buffer.from(source));
  if (before.kind === "problem") return refuse(before.message);
  if (before.kind === "none") {
    const eol = source.includes("\r\n") ? "\r\n" : "\n";
    const mark = source.startsWith("\ufeff") ? "\ufeff" : "";
    return {
      edit: { file, id, source: `${mark}---${eol}${line}${eol}---${eol}${source.slice(mark.length)}` },
    };
  }
  const taken = [...before.data.keys()].find((key) => idNames.includes(key.toLowerCase()));
  if (taken !== undefined) return refuse(`its front matter has ${taken} already, and it is another one.`);
  const start = source.indexOf("\n") + 1;
  for (const text of candidates(before.text, before.language, id)) {
    const edited = source.slice(0, start) + text + source.slice(start + before.text.length);
    const after = readFrontMatter(Buffer.from(edited));
    if (after.kind !== "front-matter") continue;
    const rest = new Map(after.data);
    rest.delete("id");
    const body = (whole: string, offset: number) => Buffer.from(whole).subarray(offset).toString("utf8");
    const same =
      isDeepStrictEqual(plain(rest), plain(before.data)) &&
      body(edited, after.bodyOffset) === body(source, before.bodyOffset);
    if (same && isDeepStrictEqual(plain(after.data.get("id")), id))
      return { edit: { file, id, source: edited } };
  }
  return refuse("its front matter is written in a way that cannot be added to safely.");
}

/** Values without their places in the source. */
function plain(value: unknown): unknown {
  if (value instanceof Map) return [...value].map(([key, part]) => [key, plain(part)]);
  if (Array.isArray(value)) return value.map(plain);
  return value;
}

/** Front matter with the line in it, the likeliest place first. */
function candidates(text: string, language: string, id: string): string[] {
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const whole = text === "" || text.endsWith("\n") ? text : `${text}${eol}`;
  if (language === "json") {
    const end = text.lastIndexOf("}");
    const head = text.slice(0, end).trimEnd();
    if (end < 0) return [];
    const indent = /\n([ \t]*)\S/.exec(text)?.[1] ?? "  ";
    const tail = text.slice(head.length);
    return [
      `${head}${head.endsWith("{") ? "" : ","}${eol}${indent}"id": ${JSON.stringify(id)}${/^\s*\n/.test(tail) ? "" : eol}${tail}`,
    ];
  }
  if (language === "toml") {
    const line = `id = ${JSON.stringify(id)}${eol}`;
    // Whatever follows a table header belongs to that table.
    const headers = [...whole.matchAll(/^[ \t]*\[/gm)].map(
      ({ index }) => whole.slice(0, index) + line + whole.slice(index),
    );
    return [...headers, whole + line];
  }
  const indent = /^([ \t]*)[^\s#]/m.exec(text)?.[1] ?? "";
  return [`${whole}${indent}id: ${JSON.stringify(id)}${eol}`];
}
