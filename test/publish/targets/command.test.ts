import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createGuardedFetch } from "../../../src/net/guarded-fetch.ts";
import { recordPath } from "../../../src/publish/deploy/record.ts";
import { applyPublish } from "../../../src/publish/publish.ts";
import { exitCodeOf } from "../../../src/publish/receipt.ts";
import { type CommandTargetOptions, openCommand } from "../../../src/publish/targets/command.ts";
import {
  readTree,
  sampleInput,
  samplePosts,
  sampleSet,
  sampleTools,
  serve,
  serveFolder,
  temporaryFolder,
  treeOf,
} from "../sample-set.ts";

/** A program that copies the folder it is given, keeps the list of changes, and removes what it is told to. */
const copier = `
const { cpSync, readFileSync, rmSync, copyFileSync } = require("node:fs");
const to = process.argv[1];
const { put, removed } = JSON.parse(readFileSync(process.env.FEEDWRIGHT_CHANGES, "utf8"));
cpSync(process.env.FEEDWRIGHT_FOLDER, to, { recursive: true });
for (const { path } of removed) rmSync(to + "/" + path);
copyFileSync(process.env.FEEDWRIGHT_CHANGES, to + ".changes");
`;

async function startSite(
  run: (folder: string) => string[],
  more: Partial<CommandTargetOptions> = {},
  hubs: readonly string[] = [],
) {
  const folder = join(temporaryFolder(), "public");
  const siteUrl = `${await serveFolder(folder)}/`;
  const publish = (files: ReturnType<typeof sampleSet>, dryRun = false) => {
    const target = openCommand({
      run: run(folder),
      root: temporaryFolder(),
      timeoutMs: 10_000,
      environment: process.env,
      siteUrl,
      fetchSite: createGuardedFetch({ allowedHosts: "any", allowPrivate: true, retries: 0 }),
      files,
      ...more,
    });
    return applyPublish(
      sampleInput(files, { siteUrl, verify: { timeoutMs: 2000 }, services: { hubs }, dryRun }),
      sampleTools(target),
    );
  };
  return { folder, publish };
}

const first = sampleSet(samplePosts(3));
const second = sampleSet(samplePosts(5)).filter(({ path }) => path !== "tags/a/feed.json");

test("the program gets the whole set in a folder and the changes in their order; nothing changed runs nothing", async () => {
  const { folder, publish } = await startSite((to) => [process.execPath, "-e", copier, to]);
  const one = await publish(first);
  expect(exitCodeOf(one)).toBe(0);
  const { [recordPath]: _, ...tree } = readTree(folder);
  expect(tree).toEqual(treeOf(first));
  const changes = JSON.parse(readFileSync(`${folder}.changes`, "utf8"));
  expect(changes.put.map(({ path }: { path: string }) => path)).toEqual([
    ...first.map(({ path }) => path),
    recordPath,
  ]);
  rmSync(`${folder}.changes`);
  expect((await publish(first)).deployed).toEqual([]);
  await publish(second, true);
  expect(() => readFileSync(`${folder}.changes`)).toThrow();
  const two = await publish(second);
  expect(two.removed).toEqual(["tags/a/feed.json"]);
  expect(two.proved.length).toBeGreaterThan(0);
  const { [recordPath]: __, ...after } = readTree(folder);
  expect(after).toEqual(treeOf(second));
});

test("without `remember` the program runs once and the record lists nothing that could never be taken off it again", async () => {
  for (const remember of [false, true]) {
    const hub = await serve((_, answer) => answer.writeHead(204).end());
    const { folder, publish } = await startSite(
      (to) => [process.execPath, "-e", `${copier}require("node:fs").appendFileSync(to + ".runs", "x")`, to],
      { remember },
      [hub],
    );
    const receipt = await publish(sampleSet(samplePosts(1), { hubs: [hub] }));
    expect(receipt.pings.map(({ outcome }) => outcome)).toEqual(["done", "done", "done"]);
    const runs = readFileSync(`${folder}.runs`, "utf8").length;
    expect(runs).toBe(remember ? 2 : 1);
    expect(readFileSync(join(folder, recordPath), "utf8")).not.toContain("owed");
    if (remember)
      expect(JSON.parse(readFileSync(`${folder}.changes`, "utf8"))).toMatchObject({
        put: [{ path: recordPath }],
        removed: [],
      });
  }
});

test("arguments reach the program as they are: there is no shell", async () => {
  const out = join(temporaryFolder(), "arguments");
  const words = ["$(touch x)", "; touch y", "*", "a b", '"'];
  const { publish } = await startSite(() => [
    process.execPath,
    "-e",
    `require("node:fs").writeFileSync(process.argv[1], JSON.stringify(process.argv.slice(2)))`,
    out,
    ...words,
  ]);
  await publish(first);
  expect(JSON.parse(readFileSync(out, "utf8"))).toEqual(words);
});

test("F78: a program that fails is reported with what it printed, but without secrets", async () => {
  const { publish } = await startSite(
    () => [
      process.execPath,
      "-e",
      "console.error('no: ' + process.env.DEPLOY_TOKEN + ' ' + encodeURIComponent(process.env.DEPLOY_TOKEN)); process.exit(3)",
    ],
    { environment: { ...process.env, DEPLOY_TOKEN: "canary token+1" } },
  );
  const receipt = await publish(first);
  expect(exitCodeOf(receipt)).toBe(2);
  expect(receipt.failed?.message).toMatch(/ended with code 3\. It said: no: \*\*\* \*\*\*/);
  expect(JSON.stringify(receipt)).not.toContain("canary");
});

test("a program that does not end is ended, with what it started", async () => {
  const marker = join(temporaryFolder(), "alive");
  const child = `setTimeout(() => require("node:fs").writeFileSync(${JSON.stringify(marker)}, ""), 1500)`;
  const { publish } = await startSite(
    () => [
      process.execPath,
      "-e",
      `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "ignore" }); setInterval(() => {}, 1000)`,
    ],
    { timeoutMs: 600 },
  );
  const receipt = await publish(first);
  expect(receipt.failed?.message).toMatch(/did not end within 0.6 s/);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(() => readFileSync(marker)).toThrow();
});

test("a program that is not there is an error that names it", async () => {
  const { publish } = await startSite(() => ["feedwright-no-such-program"]);
  expect((await publish(first)).failed?.message).toBe(
    "The program feedwright-no-such-program cannot be started (ENOENT).",
  );
});

describe("a page with status 200, as many servers answer for a missing file", () => {
  const page = "<!-- built -->\n<!DOCTYPE html><title>Kabar</title>";
  /** A site whose server shows the page for what `hidden` names, and where there is nothing. */
  async function startPaged(hidden: () => RegExp) {
    let folder = "";
    const siteUrl = `${await serve((request, answer) => {
      const path = new URL(request.url ?? "/", "http://x").pathname.slice(1);
      const body = hidden().test(path) ? undefined : readTree(folder)[path];
      answer.writeHead(200, { "content-type": body === undefined ? "text/html" : "text/plain" });
      answer.end(body ?? page);
    })}/`;
    const site = await startSite((to) => [process.execPath, "-e", copier, to], { siteUrl });
    folder = site.folder;
    mkdirSync(folder);
    return site;
  }

  test("in place of the record is no record, which is said", async () => {
    let hidden = /^$/;
    const { folder, publish } = await startPaged(() => hidden);
    // Feeds of another program stand there already.
    for (const path of ["rss.xml", "feed.json"])
      writeFileSync(join(folder, path), treeOf(sampleSet(samplePosts(2)))[path] ?? "");
    const receipt = await publish(first);
    expect(receipt.refused).toEqual([]);
    expect(receipt.plan.find(({ path }) => path === "rss.xml")?.new).toHaveLength(1);
    expect(receipt.notices).toContainEqual(
      expect.stringMatching(/published\.json answers with a page.*no record/),
    );
    const again = await publish(first);
    expect(again).toMatchObject({ deployed: [], notices: [] });
    hidden = /published/;
    const lost = await publish(second, true);
    expect(lost.notices).toHaveLength(1);
    // Entries are compared with the feeds themselves: nothing is announced twice.
    expect(lost.plan.find(({ path }) => path === "rss.xml")?.new).toHaveLength(2);
  });

  test("in place of a feed that never was there is no feed; in place of one that was, nothing can be compared", async () => {
    let hidden = /^$/;
    const { folder, publish } = await startPaged(() => hidden);
    writeFileSync(join(folder, "rss.xml"), treeOf(first)["rss.xml"] ?? "");
    const few = first.filter(({ path }) => !path.startsWith("tags/"));
    expect((await publish(few)).refused).toEqual([]);
    const more = await publish(first);
    expect(more.refused).toEqual([]);
    expect(more.plan).toMatchObject([{ path: "tags/a/feed.json", standing: "added" }]);
    hidden = /^feed\.json/;
    expect((await publish(second)).refused[0]).toMatchObject({ code: "publish/public-unreadable" });
  });

  test("in place of everything may be a site that is down: nothing is planned on that", async () => {
    const { publish } = await startPaged(() => /./);
    const receipt = await publish(first);
    expect(receipt.refused[0]).toMatchObject({ code: "publish/public-unreadable" });
    expect(receipt.refused[0]?.hint).toMatch(/first publish.*--allow-unreadable/);
    expect(receipt.deployed).toEqual([]);
  });
});

test("where what is public cannot be read, nothing is published blindly", async () => {
  const siteUrl = `${await serve((_, answer) => answer.writeHead(503).end())}/`;
  const ran = join(temporaryFolder(), "ran");
  const { publish } = await startSite(
    () => [process.execPath, "-e", `require("node:fs").writeFileSync(${JSON.stringify(ran)}, "")`],
    { siteUrl },
  );
  const receipt = await publish(first);
  expect(receipt.failed).toMatchObject({ code: "network" });
  expect(() => readFileSync(ran)).toThrow();
});
