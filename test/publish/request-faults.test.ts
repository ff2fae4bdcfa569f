import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createGuardedFetch } from "../../src/net/guarded-fetch.ts";
import { parseRecord, recordPath } from "../../src/publish/deploy/record.ts";
import { digestOf, type SetFile } from "../../src/publish/plan/file-set.ts";
import { applyPublish, type PublishTools } from "../../src/publish/publish.ts";
import { exitCodeOf, type Receipt } from "../../src/publish/receipt.ts";
import { openS3 } from "../../src/publish/targets/s3.ts";
import type { Target } from "../../src/publish/targets/target.ts";
import { type Fault, faultKinds, Gate, type Reply } from "./gate.ts";
import { expectOrderedStep } from "./ordered-step.ts";
import {
  makeClock,
  openProgram,
  readTree,
  sampleInput,
  samplePosts,
  sampleSet,
  sampleTools,
  temporaryFolder,
  treeOf,
} from "./sample-set.ts";
import { startStrictStore } from "./targets/strict-store.ts";

/** Milliseconds after which a request that hangs is given up. */
const patience = 300;
const key = "0123456789abcdef";

/** Where a set is published to. */
interface Shop {
  open(site: {
    siteUrl: string;
    files: readonly SetFile[];
    tools: Pick<PublishTools, "fetchSite">;
  }): Promise<Target>;
  /** What is public, without the record. */
  read(): Record<string, string>;
  bytesOf(path: string): Uint8Array | undefined;
}

async function startBucket(gate: Gate): Promise<Shop> {
  const store = await startStrictStore();
  const endpoint = await gate.serve("target", async ({ method = "GET", url = "/", headers }, body) => {
    const kept = Object.entries(headers).filter(([name]) => /^(if-|content-type|cache-control)/.test(name));
    const answer = await fetch(`${store.endpoint}${url}`, {
      method,
      headers: Object.fromEntries(kept) as Record<string, string>,
      ...(body.length > 0 && { body }),
    });
    const passed = [...answer.headers].filter(([name]) => /^(etag|content-type)$/.test(name));
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return { status: answer.status, headers: Object.fromEntries(passed), body: bytes };
  });
  const environment = { AWS_ACCESS_KEY_ID: "S3", AWS_SECRET_ACCESS_KEY: "S3-secret" };
  const [bucket, region, prefix, cacheControl] = ["feeds", "us-east-1", "", "no-cache"];
  return {
    open: () =>
      openS3({
        ...{ bucket, region, prefix, cacheControl, endpoint, environment },
        allowPrivate: true,
        timeoutMs: patience,
      }),
    read: () =>
      Object.fromEntries(
        [...store.objects]
          .filter(([path]) => path !== recordPath)
          .map(([path, { body }]) => [path, String(body)]),
      ),
    bytesOf: (path) => store.objects.get(path)?.body,
  };
}

/** A program deploys; what is public is read at the public addresses themselves. */
async function startProgram(): Promise<Shop> {
  const folder = temporaryFolder();
  const copy = `
    const { cpSync, readFileSync, rmSync } = require("node:fs");
    cpSync(process.env.FEEDWRIGHT_FOLDER, process.argv[1], { recursive: true });
    for (const { path } of JSON.parse(readFileSync(process.env.FEEDWRIGHT_CHANGES, "utf8")).removed)
      rmSync(process.argv[1] + "/" + path);`;
  return {
    open: async ({ siteUrl, files, tools }) =>
      openProgram(copy, folder, { siteUrl, fetchSite: tools.fetchSite, files }),
    read: () => {
      const { [recordPath]: _, ...tree } = readTree(folder);
      return tree;
    },
    bytesOf: (path) => {
      try {
        return readFileSync(join(folder, path));
      } catch {
        return undefined;
      }
    },
  };
}

/** A shop, its public addresses, two hubs, IndexNow and rssCloud: every request of a publish goes through one gate. */
async function startWorld(start: (gate: Gate) => Promise<Shop>) {
  const gate = new Gate();
  const shop = await start(gate);
  const told: string[] = [];
  /** Topics that were announced while their public bytes were not those of the set. */
  const tooEarly: string[] = [];
  let awaited: readonly SetFile[] = [];
  const serveSite = async (request: { url?: string | undefined }): Promise<Reply> => {
    const body = shop.bytesOf(decodeURIComponent(request.url ?? "/").slice(1));
    return body ? { status: 200, body } : { status: 404 };
  };
  const siteUrl = `${await gate.serve("site", serveSite)}/`;
  const hear = (name: string, topic: string) => {
    told.push(`${name} ${topic}`);
    const path = topic.slice(siteUrl.length);
    const wanted = awaited.find((file) => file.path === path)?.digest;
    if (wanted !== undefined && wanted !== digestOf(shop.bytesOf(path) ?? "")) tooEarly.push(topic);
  };
  const startListener = (name: string) =>
    gate.serve(name, async (_, body) => {
      const form = new URLSearchParams(body.toString());
      hear(name, form.get("hub.url") ?? form.get("url") ?? "");
      return { status: name === "cloud" ? 200 : 204 };
    });
  const hubs = [await startListener("hub-1"), await startListener("hub-2")];
  const ping = await startListener("cloud");
  const endpoint = await gate.serve("indexnow", async (_, body) => {
    for (const url of (JSON.parse(body.toString()) as { urlList: string[] }).urlList) hear("indexnow", url);
    return { status: 202 };
  });
  const clock = makeClock();
  const limits = { allowedHosts: "any", allowPrivate: true, timeoutMs: patience, clock } as const;
  const fetchSite = createGuardedFetch({ ...limits, retries: 1 });
  const fetchServices = createGuardedFetch({ ...limits, retries: 2 });
  const set = (count: number) =>
    sampleSet(
      samplePosts(count).map((post) => ({
        ...post,
        url: post.url?.replace("https://kabar.example/", siteUrl) ?? "",
      })),
      { siteUrl, hubs },
    );
  const publish = async (files: readonly SetFile[]): Promise<Receipt> => {
    awaited = files;
    const services = { hubs, rsscloud: { ping }, indexnow: { key, endpoint } };
    const input = sampleInput(files, { siteUrl, services, verify: { timeoutMs: 4000 } });
    const target = await shop.open({ siteUrl, files, tools: { fetchSite } });
    // As in CI: no run has the queue of another.
    return applyPublish(input, sampleTools(target, { fetchSite, fetchServices, clock }));
  };
  const keyFile = { [`${key}.txt`]: key };
  return { gate, shop, siteUrl, told, tooEarly, clock, set, publish, keyFile };
}

type World = Awaited<ReturnType<typeof startWorld>>;

const oldCollection = "tags/a/feed.json";

/** What a receipt says must be so. */
function expectTrue(
  receipt: Receipt,
  world: World,
  first: readonly SetFile[],
  second: readonly SetFile[],
): void {
  const { [`${key}.txt`]: _, ...files } = world.shop.read();
  const code = exitCodeOf(receipt);
  // At public addresses, other bytes than ours are somebody else's: they stay for this time.
  const stays = !receipt.removed.includes(oldCollection) && { [oldCollection]: files[oldCollection] };
  if (code === 0) expect(files).toEqual({ ...treeOf(second), ...stays });
  if (code === 1) expect(world.shop.read()).toMatchObject(treeOf(first));
  if (code === 2) expect(receipt.failed ?? receipt.unproved[0]).toBeDefined();
  expectOrderedStep(files, first, second);
  for (const { path, digest } of receipt.deployed)
    expect(digestOf(world.shop.bytesOf(path) ?? "")).toBe(digest);
  for (const { url, digest } of receipt.proved)
    expect(digestOf(world.shop.bytesOf(url.slice(world.siteUrl.length)) ?? "")).toBe(digest);
  const unproved = receipt.unproved.map(({ url }) => url);
  for (const { kind, topic, outcome } of receipt.pings)
    if (kind !== "indexnow" && outcome === "done") expect(unproved).not.toContain(topic);
}

/** Whether what a fault did to one of the services that are told must show in the receipt as still waiting. */
function mustWait({ kind, forGood }: Fault): boolean {
  return forGood && kind !== "short" && kind !== "wrong";
}

const shops: Readonly<Record<string, (gate: Gate) => Promise<Shop>>> = {
  "a bucket": startBucket,
  "a program": startProgram,
};

/** Every way for every request, in shares of which this run takes one: FAULTS=1/4. Otherwise one way for each, the ways in turn. */
const [share, shares] = (process.env.FAULTS ?? "").split("/").map(Number);

function chooseFaults(requests: readonly string[]): Fault[] {
  const ways = faultKinds.flatMap((kind) => [true, false].map((forGood) => ({ kind, forGood })));
  if (shares !== undefined)
    return requests
      .flatMap((name) => ways.map((way): Fault => ({ name, ...way })))
      .filter((_, at) => at % shares === (share ?? 0) % shares);
  const some = requests.filter((name, at) => !name.startsWith("target") || at % 2 === 0);
  return some.flatMap((name, at) =>
    ways.slice(at % ways.length, (at % ways.length) + 1).map((way) => ({ name, ...way })),
  );
}

/** Many servers answer with a page where there is nothing: without a record it is a first publish, which removes nothing. */
function looksEmpty({ name, kind }: Fault): boolean {
  return kind === "wrong" && name.includes(recordPath);
}

/** The next set: two new posts, and a collection less. */
const second = (world: World) => world.set(5).filter(({ path }) => path !== oldCollection);

/** What was told, whatever the address of this world's site. */
const plain = (world: World) => [...new Set(world.told.map((one) => one.replace(world.siteUrl, "/")))].sort();

/** A publish with a fault, and the runs after it; out goes whether the fault came to pass. */
async function endure(
  fault: Fault,
  {
    start,
    pending,
    kind,
  }: { start: (gate: Gate) => Promise<Shop>; pending: readonly string[]; kind: string },
): Promise<boolean> {
  const world = await startWorld(start);
  const [before, after] = [world.set(3), second(world)];
  await world.publish(before);
  world.told.length = 0;
  world.gate.reset(fault);
  const receipt = await world.publish(after);
  const { tripped } = world.gate;
  const service = fault.name.split(" ")[0] ?? "";
  const told = `${JSON.stringify(fault)} ${JSON.stringify(receipt.failed ?? receipt.refused)}`;
  expectTrue(receipt, world, before, after);
  expect(world.tooEarly, told).toEqual([]);
  const isTold = /^(hub-\d|cloud|indexnow)$/.test(service);
  if (isTold) expect(exitCodeOf(receipt), told).toBe(0);
  if (isTold && mustWait(fault)) expect(receipt.pending.length, told).toBeGreaterThan(0);
  if (service === "site" && kind === "a bucket" && !fault.forGood) expect(exitCodeOf(receipt), told).toBe(0);
  if (service === "site" && kind === "a bucket" && fault.forGood) {
    const [, , path = ""] = fault.name.split(" ");
    expect(exitCodeOf(receipt), told).toBe(2);
    expect(world.told.join("\n"), told).not.toContain(path);
  }
  if (kind === "a bucket" && exitCodeOf(receipt) === 0)
    expect(receipt.removed, told).toEqual([oldCollection]);
  world.gate.reset();
  world.clock.waited += 25 * 3_600_000;
  const next = await world.publish(after);
  expect(exitCodeOf(next), `${told} then ${JSON.stringify(next)}`).toBe(0);
  expect(world.shop.read()).toEqual({ ...treeOf(after), ...world.keyFile });
  expect(next.pending, told).toEqual([]);
  expect(plain(world), told).toEqual(pending);
  expect(world.tooEarly, told).toEqual([]);
  expect(parseRecord(world.shop.bytesOf(recordPath))?.pending, told).toEqual([]);
  world.told.length = 0;
  await world.publish(after);
  expect(world.told, told).toEqual([]);
  return tripped;
}

describe.each(Object.keys(shops))(
  "F70 F73 F74: %s; a fault at any request of target, proof or pings",
  (kind) => {
    test("leaves an ordered step, a true receipt and no early notification; the next run completes and tells the rest", {
      timeout: shares === undefined ? 60_000 : 1_800_000,
    }, async () => {
      const start = shops[kind] ?? startBucket;
      const clean = await startWorld(start);
      await clean.publish(clean.set(3));
      clean.told.length = 0;
      clean.gate.reset();
      expect(exitCodeOf(await clean.publish(second(clean)))).toBe(0);
      const pending = plain(clean);
      const requests = [...clean.gate.requests];
      for (const service of ["site", "hub-1", "hub-2", "cloud", "indexnow"])
        expect(requests.some((name) => name.startsWith(service))).toBe(true);
      const faults = chooseFaults(requests).filter((fault) => kind !== "a program" || !looksEmpty(fault));
      let tripped = 0;
      const wrong: string[] = [];
      for (const fault of faults) {
        try {
          if (await endure(fault, { start, pending, kind })) tripped += 1;
        } catch (error) {
          wrong.push(`${JSON.stringify(fault)}: ${error instanceof Error ? error.message : error}`);
        }
      }
      expect(wrong).toEqual([]);
      // Most names come again the same way; parallel requests may change their order.
      expect(tripped).toBeGreaterThan(faults.length * 0.9);
    });
  },
);
