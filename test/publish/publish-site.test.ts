import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { build } from "../../src/build.ts";
import { runPublish } from "../../src/cli/commands/publish.ts";
import { run } from "../../src/cli/run.ts";
import { resolveConfig } from "../../src/config/resolve-config.ts";
import type { Config, UserConfig } from "../../src/model/config.ts";
import { readPinnablePosts } from "../../src/publish/guard/read-posts.ts";
import { importIds } from "../../src/publish/ids/ids.ts";
import { loadOldFeed } from "../../src/publish/ids/load-old-feed.ts";
import { openQueue, publishSite } from "../../src/publish/publish-site.ts";
import { exitCodeOf, reportReceipt, summarizeReceipt } from "../../src/publish/receipt.ts";
import { readTree, serve, serveFolder, temporaryFolder } from "./sample-set.ts";

const now = Date.UTC(2026, 5, 1);

function write(root: string, file: string, text: string): void {
  mkdirSync(join(root, file, ".."), { recursive: true });
  writeFileSync(join(root, file), text);
}

const body = (words: string) =>
  `Here are the words of ${words}, and there are enough of them that nobody could take this for another text.\n`;

/** A site with three posts, a draft and a post for next year, built for a public folder that is served. */
async function startSite(more: Partial<UserConfig["publish"]> = {}, hubs: string[] = []) {
  const root = temporaryFolder();
  const folder = temporaryFolder();
  const url = `${await serveFolder(folder)}/`;
  for (const number of [1, 2, 3])
    write(
      root,
      `posts/post-${number}.md`,
      `---\ntitle: Post ${number}\ndate: 2026-01-0${number}T09:00:00Z\n---\n\n${body(`post number ${number}`)}`,
    );
  write(
    root,
    "posts/plan.md",
    `---\ntitle: Plan\ndate: 2026-01-05T09:00:00Z\ndraft: true\n---\n\n${body("the plan")}`,
  );
  write(
    root,
    "posts/later.md",
    `---\ntitle: Later\ndate: 2027-01-05T09:00:00Z\n---\n\n${body("what comes later")}`,
  );
  const configure = (site: Partial<UserConfig["site"]> = {}): Config => {
    const user: UserConfig = {
      site: { url, title: "Kabar", ...site },
      websub: { hubs },
      publish: { target: { type: "directory", path: folder }, verify: { timeout: "5s" }, ...more },
    };
    const { config, diagnostics } = resolveConfig(user, { root });
    if (!config) throw new Error(JSON.stringify(diagnostics));
    return config;
  };
  return { root, folder, url, configure };
}

const options = { now, allowPrivate: true, environment: {} };

test("a built site is published, verified and announced; an edit is named by its post", {
  timeout: 20_000,
}, async () => {
  const topics: string[] = [];
  const hub = await serve(async (request, answer) => {
    let form = "";
    for await (const piece of request) form += String(piece);
    topics.push(new URLSearchParams(form).get("hub.url") ?? "");
    answer.writeHead(204).end();
  });
  const { root, folder, url, configure } = await startSite({}, [hub]);
  const config = configure();
  await build(config, { now });
  const dry = await publishSite(config, { ...options, dryRun: true });
  expect(exitCodeOf(dry)).toBe(0);
  expect(readTree(folder)).toEqual({});
  const receipt = await publishSite(config, options);
  expect(receipt.refused).toEqual([]);
  expect(receipt.failed).toBeUndefined();
  expect(exitCodeOf(receipt)).toBe(0);
  expect(topics).toContain(`${url}rss.xml`);
  expect(topics).toContain(`${url}atom.xml`);
  write(
    root,
    "posts/post-2.md",
    `---\ntitle: Post 2\ndate: 2026-01-02T09:00:00Z\n---\n\n${body("an edited post")}`,
  );
  await build(config, { now });
  const next = await publishSite(config, options);
  expect(next.plan.find(({ path }) => path === "atom.xml")?.edited).toMatchObject([
    { title: "Post 2", post: "posts/post-2.md" },
  ]);
  expect(reportReceipt(next)).toMatch(/edited: “Post 2” \(posts\/post-2\.md\)/);
  expect(summarizeReceipt(next)).toContain("| atom.xml, feed.json, rss.xml | 0 | 1 | 0 | 0 | 0 |");
  expect(openQueue(config).list()).toEqual([]);
});

test("nothing was built yet", async () => {
  const { configure } = await startSite();
  await expect(publishSite(configure(), options)).rejects.toMatchObject({ code: "usage" });
});

test("F69: a site that moves to another host is refused, ids import fixes it, and then it is published", {
  timeout: 20_000,
}, async () => {
  const { root, folder, url, configure } = await startSite();
  const config = configure();
  await build(config, { now });
  await publishSite(config, options);
  const moved = { ...configure({ url: url.replace("127.0.0.1", "localhost") }) };
  await build(moved, { now });
  const refused = await publishSite(moved, options);
  expect(refused.refused.map(({ code }) => code)).toContain("publish/ids-changed");
  expect(refused.refused[0]?.hint).toContain(`posts/post-1.md: id: "${url}post-1/"`);
  expect(exitCodeOf(refused)).toBe(1);
  const { edits, problems } = importIds(
    readPinnablePosts(moved),
    await loadOldFeed(join(folder, "atom.xml")),
  );
  expect(problems).toEqual([]);
  for (const { file, source } of edits) writeFileSync(join(root, file), source);
  await build(moved, { now });
  const mended = await publishSite(moved, options);
  expect(mended.refused).toEqual([]);
  expect(exitCodeOf(mended)).toBe(0);
});

test("a published id is the one that readers know; a refused one is not", {
  timeout: 20_000,
}, async () => {
  const { root, folder, configure } = await startSite();
  const config = configure({ authority: "kabar.example,2026" });
  const warnings = async () =>
    (await build(config, { now })).diagnostics.map(({ code, file }) => [code, file]);
  await build(config, { now });
  expect(exitCodeOf(await publishSite(config, options))).toBe(0);
  renameSync(join(root, "posts/post-1.md"), join(root, "posts/first.md"));
  const warning = ["site/id-changed", "posts/first.md"];
  expect(await warnings()).toEqual([warning]);
  expect(exitCodeOf(await publishSite(config, options))).toBe(1);
  expect(exitCodeOf(await publishSite(config, { ...options, dryRun: true }))).toBe(1);
  expect(await warnings()).toEqual([warning]);
  const allow = ["publish/ids-changed"] as const;
  expect(exitCodeOf(await publishSite(config, { ...options, allow, dryRun: true }))).toBe(0);
  expect(await warnings()).toEqual([warning]);
  expect(exitCodeOf(await publishSite(config, { ...options, allow }))).toBe(0);
  expect(readTree(folder)["atom.xml"]).toContain("kabar.example,2026:first");
  expect(await warnings()).toEqual([]);
  renameSync(join(root, "posts/first.md"), join(root, "posts/post-1.md"));
  expect(await warnings()).toEqual([["site/id-changed", "posts/post-1.md"]]);
});

test("drafts that were built on purpose are not published by accident", async () => {
  const { configure } = await startSite();
  const config = configure();
  await build(config, { now, drafts: true });
  const receipt = await publishSite(config, options);
  expect(receipt.refused.map(({ code }) => code)).toContain("publish/hidden-post");
  expect(receipt.refused.map(({ message }) => message).join()).toContain("posts/plan.md, which is a draft");
  const future = await build(config, { now: Date.UTC(2028, 0, 1) }).then(() => publishSite(config, options));
  expect(future.refused.map(({ message }) => message).join()).toContain(
    "posts/later.md, which is due on 2027-01-05",
  );
});

test("private addresses are refused without --allow-private", async () => {
  const { configure, folder } = await startSite();
  const config = configure();
  await build(config, { now });
  const receipt = await publishSite(config, { now, environment: {} });
  expect(exitCodeOf(receipt)).toBe(2);
  expect(receipt.unproved[0]?.reason).toMatch(/private address/);
  expect(Object.keys(readTree(folder))).toContain("rss.xml");
});

test("F73: after a run in CI that deployed and notified nobody, the next one notifies, without .feedwright", {
  timeout: 20_000,
}, async () => {
  const told: string[] = [];
  const listen = () =>
    serve(async (request, answer) => {
      let body = "";
      for await (const piece of request) body += String(piece);
      told.push(new URLSearchParams(body).get("hub.url") ?? body);
      answer.writeHead(204).end();
    });
  const [hub, indexnow] = [await listen(), await listen()];
  const { root, url, configure } = await startSite(
    { indexnow: { key: "0123456789abcdef", endpoint: indexnow }, verify: { timeout: "1s" } },
    [hub],
  );
  const config = configure();
  const forget = () => {
    for (const folder of [".feedwright", "dist"])
      rmSync(join(root, folder), { recursive: true, force: true });
  };
  await build(config, { now });
  // Nobody is told where the public address cannot be looked at.
  expect(exitCodeOf(await publishSite(config, { ...options, allowPrivate: false }))).toBe(2);
  expect(told).toEqual([]);
  forget();
  await build(config, { now });
  const plan = await publishSite(config, { ...options, dryRun: true });
  expect(plan.changes.put).toEqual([]);
  expect(reportReceipt(plan)).toContain("notifications are pending");
  const receipt = await publishSite(config, options);
  expect(receipt.deployed).toEqual([]);
  expect(exitCodeOf(receipt)).toBe(0);
  expect(told).toContain(`${url}rss.xml`);
  const call = told.find((one) => one.startsWith("{")) ?? "{}";
  expect((JSON.parse(call) as { urlList: string[] }).urlList).toEqual(
    [1, 2, 3].map((number) => `${url}post-${number}/`),
  );
  told.length = 0;
  forget();
  await build(config, { now });
  expect((await publishSite(config, options)).pending).toEqual([]);
  expect(told).toEqual([]);
});

test("the set of an older commit does not replace the set of a newer one", { timeout: 20_000 }, async () => {
  const { root, configure } = await startSite();
  const config = configure();
  const commit = (when: string) =>
    execFileSync(
      "git",
      ["-C", root, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "x"],
      {
        env: { ...process.env, GIT_COMMITTER_DATE: when, GIT_AUTHOR_DATE: when },
      },
    );
  execFileSync("git", ["init", "-q", root]);
  commit("2026-05-02T00:00:00Z");
  await build(config, { now });
  await publishSite(config, options);
  commit("2026-05-01T00:00:00Z");
  write(
    root,
    "posts/post-3.md",
    `---\ntitle: Post 3\ndate: 2026-01-03T09:00:00Z\n---\n\n${body("an older text")}`,
  );
  await build(config, { now: now + 1000 });
  const receipt = await publishSite(config, { ...options, now: now + 1000 });
  expect(receipt.refused.map(({ code }) => code)).toEqual(["publish/older-set"]);
});

test("F78: canary secrets show in no output of the command, nor in any file it writes", {
  timeout: 20_000,
}, async () => {
  const secret = "canary/t0ken+x y";
  const { root, configure, url } = await startSite();
  const config = configure();
  await build(config, { now });
  write(
    root,
    "feedwright.config.json",
    JSON.stringify({
      site: { url, title: "Kabar" },
      publish: {
        verify: { timeout: "1s" },
        target: {
          type: "command",
          run: [
            process.execPath,
            "-e",
            "console.log(process.env.MY_TOKEN, encodeURIComponent(process.env.MY_TOKEN)); process.exit(1)",
          ],
        },
      },
    }),
  );
  const out: string[] = [];
  const catchText = (chunk: unknown) => {
    out.push(String(chunk));
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation(catchText),
    vi.spyOn(process.stderr, "write").mockImplementation(catchText),
  ];
  vi.stubEnv("MY_TOKEN", secret);
  vi.stubEnv("FEEDWRIGHT_GIT_TOKEN", secret);
  try {
    for (const flags of [{ json: true }, {}, { markdown: true, summary: join(root, "summary.md") }])
      expect(await runPublish({ root, now: "2026-06-01T00:00:00Z", allowPrivate: true, ...flags })).toBe(2);
    write(
      root,
      "feedwright.config.json",
      JSON.stringify({
        site: { url, title: "Kabar" },
        publish: {
          target: {
            type: "git",
            remote: `https://u:${encodeURIComponent(secret)}@git.example/x`,
            branch: "x",
          },
        },
      }),
    );
    await run(["build", "--root", root], "0");
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
  expect(out.join("")).toContain("ended with code 1");
  const written = [
    ...out,
    readFileSync(join(root, "summary.md"), "utf8"),
    ...Object.values(readTree(join(root, "dist"))),
  ];
  for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")])
    expect(written.join("")).not.toContain(form);
});

test("the flags that allow refusals are those that the refusals name", async () => {
  const { root, folder, configure, url } = await startSite();
  const config = configure();
  await build(config, { now });
  writeFileSync(
    join(folder, "rss.xml"),
    "<rss><channel><item><guid>a</guid><title>Post 1</title><link>LINK</link></item></channel></rss>".replace(
      "LINK",
      `${url}post-1/`,
    ),
  );
  write(
    root,
    "feedwright.config.json",
    JSON.stringify({
      site: { url, title: "Kabar" },
      publish: { verify: false, target: { type: "directory", path: folder } },
    }),
  );
  const spy = vi.spyOn(process.stdout, "write").mockImplementation(() => true);
  try {
    expect(await runPublish({ root, now: "2026-06-01T00:00:00Z" })).toBe(1);
    expect(await runPublish({ root, now: "2026-06-01T00:00:00Z", allowIdChanges: true })).toBe(0);
  } finally {
    spy.mockRestore();
  }
});

test("F104: what authors retract or let expire is published without a flag, also when nothing is left", async () => {
  const { root, folder, configure } = await startSite();
  await build(configure(), { now });
  expect(exitCodeOf(await publishSite(configure(), { now, allowPrivate: true }))).toBe(0);
  const lines = ["retracted: true", "retracted: 2026-05-01T00:00:00Z", "expires: 2026-05-01T00:00:00Z"];
  for (const [at, line] of lines.entries())
    write(
      root,
      `posts/post-${at + 1}.md`,
      `---\ntitle: Post ${at + 1}\ndate: 2026-01-0${at + 1}T09:00:00Z\n${line}\n---\n\n${body("it")}`,
    );
  await build(configure(), { now });
  const receipt = await publishSite(configure(), { now: now + 1, allowPrivate: true });
  expect(receipt.refused).toEqual([]);
  const tree = readTree(folder);
  expect(tree["rss.xml"]).not.toContain("Post 1");
  expect(tree["atom.xml"]?.match(/<at:deleted-entry/g)).toHaveLength(2);
});
