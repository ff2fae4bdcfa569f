import { expect, test } from "vitest";
import { runProgram } from "../support/program.ts";
import { makeSite, post } from "../support/site.ts";

test("why names the standing, its reason, and the key and line that gave each value", () => {
  const site = makeSite({ "posts/a.md": '---\ntitle: "A"\npubDate: 2026-07-01T00:00:00Z\n---\nText.\n' });
  const { status, stdout } = runProgram(["why", "posts/a.md", "--now", "2026-06-01T00:00:00Z"], {
    cwd: site.root,
  });
  expect(status).toBe(1);
  expect(stdout).toContain(
    "posts/a.md is not in the feeds: its date, 2026-07-01T00:00:00Z, has not come yet.",
  );
  expect(stdout).toMatch(/date +2026-07-01T00:00:00Z \(pubDate, line 3:10\)/);
  expect(stdout).toMatch(/id +tag:site\.example,2026:a/);
});

test.each([
  [{}, "published", 0],
  [{ draft: true }, "draft", 1],
  [{ unlisted: true }, "unlisted", 1],
  [{ visibility: "private" }, "private", 1],
  [{ expires: "2026-02-01T00:00:00Z" }, "expired", 1],
  [{ date: "never" }, "failed", 1],
])("why --json: %j is %s", (fields, standing, code) => {
  const site = makeSite({ "posts/a.md": post(fields) });
  const { status, stdout } = runProgram(["why", "posts/a.md", "--json"], { cwd: site.root });
  expect(status).toBe(code);
  expect(JSON.parse(stdout)).toMatchObject({ file: "a.md", standing });
});

test("why refuses what is no post", () => {
  const site = makeSite({});
  for (const path of ["posts/gone.md", "elsewhere.md"]) {
    const { status, stderr } = runProgram(["why", path], { cwd: site.root });
    expect(status).toBe(2);
    expect(stderr).toContain("Give the path of a post");
  }
});
