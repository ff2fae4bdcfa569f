import { cpSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { repositoryRoot, runProgram } from "../support/program.ts";
import { makeFolder, makeSite, post, readTree } from "../support/site.ts";

const now = "2026-11-23T09:00:00Z";

function buildSamples(root: string, env: NodeJS.ProcessEnv): Record<string, string> {
  const { status, stderr } = runProgram(["build", "--now", now, "--out", "dist"], { cwd: root, env });
  expect(stderr).not.toMatch(/\berror\b/);
  expect(status).toBe(0);
  return readTree(join(root, "dist"));
}

/** The sample site in a folder of its own, its files copied in the order that `order` gives. */
function copySamples(order: (names: string[]) => string[]): string {
  const root = makeFolder();
  for (const folder of ["posts", "public"]) {
    mkdirSync(join(root, folder), { recursive: true });
    for (const name of order(readdirSync(join(repositoryRoot, folder)))) {
      cpSync(join(repositoryRoot, folder, name), join(root, folder, name), { recursive: true });
    }
  }
  cpSync(join(repositoryRoot, "feedwright.config.ts"), join(root, "feedwright.config.ts"));
  return root;
}

test("rule 2, F26, F31: time zone, locale, folder order and file times leave no trace in the output", () => {
  const plain = buildSamples(
    copySamples((names) => names.sort()),
    { TZ: "UTC", LANG: "C", LC_ALL: "C" },
  );
  expect(Object.keys(plain)).toEqual(expect.arrayContaining(["rss.xml", "atom.xml", "feed.json"]));
  const reversed = copySamples((names) => names.sort().reverse());
  for (const name of readdirSync(join(reversed, "posts"))) utimesSync(join(reversed, "posts", name), 1, 1);
  expect(buildSamples(reversed, { TZ: "Asia/Tokyo", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" })).toEqual(
    plain,
  );
  const shuffled = copySamples((names) => names.sort((a, b) => ((a.length * 7) % 5) - ((b.length * 7) % 5)));
  expect(buildSamples(shuffled, { TZ: "America/New_York", LANG: "C" })).toEqual(plain);
});

test("F31: a second build writes nothing", async () => {
  const site = makeSite({
    "posts/a.md": post(),
    "posts/b.md": post({ title: "B", date: "2026-02-01T00:00:00Z" }),
  });
  const first = await build(site.config, { now: Date.parse(now) });
  expect(first.files.written).toEqual(["atom.xml", "feed.json", "rss.xml"]);
  const second = await build(site.config, { now: Date.parse(now) });
  expect(second.files).toEqual({ written: [], unchanged: ["atom.xml", "feed.json", "rss.xml"], removed: [] });
});

test("F31: the clock moving on, or back, never changes what is in the feeds already", async () => {
  const site = makeSite({
    "posts/a.md": post(),
    "posts/b.md": post({ title: "B", updated: "2026-03-01T00:00:00Z" }),
  });
  await build(site.config, { now: Date.parse("2026-06-01T00:00:00Z") });
  const before = readTree(site.config.out);
  expect(before["rss.xml"]).toContain("<lastBuildDate>Sun, 01 Mar 2026 00:00:00 GMT</lastBuildDate>");
  for (const later of ["2027-06-01T00:00:00Z", "2026-04-01T00:00:00Z"]) {
    await build(site.config, { now: Date.parse(later) });
    expect(readTree(site.config.out)).toEqual(before);
  }
});

test("the posts folder is read, never written", async () => {
  const site = makeSite({ "posts/a.md": post() });
  const before = readFileSync(join(site.root, "posts/a.md"));
  await build(site.config, { now: Date.parse(now) });
  expect(readFileSync(join(site.root, "posts/a.md"))).toEqual(before);
  writeFileSync(join(site.root, "posts/b.txt"), "not a post");
  expect((await build(site.config, { now: Date.parse(now) })).posts.read).toBe(1);
});
