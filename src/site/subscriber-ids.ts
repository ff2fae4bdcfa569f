// In come the posts of the site's feed, and the entries that readers know; out go the entries they know from now on, and posts whose id changed.
import { diagnose } from "../model/codes.ts";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Post } from "../model/post.ts";
import type { PublishedEntry } from "../output/manifest.ts";
import { normalizeId } from "../posts/fields/read-addresses.ts";
import { displayPath } from "../posts/folder/posts-folder.ts";

/** What readers know after posts were set against it. */
export interface Recognized {
  /** The posts, as readers know them. */
  readonly known: PublishedEntry[];
  /** Entries that no post stands for. */
  readonly missed: PublishedEntry[];
}

/**
 * Knows posts again by their id, by the id that readers know, by their permalink, or, when that moved as well, by title
 * and date. The first id that a post had is the one that readers know, whatever it is called later.
 * Of entries that fit alike, the last one is taken.
 */
export function recognizePosts(known: readonly PublishedEntry[], posts: readonly Post[]): Recognized {
  const ids = new Set(posts.map((post) => normalizeId(post.id)));
  const byId = new Map(known.map((entry) => [normalizeId(entry.id), entry]));
  const gone = known.filter((entry) => !ids.has(normalizeId(entry.id)));
  const byKnownId = new Map(gone.map((entry) => [normalizeId(entry.knownAs ?? entry.id), entry]));
  const byUrl = new Map(gone.map((entry) => [entry.url, entry]));
  const byText = new Map(gone.filter(({ title }) => title !== "").map((entry) => [textOf(entry), entry]));
  const met = new Set<PublishedEntry>();
  const entries = posts.map((post) => {
    const key = normalizeId(post.id);
    const entry = byId.get(key) ?? byKnownId.get(key) ?? byUrl.get(post.url) ?? byText.get(textOf(post));
    if (entry !== undefined) met.add(entry);
    const knownAs = entry?.knownAs ?? entry?.id;
    const { id, url, title, date } = post;
    // An id that another post has taken over can no longer be given back.
    const isChanged = knownAs !== undefined && !ids.has(normalizeId(knownAs));
    return { id, ...(isChanged && { knownAs }), url, title, date };
  });
  return { known: entries, missed: gone.filter((entry) => !met.has(entry)) };
}

/** Entries by the ids they have: from now on these are the ones that readers know. */
export function settleIds(entries: readonly PublishedEntry[]): PublishedEntry[] {
  return entries.map(({ id, url, title, date }) => ({ id, url, title, date }));
}

/** The id that would have to be written into a post for readers to know it again; nothing where it has that. */
export function idToKeep({ id, knownAs }: PublishedEntry): string | undefined {
  const known = knownAs === undefined ? undefined : normalizeId(knownAs);
  return known === normalizeId(id) ? undefined : known;
}

/** A warning for each post that readers know under another id; it gives the line that keeps the old one. */
export function describeChangedIds(
  known: readonly PublishedEntry[],
  fileOf: (id: string) => string | undefined,
  config: Config,
): Diagnostic[] {
  return known.flatMap((entry) => {
    const { id } = entry;
    const kept = idToKeep(entry);
    const file = kept === undefined ? undefined : fileOf(id);
    if (file === undefined) return [];
    const message = `Readers know this post as ${kept}; as ${id} it would come back to them as new.`;
    return [
      diagnose("site/id-changed", displayPath(file, config), message, {
        at: { line: 1, column: 1 },
        hint: `Write into its front matter: id: ${JSON.stringify(kept)} (or, if the change is meant, build once with --allow-id-changes).`,
      }),
    ];
  });
}

function textOf({ date, title }: Pick<PublishedEntry, "date" | "title">): string {
  return `${date} ${title}`;
}
