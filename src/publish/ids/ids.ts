import type { FeedEntry } from "../../check/compare/read-entries.ts";
import { normalizeId } from "../../posts/fields/read-addresses.ts";
import { addressPath, lastSegment, matchBySigns, type Sign } from "../plan/match-by-signs.ts";
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
  /** The ids under which readers know posts, where the old feed says so; the posts are those before the edits. */
  readonly known: readonly { readonly post: PinnablePost; readonly id: string }[];
  readonly problems: readonly IdProblem[];
}

/** Writes into each post without an id in its front matter the id that it has now, or the one that readers know it by. */
export function pinIds(
  posts: readonly PinnablePost[],
  knownAs: ReadonlyMap<string, string> = new Map(),
): IdChanges {
  const open = posts.filter(({ idSource }) => idSource !== "front-matter");
  return collect(open.map((post) => writeId(post, knownAs.get(post.id) ?? post.id)));
}

/** Writes into each post the id under which readers know it from an old feed, as near as front matter can hold it. */
export function importIds(posts: readonly PinnablePost[], old: readonly FeedEntry[]): IdChanges {
  const entries = old.map((entry) => ({ ...entry, id: normalizeId(entry.id) }));
  const withId = entries.filter(({ id }) => id !== "");
  const { pairs, ambiguous } = matchBySigns(posts, withId, signs);
  const changed = [...pairs].filter(([entry, post]) => normalizeId(post.id) !== entry.id);
  const { edits, problems } = collect(changed.map(([entry, post]) => writeId(post, entry.id)));
  return {
    edits,
    known: Array.from(pairs, ([{ id }, post]) => ({ post, id })),
    problems: [
      ...entries.filter(({ id }) => id === "").map(describeEmptyId),
      ...withId
        .filter((entry) => !pairs.has(entry))
        .map((entry) => describeUnmatched(entry, ambiguous.get(entry))),
      ...problems,
    ],
  };
}

type Written = { edit: IdEdit } | { problem: IdProblem };

function collect(written: readonly Written[]): IdChanges {
  return {
    known: [],
    edits: written.flatMap((one) => ("edit" in one ? [one.edit] : [])),
    problems: written.flatMap((one) => ("problem" in one ? [one.problem] : [])),
  };
}

/** Signs that an entry is a post, the surest first. */
const signs: readonly Sign<PinnablePost, FeedEntry>[] = [
  { old: ({ id }) => normalizeId(id), new: ({ id }) => id },
  { old: ({ url }) => url, new: ({ url }) => url },
  { old: ({ url }) => addressPath(url), new: ({ url }) => addressPath(url) },
  { old: ({ url }) => addressPath(url), new: ({ id }) => addressPath(id) },
  {
    old: ({ title, date }) => title && `${title}\n${date}`,
    new: ({ title, date }) => title && `${title}\n${date}`,
  },
  {
    old: ({ title, url }) => title && `${title}\n${lastSegment(url)}`,
    new: ({ title, url }) => title && `${title}\n${lastSegment(url)}`,
  },
  { old: ({ title }) => title, new: ({ title }) => title },
];

function describeUnmatched(entry: FeedEntry, candidates: readonly PinnablePost[] | undefined): IdProblem {
  const name = entry.title === "" ? entry.id : `“${entry.title}”`;
  const line = `${/^\d+$/.test(entry.id) ? "guid" : "id"}: ${JSON.stringify(entry.id)}`;
  if (candidates === undefined)
    return {
      message: `No post was found for the entry ${name} (${entry.id}).`,
      hint: `If there is one, write ${line} into its front matter.`,
    };
  const files = candidates.map(({ file }) => file).join(", ");
  return {
    message: `More than one post or entry could match ${name}: ${files}.`,
    hint: `Write ${line} into the right one.`,
  };
}

function describeEmptyId({ title, url }: FeedEntry): IdProblem {
  return {
    message: `The entry “${title}” (${url}) has an id without any character that a feed may contain.`,
    hint: "Its post keeps its id. If readers know it under another id, write that into its front matter.",
  };
}

function writeId({ file, source }: PinnablePost, id: string): Written {
  const added = addId(source, id);
  if ("source" in added) return { edit: { file, id, source: added.source } };
  const hint = `Write id: ${JSON.stringify(id)} into its front matter by hand.`;
  return { problem: { file, message: `${file}: ${added.refusal}`, hint } };
}
