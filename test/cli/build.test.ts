import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mainPath, runProgram } from "../support/program.ts";
import { makeFolder, makeSite, post, writeFiles } from "../support/site.ts";

test("--json prints one object on standard output and nothing else", () => {
  const site = makeSite({
    "posts/a.md": post(),
    "posts/b.md": post({ draft: true }),
    "posts/c.md": "---\ntittle: C\ndate: 2999-01-01T00:00:00Z\n---\nText.\n",
  });
  const { status, stdout, stderr } = runProgram(["build", "--json"], { cwd: site.root });
  expect(status).toBe(0);
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual({
    posts: { read: 3, published: 1, draft: 1, future: 1, expired: 0, unlisted: 0, failed: 0 },
    files: { written: ["atom.xml", "feed.json", "rss.xml"], unchanged: [], removed: [] },
    nextDue: "2999-01-01T00:00:00.000Z",
    diagnostics: [
      expect.objectContaining({
        code: "post/key-near-miss",
        severity: "hint",
        file: "posts/c.md",
        line: 2,
        column: 1,
      }),
    ],
    ms: expect.any(Number),
  });
});

test("people get a summary, and each problem with its line, a caret and what to write", () => {
  const site = makeSite({ "posts/a.md": "---\ntitle: A\ndate: 2026-02-30\n---\n" });
  const { status, stdout, stderr } = runProgram(["build"], { cwd: site.root });
  expect(status).toBe(1);
  expect(stderr).toMatch(/posts\/a\.md:3:7 {2}error/);
  expect(stderr).toMatch(/ {2}3 \| date: 2026-02-30\n {12}\^\n/);
  expect(stdout).toMatch(/^Site: 1 post read: 0 published, 1 with errors/);
  expect(stdout).toContain("nothing was written");
});

test("--quiet prints problems only", () => {
  const site = makeSite({ "posts/a.md": post() });
  expect(runProgram(["build", "--quiet"], { cwd: site.root })).toMatchObject({
    status: 0,
    stdout: "",
    stderr: "",
  });
});

test("a site can be given by flags alone", () => {
  const root = makeFolder();
  writeFiles(root, { "content/a.md": post() });
  const flags = [
    "--root",
    root,
    "--posts",
    "content",
    "--out",
    "public",
    "--site-url",
    "https://f.example/",
    "--title",
    "Flags",
  ];
  expect(runProgram(["build", ...flags], { cwd: "/" }).status).toBe(0);
  expect(readFileSync(join(root, "public/rss.xml"), "utf8")).toContain("<title>Flags</title>");
});

test("exit 2 with a sentence and a hint where nothing can run", () => {
  const root = makeFolder();
  const none = runProgram(["build"], { cwd: root });
  expect(none.status).toBe(2);
  expect(none.stderr).toContain("feedwright init");
  expect(JSON.parse(runProgram(["build", "--json"], { cwd: root }).stdout).error.code).toBe("config-missing");
  expect(runProgram(["build", "--now", "yesterday"], { cwd: makeSite({}).root }).stderr).toContain(
    "--now yesterday is not an instant",
  );
  expect(runProgram(["bild"], { cwd: root })).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("Did you mean build?"),
  });
  writeFiles(root, {
    "feedwright.config.json": '{"site": {"url": "https://a.example/", "title": "A"}, "post": {}}',
  });
  const unknown = runProgram(["build"], { cwd: root });
  expect(unknown.status).toBe(2);
  expect(unknown.stderr).toMatch(/feedwright\.config\.json:1:\d+ .*post/);
});

test("SOURCE_DATE_EPOCH is the clock where --now is not given", () => {
  const site = makeSite({ "posts/a.md": post({ date: "2026-05-01T00:00:00Z" }) });
  const early = runProgram(["build", "--json"], { cwd: site.root, env: { SOURCE_DATE_EPOCH: "1767225600" } });
  expect(JSON.parse(early.stdout).posts.future).toBe(1);
});

test("--help and --version answer, and unknown flags are explained", () => {
  const cwd = makeFolder();
  const { version } = JSON.parse(readFileSync(join(mainPath, "../../../package.json"), "utf8")) as {
    version: string;
  };
  expect(runProgram(["--version"], { cwd })).toMatchObject({ status: 0, stdout: `${version}\n` });
  expect(runProgram(["--help"], { cwd })).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("Examples:"),
  });
  expect(runProgram(["build", "--help"], { cwd }).stdout).toContain("--keep-going");
  expect(runProgram(["build", "--kep-going"], { cwd })).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("--keep-going"),
  });
});
