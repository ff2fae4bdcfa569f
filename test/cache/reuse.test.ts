import {
  appendFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import type { Config } from "../../src/model/config.ts";
import { makeSite, post, readTree, writeFiles } from "../support/site.ts";

const now = Date.parse("2026-11-23T09:00:00Z");
const edit = (name: string, text: string) => ({
  [`posts/${name}.md`]: post({ title: name, slug: name }, text),
});
const files = Object.assign({}, ...Array.from({ length: 10 }, (_, i) => edit(`p${i}`, `Text of p${i}.`)));

/** A site that tells what it renders. */
function makeCounting(extra: Readonly<Record<string, string>> = {}): {
  site: ReturnType<typeof makeSite>;
  config: Config;
  rendered: string[];
} {
  const site = makeSite({ ...files, ...extra });
  const rendered: string[] = [];
  const render = (body: string, { file }: { file: string }) => {
    rendered.push(file);
    return `<p>${body.trim()}</p>`;
  };
  return { site, config: { ...site.config, markdown: { ...site.config.markdown, render } }, rendered };
}

/** Gives all posts one time, seconds since the epoch. */
function age(root: string, seconds: number): void {
  for (const name of readdirSync(join(root, "posts")))
    utimesSync(join(root, "posts", name), seconds, seconds);
}

test("nothing changed: nothing is rendered; one edit: one post is; a new time on a file: none", async () => {
  const { site, config, rendered } = makeCounting();
  await build(config, { now });
  expect(rendered).toHaveLength(10);
  rendered.length = 0;
  await build(config, { now });
  expect(rendered).toEqual([]);
  writeFiles(site.root, edit("p4", "Edited."));
  await build(config, { now });
  expect(rendered.map((file) => file.replace(/^posts\//, ""))).toEqual(["p4.md"]);
  expect(site.read("dist/rss.xml")).toContain("Edited.");
  rendered.length = 0;
  age(site.root, 1_700_000_000);
  expect((await build(config, { now })).files.written).toEqual([]);
  rmSync(config.out, { recursive: true });
  await build(config, { now });
  expect(rendered).toEqual([]);
  expect(site.read("dist/rss.xml")).toContain("Edited.");
});

test("a checkout changes time and inode of every file: content decides", async () => {
  const { site, config, rendered } = makeCounting();
  await build(config, { now });
  rendered.length = 0;
  rmSync(join(site.root, "posts"), { recursive: true });
  writeFiles(site.root, { ...files, ...edit("p7", "Text of P7.") });
  age(site.root, 1_600_000_000);
  await build(config, { now });
  expect(rendered).toHaveLength(1);
  expect(site.read("dist/rss.xml")).toContain("Text of P7.");
});

test("an edit of the same size is seen, within the same tick of the clock too", async () => {
  const { site, config } = makeCounting();
  for (let round = 0; round < 20; round += 1) {
    writeFiles(site.root, edit("p1", `Text ${String(round).padStart(4, "0")}.`));
    await build(config, { now });
    expect(site.read("dist/rss.xml")).toContain(`Text ${String(round).padStart(4, "0")}.`);
  }
});

test("an edit of the same size in the same file, with its time put back, is seen", async () => {
  const { site, config } = makeCounting();
  age(site.root, 1_700_000_000);
  await build(config, { now });
  writeFiles(site.root, edit("p1", "Text of q1."));
  age(site.root, 1_700_000_000);
  await build(config, { now });
  expect(site.read("dist/rss.xml")).toContain("Text of q1.");
});

test("another configuration, another key of its functions, and drafts do not share a cache", async () => {
  const { config, rendered, site } = makeCounting({ "posts/d.md": post({ title: "Draft", draft: true }) });
  await build(config, { now });
  rendered.length = 0;
  await build({ ...config, markdown: { ...config.markdown, key: "2" } }, { now });
  expect(rendered).toHaveLength(10);
  await build(config, { now, drafts: true });
  expect(site.read("dist/rss.xml")).toContain("Draft");
  await build(config, { now });
  expect(site.read("dist/rss.xml")).not.toContain("Draft");
});

test("a snapshot of another form is not used", async () => {
  const { config, rendered, site } = makeCounting();
  await build(config, { now });
  rendered.length = 0;
  const path = join(site.root, ".feedwright/cache/snapshot");
  const bytes = readFileSync(path);
  bytes.write("feedwright cache 9\n", 0, "latin1");
  writeFileSync(path, bytes);
  await build(config, { now });
  expect(rendered).toHaveLength(10);
});

test("a log whose end was torn off is appended to, and read rightly", async () => {
  const { site, config, rendered } = makeCounting();
  await build(config, { now });
  const cache = join(site.root, ".feedwright/cache");
  appendFileSync(
    join(cache, readdirSync(cache).find((name) => name.startsWith("entries-")) ?? ""),
    "half a record",
  );
  rendered.length = 0;
  writeFiles(site.root, edit("p3", "Edited."));
  await build(config, { now });
  rmSync(config.out, { recursive: true });
  await build(config, { now });
  expect(rendered).toHaveLength(1);
  expect(site.read("dist/rss.xml")).toContain("Edited.");
});

test("what is dead in the log does not pile up, and what is alive is not made again for that", async () => {
  const { site, config, rendered } = makeCounting();
  const cache = join(site.root, ".feedwright/cache");
  const text = "x".repeat(1 << 20);
  for (let round = 0; round < 40; round += 1) {
    writeFiles(site.root, edit("p3", `${round} ${text}`));
    await build(config, { now });
  }
  const size = readdirSync(cache).reduce((sum, name) => sum + statSync(join(cache, name)).size, 0);
  expect(size).toBeLessThan(50 << 20);
  expect(rendered).toHaveLength(10 + 39);
  const before = readTree(config.out);
  rmSync(cache, { recursive: true });
  rmSync(config.out, { recursive: true });
  await build(config, { now });
  expect(readTree(config.out)).toEqual(before);
});

test("a few edits are kept beside the snapshot, many in a new one; either way the next run reads and renders nothing", async () => {
  const many = (text: string, from: number) =>
    Object.assign(
      {},
      ...Array.from({ length: 300 - from }, (_, i) => edit(`m${i + from}`, `${text} of m${i + from}.`)),
    );
  const { site, config, rendered } = makeCounting(many("Text", 0));
  const cache = join(site.root, ".feedwright/cache");
  const list = () => readdirSync(cache).filter((name) => !name.startsWith("entries-"));
  const inode = () => statSync(join(cache, "snapshot")).ino;
  const expectKept = async (text: string) => {
    rendered.length = 0;
    rmSync(config.out, { recursive: true });
    await build(config, { now });
    expect(rendered).toEqual([]);
    expect(site.read("dist/rss.xml")).toContain(text);
    const before = readTree(config.out);
    await build(config, { now, cache: false });
    expect(readTree(config.out)).toEqual(before);
  };
  // Of files written a moment ago the next run looks at the text again: here that would be many changes.
  await setTimeout(60);
  await build(config, { now });
  const [first, whole] = [inode(), list()];
  expect(whole).toEqual(["snapshot"]);
  for (const text of ["Once.", "Twice."]) {
    writeFiles(site.root, edit("m0", text));
    rmSync(join(site.root, "posts/p9.md"), { force: true });
    await build(config, { now });
  }
  expect(inode()).toBe(first);
  expect(list()).toHaveLength(2);
  await expectKept("Twice.");
  writeFiles(site.root, many("Other text", 10));
  await build(config, { now });
  expect(list()).toEqual(["snapshot"]);
  await expectKept("Twice.");
});

test("a file name with a line break in it costs the cache, not the output", async () => {
  const { site, config } = makeCounting({
    "posts/two\nlines.md": post({ title: "Two lines", slug: "two-lines" }),
  });
  for (const text of ["One.", "Two."]) {
    writeFiles(site.root, edit("p1", text));
    await build(config, { now, keepGoing: true });
    const tree = readTree(config.out);
    await build(config, { now, keepGoing: true, cache: false });
    expect(readTree(config.out)).toEqual(tree);
    expect(tree["rss.xml"]).toContain(text);
  }
});
