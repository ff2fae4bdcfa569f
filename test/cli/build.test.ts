import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { reports } from "../../src/check/report/reports.ts";
import { mainPath, runProgram } from "../support/program.ts";
import { makeFolder, makeSite, post, siteDefaults, writeFiles } from "../support/site.ts";

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
    posts: {
      read: 3,
      published: 1,
      draft: 1,
      future: 1,
      expired: 0,
      unlisted: 0,
      failed: 0,
      leftOut: [],
      held: [],
    },
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
  expect(stderr).toMatch(/^error {2}date: .+ {2}post\/wrong-date\n {2}posts\/a\.md:3:7\n/);
  expect(stderr).toMatch(/ {4}3 \| date: 2026-02-30\n {14}\^\n/);
  expect(stdout).toMatch(/^Site: 1 post read: 0 published, 1 left out because of errors/);
  const strict = runProgram(["build", "--strict"], { cwd: site.root, env: { NO_COLOR: "1" } });
  expect(strict.stdout).toContain("dist/ did not change");
});

test("--quiet prints errors alone, with --strict warnings as well", () => {
  const site = makeSite({
    "posts/a.md": post(),
    "posts/b.md": post({ date: "2026-01-02", pubDate: "2026-01-03" }),
  });
  const quiet = (...args: string[]) => runProgram([...args, "--quiet"], { cwd: site.root });
  for (const command of ["build", "check"])
    expect(quiet(command)).toMatchObject({ status: 0, stdout: "", stderr: "" });
  const strict = quiet("build", "--strict");
  expect(strict).toMatchObject({ status: 1, stdout: "" });
  expect(strict.stderr).toMatch(/^error {2}.+ {2}post\/two-spellings\n {2}posts\/b\.md:/);
  expect(strict.stderr).not.toContain("hint");
  writeFiles(site.root, { "posts/c.md": post({ date: "2026-02-30" }) });
  for (const { stdout, stderr, status } of [quiet("build"), quiet("check")]) {
    expect(status).toBe(1);
    expect(`${stdout}${stderr}`.trimEnd().split("\n")).toHaveLength(5);
  }
});

describe("a folder in which much is to be said", () => {
  const many = Object.fromEntries(
    Array.from({ length: 300 }, (_, i) => [
      `posts/${1000 + i}.md`,
      post({ title: `P${i}`, date: "2026-01-02" }),
    ]),
  );
  const files = { ...many, "posts/zz.md": post({ date: "2026-02-30" }) };

  test("the one error comes first, and all of it is on one screen, whose end are the counts and what was written", () => {
    const { root } = makeSite(files);
    const { stdout, stderr } = runProgram(["build"], { cwd: root });
    const lines = `${stderr}${stdout}`.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(lines[0]).toMatch(/^error {2}date: "2026-02-30"/);
    expect(lines[1]).toBe("  posts/zz.md:3:7");
    expect(stderr).toMatch(/\n1 error, 300 hints \(--all shows each one\)\n$/);
    expect(stdout).toMatch(/^Site: 301 posts read: 300 published, 1 left out because of errors\n/);
  });

  test("check and watch show the same; --all shows every finding", () => {
    const { root } = makeSite(files);
    const { stderr } = runProgram(["build"], { cwd: root });
    const checked = runProgram(["check"], { cwd: root }).stdout.trimEnd().split("\n");
    expect(checked.length).toBeLessThanOrEqual(24);
    expect(checked.slice(0, 5)).toEqual(stderr.split("\n").slice(0, 5));
    for (const command of ["build", "check"]) {
      const { stdout, stderr: all } = runProgram([command, "--all"], { cwd: root });
      for (const file of Object.keys(files)) expect(`${all}${stdout}`).toContain(`\n  ${file}:3:7`);
    }
  });

  test("NO_COLOR and pipes get no colours, FORCE_COLOR does", () => {
    const { root } = makeSite(files);
    expect(
      runProgram(["build"], { cwd: root, env: { NO_COLOR: "1", FORCE_COLOR: undefined } }).stderr,
    ).not.toContain("\u001b");
    expect(
      runProgram(["build"], { cwd: root, env: { NO_COLOR: undefined, FORCE_COLOR: "1" } }).stderr,
    ).toMatch(/^\u001b\[31merror\u001b\[39m/);
  });
});

test("names, titles and values of posts never reach the terminal as commands", () => {
  const evil = "\u001b]0;owned\u0007\u009b2J";
  const file = `posts/a${evil}.md`;
  const { root } = makeSite(
    { [file]: `---\ntitle: x\ndate: "${evil}"\nstatus: "x\\e[2J"\n---\n`, "posts/b.md": post() },
    { site: { ...siteDefaults, title: `Site${evil}` } },
  );
  const commands = [
    ["build"],
    ["build", "--json"],
    ["build", "--keep-going"],
    ["why", file],
    ["why", file, "--json"],
    ["links"],
    ["plan"],
    ["plan", "--markdown"],
    ["ids", "pin", "--dry-run"],
    ...Object.keys(reports).map((format) => ["check", "--format", format]),
  ];
  const colored = { NO_COLOR: undefined, FORCE_COLOR: "1" };
  for (const args of commands)
    for (const env of ["build", "why"].includes(args[0] ?? "") ? [{}, colored] : [{}]) {
      const { stdout, stderr } = runProgram(args, { cwd: root, env });
      const said = `${stdout}${stderr}`.replaceAll(/\u001b\[(?:[12]|22|3[1-9])m/g, "");
      expect(said, args.join(" ")).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    }
});

describe("without site.authority", () => {
  const config = { site: { authority: undefined } };
  const hintsOf = (root: string) => {
    const { stdout } = runProgram(["build", "--json", "--now", "2026-06-01T00:00:00Z"], { cwd: root });
    return (JSON.parse(stdout) as { diagnostics: object[] }).diagnostics;
  };

  test("a build says once what to write, and says it again when nothing changed", () => {
    const { root } = makeSite({ "posts/a.md": post(), "posts/b.md": post() }, config);
    const hint = {
      code: "site/authority-missing",
      severity: "hint",
      file: "feedwright.config.json",
      message: "site.authority is not set, so the ids of posts are their addresses.",
      hint: expect.stringContaining('authority: "site.example,2026"'),
    };
    expect(hintsOf(root)).toEqual([hint]);
    expect(hintsOf(root)).toEqual([hint]);
  });

  test("nothing is said where every post has an id of its own, or there is none", () => {
    expect(hintsOf(makeSite({ "posts/a.md": post({ id: "tag:old.example,2020:1" }) }, config).root)).toEqual(
      [],
    );
    expect(hintsOf(makeSite({}, config).root)).toEqual([]);
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
