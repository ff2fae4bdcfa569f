import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { maxPostBytes } from "../../src/posts/folder/refuse-file.ts";
import { mainPath, runProgram } from "../support/program.ts";
import { makeFolder, writeFiles } from "../support/site.ts";

const config = JSON.stringify({
  site: { url: "https://example.org/", title: "T", authority: "example.org,2026" },
  page: false,
});
const post = (title: string): string => `---\ntitle: ${title}\ndate: 2026-03-01T09:30:00Z\n---\n\nText.\n`;
/** The superuser may read everything: the program runs as nobody then. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const now = "2026-06-01T00:00:00Z";

test("a file too large for a post is reported in the same way, whether it is found by opening it or by its stamp", () => {
  const root = makeFolder();
  const large = `${post("Large")}${"x".repeat(maxPostBytes)}`;
  writeFiles(root, { "feedwright.config.json": config, "posts/a.md": post("A"), "posts/large.md": large });
  const build = () => {
    const { posts, diagnostics } = JSON.parse(
      runProgram(["build", "--keep-going", "--json", "--now", now], { cwd: root }).stdout,
    );
    return { posts, diagnostics };
  };
  const cold = build();
  expect(cold.posts).toMatchObject({ published: 1, failed: 1 });
  expect(cold.diagnostics).toMatchObject([{ code: "file/too-large", file: "posts/large.md" }]);
  writeFiles(root, { "posts/b.md": post("B").replace("09:30", "09:31") });
  expect(build().diagnostics).toEqual(cold.diagnostics);
  rmSync(join(root, "posts/large.md"));
  expect(build().diagnostics).toEqual([]);
});

test("F58: posts in a folder that must not be looked into are not taken for gone while a site is watched", async () => {
  const root = makeFolder();
  writeFiles(root, { "feedwright.config.json": config, "posts/a.md": post("A"), "posts/in/b.md": post("B") });
  chmodSync(root, 0o777);
  const titles = () =>
    JSON.parse(readFileSync(join(root, "dist/feed.json"), "utf8")).items.map(
      ({ title }: { title: string }) => title,
    );
  const watcher = spawn(process.execPath, [mainPath, "watch", "--json", "--now", now], {
    cwd: root,
    ...user,
  });
  let told = "";
  watcher.stdout.on("data", (text) => {
    told += text;
  });
  await vi.waitFor(() => expect(told).toContain('"ready"'), 10_000);
  expect(titles()).toEqual(["A", "B"]);
  chmodSync(join(root, "posts/in"), 0o000);
  writeFiles(root, { "posts/new/c.md": post("C") });
  await vi.waitFor(() => expect(titles()).toContain("C"), 10_000);
  chmodSync(join(root, "posts/in"), 0o755);
  expect(titles().sort()).toEqual(["A", "B", "C"]);
  expect(told).toContain('"code":"file/unreadable"');
  watcher.kill("SIGTERM");
  await once(watcher, "exit");
});

test("a post that must not be read is an error, and is not taken for one that is gone", () => {
  const root = makeFolder();
  writeFiles(root, { "feedwright.config.json": config, "posts/a.md": post("A"), "posts/b.md": post("B") });
  chmodSync(root, 0o777);
  chmodSync(join(root, "posts/b.md"), 0o000);
  const { status, stdout } = spawnSync(process.execPath, [mainPath, "build", "--json", "--now", now], {
    cwd: root,
    encoding: "utf8",
    ...user,
  });
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    posts: { published: 1, failed: 1 },
    diagnostics: [{ code: "file/unreadable", severity: "error", file: "posts/b.md" }],
  });
});
