import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recordPath } from "../../../src/publish/deploy/record.ts";
import { applyPublish } from "../../../src/publish/publish.ts";
import { exitCodeOf } from "../../../src/publish/receipt.ts";
import { openGit } from "../../../src/publish/targets/git.ts";
import { sampleInput, samplePosts, sampleSet, sampleTools, temporaryFolder, treeOf } from "../sample-set.ts";

const realGit = spawnSync("which", ["git"], { encoding: "utf8" }).stdout.trim();
const first = sampleSet(samplePosts(1));
const second = sampleSet(samplePosts(2)).filter(({ path }) => path !== "tags/a/feed.json");

/** A git whose `n`th call fails, before or after it did its work. */
function breakGitAt(n: number, when: "before" | "after"): { path: string; calls: () => number } {
  const bin = temporaryFolder();
  const counter = join(bin, "count");
  writeFileSync(counter, "");
  const fail = 'echo "broken on purpose" >&2; exit 128';
  const trip = when === "before" ? fail : `${realGit} "$@" > /dev/null; ${fail}`;
  writeFileSync(
    join(bin, "git"),
    `#!/bin/sh\nprintf x >> "${counter}"\nif [ "$(wc -c < "${counter}")" -eq ${n} ]; then ${trip}; fi\nexec ${realGit} "$@"\n`,
    { mode: 0o755 },
  );
  return { path: `${bin}:${process.env.PATH}`, calls: () => readFileSync(counter, "utf8").length };
}

function readBranch(remote: string): Record<string, string> {
  const run = (...args: string[]) => execFileSync("git", ["-C", remote, ...args], { encoding: "utf8" });
  const paths = run("ls-tree", "-r", "-z", "--name-only", "gh-pages").split("\0").filter(Boolean);
  return Object.fromEntries(
    paths
      .filter((path) => path !== recordPath && path !== ".nojekyll")
      .map((path) => [path, run("show", `gh-pages:${path}`)]),
  );
}

async function publish(remote: string, files: typeof first, path = process.env.PATH) {
  const environment = { PATH: path, HOME: tmpdir() };
  const options = { remote, branch: "gh-pages", prefix: "", root: tmpdir(), allowPrivate: true, environment };
  return applyPublish(sampleInput(files), sampleTools(await openGit(options)));
}

describe.each(["before", "after"] as const)("F70: a git that fails %s its work", (when) => {
  test("at any call leaves the old set or the new one; the next run completes", {
    timeout: 60_000,
  }, async () => {
    const base = join(temporaryFolder(), "base.git");
    execFileSync("git", ["init", "-q", "--bare", base]);
    await publish(base, first);
    let failures = 0;
    for (let n = 1; ; n++) {
      const remote = join(temporaryFolder(), "site.git");
      execFileSync("cp", ["-R", base, remote]);
      const { path, calls } = breakGitAt(n, when);
      const receipt = await publish(remote, second, path);
      if (calls() < n) break;
      const now = readBranch(remote);
      expect([treeOf(first), treeOf(second)]).toContainEqual(now);
      // Only a push that arrived counts as done, whatever git said of it.
      if (exitCodeOf(receipt) === 0) expect(now).toEqual(treeOf(second));
      else failures += 1;
      if (n % 6 === 0) {
        expect(exitCodeOf(await publish(remote, second))).toBe(0);
        expect(readBranch(remote)).toEqual(treeOf(second));
      }
    }
    expect(failures).toBeGreaterThan(6);
  });
});
