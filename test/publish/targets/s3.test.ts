import S3rver from "s3rver";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Failure } from "../../../src/model/failure.ts";
import { systemClock } from "../../../src/net/clock.ts";
import { parseRecord, recordPath } from "../../../src/publish/deploy/record.ts";
import { applyPublish } from "../../../src/publish/publish.ts";
import { exitCodeOf } from "../../../src/publish/receipt.ts";
import { openS3, type S3TargetOptions } from "../../../src/publish/targets/s3.ts";
import { WriteConflict } from "../../../src/publish/targets/target.ts";
import { expectOrderedStep } from "../ordered-step.ts";
import {
  sampleInput,
  samplePosts,
  sampleSet,
  sampleTools,
  serve,
  temporaryFolder,
  treeOf,
} from "../sample-set.ts";
import { type StrictStore, startStrictStore } from "./strict-store.ts";

const environment = { AWS_ACCESS_KEY_ID: "S3RVER", AWS_SECRET_ACCESS_KEY: "S3RVER-canary-secret" };
/** More of them by hand: ROUNDS=200. */
const rounds = Number(process.env.ROUNDS ?? 30);
const first = sampleSet(samplePosts(3));
const second = sampleSet(samplePosts(5)).filter(({ path }) => path !== "tags/a/feed.json");
const third = sampleSet(samplePosts(6));

function target(endpoint: string, more: Partial<S3TargetOptions> = {}) {
  return openS3({
    bucket: "feeds",
    region: "us-east-1",
    endpoint,
    prefix: "",
    cacheControl: "public, max-age=900",
    allowPrivate: true,
    environment,
    timeoutMs: 3000,
    ...more,
  });
}

function readStore(store: StrictStore, prefix = ""): Record<string, string> {
  return Object.fromEntries(
    [...store.objects]
      .filter(([key]) => key.startsWith(prefix) && key !== `${prefix}${recordPath}`)
      .map(([key, { body }]) => [key.slice(prefix.length), body.toString()]),
  );
}

describe("with s3rver, a store without conditional writes", () => {
  let server: S3rver;
  let endpoint = "";
  beforeAll(async () => {
    server = new S3rver({
      port: 0,
      address: "127.0.0.1",
      silent: true,
      directory: temporaryFolder(),
      configureBuckets: [{ name: "feeds", configs: [] }],
    });
    endpoint = `http://127.0.0.1:${(await server.run()).port}`;
  });
  afterAll(() => server.close());

  test("a first publish, an unchanged one, and one that adds, changes and removes", async () => {
    const options = { environment: { ...environment, AWS_SECRET_ACCESS_KEY: "S3RVER" }, prefix: "blog/" };
    const s3 = await target(endpoint, options);
    expect(exitCodeOf(await applyPublish(sampleInput(first), sampleTools(s3)))).toBe(0);
    expect((await applyPublish(sampleInput(first), sampleTools(s3))).deployed).toEqual([]);
    const receipt = await applyPublish(sampleInput(second), sampleTools(s3));
    expect(receipt.failed).toBeUndefined();
    expect(receipt.removed).toEqual(["tags/a/feed.json"]);
    await s3.session(async (session) => {
      const listed = await session.list(new Set([...first, ...second].map(({ path }) => path)));
      expect([...listed.keys()].sort()).toEqual(second.map(({ path }) => path).sort());
      const bytes = await session.get("rss.xml");
      expect(new TextDecoder().decode(bytes?.bytes)).toBe(treeOf(second)["rss.xml"]);
    });
  });

  test("a bucket that is not there is an error that names it", async () => {
    const options = { environment: { ...environment, AWS_SECRET_ACCESS_KEY: "S3RVER" }, bucket: "elsewhere" };
    const receipt = await applyPublish(sampleInput(first), sampleTools(await target(endpoint, options)));
    expect(receipt.failed?.message).toContain("The bucket elsewhere refused");
    expect(exitCodeOf(receipt)).toBe(2);
  });
});

test("media types, charset and cache headers are set", async () => {
  const store = await startStrictStore();
  await applyPublish(sampleInput(first), sampleTools(await target(store.endpoint)));
  expect(store.objects.get("rss.xml")?.headers).toEqual({
    "content-type": "application/rss+xml; charset=utf-8",
    "cache-control": "public, max-age=900",
  });
  expect(store.objects.get("feed.json")?.headers["content-type"]).toBe(
    "application/feed+json; charset=utf-8",
  );
  expect(store.objects.get("media/cover.svg")?.headers["cache-control"]).toBe("public, max-age=86400");
  expect(store.objects.get(recordPath)?.headers["cache-control"]).toBe("no-cache");
});

test("F71: a write over something newer is refused by the store, read again and planned again", async () => {
  const store = await startStrictStore();
  const s3 = await target(store.endpoint);
  await applyPublish(sampleInput(first), sampleTools(s3));
  let meddled = false;
  store.fault = (_, request) => {
    if (!meddled && request.method === "PUT" && request.url?.includes("rss.xml")) {
      meddled = true;
      store.objects.set("rss.xml", {
        body: Buffer.from("<rss><item><guid>x</guid></item></rss>"),
        headers: {},
      });
    }
    return undefined;
  };
  const receipt = await applyPublish(sampleInput(second), sampleTools(s3));
  expect(meddled).toBe(true);
  expect(exitCodeOf(receipt)).toBe(0);
  expect(readStore(store)).toEqual(treeOf(second));
});

test("F71: 409, somebody writes the same object right now, is tried again", async () => {
  const store = await startStrictStore();
  let times = 0;
  store.fault = (_, request) => (request.method === "PUT" && ++times <= 3 ? 409 : undefined);
  const receipt = await applyPublish(sampleInput(first), sampleTools(await target(store.endpoint)));
  expect(exitCodeOf(receipt)).toBe(0);
  expect(readStore(store)).toEqual(treeOf(first));
});

describe("what a store answers decides whether and when it is asked again", () => {
  /** The first write of the main feed gets this answer; out go how often it was asked for, and how long was waited. */
  async function publishWith(status: number, headers: Record<string, string> = {}, times = 1) {
    const store = await startStrictStore();
    const waits: number[] = [];
    const clock = { ...systemClock, random: () => 0, sleep: async (ms: number) => void waits.push(ms) };
    const s3 = await target(store.endpoint, { clock, timeoutMs: 60_000 });
    let asked = 0;
    store.faultHeaders = headers;
    store.fault = (_, request) => {
      if (request.method !== "PUT" || !/^\/feeds\/rss\.xml/.test(request.url ?? "")) return undefined;
      return ++asked <= times ? status : undefined;
    };
    const file = { path: "rss.xml", mediaType: "application/rss+xml", read: () => Buffer.from("<rss/>") };
    const outcome = await s3
      .session((session) => session.put(file, undefined))
      .catch((error: unknown) => error);
    return { outcome, waits, asked };
  }

  test("503 with Retry-After: after that time, in seconds or as a date", async () => {
    const inSeconds = await publishWith(503, { "retry-after": "30" });
    expect(inSeconds).toMatchObject({ outcome: expect.stringMatching(/^"/), asked: 2 });
    expect(inSeconds.waits).toHaveLength(1);
    expect(inSeconds.waits[0]).toBeGreaterThan(29_000);
    expect(inSeconds.waits[0]).toBeLessThanOrEqual(30_000);
    const date = new Date(Date.now() + 40_000).toUTCString();
    const asDate = await publishWith(429, { "retry-after": date });
    expect(asDate.asked).toBe(2);
    expect(asDate.waits[0]).toBeGreaterThan(38_000);
  });

  test("503 without: after growing times, and not for ever", async () => {
    expect((await publishWith(503)).waits).toEqual([250]);
    const never = await publishWith(503, {}, 100);
    expect(never).toMatchObject({ asked: 4, waits: [250, 500, 1000], outcome: { code: "target" } });
  });

  test("a store that asks for more patience than there is time is not asked again", async () => {
    const later = await publishWith(503, { "retry-after": "3600" });
    expect(later).toMatchObject({ asked: 1, waits: [], outcome: { code: "target" } });
    expect((later.outcome as Failure).hint).toMatch(/Publish again later/);
  });

  test.each([409, 412])(
    "%i is not sent again blindly: it is a lost race, to be read and planned again",
    async (status) => {
      const lost = await publishWith(status, { "retry-after": "1" });
      expect(lost).toMatchObject({ asked: 1, waits: [] });
      expect(lost.outcome).toBeInstanceOf(WriteConflict);
    },
  );

  test.each([400, 403, 501])("%i is said at once", async (status) => {
    expect(await publishWith(status)).toMatchObject({ asked: 1, waits: [], outcome: { code: "target" } });
  });
});

test("F71: an older set stops when it meets a newer one, and takes back what it had written", async () => {
  const store = await startStrictStore();
  const s3 = await target(store.endpoint);
  const edition = (source: number) => ({ edition: { source, built: source } });
  await applyPublish(sampleInput(first, edition(1)), sampleTools(s3));
  let newer: Promise<unknown> | undefined;
  store.fault = (_, request) => {
    if (newer === undefined && request.method === "PUT" && request.url?.includes("/feed.json"))
      newer = applyPublish(sampleInput(first, edition(3)), sampleTools(s3));
    return undefined;
  };
  // The newer set equals the first: only the older one's own repair can bring its bytes back.
  const receipt = await applyPublish(sampleInput(third, edition(2)), sampleTools(s3, { clock: systemClock }));
  await newer;
  expect(receipt.refused.map(({ code }) => code)).toEqual(["publish/older-set"]);
  expect(readStore(store)).toEqual(treeOf(first));
});

test("F71: two publishers at once, many times: the newer set wins every time", {
  timeout: 60_000 + rounds * 2000,
}, async () => {
  for (let round = 0; round < rounds; round++) {
    const store = await startStrictStore();
    const publish = async (files: typeof first, source: number) =>
      applyPublish(
        sampleInput(files, { edition: { source, built: source } }),
        sampleTools(await target(store.endpoint), { clock: systemClock }),
      );
    await publish(first, 1);
    // Every third time the newest set is the one that stands there already.
    const newest = round % 3 === 0 ? first : third;
    const runs = [() => publish(second, 2), () => publish(newest, 3)];
    if (round % 2 === 0) runs.reverse();
    const receipts = await Promise.all(runs.map((run) => run()));
    expect(receipts.map(({ failed }) => failed)).toEqual([undefined, undefined]);
    expect(readStore(store)).toEqual(treeOf(newest));
  }
});

describe.each(["before", "after", "for good"] as const)("a connection that breaks %s", (when) => {
  test("at any request leaves an ordered step; the next run completes", { timeout: 60_000 }, async () => {
    for (let n = 1; ; n++) {
      const store = await startStrictStore();
      const s3 = await target(store.endpoint);
      await applyPublish(sampleInput(first), sampleTools(s3));
      const base = store.count;
      store.fault = (number) => {
        if (when === "for good") return number >= base + n ? 403 : undefined;
        return number === base + n ? when : undefined;
      };
      const receipt = await applyPublish(sampleInput(second), sampleTools(s3));
      const done = store.count < base + n;
      expectOrderedStep(readStore(store), first, second);
      if (when === "for good" && !done) expect(exitCodeOf(receipt)).toBe(2);
      else expect(exitCodeOf(receipt)).toBe(0);
      store.fault = () => undefined;
      const next = await applyPublish(sampleInput(second), sampleTools(s3));
      expect(exitCodeOf(next)).toBe(0);
      expect(readStore(store)).toEqual(treeOf(second));
      if (done) break;
    }
  });
});

test("a store without conditional writes is reported as such", async () => {
  const store = await startStrictStore();
  store.fault = (_, request) => (request.method === "PUT" ? 501 : undefined);
  const receipt = await applyPublish(sampleInput(first), sampleTools(await target(store.endpoint)));
  expect(receipt.failed?.hint).toMatch(/not support conditional writes/);
});

test("credentials come from the environment alone, and F78: none shows in an error", async () => {
  await expect(target("https://s3.example/", { environment: {} })).rejects.toThrow(/no credentials/);
  const store = await startStrictStore();
  store.fault = () => 403;
  const receipt = await applyPublish(sampleInput(first), sampleTools(await target(store.endpoint)));
  expect(exitCodeOf(receipt)).toBe(2);
  expect(JSON.stringify(receipt)).not.toContain("canary");
});

test("F76: a private endpoint is refused without --allow-private", async () => {
  await expect(target("http://127.0.0.1:1/", { allowPrivate: false })).rejects.toThrow(
    /not a public https address/,
  );
  await expect(target("https://2130706433/", { allowPrivate: false })).rejects.toThrow(
    /not a public https address/,
  );
});

test("an answer that was cut short is not taken for what is public, nor a proxy's page for an empty bucket", async () => {
  const store = await startStrictStore();
  const s3 = await target(store.endpoint);
  await applyPublish(sampleInput(first), sampleTools(s3));
  const before = readStore(store);
  const damaged = {
    ...s3,
    session: ((work, readOnly) =>
      s3.session(
        (open) =>
          work({
            ...open,
            get: async (path) => {
              const got = await open.get(path);
              if (got === undefined || path === recordPath) return got;
              return { ...got, bytes: got.bytes.subarray(0, got.bytes.length / 2) };
            },
          }),
        readOnly,
      )) as typeof s3.session,
  };
  const receipt = await applyPublish(sampleInput(second), sampleTools(damaged));
  expect(receipt.failed?.message).toMatch(/is not as it was written/);
  const proxy = await serve((request, answer) =>
    answer.writeHead(request.url?.includes("list-type") ? 200 : 404).end("<p>Sign in</p>"),
  );
  const paged = await applyPublish(sampleInput(second), sampleTools(await target(proxy)));
  expect(paged.failed?.message).toMatch(/did not answer with a list of files/);
  expect(exitCodeOf(paged)).toBe(2);
  expect(readStore(store)).toEqual(before);
  const parsed = parseRecord(store.objects.get(recordPath)?.body);
  expect(parsed?.state).toBe("complete");
});
