import type { Visibility } from "../../model/post.ts";
import { type Value, valueText } from "../front-matter/front-matter-value.ts";

/** What a word says of a post: whether it is a draft, and who may see it. */
export interface WordMeaning {
  readonly draft?: true;
  readonly visibility?: Visibility;
}

const shown: WordMeaning = {};
const draft: WordMeaning = { draft: true };
const unlisted: WordMeaning = { visibility: "unlisted" };
const locked: WordMeaning = { visibility: "private" };

/** The words of `status`, `visibility` and `robots`. */
const words: readonly (readonly [WordMeaning, string])[] = [
  [shown, "public, publish, published, posted, live, scheduled, future, visible, everyone, open"],
  [shown, "final, finished, done, complete, completed, stable, active, ready, new, updated"],
  // Gardeners' words: such notes grow in public.
  [shown, "evergreen, seedling, sapling, seed, sprout, bud, budding, growing, tree, plant"],
  [
    draft,
    "draft, drafted, drafting, pending, auto-draft, unpublished, wip, in progress, work in progress, todo",
  ],
  [draft, "idea, outline, review, in review, rejected, not published"],
  [unlisted, "unlisted, hidden, noindex, none, invisible, nolist"],
  [locked, "private, internal, secret, protected, password, trash, deleted, removed, retracted, withdrawn"],
  // Ghost's paywalls: their text is for some only.
  [locked, "members, paid, tiers, subscribers, members-only, paid-members, followers"],
];

const meanings = new Map(
  words.flatMap(([standing, list]) => list.split(", ").map((word) => [foldWord(word), standing] as const)),
);

function foldWord(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replace(/[-_ ]+/g, "-");
}

/** What a word about visibility means; undefined for a word that says nothing about it. */
export function findStanding(value: Value): WordMeaning | undefined {
  const text = valueText(value);
  return text === undefined ? undefined : meanings.get(foldWord(text));
}

/** Whether a value can only be about visibility. */
export function isVisibilityWord(value: Value): boolean {
  return findStanding(value) !== undefined;
}
