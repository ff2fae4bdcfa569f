import { setTimeout as wait } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { build } from "../../src/build.ts";
import { FileReader } from "../../src/files/file-reader.ts";
import { Site } from "../../src/site/site.ts";
import { commitAll, git } from "../support/git.ts";
import { makeSite, post, writeFiles } from "../support/site.ts";

const loaded = vi.hoisted(() => ({ times: 0 }));
vi.mock(import("../../src/posts/folder/git-dates.ts"), async (load) => {
  const real = await load();
  return {
    ...real,
    readGitDates: (...args) => {
      loaded.times += 1;
      return real.readGitDates(...args);
    },
  };
});

const now = Date.parse("2026-11-23T09:00:00Z");
const at = (day: number) => Date.UTC(2026, 2, day);
/** A post that was written this long ago is taken as it stands. Milliseconds. */
const settle = () => wait(40);

/** A site whose posts were committed on the first of March, built. */
async function makeBuiltSite() {
  const site = makeSite(
    {
      "posts/a.md": post({ title: "A" }),
      "posts/b.md": post({ title: "B" }),
      ".gitignore": "dist\n.feedwright\n",
    },
    { dates: { updated: "git" } },
  );
  git(site.root, ["init", "-q"]);
  commitAll(site.root, at(1));
  await settle();
  await build(site.config, { now });
  const updatedOf = (title: string): number => {
    const { items } = JSON.parse(site.read("dist/feed.json")) as {
      items: { title: string; date_modified: string }[];
    };
    return Date.parse(items.find((item) => item.title === title)?.date_modified ?? "");
  };
  expect([updatedOf("A"), updatedOf("B")]).toEqual([at(1), at(1)]);
  loaded.times = 0;
  return { ...site, updatedOf };
}

test("with dates from Git, a build of an unchanged site asks for no dates and reads no post", async () => {
  const { config } = await makeBuiltSite();
  const read = vi.spyOn(FileReader.prototype, "read");
  const { files } = await build(config, { now });
  expect([files.written, files.removed, loaded.times]).toEqual([[], [], 0]);
  expect(read).not.toHaveBeenCalled();
  read.mockRestore();
});

test("a commit that leaves the files as they were built changes their dates", async () => {
  const { config, root, updatedOf } = await makeBuiltSite();
  writeFiles(root, { "posts/a.md": post({ title: "A2" }) });
  await settle();
  await build(config, { now });
  expect(updatedOf("A2")).toBe(at(1));
  expect((await build(config, { now })).files.written).toEqual([]);
  commitAll(root, at(5));
  await build(config, { now });
  expect([updatedOf("A2"), updatedOf("B")]).toEqual([at(5), at(1)]);
  git(root, ["commit", "-q", "--amend", "--no-edit"], at(6));
  await build(config, { now });
  expect([updatedOf("A2"), updatedOf("B")]).toEqual([at(6), at(1)]);
});

test("after an edit, only that post is read again; after a commit, all are asked for their dates", async () => {
  const { config, root, updatedOf } = await makeBuiltSite();
  const read = vi.spyOn(FileReader.prototype, "read");
  writeFiles(root, { "posts/b.md": post({ title: "B" }, "Edited.") });
  await settle();
  await build(config, { now });
  expect(new Set(read.mock.calls.map(([file]) => file))).toEqual(new Set(["b.md"]));
  commitAll(root, at(7));
  read.mockRestore();
  await build(config, { now });
  expect([updatedOf("A"), updatedOf("B")]).toEqual([at(1), at(7)]);
});

test("history that is replaced is looked at with every build", async () => {
  const { config, root, updatedOf } = await makeBuiltSite();
  writeFiles(root, { "posts/a.md": post({ title: "A2" }) });
  commitAll(root, at(5));
  await settle();
  await build(config, { now });
  expect(updatedOf("B")).toBe(at(1));
  git(root, ["replace", "--graft", "HEAD"]);
  await build(config, { now });
  expect([updatedOf("A2"), updatedOf("B")]).toEqual([at(5), at(5)]);
  git(root, ["replace", "-d", git(root, ["rev-parse", "HEAD"]).trim()]);
  await build(config, { now });
  expect([updatedOf("A2"), updatedOf("B")]).toEqual([at(5), at(1)]);
});

test("a watched site that begins unchanged keeps its posts' dates when one is saved", async () => {
  const { config, root, updatedOf } = await makeBuiltSite();
  const site = new Site(config, { saveLater: true });
  await site.update(now);
  expect(loaded.times).toBe(0);
  writeFiles(root, { "posts/a.md": post({ title: "A3" }) });
  await site.update(now, ["a.md"]);
  expect([updatedOf("A3"), updatedOf("B")]).toEqual([at(1), at(1)]);
  writeFiles(root, { "posts/b.md": post({ title: "B3" }) });
  const result = await site.update(now, ["b.md"]);
  expect([updatedOf("A3"), updatedOf("B3"), loaded.times]).toEqual([at(1), at(1), 1]);
  site.save(result);
  site.close();
  loaded.times = 0;
  await settle();
  expect((await build(config, { now })).files.written).toEqual([]);
  commitAll(root, at(9));
  await build(config, { now });
  expect([updatedOf("A3"), updatedOf("B3")]).toEqual([at(9), at(9)]);
});
