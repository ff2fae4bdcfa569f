import { expect, test } from "vitest";
import type { PostName } from "../../../src/publish/plan/feed-change.ts";
import type { SetFile } from "../../../src/publish/plan/file-set.ts";
import { planPublish } from "../../../src/publish/plan/plan.ts";
import { readPublic } from "../../../src/publish/plan/read-public.ts";
import { applyPublish, type PublishInput } from "../../../src/publish/publish.ts";
import { exitCodeOf } from "../../../src/publish/receipt.ts";
import { openDirectory } from "../../../src/publish/targets/directory.ts";
import {
  type SamplePost,
  sampleInput,
  samplePost,
  samplePosts,
  sampleSet,
  sampleTools,
  temporaryFolder,
} from "../sample-set.ts";

const permalink = (number: number) => `https://kabar.example/post-${number}/`;
const namesOf = (posts: readonly SamplePost[], hidden: readonly string[] = []): PostName[] =>
  posts.map(({ id, title, url = "" }) => ({
    file: `posts/${title}.md`,
    id,
    url,
    ...(hidden.includes(url) && { hidden: true }),
  }));
const without = (files: readonly SetFile[], pattern: RegExp) =>
  files.filter(({ path }) => !pattern.test(path));

/** The permalinks that are told when `after` takes the place of `before`. */
async function urlsBetween(
  before: readonly SetFile[],
  after: readonly SetFile[],
  more: Partial<PublishInput> = {},
): Promise<readonly string[]> {
  const target = openDirectory({ path: temporaryFolder() });
  if (before.length > 0)
    expect(exitCodeOf(await applyPublish(sampleInput(before), sampleTools(target)))).toBe(0);
  const current = await target.session((session) => readPublic(session, after), true);
  return planPublish(sampleInput(after, more), current).urls;
}

test("a first publish announces every entry", async () => {
  expect(await urlsBetween([], sampleSet(samplePosts(3)))).toEqual([1, 2, 3].map(permalink));
});

test("a tag feed that goes announces none of its posts, whose pages stay", async () => {
  const posts = samplePosts(4);
  const all = sampleSet(posts);
  expect(await urlsBetween(all, without(all, /^tags/), { posts: namesOf(posts) })).toEqual([]);
});

test("a post that goes with its tag's feed is announced, beyond the main feed's window too, and one that became a draft", async () => {
  const before = samplePosts(9);
  const options = { limit: 3 };
  const tag = (posts: readonly SamplePost[]) =>
    sampleSet(posts, { limit: 9 }).filter(({ path }) => path === "tags/a/feed.json");
  const main = without(sampleSet(before, options), /^tags|^archive/);
  const set = [...main, ...tag(before)];
  const gone = before.filter(({ url }) => url !== permalink(1));
  expect(await urlsBetween(set, main, { ...options, posts: namesOf(gone) })).toEqual([permalink(1)]);
  const posts = namesOf(before, [permalink(3)]);
  expect(await urlsBetween(set, main, { ...options, posts })).toEqual([permalink(3)]);
});

test("a tag feed, an archive or a format that comes announces no post that was there", async () => {
  const posts = samplePosts(6);
  const all = sampleSet(posts);
  for (const late of [/^tags/, /^archive/, /^feed\.json/, /^rss\.xml/])
    expect(await urlsBetween(without(all, late), all, { posts: namesOf(posts) })).toEqual([]);
  // Beyond the window of the main feeds, too.
  const short = sampleSet(posts, { limit: 2 });
  const main = without(short, /^tags|^archive/);
  const wide = [...main, ...sampleSet(posts).filter(({ path }) => path.startsWith("tags/"))];
  expect(await urlsBetween(main, wide, { limit: 2, posts: namesOf(posts) })).toEqual([]);
});

test("a new post under a new tag, or in a format that takes another's place, is announced", async () => {
  const older = without(sampleSet(samplePosts(4)), /^tags|^feed\.json/);
  const posts = samplePosts(5);
  const newer = without(sampleSet(posts), /^rss\.xml/);
  expect(await urlsBetween(older, newer, { posts: namesOf(posts) })).toEqual([permalink(5)]);
  const full = without(sampleSet(samplePosts(4), { limit: 4 }), /^tags|^feed\.json/);
  const rest = without(sampleSet(posts, { limit: 4 }), /^rss\.xml/);
  expect(await urlsBetween(full, rest, { limit: 4, posts: namesOf(posts) })).toEqual([permalink(5)]);
});

test("what falls off the main feed into an archive is not announced", async () => {
  const set = (count: number) => {
    const posts = samplePosts(count);
    const main = without(sampleSet(posts, { limit: 3 }), /^tags|^archive/);
    const archive = sampleSet(posts.slice(3)).find(({ path }) => path === "feed.json") as SetFile;
    return [...main, { ...archive, path: "archive/2026-01/feed.json" }];
  };
  expect(await urlsBetween(set(5), set(6), { limit: 3, posts: namesOf(samplePosts(6)) })).toEqual([
    permalink(6),
  ]);
});

test("an edited post and one that moved are announced once, in however many feeds they are", async () => {
  const before = samplePosts(4);
  const after = [samplePost(4, { content: "<p>Other words.</p>" }), ...before.slice(1)];
  const told = await urlsBetween(sampleSet(before), sampleSet(after), { posts: namesOf(after) });
  expect(told).toEqual([permalink(4)]);
});
