import { relative } from "node:path";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Post } from "../model/post.ts";
import { defineProblem, diagnose } from "../model/problem.ts";
import type { Manifest, PublishedEntry } from "../output/manifest.ts";
import { normalizeId } from "../posts/fields/read-addresses.ts";
import { displayPath } from "../posts/folder/posts-folder.ts";
import type { Entry } from "./entry.ts";

const emptied = defineProblem("site/emptied", {
  severity: "error",
  title: "A feed that had posts would be empty",
  why: "Far more often this comes from a wrong folder than from deleting all posts.",
  fix: "Check the posts folder; if the feed should be empty, build with --allow-empty.",
});

const idChanged = defineProblem("site/id-changed", {
  severity: "warning",
  title: "A post that readers know under another id",
  many: "Readers know {count} posts under other ids",
  why: "Feed readers take an entry with another id for a new one, and show the post a second time.",
  fix: "Write the old id into the post, as the message says. If the change is meant, build once with `--allow-id-changes`: the new id is then the one that readers know.",
});

/** A feed with fewer posts may become empty without an error: somebody is trying things out. */
const manyPosts = 5;

/** What the subscribers of the site's feed have, and under which ids. */
export class PublishedEntries {
  readonly #config: Config;
  #entries: readonly PublishedEntry[] = [];
  /** The entries as they were before this update. */
  #before: readonly PublishedEntry[] = [];
  #broken: readonly string[] = [];
  /** Entries whose posts the feed does not show now, and may show again, see {@link PublishedEntries.forgetDeleted}. */
  #leftOut: readonly PublishedEntry[] = [];
  #found: readonly Diagnostic[] = [];

  constructor(config: Config) {
    this.#config = config;
  }

  load(manifest: Manifest | undefined): void {
    this.#entries = manifest?.entries ?? [];
    this.#before = this.#entries;
    this.#broken = manifest?.broken?.leftOut ?? [];
    this.#leftOut = manifest?.leftOut ?? [];
  }

  /** For the manifest. */
  facts(): { readonly entries: readonly PublishedEntry[]; readonly leftOut: readonly PublishedEntry[] } {
    return { entries: this.#entries, leftOut: this.#leftOut };
  }

  diagnostics(): readonly Diagnostic[] {
    return this.#found;
  }

  /** The entries that readers had before this update. */
  get before(): readonly PublishedEntry[] {
    return this.#before;
  }

  /** Whether a broken post, named as in diagnostics, was left out before this update already. */
  wasLeftOut(shown: string): boolean {
    return this.#broken.includes(shown);
  }

  /** Whether readers have this post with this id or permalink. */
  isOwner(file: string, kind: "id" | "permalink", value: string): boolean {
    return this.#before.some(
      (entry) => entry.file === file && (kind === "id" ? normalizeId(entry.id) : entry.url) === value,
    );
  }

  /** Compares the site's feed with what its subscribers have. From now on they have this feed. */
  compare(entries: readonly Entry[], allowEmpty: boolean | undefined): void {
    this.#found = allowEmpty || entries.length > 0 ? [] : this.#findEmptied();
    // Drafts are built for their author alone.
    const posts = entries.flatMap(({ post }) => (post.draft ? [] : [post]));
    const { matched, missing } = matchPosts([...this.#leftOut, ...this.#entries], posts);
    this.#entries = matched;
    this.#leftOut = missing;
  }

  /** From now on the entries are known under the ids that they have. */
  adoptIds(): void {
    this.#entries = this.#entries.map(({ knownAs: _, ...entry }) => entry);
  }

  /** A warning for each post that readers know under another id, with the line that keeps the old one. */
  findChangedIds(rows: () => Iterable<{ readonly id: string; readonly file: string }>): Diagnostic[] {
    const changed = this.#entries.filter((entry) => idToKeep(entry) !== undefined);
    const files = new Map(changed.length > 0 ? Array.from(rows(), ({ id, file }) => [id, file]) : []);
    return changed.flatMap((entry) => {
      const file = files.get(entry.id);
      const old = idToKeep(entry);
      if (file === undefined || old === undefined) return [];
      const message = `Readers know this post as ${old}; as ${entry.id} it would come back to them as new.`;
      return [
        diagnose(idChanged, displayPath(file, this.#config), message, {
          at: { line: 1, column: 1 },
          hint: `Write into its front matter: id: ${JSON.stringify(old)} (or, if the change is meant, build once with --allow-id-changes).`,
        }),
      ];
    });
  }

  /**
   * Forgets entries whose posts were deleted. While something is wrong with a post, its id is not known, so it may be
   * any of the entries that are left out: then only those go whose ids the `rows` have, elsewhere.
   */
  forgetDeleted(found: readonly Diagnostic[], rows: () => Iterable<{ readonly id: string }>): void {
    if (this.#leftOut.length === 0) return;
    const hasErrors = found.some(({ severity }) => severity === "error");
    const ids = new Set(hasErrors ? Array.from(rows(), ({ id }) => id) : []);
    this.#leftOut = hasErrors ? this.#leftOut.filter(({ id }) => !ids.has(id)) : [];
  }

  #findEmptied(): Diagnostic[] {
    const { length } = this.#entries;
    if (length < manyPosts) return [];
    const { root, posts } = this.#config;
    const folder = relative(root, posts.dir).replaceAll("\\", "/") || ".";
    return [diagnose(emptied, folder, `The feed had ${length} posts and would have none.`)];
  }
}

/** The id that a post's front matter would need for readers to recognise it; undefined when it has that. */
export function idToKeep({ id, knownAs }: PublishedEntry): string | undefined {
  const known = knownAs === undefined ? undefined : normalizeId(knownAs);
  return known === normalizeId(id) ? undefined : known;
}

/**
 * Recognises posts by their id, by the id that readers know, by their permalink, or, when that moved as well, by title
 * and date. The first id that a post had is the one that readers know, whatever id it gets later. When several entries
 * match, the last one counts. Returns an entry for each post, and the entries without a post.
 */
function matchPosts(
  published: readonly PublishedEntry[],
  posts: readonly Post[],
): { matched: PublishedEntry[]; missing: PublishedEntry[] } {
  const ids = new Set(posts.map((post) => normalizeId(post.id)));
  const byId = new Map(published.map((entry) => [normalizeId(entry.id), entry]));
  const gone = published.filter((entry) => !ids.has(normalizeId(entry.id)));
  const byKnownId = new Map(gone.map((entry) => [normalizeId(entry.knownAs ?? entry.id), entry]));
  const byUrl = new Map(gone.map((entry) => [entry.url, entry]));
  const byText = new Map(
    gone.filter(({ title }) => title !== "").map((entry) => [describeText(entry), entry]),
  );
  const used = new Set<PublishedEntry>();
  const matched = posts.map((post) => {
    const key = normalizeId(post.id);
    const entry =
      byId.get(key) ?? byKnownId.get(key) ?? byUrl.get(post.url) ?? byText.get(describeText(post));
    if (entry !== undefined) used.add(entry);
    const knownAs = entry?.knownAs ?? entry?.id;
    const { id, url, title, date, file } = post;
    // An id that another post has now cannot be given back.
    const isChanged = knownAs !== undefined && !ids.has(normalizeId(knownAs));
    return { id, ...(isChanged && { knownAs }), url, title, date, file };
  });
  return { matched, missing: gone.filter((entry) => !used.has(entry)) };
}

function describeText({ date, title }: Pick<PublishedEntry, "date" | "title">): string {
  return `${date} ${title}`;
}
