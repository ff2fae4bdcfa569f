import type { FeedEntry } from "../../check/compare/read-entries.ts";
import { parseUrl } from "../../model/url.ts";
import { normalizeId } from "../../posts/fields/read-addresses.ts";
import { addId } from "./add-id.ts";

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
  /** Under which ids readers know posts, as far as that was told: the posts as they were before the edits. */
  readonly known: readonly { readonly post: PinnablePost; readonly id: string }[];
  readonly problems: readonly IdProblem[];
}

/** Writes into each post the id that it has now, or the one that readers know it by, where front matter does not say so yet. */
export function pinIds(
  posts: readonly PinnablePost[],
  knownAs: ReadonlyMap<string, string> = new Map(),
): IdChanges {
  const open = posts.filter(({ idSource }) => idSource !== "front-matter");
  return collect(open.map((post) => write(post, knownAs.get(post.id) ?? post.id)));
}

/** Writes into each post the id under which readers know it from an old feed, as near as front matter can say it. */
export function importIds(posts: readonly PinnablePost[], old: readonly FeedEntry[]): IdChanges {
  const entries = old.map((entry) => ({ ...entry, id: normalizeId(entry.id) }));
  const { pairs, problems: unmatched } = match(
    posts,
    entries.filter(({ id }) => id !== ""),
  );
  const problems = [...entries.filter(({ id }) => id === "").map(describeEmptyId), ...unmatched];
  const changed = [...pairs].filter(([post, entry]) => normalizeId(post.id) !== entry.id);
  const { edits, problems: refusals } = collect(changed.map(([post, entry]) => write(post, entry.id)));
  const known = Array.from(pairs, ([post, entry]) => ({ post, id: entry.id }));
  return { edits, known, problems: [...problems, ...refusals] };
}

type Written = { edit: IdEdit } | { problem: IdProblem };

function collect(written: readonly Written[]): IdChanges {
  return {
    known: [],
    edits: written.flatMap((one) => ("edit" in one ? [one.edit] : [])),
    problems: written.flatMap((one) => ("problem" in one ? [one.problem] : [])),
  };
}

/** Signs that an entry is a post, the surest first. An empty key is no sign. */
const signs: readonly { post: (post: PinnablePost) => string; entry: (entry: FeedEntry) => string }[] = [
  { post: ({ id }) => normalizeId(id), entry: ({ id }) => id },
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
  entries: readonly FeedEntry[],
): { pairs: Map<PinnablePost, FeedEntry>; problems: IdProblem[] } {
  const pairs = new Map<PinnablePost, FeedEntry>();
  const found = new Set<FeedEntry>();
  const unsure = new Map<FeedEntry, readonly PinnablePost[]>();
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

function unmatched(entry: FeedEntry, candidates: readonly PinnablePost[] | undefined): IdProblem {
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

function describeEmptyId({ title, url }: FeedEntry): IdProblem {
  return {
    message: `The entry “${title}” (${url}) has an id without any character that a feed may carry.`,
    hint: "Its post keeps the id that it has; write another one into its front matter if readers know one.",
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
  if (!/^https?:/i.test(url) || !parseUrl(url)) return "";
  return new URL(url).pathname.replace(/\/index\.html?$/, "").replace(/^\/+|\/+$/g, "");
}

function lastOf(url: string): string {
  return pathOf(url).split("/").at(-1) ?? "";
}

function write({ file, source }: PinnablePost, id: string): Written {
  const added = addId(source, id);
  if ("source" in added) return { edit: { file, id, source: added.source } };
  const hint = `Write id: ${JSON.stringify(id)} into its front matter by hand.`;
  return { problem: { file, message: `${file}: ${added.refusal}`, hint } };
}
