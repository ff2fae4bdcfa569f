import { spawn, spawnSync } from "node:child_process";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadConfig } from "../../src/config/load-config.ts";
import { type WatchEvent, watch } from "../../src/watch/watch.ts";
import { mainPath } from "../support/program.ts";
import { makeSite, post, siteDefaults, writeFiles } from "../support/site.ts";
import { observe, readTitles, startWatch, Watched } from "./watched.ts";

const three = {
  "posts/a.md": post({ title: "A" }),
  "posts/b.md": post({ title: "B" }),
  "posts/c.md": post({ title: "C" }),
};

/** The program watching, started through a shell that first does something to its surroundings. */
function startThrough(prepare: readonly string[], args: readonly string[], cwd: string): Watched {
  const [program = "", ...rest] = prepare;
  const child = spawn(program, [...rest, process.execPath, mainPath, "watch", "--json", ...args], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return new Watched(child as ConstructorParameters<typeof Watched>[0]);
}

test("F57: a broken post keeps its last good version, says so, and recovers when it is fixed", async () => {
  const site = makeSite(three);
  const watched = await startWatch(site.root);
  writeFiles(site.root, { "posts/b.md": post({ title: "B2", date: "2026-02-30" }) });
  const problem = await watched.next(({ event }) => event === "problem");
  expect(problem.diagnostics).toMatchObject([{ file: "posts/b.md", line: 3 }]);
  writeFiles(site.root, { "posts/a.md": post({ title: "A2" }) });
  await watched.until(() => readTitles(site.root).includes("A2"), "the other post");
  expect(readTitles(site.root)).toEqual(["A2", "B", "C"]);
  const events = watched.events.length;
  writeFiles(site.root, { "posts/b.md": post({ title: "B2" }) });
  await watched.next(({ event, diagnostics }) => event === "built" && diagnostics?.length === 0, events);
  expect(readTitles(site.root)).toEqual(["A2", "B2", "C"]);
  expect(await watched.stop("SIGINT")).toEqual({ code: 0, signal: null });
  expect(watched.events.at(-1)).toEqual({ event: "stopped" });
});

test("a watch that begins with a broken post reports it, writes the others, and adds it when it is fixed; otherwise it ends with 1", async () => {
  const site = makeSite({ ...three, "posts/b.md": "---\ntitle: [\n---\n" });
  const watched = await startWatch(site.root);
  expect(watched.events.some(({ event }) => event === "problem")).toBe(true);
  expect(readTitles(site.root)).toEqual(["A", "C"]);
  writeFiles(site.root, { "posts/b.md": post({ title: "B" }) });
  await watched.until(() => readTitles(site.root).length === 3, "the mended post");
  await watched.next(({ event, diagnostics }) => event === "built" && diagnostics?.length === 0);
  const events = watched.events.length;
  writeFiles(site.root, { "posts/b.md": "---\ntitle: [\n---\n" });
  await watched.next(({ event, diagnostics }) => event === "built" && diagnostics?.length !== 0, events);
  expect((await watched.stop()).code).toBe(1);
});

test("F57: a configuration that changes is a new site in the same process; a broken one is reported and can be fixed", async () => {
  const site = makeSite(three);
  const watched = await startWatch(site.root);
  const write = (text: string) => writeFileSync(join(site.root, "feedwright.config.json"), text);
  write(JSON.stringify({ site: { ...siteDefaults, title: "Another" }, feeds: { formats: ["json", "rss"] } }));
  await watched.until(
    () => !site.list().includes("atom.xml") && site.read("dist/rss.xml").includes("<title>Another</title>"),
    "the new title",
  );
  let events = watched.events.length;
  write('{ "site": { "title": ');
  const problem = await watched.next(({ event }) => event === "problem", events);
  expect(`${problem.message} ${JSON.stringify(problem.diagnostics)}`).toContain("feedwright.config.json");
  // The old site is still kept in step.
  writeFiles(site.root, { "posts/a.md": post({ title: "A2" }) });
  await watched.until(
    () => readTitles(site.root).includes("A2"),
    "an edit under the last good configuration",
  );
  events = watched.events.length;
  write(JSON.stringify({ site: { ...siteDefaults, title: "Mended" }, posts: { dir: "other" } }));
  await watched.next(({ event }) => event === "problem", events);
  writeFiles(site.root, { "other/x.md": post({ title: "X" }) });
  await watched.until(() => readTitles(site.root)[0] === "X", "the posts folder that came late");
  writeFiles(site.root, { "other/x.md": post({ title: "X2" }) });
  await watched.until(() => readTitles(site.root)[0] === "X2", "an edit in the new posts folder");
  expect((await watched.stop()).code).toBe(0);
});

test("F58: the posts folder is removed and made again: nothing is unpublished meanwhile, and edits are seen after", async () => {
  const site = makeSite(three);
  const watched = await startWatch(site.root);
  const seen = observe(join(site.root, "dist/feed.json"), () =>
    expect(readTitles(site.root)).toHaveLength(3),
  );
  const { dir } = site.config.posts;
  for (const round of [1, 2]) {
    const events = watched.events.length;
    renameSync(dir, `${dir}-aside`);
    await watched.next(({ event }) => event === "problem", events);
    renameSync(`${dir}-aside`, dir);
    await watched.until(() => {
      writeFileSync(join(dir, "b.tmp"), post({ title: `B${round}` }));
      renameSync(join(dir, "b.tmp"), join(dir, "b.md"));
      return readTitles(site.root).includes(`B${round}`);
    }, "an edit after the folder is back");
  }
  expect(seen.errors).toEqual([]);
  rmSync(dir, { recursive: true });
  await watched.until(() => watched.events.at(-1)?.event === "problem", "word of the missing folder");
  writeFiles(site.root, { ...three, "posts/d.md": post({ title: "D" }) });
  await watched.until(() => readTitles(site.root).includes("D"), "the folder made anew");
  await watched.stop();
});

const hasNamespaces =
  process.platform === "linux" &&
  spawnWorks("unshare", ["-Ur", "sh", "-c", "echo 1 > /proc/sys/user/max_inotify_watches"]);

test.skipIf(!hasNamespaces)(
  "F59: when the system allows no more watches it says so, looks itself, and sees edits",
  async () => {
    const files = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`posts/f${i}/p${i}.md`, post({ title: `P${i}`, slug: `p${i}` })]),
    );
    const site = makeSite(files);
    const watched = startThrough(
      ["unshare", "-Ur", "sh", "-c", 'echo 10 > /proc/sys/user/max_inotify_watches && exec "$@"', "sh"],
      [],
      site.root,
    );
    const problem = await watched.next(({ event }) => event === "problem");
    expect(problem.message).toContain("no more file watches");
    expect(problem.hint).toContain("--poll");
    writeFiles(site.root, { "posts/f29/p29.md": post({ title: "Seen", slug: "p29" }) });
    await watched.until(
      () => readTitles(site.root).includes("Seen"),
      "an edit in a folder that is not watched",
    );
    expect((await watched.stop()).code).toBe(0);
    expect(watched.events.filter(({ event }) => event === "problem")).toHaveLength(1);
  },
);

test("F60: 3,000 posts with 256 open files allowed", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 3000 }, (_, i) => [
      `posts/f${i % 300}/p${i}.md`,
      post({ title: `P${i}`, slug: `p${i}` }),
    ]),
  );
  const site = makeSite(files, { feeds: { limit: 3000, formats: ["json"] } });
  const watched = startThrough(["sh", "-c", 'ulimit -n 256 && exec "$@"', "sh"], [], site.root);
  await watched.ready();
  expect(readTitles(site.root)).toHaveLength(3000);
  writeFiles(site.root, { "posts/f299/p2999.md": post({ title: "Seen", slug: "p2999" }) });
  await watched.until(() => readTitles(site.root).includes("Seen"), "an edit");
  expect(watched.events.filter(({ event }) => event === "problem")).toEqual([]);
  await watched.stop();
});

test("F61: --poll sees edits, deletions, and pictures", async () => {
  const site = makeSite({
    ...three,
    "posts/a.md": post({ title: "A", attachments: ["a.bin"] }),
    "posts/a.bin": "12345",
  });
  writeFiles(site.root, {
    "posts/a.md": post({ title: "A", attachments: [{ src: "a.bin", type: "audio/mpeg" }] }),
  });
  const watched = await startWatch(site.root, ["--poll", "40"]);
  writeFiles(site.root, { "posts/b.md": post({ title: "B2" }) });
  await watched.until(() => readTitles(site.root).includes("B2"), "an edit");
  rmSync(join(site.config.posts.dir, "c.md"));
  await watched.until(() => readTitles(site.root).length === 2, "a deletion");
  writeFiles(site.root, { "posts/a.bin": "1234567" });
  await watched.until(() => site.read("dist/rss.xml").includes('length="7"'), "another recording");
  writeFiles(site.root, {
    "feedwright.config.json": JSON.stringify({ site: { ...siteDefaults, title: "Another" } }),
  });
  await watched.until(
    () => site.read("dist/rss.xml").includes("<title>Another</title>"),
    "the configuration",
  );
  await watched.stop();
});

test("F68: SIGTERM or SIGINT in the middle of a batch leaves the old set or the new one, and no temporary files", async () => {
  const edition = (n: number) =>
    Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [
        `posts/p${i}.md`,
        post({ title: `Edition ${n}`, slug: `p${i}` }, `Text of ${n}. `.repeat(300)),
      ]),
    );
  const site = makeSite(edition(0));
  for (const [round, signal] of (["SIGTERM", "SIGINT", "SIGTERM", "SIGINT"] as const).entries()) {
    const watched = await startWatch(site.root);
    writeFiles(site.root, edition(round + 1));
    await new Promise((resolve) => setTimeout(resolve, 60 + round * 25));
    expect(await watched.stop(signal)).toEqual({ code: 0, signal: null });
    expect(watched.events.at(-1)).toEqual({ event: "stopped" });
    const editions = ["rss.xml", "atom.xml", "feed.json"].map((name) =>
      [...new Set(site.read(`dist/${name}`).match(/Edition \d+/g))].join(),
    );
    expect(new Set(editions).size).toBe(1);
    expect(editions[0]).toContain("Edition");
    expect(readdirSync(site.config.out).filter((name) => name.startsWith("."))).toEqual([]);
    expect(readdirSync(join(site.root, ".feedwright"))).not.toContain("lock");
  }
});

test("a scheduled post comes and an expired one goes when their time has come, with no file touched", async () => {
  const soon = (ms: number) => new Date(Date.now() + ms).toISOString();
  const site = makeSite({
    ...three,
    "posts/next.md": post({ title: "Next", date: soon(2500) }),
    "posts/b.md": post({ title: "B", expires: soon(3500) }),
  });
  const watched = await startWatch(site.root);
  expect(readTitles(site.root)).toEqual(["A", "B", "C"]);
  await watched.until(() => readTitles(site.root).includes("Next"), "the scheduled post");
  await watched.until(() => !readTitles(site.root).includes("B"), "the expiry");
  expect(readTitles(site.root)).toEqual(["Next", "A", "C"]);
  await watched.stop();
});

test("--exec runs after each change, with the names of what was written and removed", async () => {
  const site = makeSite(three);
  const watched = await startWatch(site.root, [
    "--exec",
    'printf "%s|%s\\n" "$(echo $FEEDWRIGHT_WRITTEN)" "$FEEDWRIGHT_OUT" >> told.txt',
  ]);
  await watched.until(
    () => site.list().length > 0 && readFileSyncOr(join(site.root, "told.txt")).split("\n").length === 2,
    "the first run",
  );
  writeFiles(site.root, { "posts/a.md": post({ title: "A2" }) });
  await watched.until(
    () => readFileSyncOr(join(site.root, "told.txt")).split("\n").length === 3,
    "the second run",
  );
  const [first, second] = readFileSyncOr(join(site.root, "told.txt")).split("\n");
  expect(first).toContain("atom.xml");
  expect(second).toMatch(/atom\.xml feed\.json .*rss\.xml\|.*dist$/);
  await watched.stop();
});

test("library: watch() is an async iterable, and leaving the loop stops it", async () => {
  const site = makeSite(three);
  const told: WatchEvent["event"][] = [];
  for await (const event of watch(() => loadConfig({ root: site.root }))) {
    told.push(event.event);
    if (event.event === "ready") writeFiles(site.root, { "posts/a.md": post({ title: "A2" }) });
    if (readTitles(site.root).includes("A2")) break;
  }
  expect(told).toEqual(["built", "ready", "built"]);
  writeFiles(site.root, { "posts/a.md": post({ title: "A3" }) });
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(readTitles(site.root)).toContain("A2");
});

test("library: a signal ends the watch, and a configuration that cannot be loaded at the start is thrown", async () => {
  const site = makeSite(three);
  const controller = new AbortController();
  let last = "";
  for await (const { event } of watch(() => loadConfig({ root: site.root }), { signal: controller.signal })) {
    last = event;
    if (event === "ready") controller.abort();
  }
  expect(last).toBe("stopped");
  const missing = watch(() => loadConfig({ root: join(site.root, "posts") }));
  await expect(missing[Symbol.asyncIterator]().next()).rejects.toMatchObject({ name: "Failure" });
});

test("a posts folder that is a link, and a configuration file elsewhere, are watched", async () => {
  const site = makeSite({});
  rmSync(join(site.root, "posts"), { recursive: true });
  writeFiles(site.root, { "real/in/a.md": post({ title: "A" }) });
  symlinkSync(join(site.root, "real"), join(site.root, "posts"));
  mkdirSync(join(site.root, "settings"));
  renameSync(join(site.root, "feedwright.config.json"), join(site.root, "settings/site.json"));
  const watched = await startWatch(site.root, ["--root", ".", "--config", "settings/site.json"]);
  writeFiles(site.root, { "real/in/a.md": post({ title: "A2" }) });
  await watched.until(() => readTitles(site.root).includes("A2"), "an edit behind the link");
  writeFiles(site.root, {
    "settings/site.json": JSON.stringify({ site: { ...siteDefaults, title: "Another" } }),
  });
  await watched.until(
    () => site.read("dist/rss.xml").includes("<title>Another</title>"),
    "the configuration",
  );
  await watched.stop();
});

function readFileSyncOr(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function spawnWorks(program: string, args: readonly string[]): boolean {
  const { status } = spawnSync(program, args, { stdio: "ignore" });
  return status === 0;
}
