import { utimesSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { build } from "../../src/build.ts";
import { FileReader } from "../../src/files/file-reader.ts";
import { runProgram } from "../support/program.ts";
import { makeSite, post, writeFiles } from "../support/site.ts";

const loaded = vi.hoisted(() => ({ times: 0 }));
vi.mock(import("../../src/site/update.ts"), async (load) => {
  loaded.times += 1;
  return await load();
});

const now = Date.parse("2026-11-23T09:00:00Z");
const names = ["a", "b", "c"];
const files = Object.fromEntries(
  names.map((name) => [`posts/${name}.md`, post({ title: name }, `Text of ${name}.`)]),
);

/** A post that was written this long ago is taken as it stands. Milliseconds. */
const settle = () => wait(40);

test("nothing changed: what makes documents is not even loaded, and the result is that of any build", async () => {
  const { config, root } = makeSite(files);
  await settle();
  expect(runProgram(["build", "--now", new Date(now).toISOString()], { cwd: root }).status).toBe(0);
  const unchanged = await build(config, { now });
  expect(loaded.times).toBe(0);
  writeFiles(root, { "posts/a.md": post({ title: "a" }, "Edited.") });
  const edited = await build(config, { now });
  expect(loaded.times).toBe(1);
  expect(unchanged.files.unchanged).toEqual([...edited.files.unchanged, ...edited.files.written].sort());
  expect(unchanged.posts).toEqual(edited.posts);
});

test("other times on all files and nothing else: they are read once, not again by every later build", async () => {
  const { config, root } = makeSite(files);
  await settle();
  await build(config, { now });
  for (const name of names) utimesSync(join(root, "posts", `${name}.md`), 1_700_000_000, 1_700_000_000);
  await settle();
  const read = vi.spyOn(FileReader.prototype, "read");
  const first = await build(config, { now });
  expect(read.mock.calls.map(([file]) => file).sort()).toEqual(names.map((name) => `${name}.md`));
  read.mockClear();
  const second = await build(config, { now });
  expect(read).not.toHaveBeenCalled();
  expect({ ...second, ms: 0 }).toEqual({ ...first, ms: 0 });
  read.mockRestore();
});
