// In come findings beyond those of reading, as an update makes them; out go all that stand, and what is kept of them between runs.

import { relative } from "node:path";
import type { Duplicate } from "../feeds/index/post-index.ts";
import { diagnose } from "../model/codes.ts";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Post } from "../model/post.ts";
import type { PublishedEntry } from "../output/manifest.ts";
import { displayPath } from "../posts/folder/posts-folder.ts";
import { describeChangedIds, idToKeep, recognizePosts, settleIds } from "./subscriber-ids.ts";

/** What is wrong beyond reading: by post, from rendering and from comparing with others; and by feed. */
export class SiteDiagnostics {
  readonly #config: Config;
  /** By post, and by {@link noteOf} a feed. */
  readonly #all = new Map<string, readonly Diagnostic[]>();
  #comparing: readonly Diagnostic[] = [];
  /** What subscribers know of the site's feed. */
  known: readonly PublishedEntry[] = [];
  /** What they know of posts that the feed does not show, and may show again: {@link SiteDiagnostics.keepLeftOut}. */
  leftOut: readonly PublishedEntry[] = [];

  constructor(config: Config) {
    this.#config = config;
  }

  /** Says what was found in a post, in place of what was found before. */
  set(file: string, found: readonly Diagnostic[]): void {
    this.#all.set(file, found);
  }

  add(file: string, found: readonly Diagnostic[]): void {
    this.#all.set(file, [...(this.#all.get(file) ?? []), ...found]);
  }

  forget(file: string): void {
    this.#all.delete(file);
  }

  /** Says what was found about something that is no post: a feed, or the whole of its kind. */
  note(about: string, found: readonly Diagnostic[]): void {
    this.#all.set(noteOf(about), found);
  }

  /** Sets the site's feed against what its subscribers know, who will know this feed from now on. */
  compare(posts: readonly Post[], { allowEmpty }: { readonly allowEmpty?: boolean }): void {
    this.#comparing = allowEmpty ? [] : findEmptied(this.known, posts, this.#config);
    // Drafts are built for their author alone.
    const shown = posts.filter(({ draft }) => !draft);
    const { known, missed } = recognizePosts([...this.leftOut, ...this.known], shown);
    this.known = known;
    this.leftOut = missed;
  }

  /** Says of which posts the id is not the one that readers know, unless what it is now is what they will know. */
  compareIds(rows: () => Iterable<{ readonly id: string; readonly file: string }>, allowed?: boolean): void {
    if (allowed) this.known = settleIds(this.known);
    const changed = this.known.filter((entry) => idToKeep(entry) !== undefined);
    const files = new Map(changed.length > 0 ? Array.from(rows(), ({ id, file }) => [id, file]) : []);
    this.note(
      "ids",
      describeChangedIds(changed, (id) => files.get(id), this.#config),
    );
  }

  /**
   * Forgets posts that are gone. Of one that is left out for a fault nothing can be told, not even which entry is its own:
   * while there is a fault, gone is only what the `rows` show to be there and elsewhere.
   */
  keepLeftOut(found: readonly Diagnostic[], rows: () => Iterable<{ readonly id: string }>): void {
    if (this.leftOut.length === 0) return;
    const isFaulty = found.some(({ severity }) => severity === "error");
    const ids = new Set(isFaulty ? Array.from(rows(), ({ id }) => id) : []);
    this.leftOut = isFaulty ? this.leftOut.filter(({ id }) => !ids.has(id)) : [];
  }

  all(): Diagnostic[] {
    return [...this.#comparing, ...[...this.#all.values()].flat()];
  }

  /** What is kept between runs. */
  entries(): [string, readonly Diagnostic[]][] {
    return [...this.#all];
  }

  restore(entries: Iterable<readonly [string, readonly Diagnostic[]]>): void {
    for (const [key, found] of entries) this.#all.set(key, found);
  }
}

/** Where findings about a feed stand among those about posts: no path holds this character. */
function noteOf(about: string): string {
  return `\u0000${about}`;
}

/** Fewer posts than this may go without a word: somebody is trying things out. */
const manyPosts = 5;

/** A site that had posts and has none is far more often a wrong folder than a wish. */
export function findEmptied(
  known: readonly PublishedEntry[],
  posts: readonly Post[],
  config: Config,
): Diagnostic[] {
  if (posts.length > 0 || known.length < manyPosts) return [];
  const folder = relative(config.root, config.posts.dir).replaceAll("\\", "/") || ".";
  const message = `The feed had ${known.length} posts and would have none.`;
  return [
    diagnose("site/emptied", folder, message, {
      hint: "Check the posts folder; if the feed is to be empty, build with --allow-empty.",
    }),
  ];
}

/** Tells each post of a conflict which other one has its id or permalink. */
export function describeConflicts(conflict: Duplicate, config: Config): Map<string, Diagnostic[]> {
  const hint =
    conflict.kind === "id"
      ? "Give one of them an id of its own in its front matter, as in `id: another-name`."
      : "Give one of them another `slug`.";
  const found = conflict.files.map((file): [string, Diagnostic[]] => {
    const others = conflict.files
      .filter((other) => other !== file)
      .map((other) => displayPath(other, config));
    const message = `The ${conflict.kind} ${conflict.value} is also that of ${others.join(" and ")}.`;
    const code = conflict.kind === "id" ? "site/duplicate-id" : "site/duplicate-permalink";
    return [file, [diagnose(code, displayPath(file, config), message, { at: { line: 1, column: 1 }, hint })]];
  });
  return new Map(found);
}
