// `check` and `explain` as people run them.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { runProgram, startProgram } from "../support/program.ts";
import { makeFolder, makeSite, post, readTree, writeFiles } from "../support/site.ts";
import { channel, item } from "./rules/examples/documents.ts";

const bad = "---\ntitle: A\ndate: 2026-02-30\n---\nText.\n";

test("without arguments: findings with excerpt and count, exit 1, and nothing written", () => {
  const site = makeSite({ "posts/a.md": bad, "posts/b.md": post() });
  const before = readTree(site.root);
  const { status, stdout, stderr } = runProgram(["check"], { cwd: site.root });
  expect(status).toBe(1);
  expect(stderr).toBe("");
  expect(stdout).toMatch(
    /^error {2}.+ {2}post\/wrong-date\n {2}posts\/a\.md:3:7\n {4}3 \| date: 2026-02-30\n {14}\^\n/,
  );
  expect(stdout).toMatch(/\n1 error\n$/);
  expect(readTree(site.root)).toEqual(before);
});

test("build and check say the same of a post in the same words", () => {
  const site = makeSite({ "posts/a.md": bad });
  const built = runProgram(["build"], { cwd: site.root }).stderr;
  expect(runProgram(["check"], { cwd: site.root }).stdout).toBe(built);
});

test("a sound site: nothing found, exit 0", () => {
  const site = makeSite({ "posts/a.md": post() });
  expect(runProgram(["check", "--strict"], { cwd: site.root })).toMatchObject({
    status: 0,
    stdout: "Nothing found.\n",
    stderr: "",
  });
});

test("--strict makes warnings fail", () => {
  const site = makeSite({ "posts/a.md": post({ date: "1985-05-06T07:08:09Z" }) }, {}, { sound: false });
  expect(runProgram(["check", "posts/a.md"], { cwd: site.root }).status).toBe(0);
  expect(runProgram(["check", "posts/a.md", "--strict"], { cwd: site.root }).status).toBe(1);
});

describe("formats", () => {
  const run = (args: readonly string[]) => {
    const site = makeSite({ "posts/a.md": bad });
    return runProgram(["check", ...args], { cwd: site.root });
  };

  test.each([[["--json"]], [["--format", "json"]]])("%j is one object", (args) => {
    const { status, stdout, stderr } = run(args);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({
      diagnostics: [
        {
          code: "post/wrong-date",
          severity: "error",
          file: "posts/a.md",
          line: 3,
          column: 7,
          message: expect.any(String),
          hint: expect.any(String),
        },
      ],
    });
  });

  test.each([
    ["sarif", '"version": "2.1.0"'],
    ["github", "::error file=posts/a.md,line=3,col=7"],
    ["junit", '<testsuites name="feedwright"'],
    ["tap", "TAP version 14"],
  ])("%s", (format, text) => {
    expect(run(["--format", format]).stdout).toContain(text);
  });

  test("an unknown one exits 2 and names the known ones", () => {
    const { status, stderr } = run(["--format", "xml"]);
    expect(status).toBe(2);
    expect(stderr).toContain("human, json, sarif, github, junit, tap");
  });
});

test("many files in one call, without a configuration, made by any program", () => {
  const root = makeFolder();
  writeFiles(root, { "a.xml": channel(""), "b.xml": "<rss", "c.json": "{}" });
  const { status, stdout } = runProgram(["check", "a.xml", "b.xml", "c.json", "--json"], { cwd: root });
  expect(status).toBe(1);
  const files: string[] = JSON.parse(stdout).diagnostics.map(({ file }: { file: string }) => file);
  expect([...new Set(files)].sort()).toEqual(["b.xml", "c.json"]);
});

test("- is standard input", () => {
  const root = makeFolder();
  expect(runProgram(["check", "-"], { cwd: root, input: channel("") })).toMatchObject({ status: 0 });
  const { status, stdout } = runProgram(["check", "-"], { cwd: root, input: "<rss>" });
  expect(status).toBe(1);
  expect(stdout).toMatch(/\n {2}standard input:1:1\n/);
});

test("a folder is its documents, and all of them together; other files are skipped", () => {
  const root = makeFolder();
  const other = item("")
    .replace(">One<", ">Two<")
    .replace("</item>", "<link>https://example.org/2</link></item>");
  const one = item("").replace("</item>", "<link>https://example.org/1</link></item>");
  writeFiles(root, {
    "feeds/a/rss.xml": one,
    "feeds/b/rss.xml": other,
    "feeds/manifest.json": "{}",
    "feeds/data.xml": "<data/>",
  });
  const { status, stdout } = runProgram(["check", "feeds", "--json"], { cwd: root });
  expect(status).toBe(1);
  const found: { code: string; file: string }[] = JSON.parse(stdout).diagnostics;
  expect(found.map(({ code, file }) => `${code} ${file}`)).toContain("set/id-shared feeds/b/rss.xml");
  expect(found.filter(({ file }) => !file.endsWith("rss.xml"))).toEqual([]);
});

test("one broken post does not keep another from being checked alone", () => {
  const site = makeSite({ "posts/a.md": bad, "posts/b.md": post() });
  expect(runProgram(["check", "posts/b.md"], { cwd: site.root })).toMatchObject({
    status: 0,
    stdout: "Nothing found.\n",
  });
  expect(runProgram(["check", "posts/a.md", "posts/b.md"], { cwd: site.root }).status).toBe(1);
});

test.each([
  ["none.xml", "none.xml cannot be read"],
  ["posts/none.md", "posts/none.md cannot be read"],
  ["empty", "There is no feed"],
])("%s: exit 2", (input, message) => {
  const site = makeSite({ "posts/a.md": post(), "empty/x.txt": "x" });
  const { status, stderr } = runProgram(["check", input], { cwd: site.root });
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});

test("the configuration gives severities and ignores", () => {
  const files = {
    "posts/a.md": post({ date: "1985-05-06T07:08:09Z" }),
    "posts/b.md": post({ title: "B", date: "1985-05-07T07:08:09Z" }),
  };
  const site = makeSite(
    files,
    {
      check: {
        severity: { "value/date-implausible": "error" },
        ignore: [
          { code: "value/date-implausible", file: "posts/a.md", reason: "it is that old" },
          { code: "html/relative", file: "posts/b.md", reason: "no longer so" },
        ],
      },
    },
    { sound: false },
  );
  const { status, stdout } = runProgram(["check", "posts/a.md", "posts/b.md", "--json"], { cwd: site.root });
  expect(status).toBe(1);
  const told = JSON.parse(stdout).diagnostics.map(({ code, severity, file }: Record<string, string>) => [
    code,
    severity,
    file,
  ]);
  expect(told).toEqual([
    ["value/date-implausible", "error", "posts/b.md"],
    ["config/unused-ignore", "hint", "feedwright.config.json"],
  ]);
});

test("an ignore needs a reason", () => {
  const site = makeSite({});
  writeFiles(site.root, {
    "feedwright.config.json": JSON.stringify({
      site: { url: "https://x.example/", title: "X" },
      check: { ignore: [{ code: "html/relative", file: "a.md" }] },
    }),
  });
  const { status, stderr } = runProgram(["check"], { cwd: site.root });
  expect(status).toBe(2);
  expect(stderr).toContain("check.ignore[0].reason");
});

test("--profile adds the requirements of a consumer", () => {
  const root = makeFolder();
  writeFiles(root, { "a.xml": item("") });
  const codes = (...args: string[]) =>
    JSON.parse(runProgram(["check", "a.xml", "--json", ...args], { cwd: root }).stdout).diagnostics.map(
      ({ code }: { code: string }) => code,
    );
  expect(codes("--profile", "msn,google")).toContain("profile/msn");
  expect(codes()).not.toContain("profile/msn");
  expect(runProgram(["check", "a.xml", "--profile", "bing"], { cwd: root }).status).toBe(2);
});

describe("--compare", () => {
  const make = () =>
    makeSite({ "posts/a.md": post({ title: "One" }), "posts/b.md": post({ title: "Two" }, "Two.") });

  test("says what is new, edited and gone, and exits 0", () => {
    const site = make();
    runProgram(["build"], { cwd: site.root });
    writeFiles(site.root, {
      "posts/b.md": post({ title: "Two" }, "Changed."),
      "posts/c.md": post({ title: "Three" }, "Third."),
    });
    const { status, stdout } = runProgram(["check", "--compare", "dist"], { cwd: site.root });
    expect(stdout).toBe(
      "new: Three  posts/c.md\nedited: Two  posts/b.md\n1 new, 1 edited, 0 gone, 0 would reappear as new\n",
    );
    expect(status).toBe(0);
  });

  test("exits 1 when something would reappear, with the post that does", () => {
    const site = make();
    runProgram(["build"], { cwd: site.root });
    writeFiles(site.root, { "posts/b.md": post({ title: "Two", id: "urn:x:other" }, "Two.") });
    for (const old of ["dist", "dist/atom.xml"]) {
      const { status, stdout } = runProgram(["check", "--compare", old, "--json"], { cwd: site.root });
      expect(status).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({
        comparison: {
          added: [],
          edited: [],
          gone: [],
          reappearing: [
            { id: "urn:x:other", before: "tag:site.example,2026:b", title: "Two", file: "posts/b.md" },
          ],
        },
        diagnostics: [{ code: "set/id-changed", file: "posts/b.md", line: 4 }],
      });
    }
    const { stdout } = runProgram(["check", "--compare", "dist"], { cwd: site.root });
    expect(stdout).toContain("would reappear as new: Two  posts/b.md");
  });

  test("compares two files made by any program", () => {
    const root = makeFolder();
    writeFiles(root, { "old.xml": item(""), "new.xml": channel("") });
    const { status, stdout } = runProgram(["check", "new.xml", "--compare", "old.xml"], { cwd: root });
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: "gone: One\n0 new, 0 edited, 1 gone, 0 would reappear as new\n",
    });
  });
});

test("an address: private ones only where allowed", async () => {
  const server = createServer((_, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rss.xml`;
  const run = async (...args: string[]) => {
    const child = startProgram(["check", address, ...args], { cwd: makeFolder() });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (said += piece));
    const status = await new Promise((resolve) => child.on("close", resolve));
    return { status, said };
  };
  expect(await run()).toMatchObject({ status: 2, said: expect.stringContaining("--allow-private") });
  expect(await run("--allow-private")).toMatchObject({
    status: 1,
    said: expect.stringContaining("http/status"),
  });
});

describe("explain", () => {
  const run = (...args: string[]) => runProgram(["explain", ...args], { cwd: makeFolder() });

  test("prints the page of a rule, and of what a build says", () => {
    expect(run("rss/guid-missing")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("## Why it matters"),
    });
    expect(run("post/wrong-date").stdout).toMatch(
      /^# post\/wrong-date\n\nA date that does not exist or cannot be read\. Severity: error\./,
    );
    expect(JSON.parse(run("post/wrong-date", "--json").stdout)).toMatchObject({ code: "post/wrong-date" });
  });

  test("lists every code", () => {
    const { status, stdout } = run();
    expect(status).toBe(0);
    expect(stdout).toMatch(/^http\/status +error +An answer that is not the document$/m);
    expect(stdout).toMatch(/^site\/duplicate-id +error /m);
    expect(JSON.parse(run("--json").stdout).codes.length).toBe(stdout.trimEnd().split("\n").length);
  });

  test("an unknown code: exit 2, with the one that was meant", () => {
    const { status, stderr } = run("rss/gid-missing");
    expect(status).toBe(2);
    expect(stderr).toContain("Did you mean rss/guid-missing?");
  });
});

test("the place of a configuration does not matter: posts are found from anywhere", () => {
  const site = makeSite({ "posts/a.md": bad });
  const { status, stdout } = runProgram(["check", "--root", site.root, join(site.root, "posts/a.md")], {
    cwd: makeFolder(),
  });
  expect(status).toBe(1);
  expect(stdout).toMatch(/\n {2}posts\/a\.md:3:7\n/);
  expect(stdout).toContain("3 | date: 2026-02-30");
});
