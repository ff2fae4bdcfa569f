import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import type { Config } from "../../../src/model/config.ts";
import { findHistoryKey, readGitDates } from "../../../src/posts/folder/git-dates.ts";
import { commitAll, git } from "../../support/git.ts";
import { makeFolder, makeSite, post, writeFiles } from "../../support/site.ts";

const at = (day: number) => Date.UTC(2026, 2, day);

/** A site with two posts, of which one was changed on the second day. */
function makeRepository(): { root: string; config: Config } {
  const { root, config } = makeSite(
    { "posts/a.md": post({ title: "A" }), "posts/deep/bé.md": post({ title: "B" }) },
    { dates: { updated: "git" } },
    { sound: false },
  );
  git(root, ["init", "-q"]);
  commitAll(root, at(1));
  writeFiles(root, { "posts/a.md": post({ title: "A2" }) });
  commitAll(root, at(2));
  return { root, config };
}

const first = new Map([
  ["a.md", at(2)],
  ["deep/bé.md", at(1)],
]);

test("a post was changed by the last commit that changed it, the first commit included, whatever git's settings say", async () => {
  const { root, config } = makeRepository();
  expect((await readGitDates(config)).dates).toEqual(first);
  for (const [name, value] of [
    ["log.showRoot", "false"],
    ["log.showSignature", "true"],
    ["log.diffMerges", "first-parent"],
    ["core.quotePath", "true"],
  ])
    git(root, ["config", name as string, value as string]);
  expect((await readGitDates(config)).dates).toEqual(first);
});

test.skipIf(process.platform === "win32")(
  "a post has its date whatever characters are in its name, and in those of the files around it",
  async () => {
    const names = ["a\rb.md", "\rc.md", "d\u2028e.md", "f\u2029.md", "\u0001g.md", '"h".md', "i\tj.md"];
    for (const broken of ["\nk.md", "\nl\n\nm.md", "n\r\no.md"]) {
      const { root, config } = makeSite({}, { dates: { updated: "git" } }, { sound: false });
      git(root, ["init", "-q"]);
      const all = [...names, broken];
      all.forEach((name, at) => {
        writeFiles(root, { [`posts/${name}`]: post({ title: `${at}` }) });
      });
      commitAll(root, at(1));
      for (const name of [broken, "\u0001g.md"])
        writeFiles(root, { [`posts/${name}`]: post({ title: "Edited" }) });
      commitAll(root, at(2));
      git(root, ["commit", "-q", "--allow-empty", "-m", "x"], at(3));
      const { dates } = await readGitDates(config);
      expect(dates).toEqual(
        new Map(all.map((name) => [name, name === broken || name === "\u0001g.md" ? at(2) : at(1)])),
      );
    }
  },
);

test("the key is the same as long as the dates are, and another one after each commit", async () => {
  const { root, config } = makeRepository();
  const { key } = await readGitDates(config);
  expect(key).toBeDefined();
  writeFiles(root, { "posts/a.md": post({ title: "A3" }), "posts/new.md": post({ title: "New" }) });
  git(root, ["add", "-A"]);
  expect(await findHistoryKey(config)).toBe(key);
  expect(await readGitDates(config)).toEqual({ key, dates: first });
  commitAll(root, at(3));
  const next = await readGitDates(config);
  expect(next.key).not.toBe(key);
  expect(next.dates).toEqual(new Map([...first, ["a.md", at(3)], ["new.md", at(3)]]));
  git(root, ["checkout", "-q", "HEAD~1"]);
  expect(await readGitDates(config)).toEqual({ key, dates: first });
});

test("where history may be told otherwise without a commit, there is no key", async () => {
  const { root, config } = makeRepository();
  const head = git(root, ["rev-parse", "HEAD"]).trim();
  git(root, ["replace", "--graft", head]);
  expect(await findHistoryKey(config)).toBeUndefined();
  git(root, ["replace", "-d", head]);
  expect(await findHistoryKey(config)).toBeDefined();
  writeFileSync(join(root, ".git/info/grafts"), "");
  expect(await findHistoryKey(config)).toBeUndefined();
});

test("a shallow clone, an empty repository and no repository have no key, and are refused", async () => {
  const { root } = makeRepository();
  const clone = makeFolder();
  git(clone, ["clone", "-q", "--depth", "1", pathToFileURL(root).href, "."]);
  const empty = makeSite({}).config;
  git(empty.root, ["init", "-q"]);
  const none = makeSite({}).config;
  for (const config of [{ ...empty, posts: { ...empty.posts, dir: join(clone, "posts") } }, empty, none]) {
    expect(await findHistoryKey(config)).toBeUndefined();
    await expect(readGitDates(config)).rejects.toMatchObject({ code: "config-invalid" });
  }
});
