import { expect, test } from "vitest";
import { resolveConfig } from "../../src/config/resolve-config.ts";
import { parseDuration, parseGitBranch, parseGitRemote, parsePrefix } from "../../src/config/values.ts";
import type { PublishConfig } from "../../src/model/config.ts";

const site = { url: "https://kabar.example/", title: "Kabar" };
const root = "/home/sari/kabar";

function publishOf(publish: unknown): PublishConfig {
  const { config, diagnostics } = resolveConfig({ site, publish }, { root });
  if (!config) throw new Error(JSON.stringify(diagnostics));
  return config.publish;
}

function refusalsOf(publish: unknown): string {
  const { config, diagnostics } = resolveConfig({ site, publish }, { root });
  expect(config).toBeUndefined();
  return diagnostics.map((each) => `${each.message} ${each.hint}`).join("\n");
}

test("each target is completed with its defaults", () => {
  expect(publishOf({ target: { type: "git", branch: "gh-pages" } }).target).toEqual({
    type: "git",
    remote: "origin",
    branch: "gh-pages",
    prefix: "",
  });
  expect(publishOf({ target: { type: "s3", bucket: "feeds", prefix: "/blog" } }).target).toEqual({
    type: "s3",
    bucket: "feeds",
    region: "us-east-1",
    prefix: "blog/",
    cacheControl: "public, max-age=900",
  });
  expect(publishOf({ target: { type: "command", run: ["rsync", "-a"] } }).target).toEqual({
    type: "command",
    run: ["rsync", "-a"],
    timeoutMs: 600_000,
    remember: false,
  });
  expect(publishOf({ target: { type: "directory", path: "../public" } }).target).toEqual({
    type: "directory",
    path: "/home/sari/public",
  });
  expect(publishOf({ verify: false }).verify).toBe(false);
  expect(publishOf({ verify: { timeout: "90s" } }).verify).toEqual({ timeoutMs: 90_000 });
});

test.each([
  [{ target: { type: "ftp" } }, /"directory", "git", "s3" and "command"/],
  [{ target: "gh-pages" }, /a target such as/],
  [{ target: { type: "git", branch: "gh-pages", token: "x" } }, /token/],
  [{ target: { type: "command", run: [] } }, /name of a program/],
  [{ target: { type: "directory", path: "dist" } }, /apart from the posts and the output folder/],
  [{ target: { type: "directory", path: "." } }, /apart from the posts and the output folder/],
  [{ verify: { timeout: "soon" } }, /such as "90s"/],
  [{ indexnow: { key: "short" } }, /8 to 128/],
  [{ guard: { maxNew: 0 } }, /whole number/],
  [{ target: { type: "git", branch: "x", author: "Kabar" } }, /a name with an address/],
  [
    { target: { type: "git", branch: "x", author: "Kabar <a@b.example>\nX <c@d.example>" } },
    /a name with an address/,
  ],
  [{ target: { type: "git", branch: "x", message: "a\nb" } }, /one line/],
])("%j is a problem that says what to write", (publish, message) => {
  expect(refusalsOf(publish)).toMatch(message);
});

test.each([
  "ext::sh -c touch% /tmp/x",
  "EXT::x",
  "--upload-pack=touch x",
  "-oProxyCommand=x",
  "fd::7",
  "ssh://-oProxyCommand=x/repo",
  "ssh://-oProxyCommand=x@host/repo",
  "-x@host:repo",
  "host:-repo",
  "git@-host:repo",
  "https://user:secret@host/repo",
  "https://token@host/repo",
  "javascript://x/",
  "git@host:a\nb",
  "",
  7,
])("F80: the remote %j is refused", (remote) => {
  expect(parseGitRemote(remote)).toBeUndefined();
});

test.each([
  "origin",
  "https://git.example/site.git",
  "ssh://git@git.example:2222/site.git",
  "git@git.example:site.git",
  "/srv/site.git",
  "../site.git",
  "file:///srv/site.git",
])("the remote %j is fine", (remote) => {
  expect(parseGitRemote(remote)).toBe(remote);
});

test.each([
  "--receive-pack=x",
  "-b",
  "a..b",
  "a b",
  "a~1",
  "a:b",
  "+a",
  "a.lock",
  "a/.b",
  "a/",
  "HEAD",
  "refs/heads/x",
  "a@{1}",
  "",
  null,
])("F80: the branch %j is refused", (branch) => {
  expect(parseGitBranch(branch)).toBeUndefined();
});

test("durations, prefixes and branches are read", () => {
  expect([parseDuration("90s"), parseDuration("5m"), parseDuration("250ms"), parseDuration("1d")]).toEqual([
    90_000,
    300_000,
    250,
    undefined,
  ]);
  expect([parsePrefix("/a//b/"), parsePrefix(""), parsePrefix("../x"), parsePrefix("a/.git")]).toEqual([
    "a/b/",
    "",
    undefined,
    undefined,
  ]);
  expect(parseGitBranch("feature/gh-pages_2")).toBe("feature/gh-pages_2");
});

test("the author and the message of git's commits are read", () => {
  const target = {
    type: "git",
    branch: "gh-pages",
    author: " Kabar Pesisir <feeds@kabar.example>",
    message: "Feeds",
  };
  expect(publishOf({ target }).target).toMatchObject({
    author: { name: "Kabar Pesisir", email: "feeds@kabar.example" },
    message: "Feeds",
  });
});
