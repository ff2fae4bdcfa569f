// In come posts set against one another, or a site without any against what it had; out go diagnostics.
import { relative } from "node:path";
import type { Conflict } from "./feeds/post-index.ts";
import { diagnose } from "./model/codes.ts";
import type { Config } from "./model/config.ts";
import type { Diagnostic } from "./model/diagnostic.ts";
import type { Post } from "./model/post.ts";
import type { KnownEntry } from "./output/manifest.ts";
import { nameForPeople } from "./posts/people-name.ts";

/** Fewer posts than this may go without a word: somebody is trying things out. */
const manyPosts = 5;

/** A site that had posts and has none is far more often a wrong folder than a wish. */
export function findEmptied(
  known: readonly KnownEntry[],
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
export function describeConflicts(conflict: Conflict, config: Config): Map<string, Diagnostic[]> {
  const hint =
    conflict.kind === "id"
      ? "Give one of them an id of its own in its front matter, as in `id: another-name`."
      : "Give one of them another `slug`.";
  const found = conflict.files.map((file): [string, Diagnostic[]] => {
    const others = conflict.files
      .filter((other) => other !== file)
      .map((other) => nameForPeople(other, config));
    const message = `The ${conflict.kind} ${conflict.value} is also that of ${others.join(" and ")}.`;
    const code = conflict.kind === "id" ? "site/duplicate-id" : "site/duplicate-permalink";
    return [
      file,
      [diagnose(code, nameForPeople(file, config), message, { at: { line: 1, column: 1 }, hint })],
    ];
  });
  return new Map(found);
}
