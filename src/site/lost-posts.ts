import type { Diagnostic } from "../model/diagnostic.ts";
import { defineProblem, diagnose } from "../model/problem.ts";
import type { PublishedEntry } from "../output/manifest.ts";
import { normalizeId } from "../posts/fields/read-addresses.ts";
import { displayPath } from "../posts/folder/posts-folder.ts";
import type { ChangeApplier } from "./change-applier.ts";
import type { SiteState } from "./state.ts";

const lostPost = defineProblem("site/post-lost", {
  severity: "error",
  title: "A broken post that readers have, whose last good version is not at hand",
  many: "{count} broken posts that readers have, whose last good versions are not at hand",
  why: "The feeds would go out without the post. Readers would lose it because of a typo, and might see it as new when it comes back. So nothing is written.",
  fix: "Fix the post. To let the feeds go out without it, build with `--keep-going`.",
});

const hint = "Fix the post; until then nothing is written. With --keep-going the feeds go out without it.";

/** Errors for the broken posts that readers would lose if the documents of this update were written. */
export function findLostPosts(state: SiteState, changes: ChangeApplier): Diagnostic[] {
  const { config, index, published } = state;
  const leftOut = [...changes.broken()].filter((file) => index.get(file) === undefined);
  if (leftOut.length === 0) return [];
  const lost = new Map<string, string>();
  for (const file of changes.lost)
    lost.set(file, "Readers have this post, and its last good version is not at hand.");
  const open = new Set(leftOut);
  const shown = published.before.filter(({ file }) => file === undefined || index.get(file) === undefined);
  const gone = shown.length === 0 ? [] : withoutPosts(shown, state);
  for (const entry of gone) {
    const { file, title } = entry;
    if (file !== undefined && open.has(file)) {
      lost.set(file, `Readers have this post as ${name(entry)}, and its last good version is not at hand.`);
      continue;
    }
    const renamed = leftOut.find((one) => !lost.has(one) && mayBe(entry, one, state, changes));
    const where = file === undefined ? "no post has its id" : `${displayPath(file, config)} is gone`;
    const message = `Readers have a post ${name({ ...entry, title })}, and ${where}. This may be that post under a new name.`;
    if (renamed !== undefined) lost.set(renamed, message);
  }
  return Array.from(lost).flatMap(([file, message]) =>
    open.has(file)
      ? [diagnose(lostPost, displayPath(file, config), message, { at: { line: 1, column: 1 }, hint })]
      : [],
  );
}

/** Entries whose id and permalink no post of the index has. */
function withoutPosts(entries: readonly PublishedEntry[], { index }: SiteState): PublishedEntry[] {
  const ids = new Set<string>();
  const urls = new Set<string>();
  for (const { id, url } of index.rows()) {
    ids.add(normalizeId(id));
    urls.add(url);
  }
  return entries.filter(({ id, url }) => !ids.has(normalizeId(id)) && !urls.has(url));
}

/** Whether a post that is broken since this update may be an entry whose own file is gone. */
function mayBe(entry: PublishedEntry, file: string, state: SiteState, changes: ChangeApplier): boolean {
  const row = changes.leftOut.get(file);
  if (row !== undefined) return normalizeId(row.id) === normalizeId(entry.id) || row.url === entry.url;
  return !state.published.wasLeftOut(displayPath(file, state.config));
}

function name({ title, id }: PublishedEntry): string {
  return title === "" ? id : JSON.stringify(title);
}
