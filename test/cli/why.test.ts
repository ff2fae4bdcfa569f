import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runProgram } from "../support/program.ts";
import { makeSite, post, writeFiles } from "../support/site.ts";

/** What `why --json` says of a path in a site. */
function why(root: string, path: string, ...flags: string[]) {
  const { status, stdout, stderr } = runProgram(["why", path, "--json", ...flags], { cwd: root });
  expect(stderr).toBe("");
  const said = JSON.parse(stdout) as { file: string; standing: string; decidedBy: { key: string }[] };
  return { status, ...said };
}

test("why names the standing, its reason, the key that decides, and the key and line that gave each value", () => {
  const site = makeSite({ "posts/a.md": '---\ntitle: "A"\npubDate: 2026-07-01T00:00:00Z\n---\nText.\n' });
  const { status, stdout } = runProgram(["why", "posts/a.md", "--now", "2026-06-01T00:00:00Z"], {
    cwd: site.root,
  });
  expect(status).toBe(1);
  expect(stdout.split("\n").slice(0, 5)).toEqual([
    "posts/a.md is not in the feeds: its date, 2026-07-01T00:00:00Z, has not come yet.",
    "  It says pubDate: 2026-07-01T00:00:00Z (line 3:10).",
    "  It appears with the first build after that time; watch builds then by itself.",
    "  id   tag:site.example,2026:a",
    "  page https://site.example/a/",
  ]);
  expect(stdout).toMatch(/date +2026-07-01T00:00:00Z \(pubDate, line 3:10\)/);
});

test("why says which documents show a post, and exits with 0", () => {
  const site = makeSite({ "posts/a.md": post() });
  const { status, stdout } = runProgram(["why", "posts/a.md"], { cwd: site.root });
  expect(status).toBe(0);
  expect(stdout.split("\n").slice(0, 2)).toEqual([
    "posts/a.md is in the feeds: it is public and its date is past.",
    "  shown by dist/atom.xml, dist/feed.json, dist/rss.xml",
  ]);
});

test.each([
  [{}, "published", []],
  [{ draft: true }, "draft", ["draft"]],
  [{ status: "draft", draft: true }, "draft", ["status", "draft"]],
  [{ published: false }, "draft", ["published"]],
  [{ unlisted: true }, "unlisted", ["unlisted"]],
  [{ visibility: "private", tags: ["x"] }, "private", ["visibility"]],
  [{ expires: "2026-02-01T00:00:00Z" }, "expired", ["expires"]],
  [{ date: "2999-01-01T00:00:00Z" }, "future", ["date"]],
  [{ date: "never" }, "failed", ["date"]],
])("why --json: %j is %s, by %j", (fields, standing, keys) => {
  const { root } = makeSite({ "posts/a.md": post(fields) });
  const { status, ...said } = why(root, "posts/a.md");
  expect(status).toBe(standing === "published" ? 0 : 1);
  expect(said).toMatchObject({ file: "a.md", standing });
  expect(said.decidedBy.map(({ key }) => key).sort()).toEqual([...keys].sort());
});

describe("what is no post is not in the feeds", () => {
  function makeMixedSite(): string {
    const { root } = makeSite(
      {
        "posts/a.md": post(),
        "posts/sub/b.md": post(),
        "posts/_index.md": post(),
        "posts/.hidden.md": post(),
        "posts/.obsidian/c.md": post(),
        "posts/node_modules/d.md": post(),
        "posts/e.txt": post(),
        "posts/noextension": post(),
        "posts/old/f.md": post(),
        "outside.md": post(),
      },
      { posts: { exclude: ["old/**"] } },
      { sound: false },
    );
    symlinkSync(join(root, "outside.md"), join(root, "posts/link-out.md"));
    symlinkSync(join(root, "posts/a.md"), join(root, "posts/link-in.md"));
    symlinkSync(join(root, "nowhere.md"), join(root, "posts/link-gone.md"));
    mkdirSync(join(root, "posts/empty"));
    writeFiles(root, { "posts/big.md": `${post()}${"x".repeat(6 * 1024 * 1024)}` });
    return root;
  }

  test.each([
    ["posts/_index.md", "list-page", /_index/],
    ["posts/.hidden.md", "hidden", /dot/],
    ["posts/.obsidian/c.md", "hidden", /\.obsidian begins with a dot/],
    ["posts/node_modules/d.md", "never-read", /node_modules/],
    ["posts/e.txt", "not-a-post", /ends in \.txt.+\.md/],
    ["posts/noextension", "not-a-post", /no extension/],
    ["posts/old/f.md", "excluded", /posts\.exclude has the pattern "old\/\*\*"/],
    ["posts/old", "excluded", /posts\.exclude/],
    ["posts/empty", "folder", /0 files/],
    ["posts/sub", "folder", /1 file is read/],
    ["posts", "folder", /files are read/],
    [".", "outside", /not below the posts folder posts/],
    ["outside.md", "outside", /not below the posts folder posts/],
    ["/etc/passwd", "outside", /not below/],
    ["posts/link-out.md", "link", /out of the posts folder/],
    ["posts/link-gone.md", "link", /leads nowhere/],
    ["posts/link-in.md", "link", /link to a\.md/],
    ["posts/big.md", "left-out", /6\.0 MiB/],
  ])("%s: %s", (path, standing, reason) => {
    const root = makeMixedSite();
    const said = why(root, path);
    expect(said).toMatchObject({ status: 1, standing, reason: expect.stringMatching(reason) });
    const { stdout } = runProgram(["why", path], { cwd: root });
    expect(stdout).toMatch(/ is not in the feeds: .+\.\n/);
  });

  test("a path that does not exist is a wrong argument", () => {
    const { root } = makeSite({});
    for (const path of ["posts/gone.md", "elsewhere.md"]) {
      const { status, stderr } = runProgram(["why", path], { cwd: root });
      expect(status).toBe(2);
      expect(stderr).toContain("Give the path of a post");
    }
  });

  test("a path may be given from the posts folder as well", () => {
    const { root } = makeSite({ "posts/sub/b.md": post() });
    expect(why(root, "sub/b.md").file).toBe("sub/b.md");
  });
});

test("a sound post that another one or a missing file keeps out is left out, by the same words as in a build", () => {
  const { root } = makeSite({
    "posts/a.md": post({ id: "one" }),
    "posts/b.md": post({ id: "one" }),
    "posts/c.md": post({ audio: "gone.mp3" }),
  });
  expect(why(root, "posts/a.md")).toMatchObject({ status: 0, standing: "published" });
  expect(why(root, "posts/b.md")).toMatchObject({
    status: 1,
    standing: "left-out",
    reason: "the id one is also that of posts/a.md",
  });
  expect(why(root, "posts/c.md")).toMatchObject({ status: 1, standing: "left-out" });
});

test("a broken post that readers have is held at its last good version", () => {
  const { root } = makeSite({ "posts/a.md": post(), "posts/b.md": post() }, {}, { sound: false });
  runProgram(["build"], { cwd: root });
  writeFiles(root, {
    "posts/b.md": post({ date: "2026-02-30" }),
    "posts/new.md": post({ date: "2026-02-30" }),
  });
  expect(why(root, "posts/b.md")).toMatchObject({
    status: 1,
    standing: "held",
    reason: expect.stringContaining("readers have its last good version"),
  });
  expect(why(root, "posts/new.md")).toMatchObject({ status: 1, standing: "failed" });
});

test("a public post that newer ones have pushed out of the feeds is not in them", () => {
  const files = Object.fromEntries(
    [1, 2, 3].map((day) => [`posts/${day}.md`, post({ date: `2026-01-0${day}T00:00:00Z` })]),
  );
  const { root } = makeSite(files, { feeds: { limit: 2 } });
  expect(why(root, "posts/2.md")).toMatchObject({ status: 0, standing: "published" });
  expect(why(root, "posts/1.md")).toMatchObject({
    status: 1,
    standing: "not-listed",
    reason: expect.stringContaining("the newest 2 posts"),
  });
});

test("a draft by its folder is decided by no key", () => {
  const { root } = makeSite({ "posts/_drafts/a.md": post() });
  expect(why(root, "posts/_drafts/a.md")).toMatchObject({ standing: "draft", decidedBy: [] });
  expect(why(root, "posts/_drafts/a.md", "--drafts")).toMatchObject({ status: 0, standing: "published" });
});
