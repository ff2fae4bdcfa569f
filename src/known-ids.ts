// In come the posts of the site's feed, and the entries that readers know; out go the entries they know from now on, and posts whose id changed.
import { diagnose } from "./model/codes.ts";
import type { Config } from "./model/config.ts";
import type { Diagnostic } from "./model/diagnostic.ts";
import type { Post } from "./model/post.ts";
import type { KnownEntry } from "./output/manifest.ts";
import { nameForPeople } from "./posts/people-name.ts";

/** What readers know after posts were set against it. */
export interface Recognized {
  /** The posts, as readers know them. */
  readonly known: KnownEntry[];
  /** Entries that no post stands for. */
  readonly missed: KnownEntry[];
}

/**
 * Knows posts again by their id, by the id that readers know, by their permalink, or, when that moved as well, by title
 * and date. The first id that a post had is the one that readers know, whatever it is called later.
 * Of entries that fit alike, the last one is taken.
 */
export function recognizePosts(known: readonly KnownEntry[], posts: readonly Post[]): Recognized {
  const ids = new Set(posts.map((post) => post.id));
  const byId = new Map(known.map((entry) => [entry.id, entry]));
  const gone = known.filter((entry) => !ids.has(entry.id));
  const byKnownId = new Map(gone.map((entry) => [entry.knownAs, entry]));
  const byUrl = new Map(gone.map((entry) => [entry.url, entry]));
  const byText = new Map(gone.filter(({ title }) => title !== "").map((entry) => [textOf(entry), entry]));
  const met = new Set<KnownEntry>();
  const entries = posts.map((post) => {
    const entry =
      byId.get(post.id) ?? byKnownId.get(post.id) ?? byUrl.get(post.url) ?? byText.get(textOf(post));
    if (entry !== undefined) met.add(entry);
    const knownAs = entry?.knownAs ?? entry?.id;
    const { id, url, title, date } = post;
    // An id that another post has taken over can no longer be given back.
    const isChanged = knownAs !== undefined && knownAs !== id && !ids.has(knownAs);
    return { id, ...(isChanged && { knownAs }), url, title, date };
  });
  return { known: entries, missed: gone.filter((entry) => !met.has(entry)) };
}

/** Entries by the ids they have: from now on these are the ones that readers know. */
export function settleIds(entries: readonly KnownEntry[]): KnownEntry[] {
  return entries.map(({ id, url, title, date }) => ({ id, url, title, date }));
}

/** A warning for each post that readers know under another id; it gives the line that keeps the old one. */
export function describeChangedIds(
  known: readonly KnownEntry[],
  fileOf: (id: string) => string | undefined,
  config: Config,
): Diagnostic[] {
  return known.flatMap(({ id, knownAs }) => {
    const file = knownAs === undefined ? undefined : fileOf(id);
    if (file === undefined) return [];
    const message = `Readers know this post as ${knownAs}; as ${id} it would come back to them as new.`;
    return [
      diagnose("site/id-changed", nameForPeople(file, config), message, {
        at: { line: 1, column: 1 },
        hint: `Write into its front matter: id: ${JSON.stringify(knownAs)} (or, if the change is meant, build once with --allow-id-changes).`,
      }),
    ];
  });
}

function textOf({ date, title }: Pick<KnownEntry, "date" | "title">): string {
  return `${date} ${title}`;
}
