import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { makeSite, post } from "../support/site.ts";

const now = Date.parse("2026-06-01T00:00:00Z");

const posts = {
  "posts/shown.md": post({ title: "Shown", date: "2026-01-01T00:00:00Z" }),
  "posts/draft.md": post({ title: "Draft", draft: true, date: "2026-05-01T00:00:00Z" }),
  "posts/jekyll.md": post({ title: "Unpublished", published: false, date: "2026-05-01T00:00:00Z" }),
  "posts/future.md": post({ title: "Future", date: "2026-07-01T00:00:00Z" }),
  "posts/expired.md": post({
    title: "Expired",
    expires: "2026-03-01T00:00:00Z",
    date: "2026-02-01T00:00:00Z",
  }),
  "posts/leaving.md": post({
    title: "Leaving",
    expires: "2026-06-15T00:00:00Z",
    date: "2025-02-01T00:00:00Z",
  }),
  "posts/unlisted.md": post({ title: "Unlisted", unlisted: true }),
  "posts/private.md": post({ title: "Private", visibility: "private" }),
};

test("rule 15, F28: only what is public and due is in any document, and nothing else moves its date", async () => {
  const site = makeSite(posts);
  const result = await build(site.config, { now });
  expect(result.posts).toEqual({
    read: 8,
    published: 2,
    draft: 2,
    future: 1,
    expired: 1,
    unlisted: 2,
    failed: 0,
    leftOut: [],
    held: [],
  });
  for (const name of ["rss.xml", "atom.xml", "feed.json"]) {
    const text = site.read(`dist/${name}`);
    expect(text).toContain("Shown");
    expect(text).toContain("Leaving");
    expect(text).not.toMatch(/Draft|Unpublished|Future|Expired|Unlisted|Private/);
  }
  expect(site.read("dist/rss.xml")).toContain("<lastBuildDate>Thu, 01 Jan 2026 00:00:00 GMT</lastBuildDate>");
});

test("nextDue is the next expiry or publication", async () => {
  const site = makeSite(posts);
  expect((await build(site.config, { now })).nextDue).toBe(Date.parse("2026-06-15T00:00:00Z"));
  const later = await build(site.config, { now: Date.parse("2026-06-15T00:00:00Z") });
  expect(later.nextDue).toBe(Date.parse("2026-07-01T00:00:00Z"));
  expect(site.read("dist/rss.xml")).not.toContain("Leaving");
  const last = await build(site.config, { now: Date.parse("2026-07-01T00:00:00Z") });
  expect(last.nextDue).toBeUndefined();
  expect(site.read("dist/rss.xml")).toContain("Future");
});

test("F17: a draft that is neither yes nor no is an error, not a published post", async () => {
  const site = makeSite({
    "posts/a.md": '---\ntitle: A\ndate: 2026-01-01T00:00:00Z\ndraft: "nope"\n---\nText.\n',
  });
  const result = await build(site.config, { now });
  expect(result.ok).toBe(false);
  expect(result.diagnostics).toMatchObject([{ file: "posts/a.md", line: 4, severity: "error" }]);
});

test("--drafts publishes drafts, and only them, beside the rest", async () => {
  const site = makeSite(posts);
  const result = await build(site.config, { now, drafts: true });
  expect(result.posts).toMatchObject({ published: 4, draft: 0 });
  expect(site.read("dist/feed.json")).not.toMatch(/Future|Unlisted|Private/);
});
