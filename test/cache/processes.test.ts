import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { mainPath, runProgram, startProgram } from "../support/program.ts";
import { makeSite, post, readTree, writeFiles } from "../support/site.ts";

const now = "2026-11-23T09:00:00Z";
const names = Array.from({ length: 10 }, (_, i) => `p${i}`);
const makeFiles = (text: string) =>
  Object.fromEntries(names.map((name) => [`posts/${name}.md`, post({ title: name, slug: name }, text)]));

test("processes at once share the cache: each ends well, and the output is right", async () => {
  const site = makeSite(makeFiles("Text."));
  for (let round = 0; round < 2; round += 1) {
    writeFiles(site.root, { "posts/p2.md": post({ title: `round ${round}`, slug: "p2" }) });
    const ends = await Promise.all(
      Array.from({ length: 4 }, () => {
        const child = startProgram(["build", "--now", now], { cwd: site.root });
        return new Promise((resolve) => child.on("exit", (code, signal) => resolve([code, signal])));
      }),
    );
    expect(ends).toEqual(Array.from({ length: 4 }, () => [0, null]));
    expect(site.read("dist/rss.xml")).toContain(`round ${round}`);
  }
  const before = readTree(site.config.out);
  rmSync(join(site.root, ".feedwright"), { recursive: true });
  await build(site.config, { now: Date.parse(now) });
  expect(readTree(site.config.out)).toEqual(before);
});

test("F64: kill -9 while the cache is being written costs time, never truth", async () => {
  const site = makeSite(makeFiles("Text."));
  for (let round = 0; round < 6; round += 1) {
    const title = `round ${round}`;
    writeFiles(site.root, { "posts/p2.md": post({ title, slug: "p2" }) });
    const child = startProgram(["build", "--now", now], { cwd: site.root });
    const ended = new Promise((resolve) => child.on("exit", resolve));
    // The cache is written last: kill once the documents are there.
    const deadline = performance.now() + 5000;
    const path = join(site.config.out, "rss.xml");
    while (!(existsSync(path) && site.read("dist/rss.xml").includes(title)) && performance.now() < deadline)
      await sleep(1);
    if (round > 2) await sleep(round - 2);
    child.kill("SIGKILL");
    await ended;
    const again = runProgram(["build", "--now", now, "--json"], { cwd: site.root });
    expect(again.status).toBe(0);
    expect(JSON.parse(again.stdout).posts.published).toBe(10);
    expect(site.read("dist/rss.xml")).toContain(title);
  }
  const strays = readdirSync(join(site.root, ".feedwright/cache")).filter((name) => name.startsWith("."));
  expect(strays).toEqual([]);
});

test("a cache that cannot be written costs speed alone", async () => {
  const site = makeSite(makeFiles("Text."));
  writeFiles(site.root, { ".feedwright/cache": "a file where the folder should be" });
  expect((await build(site.config, { now: Date.parse(now) })).ok).toBe(true);
  writeFiles(site.root, { "posts/p3.md": post({ title: "Edited", slug: "p3" }) });
  expect((await build(site.config, { now: Date.parse(now) })).ok).toBe(true);
  expect(site.read("dist/rss.xml")).toContain("Edited");
});

/** Runs a shell script that may mount a small disk. */
function runMounting(script: string, cwd: string) {
  return spawnSync("unshare", ["-Urm", "sh", "-c", script, process.execPath, mainPath], {
    cwd,
    encoding: "utf8",
  });
}
const mount = "mount -t tmpfs -o size=64k none";
const canMount = process.platform === "linux" && runMounting(`${mount} /mnt`, "/").status === 0;

test.skipIf(!canMount)("F62: a disk that is full where the cache stands costs speed alone", () => {
  const site = makeSite(makeFiles("Text. ".repeat(3000)));
  mkdirSync(join(site.root, ".feedwright/cache"), { recursive: true });
  writeFileSync(join(site.root, "head"), "---\ndate: 2026-01-01T00:00:00Z\nslug: p0\n");
  const script = `${mount} .feedwright/cache || exit 9
    for n in 1 2 3; do
      "$0" "$1" build --quiet --now ${now} || exit 1
      { cat head; printf -- 'title: Edit %s\\n---\\nText.\\n' $n; } > posts/p0.md
    done
    "$0" "$1" build --quiet --now ${now}`;
  const { status, stderr } = runMounting(script, site.root);
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(site.read("dist/rss.xml")).toContain("Edit 3");
  expect(site.read("dist/rss.xml").match(/<item>/g)).toHaveLength(10);
});
