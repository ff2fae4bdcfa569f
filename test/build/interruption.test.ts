import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { runProgram, startProgram } from "../support/program.ts";
import { listFiles, makeSite, post, writeFiles } from "../support/site.ts";

const now = "2026-11-23T09:00:00Z";

/** A site whose documents say which edition of the posts they come from. */
function writeEdition(root: string, edition: number, count: number): void {
  const files: Record<string, string> = {};
  for (let i = 0; i < count; i += 1) {
    files[`posts/p${i}.md`] = post(
      { title: `Edition ${edition} of ${i}`, slug: `p${i}` },
      `Body of edition ${edition}. `.repeat(200),
    );
  }
  writeFiles(root, files);
}

/** The edition a document shows; fails when it is torn or mixes two. */
function readEdition(text: string): string {
  const editions = new Set([...text.matchAll(/Edition (\d+) of/g)].map((match) => match[1]));
  expect([...editions].length).toBe(1);
  expect(text.trimEnd().slice(-1)).toMatch(/[>}]/);
  return [...editions][0] ?? "";
}

async function endOf(
  child: ReturnType<typeof startProgram>,
): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve) => child.on("exit", (code, signal) => resolve({ code, signal })));
}

test("F64: killed at any moment, every document is the old or the new one, and the next build is whole", async () => {
  const site = makeSite({});
  writeEdition(site.root, 0, 40);
  runProgram(["build", "--now", now], { cwd: site.root });
  for (let round = 1; round <= 6; round += 1) {
    writeEdition(site.root, round, 40);
    const child = startProgram(["build", "--now", now], { cwd: site.root });
    setTimeout(() => child.kill("SIGKILL"), 90 + round * 45);
    await endOf(child);
    for (const name of ["rss.xml", "atom.xml", "feed.json"]) readEdition(site.read(`dist/${name}`));
  }
  const last = runProgram(["build", "--now", now, "--json"], { cwd: site.root });
  expect(last.status).toBe(0);
  for (const name of ["rss.xml", "atom.xml", "feed.json"])
    expect(readEdition(site.read(`dist/${name}`))).toBe("6");
  expect(listFiles(site.config.out)).toEqual(["atom.xml", "feed.json", "rss.xml"]);
});

test("F68: SIGTERM and SIGINT leave the old set or the new one, and no strays", async () => {
  const site = makeSite({});
  writeEdition(site.root, 0, 200);
  runProgram(["build", "--now", now], { cwd: site.root });
  for (const [round, signal] of (["SIGTERM", "SIGINT", "SIGTERM", "SIGINT"] as const).entries()) {
    writeEdition(site.root, round + 1, 200);
    const child = startProgram(["build", "--now", now], { cwd: site.root });
    setTimeout(() => child.kill(signal), 120 + round * 30);
    await endOf(child);
    const editions = ["rss.xml", "atom.xml", "feed.json"].map((name) =>
      readEdition(site.read(`dist/${name}`)),
    );
    expect(new Set(editions).size).toBe(1);
    expect(readdirSync(site.config.out).sort()).toEqual(["atom.xml", "feed.json", "rss.xml"]);
  }
});

test("F63: who reads while a build writes sees the old document or the new one, never half", async () => {
  const site = makeSite({});
  writeEdition(site.root, 0, 40);
  runProgram(["build", "--now", now], { cwd: site.root });
  let stop = false;
  const reading = (async () => {
    let reads = 0;
    while (!stop) {
      readEdition(readFileSync(join(site.config.out, "rss.xml"), "utf8"));
      reads += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return reads;
  })();
  for (let round = 1; round <= 3; round += 1) {
    writeEdition(site.root, round, 40);
    await endOf(startProgram(["build", "--now", now], { cwd: site.root }));
  }
  stop = true;
  expect(await reading).toBeGreaterThan(20);
});

test("F65: builders at the same time take turns; the result is whole, and no lock stays behind", async () => {
  const site = makeSite({});
  writeEdition(site.root, 1, 20);
  const ends = await Promise.all(
    Array.from({ length: 6 }, () => endOf(startProgram(["build", "--now", now], { cwd: site.root }))),
  );
  expect(ends.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0]);
  for (const name of ["rss.xml", "atom.xml", "feed.json"]) readEdition(site.read(`dist/${name}`));
  expect(listFiles(site.config.out)).toEqual(["atom.xml", "feed.json", "rss.xml"]);
  expect(readdirSync(join(site.root, ".feedwright"))).not.toContain("lock");
});

test("F65: a lock whose owner is dead is taken over", async () => {
  const site = makeSite({ "posts/a.md": post() });
  const dead = startProgram(["--version"], { cwd: site.root });
  await endOf(dead);
  const { hostname } = await import("node:os");
  writeFiles(site.root, { ".feedwright/lock": JSON.stringify({ pid: dead.pid, host: hostname() }) });
  expect((await build(site.config, { now: Date.parse(now) })).ok).toBe(true);
});

test("F66: an output folder that cannot be is one clear error and exit 2", () => {
  const site = makeSite({ "posts/a.md": post() });
  writeFileSync(join(site.root, "dist"), "a file");
  const { status, stderr } = runProgram(["build"], { cwd: site.root });
  expect(status).toBe(2);
  expect(stderr).toMatch(/Cannot write .*dist: there is a file where a folder should be/);
  expect(stderr).not.toMatch(/at .*\.js:\d+/);
});
