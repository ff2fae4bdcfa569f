import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Failure } from "../../../src/model/failure.ts";
import { systemClock } from "../../../src/net/clock.ts";
import { parseRecord, printRecord, recordFile, recordPath } from "../../../src/publish/deploy/record.ts";
import { applyPublish } from "../../../src/publish/publish.ts";
import { exitCodeOf } from "../../../src/publish/receipt.ts";
import { type GitTargetOptions, openGit } from "../../../src/publish/targets/git.ts";
import { resolveGitRemote } from "../../../src/publish/targets/git-remote.ts";
import {
  newYear,
  sampleInput,
  samplePosts,
  sampleSet,
  sampleTools,
  temporaryFolder,
  treeOf,
} from "../sample-set.ts";

const environment = { PATH: process.env.PATH, HOME: tmpdir() };
const git = (directory: string, ...args: string[]) =>
  execFileSync("git", ["-C", directory, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

function bareRepository(): string {
  const folder = join(temporaryFolder(), "site.git");
  execFileSync("git", ["init", "-q", "--bare", folder]);
  return folder;
}

function target(remote: string, more: Partial<GitTargetOptions> = {}) {
  return openGit({
    remote,
    branch: "gh-pages",
    prefix: "",
    root: tmpdir(),
    allowPrivate: true,
    environment,
    ...more,
  });
}

function readBranch(remote: string, branch = "gh-pages", prefix = ""): Record<string, string> {
  const paths = git(remote, "ls-tree", "-r", "-z", "--name-only", branch).split("\0").filter(Boolean);
  return Object.fromEntries(
    paths
      .filter((path) => path.startsWith(prefix) && path !== `${prefix}${recordPath}` && path !== ".nojekyll")
      .map((path) => [path.slice(prefix.length), git(remote, "show", `${branch}:${path}`)]),
  );
}

const commits = (remote: string) => Number(git(remote, "rev-list", "--count", "gh-pages"));
/** More of them by hand: ROUNDS=200. */
const rounds = Number(process.env.ROUNDS ?? 8);
const first = sampleSet(samplePosts(3));
const second = sampleSet(samplePosts(5)).filter(({ path }) => path !== "tags/a/feed.json");

test("a first publish makes the branch, an unchanged one makes no commit, a changed one makes one", async () => {
  const remote = bareRepository();
  const tools = sampleTools(await target(remote));
  expect(exitCodeOf(await applyPublish(sampleInput(first), tools))).toBe(0);
  expect(readBranch(remote)).toEqual(treeOf(first));
  expect((await applyPublish(sampleInput(first), tools)).deployed).toEqual([]);
  expect(commits(remote)).toBe(1);
  const receipt = await applyPublish(sampleInput(second), tools);
  expect(receipt.removed).toEqual(["tags/a/feed.json"]);
  expect(readBranch(remote)).toEqual(treeOf(second));
  expect(commits(remote)).toBe(2);
  expect(git(remote, "log", "-1", "--format=%B", "gh-pages")).toContain("New: Post 5, Post 4");
});

test("a whole site lives in the branch: its files stay, and a prefix keeps the feeds in a folder", async () => {
  const remote = bareRepository();
  const work = temporaryFolder();
  git(work, "init", "-q", "-b", "gh-pages");
  mkdirSync(join(work, "blog"));
  writeFileSync(join(work, "index.html"), "home");
  writeFileSync(join(work, "blog/about.html"), "about");
  git(work, "add", ".");
  git(work, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "site");
  git(work, "push", "-q", remote, "gh-pages");
  const receipt = await applyPublish(
    sampleInput(first),
    sampleTools(await target(remote, { prefix: "blog/" })),
  );
  expect(receipt.failed).toBeUndefined();
  expect(readBranch(remote, "gh-pages", "blog/")).toEqual({ ...treeOf(first), "about.html": "about" });
  expect(git(remote, "show", "gh-pages:index.html")).toBe("home");
});

test("a dry run leaves the repository alone", async () => {
  const remote = bareRepository();
  const receipt = await applyPublish(sampleInput(first, { dryRun: true }), sampleTools(await target(remote)));
  expect(receipt.changes.put).toHaveLength(first.length);
  expect(git(remote, "for-each-ref")).toBe("");
});

test("F72: somebody pushes in between: fetched, planned and tried again; nothing of theirs is lost", async () => {
  const remote = bareRepository();
  await applyPublish(sampleInput(first), sampleTools(await target(remote)));
  const work = temporaryFolder();
  git(work, "clone", "-q", "-b", "gh-pages", remote, ".");
  let pushed = 0;
  const racing = await target(remote);
  const racer = {
    ...racing,
    session: ((run, readOnly) =>
      racing.session(
        (session) =>
          run({
            ...session,
            commit: async (summary) => {
              if (pushed < 3) {
                pushed += 1;
                git(work, "pull", "-q", "--rebase");
                writeFileSync(join(work, `theirs-${pushed}.html`), "theirs");
                git(work, "add", ".");
                git(work, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "theirs");
                git(work, "push", "-q");
              }
              await session.commit(summary);
            },
          }),
        readOnly,
      )) as typeof racing.session,
  };
  const receipt = await applyPublish(sampleInput(second), sampleTools(racer));
  expect(exitCodeOf(receipt)).toBe(0);
  expect(receipt.removed).toEqual(["tags/a/feed.json"]);
  expect(readBranch(remote)).toEqual({
    ...treeOf(second),
    "theirs-1.html": "theirs",
    "theirs-2.html": "theirs",
    "theirs-3.html": "theirs",
  });
  expect(git(remote, "log", "--format=%s", "gh-pages").match(/theirs/g)).toHaveLength(3);
});

test("F72: two publishers at once, many times: the newer set wins every time", {
  timeout: 60_000 + rounds * 2000,
}, async () => {
  for (let round = 0; round < rounds; round++) {
    const remote = bareRepository();
    const publish = async (files: typeof first, source: number) =>
      applyPublish(
        sampleInput(files, { edition: { source, built: source } }),
        sampleTools(await target(remote), { clock: systemClock }),
      );
    await publish(first, 1);
    // Every third time the newest set is the one that stands there already.
    const newest = round % 3 === 0 ? first : sampleSet(samplePosts(6));
    const runs = [() => publish(second, 2), () => publish(newest, 3)];
    if (round % 2 === 0) runs.reverse();
    const receipts = await Promise.all(runs.map((run) => run()));
    expect(receipts.map(({ failed }) => failed)).toEqual([undefined, undefined]);
    expect(readBranch(remote)).toEqual(treeOf(newest));
  }
});

test("a repository that refuses is an error after one try, and leaves no work folder behind", async () => {
  const remote = bareRepository();
  writeFileSync(join(remote, "hooks/pre-receive"), "#!/bin/sh\necho protected >&2\nexit 1\n", {
    mode: 0o755,
  });
  const clock = { ...systemClock, waited: 0 };
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith("feedwright-git-")).length;
  const receipt = await applyPublish(sampleInput(first), sampleTools(await target(remote), { clock }));
  expect(exitCodeOf(receipt)).toBe(2);
  expect(receipt.failed?.message).toMatch(/pre-receive|protected/);
  expect(
    readdirSync(tmpdir()).filter((name) => name.startsWith("feedwright-git-")).length,
  ).toBeLessThanOrEqual(before);
});

test("what is pending is noted in a ref beside the branch, and counts for its record alone", async () => {
  const remote = bareRepository();
  const { amendRecord, session } = await target(remote);
  const pending = [
    { kind: "rsscloud", topic: "https://a.example/rss.xml", digests: ["d"], since: 1, tries: 0 },
  ] as const;
  const record = (built: number) =>
    ({ edition: { source: 0, built }, state: "complete", files: {}, pending }) as const;
  const put = (built: number) =>
    session(async (open) => {
      const before = await open.get(recordPath);
      const version = await open.put(recordFile(printRecord(record(built))), before?.version);
      await open.commit("x");
      return version;
    });
  const read = () => session(async (open) => parseRecord((await open.get(recordPath))?.bytes)?.pending);
  const one = await put(1);
  expect(await read()).toEqual(pending);
  await amendRecord?.(printRecord({ ...record(1), pending: [] }), one);
  expect(await read()).toEqual([]);
  const two = await put(2);
  expect(await read()).toEqual(pending);
  await amendRecord?.(printRecord({ ...record(2), pending: [] }), two);
  // A publisher that was overtaken notes what it told of the older record: that says nothing of the newer one.
  await amendRecord?.(printRecord(record(1)), one);
  expect(await read()).toEqual([]);
  expect(commits(remote)).toBe(2);
  expect(git(remote, "for-each-ref", "--format=%(refname)").trim().split("\n")).toEqual([
    "refs/feedwright/announced/gh-pages",
    "refs/heads/gh-pages",
  ]);
});

describe("F80: what git is given", () => {
  test.each([
    "ext::sh -c 'touch x'",
    "--upload-pack=touch x",
    "-x",
    "https://user:canary@git.example/x.git",
    "ssh://-oProxyCommand=x/y",
  ])("the remote %j is refused before git sees it", async (remote) => {
    const error = await target(remote).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "target" });
    expect(String(error)).not.toContain("canary");
  });
  test.each(["--receive-pack=x", "a..b", "-f"])("the branch %j is refused", async (branch) => {
    await expect(target(bareRepository(), { branch })).rejects.toMatchObject({ code: "target" });
  });
  test("a remote of the project that runs programs is refused too", async () => {
    const root = temporaryFolder();
    git(root, "init", "-q");
    git(root, "remote", "add", "origin", "ext::sh -c 'touch x'");
    await expect(target("origin", { root })).rejects.toMatchObject({ code: "target" });
    git(root, "remote", "set-url", "origin", bareRepository());
    await expect(target("origin", { root })).resolves.toMatchObject({ writes: "atomic" });
    await expect(target("upstream", { root })).rejects.toThrow(/no remote named upstream/);
  });
  test("http is refused, private hosts are refused, public ones are pinned to the address that was checked", async () => {
    const options = { root: tmpdir(), allowPrivate: false, token: "canary-token" };
    const at = (address: string) => async () => [{ address, family: 4 }];
    await expect(resolveGitRemote({ ...options, remote: "http://git.example/x" })).rejects.toThrow(/https/);
    await expect(
      resolveGitRemote({ ...options, remote: "https://git.example/x", resolve: at("10.0.0.1") }),
    ).rejects.toThrow(/private address/);
    await expect(
      resolveGitRemote({ ...options, remote: "git@git.example:x", resolve: at("127.0.0.1") }),
    ).rejects.toThrow(/private address/);
    await expect(resolveGitRemote({ ...options, remote: "https://2130706433/x" })).rejects.toThrow(
      /private address/,
    );
    const remote = await resolveGitRemote({
      ...options,
      remote: "https://git.example/x",
      resolve: at("8.8.8.8"),
    });
    expect(remote.config[0]).toEqual(["http.curloptResolve", "git.example:443:8.8.8.8"]);
    expect(JSON.stringify([remote.address, remote.shown, remote.protocols])).not.toContain("canary");
  });
});

test("F78: a token reaches git through the environment alone, and no error shows it", async () => {
  const bin = temporaryFolder();
  const seen = join(bin, "seen");
  const real = spawnSync("which", ["git"], { encoding: "utf8" }).stdout.trim();
  writeFileSync(
    join(bin, "git"),
    `#!/bin/sh\necho "$@" >> "${seen}.args"\nenv >> "${seen}.env"\ncase "$1" in ls-remote) echo "fatal: token canary-t0ken%2B x-access-token canary-t0ken+" >&2; exit 128;; esac\nexec ${real} "$@"\n`,
    { mode: 0o755 },
  );
  const receipt = await applyPublish(
    sampleInput(first),
    sampleTools(
      await target("https://git.example/x.git", {
        environment: {
          ...environment,
          PATH: `${bin}:${process.env.PATH}`,
          FEEDWRIGHT_GIT_TOKEN: "canary-t0ken+",
          GIT_TRACE: "1",
        },
      }),
    ),
  );
  const { readFileSync } = await import("node:fs");
  const basic = Buffer.from("x-access-token:canary-t0ken+").toString("base64");
  expect(readFileSync(`${seen}.args`, "utf8")).not.toContain("canary");
  expect(readFileSync(`${seen}.args`, "utf8")).not.toContain(basic);
  expect(readFileSync(`${seen}.env`, "utf8")).toContain(basic);
  expect(readFileSync(`${seen}.env`, "utf8")).not.toMatch(/GIT_TRACE|FEEDWRIGHT_GIT_TOKEN/);
  expect(receipt.failed?.message).toContain("fatal: token ***");
  expect(JSON.stringify(receipt)).not.toContain("canary");
});

test.each([
  [2, 0],
  [99, 2],
])(
  "a network that fails %i times: tried again with pauses, and given up after a few",
  async (times, exitCode) => {
    const bin = temporaryFolder();
    const real = spawnSync("which", ["git"], { encoding: "utf8" }).stdout.trim();
    const counter = join(bin, "count");
    writeFileSync(counter, "");
    writeFileSync(
      join(bin, "git"),
      `#!/bin/sh\nif [ "$1" = ls-remote ] && [ "$(wc -c < "${counter}")" -lt ${times} ]; then printf x >> "${counter}"; echo "fatal: unable to access: Connection reset by peer" >&2; exit 128; fi\nexec ${real} "$@"\n`,
      { mode: 0o755 },
    );
    const remote = bareRepository();
    const tools = sampleTools(
      await target(remote, { environment: { ...environment, PATH: `${bin}:${process.env.PATH}` } }),
    );
    const receipt = await applyPublish(sampleInput(first), tools);
    expect(exitCodeOf(receipt)).toBe(exitCode);
    expect(tools.clock.now()).toBeGreaterThan(newYear + 1000);
    if (exitCode === 0) expect(readBranch(remote)).toEqual(treeOf(first));
    else expect(receipt.failed?.message).toContain("Connection reset by peer");
  },
);

test("a file that cannot be read any more stops the publish, and the branch stays", async () => {
  const remote = bareRepository();
  let reads = 0;
  const [file, ...others] = first;
  const broken = {
    ...(file as (typeof first)[number]),
    read: () => {
      reads += 1;
      if (reads > 2) throw new Failure("usage", "cover.svg was changed since it was built.");
      return new Uint8Array([1]);
    },
  };
  const receipt = await applyPublish(sampleInput([broken, ...others]), sampleTools(await target(remote)));
  expect(receipt.failed?.message).toContain("cover.svg was changed");
  expect(git(remote, "for-each-ref")).toBe("");
});

test("F118: the first commit of gh-pages adds .nojekyll at its top, once, and not where Jekyll is at work", async () => {
  const files = (remote: string, branch: string) =>
    git(remote, "ls-tree", "-r", "--name-only", branch).split("\n");
  const remote = bareRepository();
  await applyPublish(sampleInput(first), sampleTools(await target(remote, { prefix: "blog/" })));
  expect(files(remote, "gh-pages")).toContain(".nojekyll");
  await applyPublish(sampleInput(first), sampleTools(await target(remote, { branch: "site" })));
  expect(files(remote, "site")).not.toContain(".nojekyll");
  const other = bareRepository();
  const work = temporaryFolder();
  git(work, "init", "-q", "-b", "gh-pages");
  writeFileSync(join(work, "_config.yml"), "title: x");
  git(work, "add", "-A");
  git(work, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "x");
  git(work, "push", "-q", other, "gh-pages");
  await applyPublish(sampleInput(first), sampleTools(await target(other)));
  expect(files(other, "gh-pages")).toEqual(expect.arrayContaining(["_config.yml", "rss.xml"]));
  expect(files(other, "gh-pages")).not.toContain(".nojekyll");
});

test("F118: commits have the author and the first line that the configuration names", async () => {
  const remote = bareRepository();
  const author = { name: "Kabar Pesisir", email: "feeds@kabarpesisir.example" };
  const named = await target(remote, { author, message: "Update the feeds, $& and all" });
  await applyPublish(sampleInput(first), sampleTools(named));
  expect(git(remote, "log", "-1", "--format=%an <%ae> %cn <%ce>%n%B", "gh-pages")).toMatch(
    /^Kabar Pesisir <feeds@kabarpesisir\.example> Kabar Pesisir <feeds@kabarpesisir\.example>\nUpdate the feeds, \$& and all\n\nNew: Post/,
  );
  const environmental = { ...environment, GIT_AUTHOR_NAME: "Sari", GIT_AUTHOR_EMAIL: "sari@example.org" };
  const other = await target(remote, { environment: environmental });
  await applyPublish(sampleInput(second, { edition: { source: 9, built: 9 } }), sampleTools(other));
  expect(git(remote, "log", "-1", "--format=%an <%ae>", "gh-pages")).toContain("Sari <sari@example.org>");
});
