import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../../src/model/diagnostic.ts";
import { type PublishedRecord, recordPath } from "../../../src/publish/deploy/record.ts";
import { type GuardLimits, guardPublish } from "../../../src/publish/guard/guard.ts";
import { type RefusalCode, refusalFlags } from "../../../src/publish/guard/refusal.ts";
import { isFeedDocument, makeSetFile, type SetFile } from "../../../src/publish/plan/file-set.ts";
import { type PublicSet, planPublish } from "../../../src/publish/plan/plan.ts";
import { applyPublish } from "../../../src/publish/publish.ts";
import { exitCodeOf } from "../../../src/publish/receipt.ts";
import { openDirectory } from "../../../src/publish/targets/directory.ts";
import {
  day,
  newYear,
  readTree,
  type SamplePost,
  sampleInput,
  samplePost,
  samplePosts,
  sampleSet,
  sampleTools,
  temporaryFolder,
  treeOf,
} from "../sample-set.ts";

/** What is public when `files` were published, with everything our own. */
function publicOf(
  files: readonly SetFile[],
  next: readonly SetFile[],
  more: Partial<PublishedRecord> = {},
): PublicSet {
  const wanted = new Map(next.map((file) => [file.path, file.digest]));
  const record: PublishedRecord = {
    edition: { source: 0, built: 0 },
    state: "complete",
    files: Object.fromEntries(files.map(({ path, digest }) => [path, { digest, version: digest }])),
    pending: [],
    ...more,
  };
  return {
    files: new Map(
      files.map(({ path, digest }) => [path, { version: digest, same: wanted.get(path) === digest }]),
    ),
    feeds: files
      .filter(({ path, digest }) => isFeedDocument(path) && wanted.get(path) !== digest)
      .map((file) => ({ path: file.path, bytes: file.read() })),
    record,
    recordVersion: "1",
  };
}

function judge(
  before: readonly SamplePost[],
  after: readonly SamplePost[],
  limits: Partial<GuardLimits> = {},
  record: Partial<PublishedRecord> = {},
) {
  const old = sampleSet(before);
  const next = sampleSet(after);
  const posts = after.map(({ id, url = "", title }) => ({
    id,
    url,
    file: `posts/${title.toLowerCase().replaceAll(" ", "-")}.md`,
  }));
  const plan = planPublish(sampleInput(next, { posts }), publicOf(old, next, record));
  return guardPublish(plan, { maxNew: 5, maxBytes: 1_000_000, maxRemoved: 256, ...limits });
}

const codes = (refusals: readonly { code: string }[]) => [...new Set(refusals.map(({ code }) => code))];

test("an ordinary publish is let through: one new post, one edit, one retraction", () => {
  const after = [samplePost(11), ...samplePosts(10).slice(1, 9), samplePost(1, { title: "Post 1, mended" })];
  expect(judge(samplePosts(10), after)).toEqual([]);
});

describe("ids of existing entries change", () => {
  const before = samplePosts(3).map((post) => ({ ...post, id: post.url ?? "" }));
  test.each<[string, (post: SamplePost, at: number) => SamplePost]>([
    [
      "F69 ForNeVeR/fornever.me#3: http became https in every guid",
      (post) => ({ ...post, id: post.id.replace("https:", "http:") }),
    ],
    [
      "F69 osmandapp/osmandapp.github.io#132: every guid and link gains or loses a second slash",
      (post) => ({
        ...post,
        id: post.id.replace("example/", "example//"),
        url: post.url?.replace("example/", "example//") ?? "",
      }),
    ],
    [
      "F69 osmandapp/osmandapp.github.io#136: the slash after the host is lost in every guid and link",
      (post) => ({
        ...post,
        id: post.id.replace("example/", "example"),
        url: post.url?.replace("example/", "example") ?? "",
      }),
    ],
    [
      "F69 elixir-lang.github.com#1843: a new generator writes ids of another form",
      (post) => ({ ...post, id: `${post.url?.replace("kabar.example", "www.kabar.example")}#main` }),
    ],
    [
      "F69 mirage/mirage-www#319: the site moves to another host, ids and addresses with it",
      (post) => {
        const url = post.url?.replace("kabar.example", "kabar.other.example") ?? "";
        return { ...post, id: url, url };
      },
    ],
    [
      "F69 newrelic/docs-website#1271: every build makes new ids",
      (post, at) => ({ ...post, id: `8c1f-${at}-fresh` }),
    ],
  ])("%s", (_, change) => {
    const refusals = judge(before, before.map(change));
    expect(codes(refusals)).toEqual(["publish/ids-changed"]);
    expect(refusals[0]?.message).toContain("3 entries would reappear as unread");
    for (const { id, title } of before)
      expect(refusals[0]?.hint).toContain(
        `posts/${title.toLowerCase().replace(" ", "-")}.md: id: ${JSON.stringify(id)}`,
      );
  });

  test("an id that no front matter keeps is not asked for again", () => {
    const [old, next] = ["x:cafe\u0301", "x:caf\u00e9"].map((id) =>
      before.map((post, at) => (at === 1 ? { ...post, id } : post)),
    ) as [SamplePost[], SamplePost[]];
    const [refusal] = judge(old, next);
    expect(refusal?.code).toBe("publish/ids-changed");
    expect(refusal?.hint).not.toContain("Write the ids");
    expect(refusal?.hint).toContain("NFC");
  });

  test("rule 1: one changed id is enough", () => {
    const after = before.map((post, at) => (at === 1 ? { ...post, id: "other" } : post));
    expect(judge(before, after)[0]?.message).toContain("1 entry would reappear");
  });
});

test("more new entries at once than allowed", () => {
  const [refusal] = judge(samplePosts(3), samplePosts(12));
  expect(refusal).toMatchObject({ code: "publish/many-new" });
  expect(refusal?.message).toContain("9 new entries at once, more than 5");
  expect(refusal?.message).toContain("“Post 12”");
  expect(judge(samplePosts(3), samplePosts(8))).toEqual([]);
});

test("F51: a feed that becomes empty", () => {
  expect(codes(judge(samplePosts(3), []))).toContain("publish/feed-emptied");
});

test("a feed that loses most of its entries", () => {
  const refusals = judge(samplePosts(10), samplePosts(10).slice(0, 4));
  expect(codes(refusals)).toContain("publish/feed-shrunk");
  expect(codes(judge(samplePosts(10), samplePosts(10).slice(0, 6)))).toEqual([]);
});

test("a main feed that is no longer built; a tag's feed may go", () => {
  const before = sampleSet(samplePosts(3));
  const without = (path: string) => {
    const next = before.filter((file) => file.path !== path);
    return guardPublish(planPublish(sampleInput(next), publicOf(before, next)), {
      maxNew: 5,
      maxBytes: 1e6,
      maxRemoved: 9,
    });
  };
  expect(codes(without("rss.xml"))).toEqual(["publish/feed-removed"]);
  expect(without("tags/a/feed.json")).toEqual([]);
});

test("a date that moves backwards, with the date to write and the post to write it in", () => {
  const [refusal] = judge([samplePost(1)], [samplePost(1, { date: newYear })]);
  expect(refusal).toMatchObject({ code: "publish/date-backwards" });
  expect(refusal?.hint).toContain(
    `date: ${new Date(newYear + day).toISOString().replace(".000", "")} in posts/post-1.md`,
  );
});

test("a document that grew beyond its limit; one that was as large before is left alone", () => {
  expect(codes(judge(samplePosts(3), samplePosts(4), { maxBytes: 500 }))).toEqual(["publish/too-large"]);
  expect(judge(samplePosts(4), samplePosts(4).slice(1), { maxBytes: 500 })).toEqual([]);
});

test("documents with errors; warnings do not stop anything", () => {
  const diagnostic: Diagnostic = {
    code: "rss/x",
    severity: "error",
    file: "rss.xml",
    line: 3,
    column: 7,
    message: "No title.",
    hint: "Write one.",
  };
  const [refusal] = judge([], samplePosts(1), { diagnostics: [diagnostic] });
  expect(refusal?.message).toBe("The documents have 1 error; the first is at rss.xml:3:7: No title.");
  expect(judge([], samplePosts(1), { diagnostics: [{ ...diagnostic, severity: "warning" }] })).toEqual([]);
});

describe("a draft's or a future post's text in the output", () => {
  const text =
    "A secret plan, told in many words, that nobody outside this room may read before the first of December comes.";
  const hidden = [
    {
      file: "posts/plan.md",
      id: "tag:x,2026:plan",
      url: "https://kabar.example/plan/",
      title: "Plan",
      reason: "a draft",
      text,
    },
  ];
  test.each<[string, Partial<SamplePost>]>([
    ["by its id", { id: "tag:x,2026:plan" }],
    ["by its address", { url: "https://kabar.example/plan/" }],
    [
      "by its text, in other markup",
      {
        content:
          `<p>A <b>secret</b> plan, told in <i>many</i> words &amp; that nobody outside this room may read</p>`.replace(
            "&amp; ",
            "",
          ),
      },
    ],
  ])("%s", (_, more) => {
    const refusals = judge([], [samplePost(1, more)], { hidden });
    expect(codes(refusals)).toEqual(["publish/hidden-post"]);
    expect(refusals[0]?.message).toMatch(/shows posts\/plan\.md, which is a draft/);
  });
  test("a link to it from another post is no leak; its address in a sitemap is", () => {
    const link = '<p>See <a href="https://kabar.example/plan/">the plan</a>.</p>';
    expect(judge([], [samplePost(1, { content: link })], { hidden })).toEqual([]);
    const next = [
      makeSetFile({
        path: "news-sitemap.xml",
        bytes: new TextEncoder().encode("<urlset><url><loc>https://kabar.example/plan/</loc></url></urlset>"),
        mediaType: "application/xml",
      }),
    ];
    const plan = planPublish(sampleInput(next), publicOf([], next));
    expect(codes(guardPublish(plan, { maxNew: 5, maxBytes: 1e6, maxRemoved: 9, hidden }))).toEqual([
      "publish/hidden-post",
    ]);
  });
  test("a longer address that begins the same is another post", () => {
    expect(
      judge([], [samplePost(1, { url: "https://kabar.example/plan/two/", id: "tag:x,2026:plan2" })], {
        hidden,
      }),
    ).toEqual([]);
  });
});

test("F70: more removals than the cap", () => {
  const before = sampleSet(samplePosts(1));
  const plan = planPublish(sampleInput([]), publicOf(before, []));
  const refusals = guardPublish(plan, { maxNew: 5, maxBytes: 1e6, maxRemoved: before.length - 1 });
  expect(codes(refusals)).toContain("publish/many-removals");
  expect(codes(guardPublish(plan, { maxNew: 5, maxBytes: 1e6, maxRemoved: before.length }))).not.toContain(
    "publish/many-removals",
  );
});

test("a file of somebody else's would be overwritten; a feed of an earlier generator may be", () => {
  const before = sampleSet(samplePosts(2));
  const next = sampleSet(samplePosts(3));
  const { record: _, ...unrecorded } = publicOf(before, next);
  const [refusal, ...others] = guardPublish(planPublish(sampleInput(next), unrecorded), {
    maxNew: 5,
    maxBytes: 1e6,
    maxRemoved: 9,
  });
  expect(refusal).toMatchObject({ code: "publish/foreign-file" });
  expect(refusal?.message).toContain("index.html");
  expect(refusal?.message).not.toContain("rss.xml");
  expect(others).toEqual([]);
});

test("an older set than the public one", () => {
  const edition = { source: newYear, built: newYear };
  const [refusal] = judge(samplePosts(2), samplePosts(3), {}, { edition });
  expect(refusal).toMatchObject({ code: "publish/older-set" });
});

test("a public document that cannot be read is not silently taken for an empty one", () => {
  const next = sampleSet(samplePosts(2));
  const current = publicOf(sampleSet(samplePosts(1)), next);
  const broken = current.feeds.map(({ path, bytes }) => ({
    path,
    bytes: path === "feed.json" ? new TextEncoder().encode("<html>") : bytes,
  }));
  const cut = current.feeds.map(({ path, bytes }) => ({
    path,
    bytes: path === "rss.xml" ? bytes.subarray(0, bytes.length / 2) : bytes,
  }));
  const halved = planPublish(sampleInput(next), { ...current, feeds: cut });
  const limits = { maxNew: 5, maxBytes: 1e6, maxRemoved: 9 };
  expect(guardPublish(halved, limits)).toMatchObject([
    { code: "publish/public-unreadable", message: expect.stringMatching(/rss\.xml .*it is broken/) },
  ]);
  const plan = planPublish(sampleInput(next), { ...current, feeds: broken });
  expect(codes(guardPublish(plan, { maxNew: 5, maxBytes: 1e6, maxRemoved: 9 }))).toEqual([
    "publish/public-unreadable",
  ]);
});

test("a record that cannot be read, or that a newer version wrote, is not taken for none", async () => {
  const [first, next] = [sampleSet(samplePosts(2)), sampleSet(samplePosts(3))];
  for (const text of ["{", "", "null", '{"version":2,"edition":{"source":0,"built":0},"files":{}}']) {
    const folder = temporaryFolder();
    const target = openDirectory({ path: folder });
    await applyPublish(sampleInput(first), sampleTools(target));
    writeFileSync(join(folder, recordPath), text);
    const receipt = await applyPublish(sampleInput(next), sampleTools(target));
    expect(codes(receipt.refused)).toContain("publish/public-unreadable");
    expect(receipt.refused[0]?.message).toContain(recordPath);
    expect(treeOf(first)).toMatchObject(
      Object.fromEntries(Object.entries(readTree(folder)).filter(([path]) => path !== recordPath)),
    );
    const allow: RefusalCode[] = ["publish/public-unreadable", "publish/foreign-file"];
    const limits = { maxNew: 5, maxBytes: 1e6, maxRemoved: 9, allow };
    expect(exitCodeOf(await applyPublish(sampleInput(next, { limits }), sampleTools(target)))).toBe(0);
  }
});

test("each refusal names its flag, and the flag allows it and nothing else", () => {
  const before = samplePosts(6);
  const after = before.map((post, at) => ({ ...post, id: `other-${at}`, date: newYear }));
  const all = judge(before, after);
  expect(codes(all).sort()).toEqual(["publish/date-backwards", "publish/ids-changed"]);
  for (const { code, hint } of all) expect(hint).toContain(refusalFlags[code]);
  expect(codes(judge(before, after, { allow: ["publish/ids-changed"] }))).toEqual(["publish/date-backwards"]);
  expect(judge(before, after, { allow: ["publish/ids-changed", "publish/date-backwards"] })).toEqual([]);
});

test("a feed in several formats is refused once, with the posts that leave it", () => {
  const format = (path: string, posts: readonly SamplePost[]) => {
    const json = sampleSet(posts).find((file) => file.path === "feed.json") as SetFile;
    return { ...json, path };
  };
  const set = (posts: readonly SamplePost[]) =>
    ["tags/b/atom.xml", "tags/b/feed.json", "tags/c/feed.json"].map((path) => format(path, posts));
  const [old, next] = [set(samplePosts(1)), set([])];
  const refusals = guardPublish(planPublish(sampleInput(next), publicOf(old, next)), sampleInput([]).limits);
  expect(refusals.map(({ message }) => message)).toEqual([
    "tags/b/atom.xml would become empty; it has 1 entry now: “Post 1”.",
    "tags/c/feed.json would become empty; it has 1 entry now: “Post 1”.",
  ]);
  expect(refusals[0]?.hint).toMatch(/should leave this feed/);
});

test("a date that goes back is refused once where the date of changes is the same; else each", () => {
  const atom = (date: string, updated: string) => [
    makeSetFile({
      path: "atom.xml",
      mediaType: "application/atom+xml",
      bytes: new TextEncoder().encode(
        `<feed xmlns="http://www.w3.org/2005/Atom"><id>f</id><title>T</title><updated>${updated}</updated><entry><id>urn:a</id><title>A</title><published>${date}</published><updated>${updated}</updated></entry></feed>`,
      ),
    }),
  ];
  const back = (before: SetFile[], after: SetFile[]) =>
    guardPublish(planPublish(sampleInput(after), publicOf(before, after)), sampleInput([]).limits).map(
      ({ hint }) => hint.split(" in ")[0],
    );
  const [late, later, soon] = ["2026-02-02T00:00:00Z", "2026-02-03T00:00:00Z", "2026-02-01T00:00:00Z"];
  expect(back(atom(late, late), atom(soon, soon))).toEqual([`Write date: ${late}`]);
  expect(back(atom(late, later), atom(soon, soon))).toEqual([
    `Write date: ${late}`,
    `Write updated: ${later}`,
  ]);
  expect(back(atom(soon, later), atom(soon, late))).toEqual([`Write updated: ${later}`]);
});
