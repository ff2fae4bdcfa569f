import { readFileSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { systemClock } from "../../src/net/clock.ts";
import { createGuardedFetch } from "../../src/net/guarded-fetch.ts";
import { NotificationQueue } from "../../src/publish/notify/queue.ts";
import { sendPending } from "../../src/publish/notify/send.ts";
import { readPublicEntries } from "../../src/publish/plan/entries.ts";
import { digestOf, type SetFile } from "../../src/publish/plan/file-set.ts";
import { applyPublish, type PublishInput, type PublishTools } from "../../src/publish/publish.ts";
import { exitCodeOf, type Receipt } from "../../src/publish/receipt.ts";
import { openDirectory } from "../../src/publish/targets/directory.ts";
import {
  sampleInput,
  samplePost,
  samplePosts,
  sampleSet,
  sampleTools,
  serve,
  serveFolder,
  temporaryFolder,
} from "./sample-set.ts";

/** A ping that waits in an outbox. */
const delivery = { kind: "websub", to: "https://hub.example/", topic: "https://a.example/rss.xml" } as const;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const piece of request) body += String(piece);
  return body;
}

/** A hub that notes the topics it is told of. */
async function startHub(
  answerWith: (answer: ServerResponse, topic: string) => void = (answer) => answer.writeHead(204).end(),
) {
  const topics: string[] = [];
  const url = await serve(async (request, answer) => {
    const topic = new URLSearchParams(await bodyOf(request)).get("hub.url") ?? "";
    topics.push(topic);
    answerWith(answer, topic);
  });
  return { url: `${url}/hub`, topics };
}

interface Site {
  readonly folder: string;
  readonly siteUrl: string;
  readonly tools: PublishTools;
  publish(files: readonly SetFile[], more?: Partial<PublishInput>): Promise<Receipt>;
  set(count: number): SetFile[];
}

/** A folder, served on the loopback address and published to. */
async function startSite(
  hubs: readonly string[],
  more: Partial<PublishTools> = {},
  origin?: string,
): Promise<Site> {
  const folder = temporaryFolder();
  const siteUrl = `${origin ?? (await serveFolder(folder))}/`;
  const tools = sampleTools(openDirectory({ path: folder }), more);
  return {
    folder,
    siteUrl,
    tools,
    set: (count) =>
      sampleSet(
        samplePosts(count, {}).map((post) => ({
          ...post,
          url: post.url?.replace("https://kabar.example/", siteUrl) ?? "",
        })),
        { siteUrl, hubs },
      ),
    publish: (files, input = {}) =>
      applyPublish(
        sampleInput(files, { siteUrl, services: { hubs }, verify: { timeoutMs: 4000 }, ...input }),
        tools,
      ),
  };
}

const sorted = (list: readonly string[]) => [...list].sort();

test("F73: every hub hears of every changed topic, after its public address serves the new bytes", async () => {
  const live: string[] = [];
  const hub = await startHub((answer, topic) => {
    const served = readFileSync(join(folder, new URL(topic).pathname));
    live.push(`${new URL(topic).pathname} ${digestOf(served)}`);
    answer.writeHead(204).end();
  });
  const second = await startHub();
  let stale = 3;
  let folder = "";
  const old = new Map<string, Buffer>();
  const origin = await serve((request, answer) => {
    const path = new URL(request.url ?? "/", "http://127.0.0.1").pathname;
    const bytes = readFileSync(join(folder, path));
    // A slow CDN: the first looks still get the old bytes.
    const served = path === "/rss.xml" && stale-- > 0 ? (old.get(path) ?? Buffer.from("old")) : bytes;
    answer.writeHead(200, { "content-type": "application/rss+xml" }).end(served);
  });
  const site = await startSite([hub.url, second.url], {}, origin);
  folder = site.folder;
  const files = site.set(3);
  const receipt = await site.publish(files);
  expect(exitCodeOf(receipt)).toBe(0);
  expect(stale).toBeLessThan(0);
  const told = ["rss.xml", "feed.json", "tags/a/feed.json"];
  expect(sorted(hub.topics)).toEqual(sorted(told.map((path) => `${site.siteUrl}${path}`)));
  expect(sorted(second.topics)).toEqual(sorted(hub.topics));
  for (const path of told) {
    const digest = files.find((file) => file.path === path)?.digest;
    expect(live).toContain(`/${path} ${digest}`);
  }
  expect(receipt.pings).toHaveLength(6);
  expect(receipt.pings[0]).toMatchObject({ kind: "websub", status: 204, outcome: "done", tries: 1 });
  expect(receipt.proved.map(({ url }) => url)).toContain(`${site.siteUrl}rss.xml`);
  expect(receipt.pending).toEqual([]);
  const again = await site.publish(files);
  expect(again).toMatchObject({ pings: [], proved: [], deployed: [] });
});

test("an unchanged topic is not announced", async () => {
  const hub = await startHub();
  const site = await startSite([hub.url]);
  await site.publish(site.set(3));
  hub.topics.length = 0;
  await site.publish(site.set(4));
  // Post 4 has no tag a, and archives are never announced.
  expect(sorted(hub.topics)).toEqual(sorted([`${site.siteUrl}rss.xml`, `${site.siteUrl}feed.json`]));
});

test("F73: bytes that are never public are never announced; the receipt lists the deploy as unproved", async () => {
  const hub = await startHub();
  const origin = await serve((_, answer) => answer.writeHead(200).end("something else"));
  const site = await startSite([hub.url], {}, origin);
  const receipt = await site.publish(site.set(3));
  expect(exitCodeOf(receipt)).toBe(2);
  expect(receipt.unproved[0]?.reason).toBe("it still serves other bytes");
  expect(hub.topics).toEqual([]);
  expect(receipt.pending).toHaveLength(3);
});

describe("F74: a hub that does not do its part never fails the deploy", () => {
  test.each<[string, (answer: ServerResponse) => void, string, string | number]>([
    [
      "429 with Retry-After",
      (answer) => void answer.writeHead(429, { "retry-after": "7200" }).end(),
      "later",
      429,
    ],
    ["500", (answer) => void answer.writeHead(500).end(), "later", 500],
    ["a broken connection", (answer) => void answer.socket?.destroy(), "later", "connection failed"],
    ["no answer, ever", () => {}, "later", "no answer within"],
    ["204, and nothing follows", (answer) => void answer.writeHead(204).end(), "done", 204],
    ["400, for good", (answer) => void answer.writeHead(400).end(), "refused", 400],
    ["a slow answer", (answer) => void setTimeout(() => answer.writeHead(202).end(), 150), "done", 202],
  ])("%s", async (_, answerWith, outcome, status) => {
    const good = await startHub();
    const bad = await startHub(answerWith);
    const fetchServices = createGuardedFetch({
      allowedHosts: "any",
      allowPrivate: true,
      retries: 0,
      timeoutMs: 400,
    });
    const site = await startSite([bad.url, good.url], { fetchServices });
    const receipt = await site.publish(site.set(3));
    expect(exitCodeOf(receipt)).toBe(0);
    expect(good.topics).toHaveLength(3);
    const ping = receipt.pings.find(({ to }) => to === bad.url);
    expect(ping?.outcome).toBe(outcome);
    expect(String(ping?.status)).toContain(String(status));
    expect(receipt.pending).toHaveLength(outcome === "later" ? 3 : 0);
  });

  test("what is pending is sent by a later publish, not before Retry-After, and each once", async () => {
    let busy = true;
    const hub = await startHub((answer) =>
      answer.writeHead(busy ? 429 : 204, busy ? { "retry-after": "600" } : {}).end(),
    );
    const site = await startSite([hub.url]);
    const files = site.set(3);
    const clock = site.tools.clock as typeof site.tools.clock & { waited: number };
    await site.publish(files);
    busy = false;
    hub.topics.length = 0;
    clock.waited += 30_000;
    await site.publish(files);
    // The topics that were not tried at the busy hub were due at once; the one it put off waits.
    const early = hub.topics.length;
    clock.waited += 600_000;
    const receipt = await site.publish(files);
    expect(hub.topics.length).toBe(3);
    expect(early).toBeLessThan(3);
    expect(new Set(hub.topics).size).toBe(3);
    expect(receipt.pending).toEqual([]);
  });

  test("a notification is given up after a week", async () => {
    const hub = await startHub((answer) => answer.writeHead(503).end());
    const site = await startSite([hub.url]);
    const clock = site.tools.clock as typeof site.tools.clock & { waited: number };
    await site.publish(site.set(3));
    clock.waited += 8 * 24 * 3_600_000;
    const pings = await sendPending(site.tools, { all: true });
    expect(pings.length).toBeGreaterThan(0);
    clock.waited += 24 * 3_600_000;
    await sendPending(site.tools, { all: true });
    await sendPending(site.tools, { all: true });
    expect(site.tools.queue.list()).toEqual([]);
  });
});

test("a full WebSub round trip: a subscriber with a verified callback gets the new entry after publish", async () => {
  const received: string[] = [];
  const callbacks = new Map<string, string[]>();
  const subscriber = await serve(async (request, answer) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    if (request.method === "GET") return void answer.end(url.searchParams.get("hub.challenge"));
    received.push(await bodyOf(request));
    answer.end();
  });
  // A small hub: verifies the intent of subscribers, then sends them what it fetches from the topic.
  const hub = await serve(async (request, answer) => {
    const form = new URLSearchParams(await bodyOf(request));
    const topic = form.get("hub.topic") ?? form.get("hub.url") ?? "";
    answer.writeHead(202).end();
    if (form.get("hub.mode") === "subscribe") {
      const callback = form.get("hub.callback") ?? "";
      const query = new URLSearchParams({
        "hub.mode": "subscribe",
        "hub.topic": topic,
        "hub.challenge": "c-1",
      });
      const verified = await fetch(`${callback}?${query}`).then((got) => got.text());
      if (verified === "c-1") callbacks.set(topic, [...(callbacks.get(topic) ?? []), callback]);
      return;
    }
    const content = await fetch(topic);
    const body = await content.text();
    for (const callback of callbacks.get(topic) ?? [])
      await fetch(callback, {
        method: "POST",
        body,
        headers: { link: `<${hub}>; rel="hub", <${topic}>; rel="self"` },
      });
  });
  const site = await startSite([hub]);
  await site.publish(site.set(2));
  const topic = `${site.siteUrl}rss.xml`;
  await fetch(hub, {
    method: "POST",
    body: new URLSearchParams({
      "hub.mode": "subscribe",
      "hub.topic": topic,
      "hub.callback": `${subscriber}/callback`,
    }),
  });
  await expect.poll(() => callbacks.get(topic)).toEqual([`${subscriber}/callback`]);
  const receipt = await site.publish(site.set(3));
  expect(exitCodeOf(receipt)).toBe(0);
  await expect.poll(() => received.length).toBe(1);
  const entries = readPublicEntries(new TextEncoder().encode(received[0]), "rss.xml").entries;
  expect(entries.map(({ title }) => title)).toEqual(["Post 3", "Post 2", "Post 1"]);
});

test("a notification whose feed cannot be read says why it waits", async () => {
  const hub = await startHub();
  let status = 200;
  const origin = await serve((_, answer) => answer.writeHead(status).end("something else"));
  const site = await startSite([hub.url], {}, origin);
  await site.publish(site.set(3), { verify: { timeoutMs: 1 } });
  const lastAfter = async (fetchSite = site.tools.fetchSite) => {
    await sendPending({ ...site.tools, fetchSite }, { all: true });
    return site.tools.queue.list()[0]?.lastStatus;
  };
  expect(await lastAfter()).toBe("not public yet");
  status = 503;
  expect(await lastAfter()).toBe("its feed answers with status 503");
  const guarded = createGuardedFetch({ allowedHosts: "any", allowPrivate: false, retries: 0 });
  expect(await lastAfter(guarded)).toMatch(/^its feed cannot be read: .*private/);
  expect(hub.topics).toEqual([]);
});

describe("F75: IndexNow", () => {
  const key = "0123456789abcdef";
  async function startIndexNow(status = 200) {
    const calls: { host: string; key: string; keyLocation: string; urlList: string[] }[] = [];
    const url = await serve(async (request, answer) => {
      calls.push(JSON.parse(await bodyOf(request)));
      answer.writeHead(status).end();
    });
    return { calls, services: { hubs: [], indexnow: { key, endpoint: `${url}/indexnow` } } };
  }

  test("changed permalinks only, with the key's file on the site", async () => {
    const { calls, services } = await startIndexNow(202);
    const site = await startSite([]);
    await site.publish(site.set(2), { services });
    expect(readFileSync(join(site.folder, `${key}.txt`), "utf8")).toBe(key);
    const receipt = await site.publish(site.set(3), { services });
    expect(calls).toHaveLength(2);
    expect(calls[1]).toEqual({
      host: new URL(site.siteUrl).host,
      key,
      keyLocation: `${site.siteUrl}${key}.txt`,
      urlList: [`${site.siteUrl}post-3/`],
    });
    expect(receipt.pings).toMatchObject([{ kind: "indexnow", status: 202, outcome: "done" }]);
  });

  test("at most 10,000 addresses a call, and none of another host", async () => {
    const { calls, services } = await startIndexNow();
    const site = await startSite([]);
    const posts = Array.from({ length: 12_000 }, (_, at) =>
      samplePost(at, { url: `${site.siteUrl}p/${at}`, content: "x" }),
    );
    const others = [samplePost(1, { id: "x", url: "https://elsewhere.example/" })];
    const files = sampleSet([...posts, ...others], { siteUrl: site.siteUrl, limit: 20_000 });
    await site.publish(files, {
      services,
      limit: 20_000,
      limits: { maxNew: 1e6, maxBytes: 1e9, maxRemoved: 9 },
    });
    expect(calls.map(({ urlList }) => urlList.length).sort()).toEqual([10_000, 2000]);
    expect(calls.flatMap(({ urlList }) => urlList).every((url) => url.startsWith(site.siteUrl))).toBe(true);
  });

  test.each([
    [403, "refused", 0],
    [422, "refused", 0],
    [429, "later", 1],
  ])("status %i: %s", async (status, outcome, pending) => {
    const { services } = await startIndexNow(status);
    const site = await startSite([]);
    const receipt = await site.publish(site.set(2), { services });
    expect(exitCodeOf(receipt)).toBe(0);
    expect(receipt.pings).toMatchObject([{ status, outcome }]);
    expect(receipt.pending).toHaveLength(pending);
  });
});

test("rssCloud: the server's own refusal counts, whatever the status", async () => {
  const bodies: string[] = [];
  const ping = await serve(async (request, answer) => {
    bodies.push(await bodyOf(request));
    answer.end('<notifyResult success="false" msg="no"/>');
  });
  const site = await startSite([]);
  const receipt = await site.publish(site.set(2), { services: { hubs: [], rsscloud: { ping } } });
  expect(bodies).toEqual([`url=${encodeURIComponent(`${site.siteUrl}rss.xml`)}`]);
  expect(receipt.pings).toMatchObject([{ kind: "rsscloud", outcome: "refused" }]);
});

test("what is unusual about the public address is reported: media type, validators, self link", async () => {
  let folder = "";
  const origin = await serve((request, answer) => {
    answer
      .writeHead(200, { "content-type": "application/octet-stream" })
      .end(readFileSync(join(folder, request.url ?? "")));
  });
  const site = await startSite([], {}, origin);
  folder = site.folder;
  const receipt = await site.publish(sampleSet(samplePosts(1)));
  expect(exitCodeOf(receipt)).toBe(0);
  expect(receipt.notices.join("\n")).toMatch(/rss\.xml is served as application\/octet-stream/);
  expect(receipt.notices.join("\n")).toMatch(/without ETag/);
  expect(receipt.notices.join("\n")).toMatch(/names https:\/\/kabar\.example\/rss\.xml/);
});

test("verify: false verifies nothing and notifies nobody", async () => {
  const hub = await startHub();
  const site = await startSite([hub.url]);
  const receipt = await site.publish(site.set(2), { verify: false });
  expect(receipt).toMatchObject({ proved: [], pings: [], pending: [] });
  expect(hub.topics).toEqual([]);
});

test("a dry run makes no request to a service, queues nothing and reports what would happen", async () => {
  const hub = await startHub();
  const site = await startSite([hub.url]);
  await site.publish(site.set(2));
  hub.topics.length = 0;
  const receipt = await site.publish(site.set(3), { dryRun: true });
  expect(receipt.changes.put).toContain("rss.xml");
  expect(receipt.plan.find(({ path }) => path === "rss.xml")?.new.map(({ title }) => title)).toEqual([
    "Post 3",
  ]);
  expect(hub.topics).toEqual([]);
  expect(site.tools.queue.list()).toEqual([]);
});

test("F78: no receipt holds a secret, whatever a server says and however it is written", async () => {
  const secret = 'canary/s3cret+"&ü';
  const hub = await startHub((answer) =>
    answer.writeHead(500, { location: encodeURIComponent(secret) }).end(secret),
  );
  const site = await startSite([`${hub.url}?token=${encodeURIComponent(secret)}`], { secrets: [secret] });
  const receipt = await site.publish(site.set(2));
  expect(receipt.pings.length).toBeGreaterThan(0);
  const text = JSON.stringify(receipt);
  for (const form of [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString("base64"),
  ])
    expect(text).not.toContain(form);
});

test("a damaged outbox file is skipped", async () => {
  const folder = join(temporaryFolder(), "outbox");
  const queue = new NotificationQueue(folder);
  await queue.add(
    [{ kind: "websub", to: "https://hub.example/", topic: "https://a.example/rss.xml", digests: ["d1"] }],
    5,
  );
  const [waiting] = queue.list();
  writeFileSync(join(folder, "0123456789abcdef0123456789abcdef.json"), "{");
  writeFileSync(join(folder, "fedcba9876543210fedcba9876543210.json"), JSON.stringify(waiting));
  expect(queue.list()).toEqual([waiting]);
  rmSync(folder, { recursive: true });
  expect(queue.list()).toEqual([]);
});

test("a digest that is announced takes the older ones with it; a newer one stays", async () => {
  const queue = new NotificationQueue(join(temporaryFolder(), "outbox"));
  for (const digest of ["d1", "d2", "d3"]) await queue.add([{ ...delivery, digests: [digest] }], 5);
  const [waiting] = queue.list();
  expect(waiting?.digests).toEqual(["d1", "d2", "d3"]);
  await queue.markSent(waiting?.id ?? "", "d2", 9);
  expect(queue.list()[0]?.digests).toEqual(["d3"]);
  await queue.drop([{ ...delivery, digests: ["d3"] }]);
  expect(queue.list()).toEqual([]);
});

test("a version that comes back is the newest again; what another run left is older than what is pending here", async () => {
  const queue = new NotificationQueue(join(temporaryFolder(), "outbox"));
  for (const digest of ["d1", "d2", "d1"]) await queue.add([{ ...delivery, digests: [digest] }], 5);
  expect(queue.list()[0]?.digests).toEqual(["d2", "d1"]);
  await queue.add([{ ...delivery, digests: ["d0"] }], 5, "older");
  expect(queue.list()[0]?.digests).toEqual(["d0", "d2", "d1"]);
  await queue.markSent(queue.list()[0]?.id ?? "", "d1", 9);
  expect(queue.list()).toEqual([]);
});

test("two processes' worth of changes to one outbox lose nothing", async () => {
  const folder = join(temporaryFolder(), "outbox");
  const topics = Array.from({ length: 12 }, (_, at) => `https://a.example/${at}`);
  await Promise.all(
    topics.map((topic) =>
      new NotificationQueue(folder).add(
        [{ kind: "websub", to: "https://hub.example/", topic, digests: ["d"] }],
        systemClock.now(),
      ),
    ),
  );
  expect(new NotificationQueue(folder).list()).toHaveLength(12);
});
