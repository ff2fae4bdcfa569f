// Each consumer's rules: a post and a feed that pass, and one that fails for each rule.
import { describe, expect, test } from "vitest";
import { planFeed } from "../../src/feeds/plan-feed.ts";
import { judgeFeed, judgePost } from "../../src/feeds/profiles/judge.ts";
import { feedProfiles } from "../../src/feeds/profiles/profiles.ts";
import type { ProfileName } from "../../src/model/config.ts";
import type { Attachment, Post, PostContent } from "../../src/model/post.ts";
import { filesIn, indexOf, january, makeFeedsConfig, namePost } from "./feed-posts.ts";

const config = makeFeedsConfig(
  {},
  { site: { url: "https://site.example/", title: "Site", image: "/logo.png" } },
);
const image: Attachment = {
  url: "https://site.example/a.jpg",
  type: "image/jpeg",
  width: 1200,
  height: 800,
  length: 200_000,
};
const audio: Attachment = { url: "https://site.example/a.mp3", type: "audio/mpeg", length: 1000 };

function judge(
  profile: ProfileName,
  post: Partial<Post> = {},
  content: Partial<PostContent> = {},
): string | undefined {
  const sound = namePost("a.md", {
    title: "A title that is long enough for all",
    authors: [{ name: "Ann" }],
  });
  const whole: PostContent = {
    html: `<p>${"A sentence of some words. ".repeat(20)}</p>`,
    summary: "A summary.",
    image,
    attachments: [audio],
  };
  return judgePost({ ...sound, ...post }, { ...whole, ...content }, profile, config)?.rule;
}

test("a post that keeps every rule is taken by every consumer", () => {
  for (const profile of Object.keys(feedProfiles))
    expect(judge(profile as ProfileName), profile).toBeUndefined();
});

describe("a post is rejected for", () => {
  const cases: [string, Partial<Post>, Partial<PostContent>][] = [
    ["google/title-length", { title: "" }, {}],
    ["google/content-size", {}, { html: `<p>${"x".repeat(1_048_577)}</p>` }],
    ["msn/title-length", { title: "Twenty characters ok" }, {}],
    ["msn/title-length", { title: "x".repeat(151) }, {}],
    ["msn/https", { url: "http://site.example/a/" }, {}],
    ["msn/https", {}, { image: { ...image, url: "http://site.example/a.jpg" } }],
    ["msn/text-length", {}, { html: '<p><img src="https://site.example/a.jpg"></p>' }],
    ["msn/image-width", {}, { image: { ...image, width: 719, height: 600 } }],
    ["msn/image-size", {}, { image: { ...image, length: 15 * 1_048_576 + 1 } }],
    ["msn/image-ratio", {}, { image: { ...image, width: 1200, height: 600 } }],
    ["msn/image-ratio", {}, { image: { ...image, width: 800, height: 1700 } }],
    ["flipboard/title-length", { title: "" }, {}],
    ["flipboard/author", { authors: [] }, {}],
    ["flipboard/host", { url: "https://elsewhere.example/a/" }, {}],
    ["flipboard/text-length", {}, { html: `<p>${"x".repeat(299)}</p>` }],
    ["flipboard/image-side", {}, { image: { ...image, width: 1200, height: 499 } }],
    ["smartnews/title-length", { title: "" }, {}],
    ["smartnews/tracking", { url: "https://site.example/a/?utm_source=feed" }, {}],
    ["smartnews/text-length", {}, { html: "<p></p>" }],
    ["apple-podcasts/title-length", { title: "" }, {}],
    ["apple-podcasts/attachment", {}, { attachments: [] }],
    ["apple-podcasts/attachment", {}, { attachments: [{ ...audio, type: "audio/ogg" }] }],
    ["mailchimp/title-length", { title: "" }, {}],
    ["mailchimp/summary", {}, { summary: "" }],
    ["mailchimp/text-length", {}, { html: "" }],
  ];
  for (const [rule, post, content] of cases) {
    test(`${rule}: ${JSON.stringify({ ...post, ...content }).slice(0, 60)}`, () =>
      expect(judge(rule.split("/")[0] as ProfileName, post, content)).toBe(rule));
  }

  test("flipboard/image: no image at all", () => {
    const { image: _image, ...rest } = { image, html: "x".repeat(300), summary: "x", attachments: [] };
    const post = namePost("a.md", { authors: [{ name: "Ann" }] });
    expect(judgePost(post, rest, "flipboard", config)?.rule).toBe("flipboard/image");
  });

  test("facts that nobody knows are not held against a post", () => {
    expect(judge("msn", {}, { image: { url: image.url, type: image.type } })).toBeUndefined();
  });

  test("a title counts characters as people see them, not code units", () => {
    expect(judge("msn", { title: "𝒜".repeat(150) })).toBeUndefined();
  });
});

test("msn/age: a post leaves on its 365th day, and the index says when", () => {
  const own = makeFeedsConfig({ custom: [{ name: "msn", profile: "msn" }] });
  const due = january(1) + 365 * 86_400_000;
  const posts = [namePost("a.md", { date: january(1) })];
  expect(filesIn(indexOf(posts, own, due - 1), "custom/msn")).toEqual(["a.md"]);
  expect(indexOf(posts, own, due - 1).nextDue()).toBe(due);
  expect(filesIn(indexOf(posts, own, due), "custom/msn")).toEqual([]);
});

describe("a feed is reported", () => {
  function review(profile: ProfileName, changes: { description?: string; entries?: number; logo?: boolean }) {
    const own = makeFeedsConfig(
      {
        custom: [{ name: "one", profile, ...(changes.description && { description: changes.description }) }],
      },
      {
        site: {
          url: "https://site.example/",
          title: "Site",
          ...(changes.logo !== false && { image: "/logo.png" }),
        },
      },
    );
    const name = { key: "custom/one", kind: "custom" as const, name: "one" };
    const posts = Array.from({ length: changes.entries ?? 20 }, (_, i) => namePost(`p${i}.md`));
    const plan = planFeed({ name, folder: "feeds/one/", slug: "one" }, posts, own);
    return { plan, rules: judgeFeed(plan, profile, own).map(({ rule }) => rule) };
  }

  test("nothing where all is well", () => {
    expect(review("smartnews", { description: "Short." }).rules).toEqual([]);
    expect(review("flipboard", {}).rules).toEqual([]);
  });
  test("flipboard/entries", () =>
    expect(review("flipboard", { entries: 19 }).rules).toEqual(["flipboard/entries"]));
  test("smartnews/description", () => {
    expect(review("smartnews", { description: "x".repeat(31) }).rules).toEqual(["smartnews/description"]);
    expect(review("smartnews", {}).rules).toEqual(["smartnews/description"]);
  });
  test("smartnews/logo", () =>
    expect(review("smartnews", { description: "Short.", logo: false }).rules).toEqual(["smartnews/logo"]));
  test("a profile's formats and size limit are the feed's", () => {
    expect(review("smartnews", { description: "Short." }).plan).toMatchObject({
      formats: ["rss"],
      maxBytes: { bytes: 1_000_000, over: "drop" },
      profile: "smartnews",
    });
  });
});

test("a feed's own settings come before its profile's, and these before the site's", () => {
  const own = makeFeedsConfig({
    maxBytes: { bytes: 500, over: "summary" },
    content: "summary",
    custom: [{ name: "one", profile: "google", formats: ["json"], title: "For Google" }],
  });
  const name = { key: "custom/one", kind: "custom" as const, name: "one" };
  expect(planFeed({ name, folder: "feeds/one/", slug: "one" }, [], own)).toMatchObject({
    key: "custom/one",
    title: "For Google",
    formats: ["json"],
    content: "full",
    maxBytes: { bytes: 500, over: "summary" },
  });
});
