import fc from "fast-check";
import { expect, test } from "vitest";
import { type CompareOptions, compareFeeds } from "../../../src/publish/plan/compare.ts";
import type { FeedChange } from "../../../src/publish/plan/feed-change.ts";
import { isFeedDocument, type SetFile } from "../../../src/publish/plan/file-set.ts";
import { newYear, type SamplePost, samplePost, samplePosts, sampleSet } from "../sample-set.ts";

const bytesOf = (files: readonly SetFile[]) =>
  files.filter(({ path }) => isFeedDocument(path)).map((file) => ({ path: file.path, bytes: file.read() }));

function compare(
  before: readonly SamplePost[] | undefined,
  after: readonly SamplePost[] | undefined,
  more: Partial<CompareOptions> = {},
  limit = 50,
): FeedChange {
  const changes = compareFeeds(
    before === undefined ? [] : bytesOf(sampleSet(before, { limit })),
    after === undefined ? [] : bytesOf(sampleSet(after, { limit })),
    { limit, ...more },
  );
  const feed = changes.find(({ path }) => path === "rss.xml");
  if (feed === undefined) throw new Error("rss.xml does not change");
  return feed;
}

const titles = (notes: readonly { title: string }[]) => notes.map(({ title }) => title);

test("equal sets change nothing", () => {
  expect(
    compareFeeds(bytesOf(sampleSet(samplePosts(3))), bytesOf(sampleSet(samplePosts(3))), {
      limit: 50,
    }),
  ).toEqual([]);
});

test("a new post, an edited one and a retracted one are distinguished, with the post each comes from", () => {
  const before = samplePosts(4);
  const after = [samplePost(5), samplePost(4), samplePost(3, { title: "Post 3, mended" }), samplePost(1)];
  const posts = [{ file: "posts/five.md", id: samplePost(5).id, url: "" }];
  const feed = compare(before, after, { posts });
  expect(feed.new).toEqual([
    { id: samplePost(5).id, title: "Post 5", url: samplePost(5).url, post: "posts/five.md" },
  ]);
  expect(titles(feed.edited)).toEqual(["Post 3, mended"]);
  expect(titles(feed.retracted)).toEqual(["Post 2"]);
  expect(feed).toMatchObject({ dropped: [], reappearing: [], before: 4, after: 4, standing: "changed" });
});

test("what falls off the end of a full window is dropped, not retracted", () => {
  const feed = compare(samplePosts(10), samplePosts(13), {}, 10);
  expect(titles(feed.new)).toEqual(["Post 13", "Post 12", "Post 11"]);
  expect(titles(feed.dropped).sort()).toEqual(["Post 1", "Post 2", "Post 3"]);
  expect(feed.retracted).toEqual([]);
});

test("the oldest post taken back while the window has room is retracted", () => {
  const feed = compare(samplePosts(5), samplePosts(5).slice(0, -1));
  expect(titles(feed.retracted)).toEqual(["Post 1"]);
  expect(feed.dropped).toEqual([]);
});

test("a smaller window drops, a post retracted from the middle is still reported", () => {
  const before = samplePosts(10);
  const after = before.filter(({ title }) => title !== "Post 8").slice(0, 5);
  const feed = compareFeeds(bytesOf(sampleSet(before)), bytesOf(sampleSet(after)), {
    limit: 5,
  }).find(({ path }) => path === "rss.xml");
  expect(titles(feed?.dropped ?? []).sort()).toEqual(["Post 1", "Post 2", "Post 3", "Post 4"]);
  expect(titles(feed?.retracted ?? [])).toEqual(["Post 8"]);
});

test.each<[string, (post: SamplePost) => SamplePost]>([
  ["another id at the same address", (post) => ({ ...post, id: `urn:x:${post.title}` })],
  [
    "http became https in id and address",
    (post) => ({ ...post, id: post.url?.replace("https", "http") ?? "", url: post.url ?? "" }),
  ],
  [
    "another host",
    (post) => ({
      ...post,
      id: `new-${post.id}`,
      url: post.url?.replace("kabar.example", "www.other.example") ?? "",
    }),
  ],
  ["a slash at the end", (post) => ({ ...post, id: `${post.id}/`, url: post.url?.replace(/\/$/, "") ?? "" })],
  [
    "another folder",
    (post) => ({ ...post, id: `new-${post.id}`, url: post.url?.replace("/post-", "/2026/post-") ?? "" }),
  ],
  [
    "another address, the same text",
    (post) => ({
      ...post,
      id: `new-${post.id}`,
      url: `https://kabar.example/x${post.title.length}${post.title.at(-1)}`,
      title: "",
    }),
  ],
  [
    "another address and text, the same title and date",
    (post) => ({ ...post, id: `new-${post.id}`, url: "", content: "rewritten" }),
  ],
])("F69: %s: the post is known under another id", (_, change) => {
  const before = samplePosts(3);
  const feed = compare(before, before.map(change));
  expect(feed.reappearing.map(({ knownAs }) => knownAs)).toEqual(before.map(({ id }) => id));
  expect(feed.new).toEqual([]);
  expect(feed.retracted).toEqual([]);
});

test("a title that comes every week is no sign: an old one drops off, a new one is new", () => {
  const weekly = (number: number) => samplePost(number, { title: "Weekly notes" });
  const feed = compare([weekly(2), weekly(1)], [weekly(3), weekly(2)], {}, 2);
  expect(feed.reappearing).toEqual([]);
  expect(feed.new).toHaveLength(1);
  expect(feed.dropped).toHaveLength(1);
});

test("dates that go back are reported with both dates", () => {
  const feed = compare([samplePost(1)], [samplePost(1, { date: newYear })]);
  expect(feed.movedBack).toMatchObject([{ field: "date", before: newYear + 86_400_000, after: newYear }]);
});

test("a document that appears or goes says so", () => {
  expect(compare(undefined, samplePosts(2))).toMatchObject({ standing: "added", before: 0, after: 2 });
  expect(compare(samplePosts(2), undefined)).toMatchObject({ standing: "removed", before: 2, after: 0 });
});

test("every entry of either side is in exactly one place", () => {
  const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 12 });
  fc.assert(
    fc.property(numbers, numbers, fc.boolean(), (before, after, renamed) => {
      const make = (list: readonly number[], more: Partial<SamplePost>) =>
        [...list]
          .sort((a, b) => b - a)
          .map((number) => samplePost(number, more.id === "new" ? { id: `new-${number}` } : {}));
      const old = bytesOf(sampleSet(make(before, {})));
      const next = bytesOf(sampleSet(make(after, renamed ? { id: "new" } : {})));
      const feed = compareFeeds(old, next, { limit: 50 }).find(({ path }) => path === "rss.xml");
      if (feed === undefined) return;
      const kept = renamed ? 0 : before.filter((number) => after.includes(number)).length;
      expect(feed.new.length + feed.reappearing.length + kept).toBe(after.length);
      expect(feed.retracted.length + feed.dropped.length + feed.reappearing.length + kept).toBe(
        before.length,
      );
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 100) },
  );
});
