import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseRecord, recordPath } from "../../../src/publish/deploy/record.ts";
import type { RefusalCode } from "../../../src/publish/guard/refusal.ts";
import type { PostName } from "../../../src/publish/plan/feed-change.ts";
import type { SetFile } from "../../../src/publish/plan/file-set.ts";
import { applyPublish } from "../../../src/publish/publish.ts";
import { defaultMaxNew } from "../../../src/publish/publish-site.ts";
import type { Receipt } from "../../../src/publish/receipt.ts";
import { openDirectory } from "../../../src/publish/targets/directory.ts";
import {
  day,
  readTree,
  type SamplePost,
  sampleInput,
  samplePosts,
  sampleSet,
  sampleTools,
  temporaryFolder,
} from "../sample-set.ts";

interface Step {
  readonly allow?: readonly RefusalCode[];
  /** Files of posts by id that their authors took back. */
  readonly takenBack?: readonly SamplePost[];
}

/** A target with the bounds that a site has by default. */
function startTarget(limit = 50) {
  const folder = temporaryFolder();
  const target = openDirectory({ path: folder });
  let edition = 0;
  const publishFiles = (files: readonly SetFile[], { allow = [], takenBack = [] }: Step = {}) => {
    edition += 1;
    const posts = takenBack.map(
      ({ id, url = "" }, at): PostName => ({
        file: `posts/${at}.md`,
        id,
        url,
        hidden: true,
        takenBack: true,
      }),
    );
    const limits = { maxNew: defaultMaxNew(limit), maxBytes: 2_097_152, maxRemoved: 256, allow };
    const input = { posts, limits, limit, edition: { source: edition, built: edition } };
    return applyPublish(sampleInput(files, input), sampleTools(target));
  };
  const publish = (posts: readonly SamplePost[], step?: Step) =>
    publishFiles(
      sampleSet(posts, { limit }).filter(({ path }) => !path.startsWith("archive/")),
      step,
    );
  return { folder, publish, publishFiles };
}

const codes = ({ refused }: Receipt) => [...new Set(refused.map(({ code }) => code))];
const half = (posts: readonly SamplePost[], change: (post: SamplePost, at: number) => SamplePost) =>
  posts.map((post, at) => (at % 2 === 0 ? change(post, at) : post));
const renamed = (post: SamplePost, at: number) => {
  const slug = `renamed-${at}`;
  return {
    ...post,
    id: slug,
    url: `https://kabar.example/${slug}/`,
    title: `Other ${at}`,
    content: `<p>${slug}</p>`,
  };
};

describe("what would flood readers is refused with the default bounds", () => {
  test.each<[string, (posts: SamplePost[]) => SamplePost[]]>([
    ["60 new posts in a feed of 50", () => samplePosts(110)],
    ["half of the posts are renamed, retitled and written anew", (posts) => half(posts, renamed)],
    [
      "all posts get other titles",
      (posts) => posts.map((post) => ({ ...post, title: `Kabar: ${post.title}` })),
    ],
    ["all dates move forward", (posts) => posts.map((post) => ({ ...post, date: (post.date ?? 0) + day }))],
    [
      "all dates move forward by a second, and titles have other capitals",
      (posts) =>
        posts.map((post) => ({ ...post, date: (post.date ?? 0) + 1000, title: post.title.toUpperCase() })),
    ],
    [
      "all addresses change, though no id does",
      (posts) => posts.map((post) => ({ ...post, url: post.url?.replace("/post-", "/2026/post-") ?? "" })),
    ],
  ])("F103: %s", async (_, change) => {
    for (const count of [50, 10]) {
      const { publish, folder } = startTarget();
      expect(codes(await publish(samplePosts(count)))).toEqual([]);
      const before = readTree(folder);
      const after = change(samplePosts(count));
      if (after.length > 100 && count < 50) continue;
      const receipt = await publish(after);
      expect(codes(receipt)).toEqual(["publish/many-new"]);
      expect(receipt.refused[0]?.message).toMatch(
        /^(rss\.xml|feed\.json) would show \d+ new entries at once, .*readers/,
      );
      expect(readTree(folder)).toEqual(before);
      expect(codes(await publish(after, { allow: ["publish/many-new"] }))).toEqual([]);
    }
  });

  test("F103: a window that shrinks and grows again: readers that forget what left show it as new", async () => {
    const { publish } = startTarget();
    await publish(samplePosts(50));
    expect(codes(await publish(samplePosts(50).slice(0, 1)))).toContain("publish/feed-shrunk");
    await publish(samplePosts(50).slice(0, 1), { allow: ["publish/feed-shrunk", "publish/feed-emptied"] });
    const receipt = await publish(samplePosts(50));
    expect(codes(receipt)).toEqual(["publish/many-new"]);
    expect(receipt.refused[0]?.message).toMatch(/49 new entries .*forget what left/);
    expect(receipt.refused[0]?.message).not.toContain("go by the id;");
  });

  test("F103: the same in steps, each of which loses less than half of what is left", async () => {
    const { publish } = startTarget();
    for (const count of [50, 30, 18, 11, 7, 4])
      expect(codes(await publish(samplePosts(50).slice(0, count)))).toEqual([]);
    expect(codes(await publish(samplePosts(50)))).toEqual(["publish/many-new"]);
  });

  test.each(["tags/a/feed.json", "feed.json", "rss.xml"])("F103: a flood in %s alone", async (path) => {
    const { publish, publishFiles } = startTarget();
    const old = samplePosts(50);
    await publish(old);
    const other = sampleSet(samplePosts(200).slice(60, 160), { limit: 100 });
    const flood = other.find((file) => file.path === path) as SetFile;
    const files = sampleSet(old).map((file) => (file.path === path ? flood : file));
    const receipt = await publishFiles(files, { allow: ["publish/feed-shrunk"] });
    expect(codes(receipt)).toEqual(["publish/many-new"]);
    expect(receipt.refused.map(({ message }) => message.split(" ")[0])).toEqual([path]);
  });

  test("F103: a feed that was away for a while is compared with what it showed before", async () => {
    const { publish, publishFiles } = startTarget();
    await publish(samplePosts(40));
    const without = sampleSet(samplePosts(40)).filter(({ path }) => path !== "feed.json");
    await publishFiles(without, { allow: ["publish/feed-removed"] });
    expect(codes(await publish(samplePosts(40)))).toEqual([]);
    await publishFiles(without, { allow: ["publish/feed-removed"] });
    const other = samplePosts(40).map((post, at) => renamed(post, at));
    const json = sampleSet(other).filter(({ path }) => path === "feed.json");
    expect(codes(await publishFiles([...without, ...json]))).toEqual(["publish/many-new"]);
  });

  test("a post that left the window long ago comes back under another id with others: they are known by their address", async () => {
    const { publish } = startTarget(10);
    for (let newest = 10; newest <= 30; newest += 5)
      expect(codes(await publish(samplePosts(newest).slice(0, 10)))).toEqual([]);
    const back = samplePosts(10)
      .slice(0, 5)
      .map((post) => ({ ...post, id: `old:${post.id}` }));
    expect(codes(await publish([...samplePosts(30).slice(0, 5), ...back]))).toContain("publish/many-new");
  });
});

describe("what is not a flood needs no flag", () => {
  test.each<[string, (posts: SamplePost[]) => SamplePost[]]>([
    ["twenty new posts", () => samplePosts(70)],
    [
      "a few titles, dates and addresses are corrected",
      (posts) =>
        posts.map((post, at) =>
          at < 3 ? { ...post, title: `${post.title}!`, date: (post.date ?? 0) + 60_000 } : post,
        ),
    ],
    [
      "every text is edited",
      (posts) => posts.map((post) => ({ ...post, content: `<p>Edited.</p>${post.content}` })),
    ],
    [
      "the site moves to another domain, and ids stay",
      (posts) =>
        posts.map((post) => ({ ...post, url: post.url?.replace("kabar.example", "berita.example") ?? "" })),
    ],
    [
      "http becomes https",
      (posts) => posts.map((post) => ({ ...post, url: post.url?.replace("https:", "http:") ?? "" })),
    ],
  ])("%s", async (_, change) => {
    const { publish } = startTarget();
    await publish(samplePosts(50));
    expect(codes(await publish(change(samplePosts(50))))).toEqual([]);
  });

  test("the first set of a site, and a feed that nobody could subscribe to yet", async () => {
    const { publish, publishFiles } = startTarget();
    const files = sampleSet(samplePosts(50)).filter(({ path }) => path !== "tags/a/feed.json");
    expect(codes(await publishFiles(files))).toEqual([]);
    expect(codes(await publish(samplePosts(50)))).toEqual([]);
  });

  test("a small site that writes two thirds anew within a week of publishing", async () => {
    const { publish } = startTarget();
    await publish(samplePosts(3));
    expect(codes(await publish(samplePosts(9)))).toEqual([]);
  });
});

describe("what authors took back is gone without a flag", () => {
  test.each([1, 2, 10, 50])("F104: all of %i posts", async (count) => {
    const { publish, folder } = startTarget();
    const posts = samplePosts(count);
    await publish(posts);
    expect(codes(await publish([]))).toContain("publish/feed-emptied");
    const receipt = await publish([], { takenBack: posts });
    expect(codes(receipt)).toEqual([]);
    expect(readTree(folder)["rss.xml"]).not.toContain("Post 1");
  });

  test("F104: most of a full feed, whose place older posts take", async () => {
    const { publish } = startTarget();
    const all = samplePosts(100);
    await publish(all);
    const takenBack = all.slice(5, 45);
    const left = all.filter((post) => !takenBack.includes(post));
    expect(codes(await publish(left))).toContain("publish/feed-shrunk");
    expect(codes(await publish(left, { takenBack }))).toEqual([]);
  });

  test("what was lost beside it still counts", async () => {
    const { publish } = startTarget();
    const all = samplePosts(10);
    await publish(all);
    const refused = await publish(all.slice(0, 2), { takenBack: all.slice(7) });
    expect(codes(refused)).toEqual([]);
    const { publish: other } = startTarget();
    await other(all);
    expect(codes(await other(all.slice(0, 2), { takenBack: all.slice(9) }))).toEqual(["publish/feed-shrunk"]);
    expect(codes(await other([], { takenBack: all.slice(0, 9) }))).toEqual(["publish/feed-emptied"]);
  });
});

describe("the memory in the record", () => {
  const knownOf = (folder: string) =>
    parseRecord(new TextEncoder().encode(readTree(folder)[recordPath]))?.known;

  test("has fingerprints alone, formats of a feed together, archives left out, and stays bounded", async () => {
    const { publishFiles, folder } = startTarget(5);
    for (let newest = 5; newest <= 3000; newest += 200)
      await publishFiles(sampleSet(samplePosts(newest), { limit: 5 }), {
        allow: ["publish/many-new", "publish/feed-shrunk"],
      });
    const known = knownOf(folder);
    expect([...(known?.keys() ?? [])].sort()).toEqual(["feed.json", "rss.xml", "tags/a/feed.json"]);
    expect(known?.get("rss.xml")).toHaveLength(75);
    const text = readTree(folder)[recordPath] ?? "";
    expect(text).not.toMatch(/Post \d/);
    expect(JSON.parse(text).known.version).toBe(1);
    expect(JSON.parse(text).known.feeds[0].paths).toEqual(["feed.json", "rss.xml"]);
  });

  test.each([
    ["of another version", { version: 2, feeds: [] }],
    ["damaged", { version: 1, feeds: [{ paths: "rss.xml", entries: 7 }, null] }],
    ["absent, as in records of before", undefined],
  ])("%s: then the public window is what is known", async (_, known) => {
    const { publish, folder } = startTarget();
    await publish(samplePosts(10));
    const record = JSON.parse(readTree(folder)[recordPath] ?? "");
    writeFileSync(join(folder, recordPath), JSON.stringify({ ...record, known }));
    expect(codes(await publish(samplePosts(11)))).toEqual([]);
    expect(codes(await publish(samplePosts(60)))).toEqual(["publish/many-new"]);
    expect(knownOf(folder)?.get("rss.xml")).toHaveLength(11);
  });
});

test("for every history: nothing is shown as new in number without a flag, whatever leaves and comes back", async () => {
  const pool = samplePosts(120);
  const window = fc.record({
    newest: fc.integer({ min: 0, max: 60 }),
    size: fc.integer({ min: 1, max: 50 }),
    skip: fc.integer({ min: 1, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(window, { minLength: 2, maxLength: 6 }), async (windows) => {
      const { publish } = startTarget();
      let last: ReadonlySet<string> | undefined;
      for (const { newest, size, skip } of windows) {
        const posts = pool
          .slice(newest)
          .filter((_, at) => at % skip === 0)
          .slice(0, size);
        const receipt = await publish(posts, { allow: ["publish/feed-shrunk", "publish/feed-emptied"] });
        const fresh = posts.filter(({ id }) => last !== undefined && !last.has(id)).length;
        if (fresh > 20) expect(codes(receipt)).toContain("publish/many-new");
        else expect(codes(receipt)).toEqual([]);
        if (receipt.refused.length === 0) last = new Set(posts.map(({ id }) => id));
      }
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 20) },
  );
}, 60_000);
