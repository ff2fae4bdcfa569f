import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Failure } from "../../../src/model/failure.ts";
import { systemClock } from "../../../src/net/clock.ts";
import { createGuardedFetch, type GuardedFetch } from "../../../src/net/guarded-fetch.ts";
import { type Edition, parseRecord, recordPath } from "../../../src/publish/deploy/record.ts";
import { NotificationQueue } from "../../../src/publish/notify/queue.ts";
import { sendPending } from "../../../src/publish/notify/send.ts";
import type { SetFile } from "../../../src/publish/plan/file-set.ts";
import { applyPublish, type PublishTools } from "../../../src/publish/publish.ts";
import type { Receipt } from "../../../src/publish/receipt.ts";
import { openDirectory } from "../../../src/publish/targets/directory.ts";
import { openGit } from "../../../src/publish/targets/git.ts";
import { openS3 } from "../../../src/publish/targets/s3.ts";
import type { Target } from "../../../src/publish/targets/target.ts";
import {
  makeClock,
  newYear,
  openProgram,
  sampleInput,
  samplePost,
  samplePosts,
  sampleSet,
  sampleTools,
  serve,
  serveFolder,
  temporaryFolder,
} from "../sample-set.ts";
import { startStrictStore } from "../targets/strict-store.ts";

const key = "0123456789abcdef";
const fetch = createGuardedFetch({ allowedHosts: "any", allowPrivate: true, retries: 0, timeoutMs: 4000 });

/** A place to publish to, seen by the public at `siteUrl`. */
interface Place {
  readonly siteUrl: string;
  open(files: readonly SetFile[]): Promise<Target>;
  /** Everything that the place holds, seen or not. */
  show(): string;
}

const places: Readonly<Record<string, () => Promise<Place>>> = {
  directory: async () => {
    const path = temporaryFolder();
    return {
      siteUrl: `${await serveFolder(path)}/`,
      open: async () => openDirectory({ path }),
      show: () => listFolder(path),
    };
  },
  git: async () => {
    const remote = join(temporaryFolder(), "site.git");
    execFileSync("git", ["init", "-q", "--bare", remote]);
    const show = (path: string) =>
      execFileSync("git", ["-C", remote, "show", `gh-pages:${path}`], { stdio: "pipe" });
    const environment = { PATH: process.env.PATH, HOME: tmpdir() };
    return {
      siteUrl: `${await servePaths(show)}/`,
      open: () =>
        openGit({ remote, branch: "gh-pages", prefix: "", root: tmpdir(), allowPrivate: true, environment }),
      show: () => execFileSync("git", ["-C", remote, "for-each-ref"], { encoding: "utf8" }),
    };
  },
  s3: async () => {
    const store = await startStrictStore();
    const environment = { AWS_ACCESS_KEY_ID: "S3", AWS_SECRET_ACCESS_KEY: "S3-secret" };
    const show = (path: string) => store.objects.get(path)?.body ?? Buffer.from("none");
    const [bucket, region, prefix, cacheControl] = ["feeds", "us-east-1", "", "no-cache"];
    return {
      siteUrl: `${await servePaths(show)}/`,
      open: () =>
        openS3({
          bucket,
          region,
          prefix,
          cacheControl,
          endpoint: store.endpoint,
          allowPrivate: true,
          environment,
        }),
      show: () => JSON.stringify([...store.objects]),
    };
  },
  command: async () => {
    const folder = temporaryFolder();
    const siteUrl = `${await serveFolder(folder)}/`;
    const copy =
      'require("node:fs").cpSync(process.env.FEEDWRIGHT_FOLDER, process.argv[1], { recursive: true })';
    return {
      siteUrl,
      open: async (files) => openProgram(copy, folder, { siteUrl, fetchSite: fetch, files }),
      show: () => listFolder(folder),
    };
  },
};

/** Names, times and bytes of everything in a folder. */
function listFolder(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return names
    .map((name) => {
      const { mtimeMs, ctimeMs } = statSync(join(folder, name));
      return `${name} ${mtimeMs} ${ctimeMs}`;
    })
    .join("\n");
}

function servePaths(show: (path: string) => Buffer): Promise<string> {
  return serve((request, answer) => {
    try {
      answer.writeHead(200).end(show(decodeURIComponent(request.url ?? "/").slice(1)));
    } catch {
      answer.writeHead(404).end();
    }
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const piece of request) body += String(piece);
  return body;
}

/** Two hubs, IndexNow and rssCloud, who note what they are told, together with the bytes that are public at that moment. */
async function startWorld(place: Place) {
  const told: string[] = [];
  let status = 204;
  const listen = async (name: string, say: (body: string) => string[]) =>
    `${await serve(async (request, answer) => {
      const news = say(await bodyOf(request));
      if (status < 300) told.push(...news.map((one) => `${name} ${one}`));
      answer.writeHead(status).end();
    })}/${name}`;
  const topicOf = (body: string) => [
    new URLSearchParams(body).get("hub.url") ?? new URLSearchParams(body).get("url") ?? "",
  ];
  const hubs = [await listen("hub-1", topicOf), await listen("hub-2", topicOf)];
  const rsscloud = { ping: await listen("cloud", topicOf) };
  const urlsOf = (body: string) => (JSON.parse(body) as { urlList: string[] }).urlList;
  const endpoint = await listen("indexnow", urlsOf);
  const services = { hubs, rsscloud, indexnow: { key, endpoint } };
  const set = (posts = samplePosts(2)) =>
    sampleSet(
      posts.map((post) => ({
        ...post,
        url: post.url?.replace("https://kabar.example/", place.siteUrl) ?? "",
      })),
      { siteUrl: place.siteUrl, hubs },
    );
  const publish = async (
    files: readonly SetFile[],
    { edition = { source: 0, built: newYear }, ...tools }: Partial<PublishTools> & { edition?: Edition } = {},
    dryRun = false,
  ): Promise<Receipt> => {
    const input = sampleInput(files, {
      siteUrl: place.siteUrl,
      services,
      edition,
      verify: { timeoutMs: 1500 },
      dryRun,
    });
    const target = tools.target ?? (await place.open(files));
    return applyPublish(input, sampleTools(target, { fetchSite: fetch, fetchServices: fetch, ...tools }));
  };
  return {
    told,
    set,
    publish,
    services,
    answerWith: (next: number) => {
      status = next;
    },
    /** Everything told since the last time. */
    take: () => told.splice(0).sort(),
  };
}

/** What everybody is pending after the third post: its collection and archive do not change. */
function expectedFor(siteUrl: string): string[] {
  const topics = ["feed.json", "rss.xml"].map((path) => `${siteUrl}${path}`);
  return [
    ...topics.map((topic) => `hub-1 ${topic}`),
    ...topics.map((topic) => `hub-2 ${topic}`),
    `cloud ${siteUrl}rss.xml`,
    `indexnow ${siteUrl}post-4/`,
  ].sort();
}

class Killed extends Error {}

/** Works as it does up to its `n`th use, and then the process is as good as gone. */
function killAt<Args extends unknown[], Result>(n: number, work: (...args: Args) => Promise<Result>) {
  let uses = 0;
  const wrapped = (...args: Args): Promise<Result> => {
    uses += 1;
    return uses >= n ? Promise.reject(new Killed()) : work(...args);
  };
  return { wrapped, uses: () => uses };
}

/** A target that is cut off at the `n`th change of a session. */
function killTarget(target: Target, n: number): { target: Target; uses: () => number } {
  let uses = 0;
  const step = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    uses += 1;
    if (uses > n) throw new Killed();
    const result = await work();
    return result;
  };
  return {
    uses: () => uses,
    target: {
      ...target,
      session: (work, readOnly) =>
        target.session(
          (open) =>
            work({
              ...open,
              put: (...args) => step(() => open.put(...args)),
              remove: (...args) => step(() => open.remove(...args)),
              commit: (...args) => step(() => open.commit(...args)),
            }),
          readOnly,
        ),
    },
  };
}

/** Posts 1, 2 and 4: the new one has no tag. */
const withNews = [samplePost(4), ...samplePosts(2)];

describe.each(Object.keys(places))("where nothing is kept between runs: %s", (kind) => {
  const start = async () => {
    const place = (await places[kind]?.()) as Place;
    const world = await startWorld(place);
    await world.publish(world.set());
    world.take();
    return { place, world, pending: expectedFor(place.siteUrl) };
  };

  test("F73: cut off after the deploy, or before any request to anybody, the next run sends what is pending, once", {
    timeout: 60_000,
  }, async () => {
    const { world, pending } = await start();
    let number = 0;
    for (const where of ["proof", "hubs"] as const) {
      for (let n = 1; ; n++) {
        number += 1;
        // An edit of the same post each time, so that the same is pending each time.
        const files = world.set([samplePost(4, { content: `text ${number}` }), ...samplePosts(2)]);
        const cut = killAt<Parameters<GuardedFetch>, Awaited<ReturnType<GuardedFetch>>>(n, fetch);
        const broken = where === "proof" ? { fetchSite: cut.wrapped } : { fetchServices: cut.wrapped };
        const ended = await world.publish(files, broken).then(
          () => "done",
          (error: unknown) => error,
        );
        const before = world.take();
        if (ended === "done") {
          expect(before).toEqual(pending);
          break;
        }
        expect(ended).toBeInstanceOf(Killed);
        expect(before.length).toBeLessThan(pending.length);
        const plan = await world.publish(files, {}, true);
        expect(plan.plan).toEqual([]);
        expect(plan.pending.length).toBe(pending.length);
        expect(world.take()).toEqual([]);
        const next = await world.publish(files);
        expect(next.deployed).toEqual([]);
        expect(next.notices.filter((notice) => notice.includes("told"))).toEqual([]);
        expect(world.take()).toEqual(pending);
        await world.publish(files);
        expect(world.take()).toEqual([]);
        // One cut of a kind is much like the next one; the last before the end is always among them.
        if (kind !== "directory") n += 2;
      }
    }
    expect(number).toBeGreaterThan(kind === "directory" ? 8 : 4);
  });

  test("the same after a cut between any two changes of the target", { timeout: 60_000 }, async () => {
    const { place, world, pending } = await start();
    for (let n = 0; ; n++) {
      const files = world.set([samplePost(4, { content: `text ${n}` }), ...samplePosts(2)]);
      const cut = killTarget(await place.open(files), n);
      const ended = await world.publish(files, { target: cut.target }).then(
        () => "done",
        (error: unknown) => error,
      );
      if (ended === "done") break;
      expect(ended).toBeInstanceOf(Killed);
      expect(world.take()).toEqual([]);
      await world.publish(files);
      expect(world.take()).toEqual(pending);
    }
  });

  test("a dry run changes nothing anywhere and makes no request to a service, also when something is pending", {
    timeout: 30_000,
  }, async () => {
    const { place, world } = await start();
    const killed = () => Promise.reject(new Killed());
    await world.publish(world.set(withNews), { fetchServices: killed }).catch(() => {});
    const before = place.show();
    const queue = join(temporaryFolder(), "outbox");
    const files = world.set([samplePost(6), ...withNews]);
    const live = kind === "command" ? fetch : killed;
    const tools = { queue: new NotificationQueue(queue), fetchServices: killed, fetchSite: live };
    const receipt = await world.publish(files, tools, true);
    expect(receipt.failed).toBeUndefined();
    expect(receipt.changes.put).toContain("rss.xml");
    expect(receipt.pending.length).toBeGreaterThan(0);
    expect(place.show()).toBe(before);
    expect(existsSync(queue)).toBe(false);
    expect(world.take()).toEqual([]);
  });

  test("cut off between sending and noting it, it sends again and then no more", {
    timeout: 30_000,
  }, async () => {
    const { place, world, pending } = await start();
    const files = world.set(withNews);
    const target = { ...(await place.open(files)), amendRecord: () => Promise.reject(new Killed()) };
    await expect(world.publish(files, { target })).rejects.toThrow(Killed);
    expect(world.take()).toEqual(pending);
    await world.publish(files);
    expect(world.take()).toEqual(pending);
    await world.publish(files);
    expect(world.take()).toEqual([]);
  });

  test("F74: what a silent hub and a busy IndexNow missed is sent with the next set, whatever that changes", {
    timeout: 30_000,
  }, async () => {
    const { place, world, pending } = await start();
    world.answerWith(500);
    const clock = makeClock();
    const quiet = await world.publish(world.set(withNews), { clock });
    expect(quiet.pending).toHaveLength(pending.length);
    expect(world.take()).toEqual([]);
    world.answerWith(204);
    clock.waited += 3_600_000;
    await world.publish(world.set([samplePost(6), ...withNews]), { clock });
    expect(world.take()).toEqual([...pending, `indexnow ${place.siteUrl}post-6/`].sort());
    await world.publish(world.set([samplePost(6), ...withNews]), { clock });
    expect(world.take()).toEqual([]);
  });

  test("the record holds no service of the configuration, makes no plan differ, and lists no file of ours twice", {
    timeout: 30_000,
  }, async () => {
    const { place, world } = await start();
    const files = world.set(withNews);
    await world.publish(files, { fetchSite: () => Promise.reject(new Killed()) }).catch(() => {});
    const record = await globalThis.fetch(`${place.siteUrl}${recordPath}`).then((got) => got.text());
    expect(record).toContain(`"urls"`);
    for (const secret of [world.services.rsscloud.ping, world.services.indexnow.endpoint, `"${key}"`])
      expect(record).not.toContain(secret);
    const plan = await world.publish(files, {}, true);
    expect(plan).toMatchObject({ plan: [], changes: { put: [], remove: [] } });
    expect(Object.keys(parseRecord(new TextEncoder().encode(record))?.files ?? {}).sort()).toEqual(
      [...files.map(({ path }) => path), `${key}.txt`].sort(),
    );
  });
});

test.each(["git", "s3", "directory"])(
  "F72: two publishers at once, %s: everybody hears of the newer set, and nothing stays on the list",
  {
    timeout: 60_000,
  },
  async (kind) => {
    const rounds = Number(process.env.ROUNDS ?? 4);
    for (let round = 0; round < rounds; round++) {
      const place = (await places[kind]?.()) as Place;
      const world = await startWorld(place);
      const at = (source: number) => ({ edition: { source, built: source }, clock: systemClock });
      await world.publish(world.set(), at(1));
      world.take();
      const older = world.set([samplePost(4), ...samplePosts(2)]);
      const newer = world.set([samplePost(6), samplePost(4), ...samplePosts(2)]);
      const runs = [() => world.publish(older, at(2)), () => world.publish(newer, at(3))];
      if (round % 2 === 0) runs.reverse();
      const receipts = await Promise.all(runs.map((run) => run()));
      expect(receipts.map(({ failed }) => failed)).toEqual([undefined, undefined]);
      // Whoever lost may have seen its bytes replaced before it told: what is left, the next run tells.
      await world.publish(newer, at(4));
      expect([...new Set(world.take())]).toEqual(
        [...expectedFor(place.siteUrl), `indexnow ${place.siteUrl}post-6/`].sort(),
      );
      const end = await world.publish(newer, at(5));
      expect(end).toMatchObject({ pings: [], pending: [], proved: [], deployed: [] });
    }
  },
);

test("a set whose record has no list of pending notifications, such as an older version's, is not announced as a whole", async () => {
  const place = (await places.directory?.()) as Place;
  const world = await startWorld(place);
  const target = await place.open([]);
  const { name, writes, session } = target;
  await applyPublish(
    sampleInput(world.set(), { siteUrl: place.siteUrl, services: world.services }),
    sampleTools({ name, writes, session }),
  );
  const receipt = await world.publish(world.set());
  expect(receipt).toMatchObject({ deployed: [], proved: [], pings: [], pending: [] });
  expect(world.take()).toEqual([]);
});

test("with nothing pending there is no request to a service, and no write", async () => {
  const place = (await places.directory?.()) as Place;
  const world = await startWorld(place);
  await world.publish(world.set());
  const never = () => Promise.reject(new Killed());
  const target = { ...(await place.open([])), amendRecord: never };
  const receipt = await world.publish(world.set(), { target, fetchSite: never, fetchServices: never });
  expect(receipt).toMatchObject({ deployed: [], proved: [], pings: [], pending: [] });
});

test("what was never public is not announced: the addresses of a set that was withdrawn before it was published", async () => {
  const place = (await places.directory?.()) as Place;
  const world = await startWorld(place);
  await world.publish(world.set());
  world.take();
  // The claim is written, and nothing else.
  const cut = killTarget(await place.open([]), 1);
  await expect(world.publish(world.set(withNews), { target: cut.target })).rejects.toThrow(Killed);
  await world.publish(world.set([samplePost(6), ...samplePosts(2)]));
  const told = world.take();
  expect(told).toContain(`indexnow ${place.siteUrl}post-6/`);
  expect(told.join("\n")).not.toContain("post-4");
  await world.publish(world.set([samplePost(6), ...samplePosts(2)]));
  expect(world.take()).toEqual([]);
});

test.each([
  ["this run made newer bytes public", withNews],
  ["an earlier run had made newer bytes public", undefined],
])(
  "F72: what another publisher left on the list and never made public is superseded: %s",
  async (_, next) => {
    const place = (await places.directory?.()) as Place;
    const world = await startWorld(place);
    await world.publish(world.set());
    world.take();
    const files = world.set(next ?? samplePosts(2));
    // As a publisher elsewhere leaves it that was refused after it wrote its record.
    await (await place.open([])).session(async (open) => {
      const before = await open.get(recordPath);
      const data = JSON.parse(new TextDecoder().decode(before?.bytes));
      const common = {
        topic: `${place.siteUrl}feed.json`,
        digests: ["a".repeat(64)],
        since: newYear,
        tries: 0,
      };
      const owed = [
        { ...common, kind: "indexnow", urls: [`${place.siteUrl}post-8/`] },
        { ...common, kind: "websub", hub: world.services.hubs[0] },
        { ...common, kind: "rsscloud", topic: `${place.siteUrl}rss.xml` },
      ];
      const bytes = new TextEncoder().encode(JSON.stringify({ ...data, owed }));
      await open.put({ path: recordPath, mediaType: "application/json", read: () => bytes }, before?.version);
    });
    const receipt = await world.publish(files);
    expect(receipt).toMatchObject({ pending: [], unproved: [] });
    expect(world.take()).toEqual(next === undefined ? [] : expectedFor(place.siteUrl));
    const record = await globalThis.fetch(`${place.siteUrl}${recordPath}`).then((got) => got.text());
    expect(record).not.toContain("post-8");
  },
);

test("where .feedwright is kept, what was sent is not sent again because the record still lists it", async () => {
  const place = (await places.directory?.()) as Place;
  const world = await startWorld(place);
  const clock = makeClock();
  const queue = new NotificationQueue(join(temporaryFolder(), "outbox"));
  await world.publish(world.set(), { queue, clock });
  world.take();
  world.answerWith(503);
  await world.publish(world.set(withNews), { queue, clock });
  world.answerWith(200);
  clock.waited += 1000;
  // As `feedwright outbox --flush` does, which does not reach the target.
  await sendPending({ queue, clock, fetchServices: fetch, fetchSite: fetch }, { all: true });
  expect(world.take()).toEqual(expectedFor(place.siteUrl));
  clock.waited += 1000;
  await world.publish(world.set(withNews), { queue, clock });
  expect(world.take()).toEqual([]);
  const published = await (await place.open([])).session((open) => open.get(recordPath), true);
  const record = parseRecord(published?.bytes);
  expect(record?.pending).toEqual([]);
});

test("F74: addresses that IndexNow missed are sent with the next set where the outbox is kept, too", async () => {
  const place = (await places.directory?.()) as Place;
  const world = await startWorld(place);
  const target = await place.open([]);
  const { name, writes, session } = target;
  const tools = {
    target: { name, writes, session },
    clock: makeClock(),
    queue: new NotificationQueue(join(temporaryFolder(), "outbox")),
  };
  await world.publish(world.set(), tools);
  world.take();
  world.answerWith(500);
  await world.publish(world.set(withNews), tools);
  world.answerWith(202);
  tools.clock.waited += 3_600_000;
  const receipt = await world.publish(world.set([samplePost(6), ...withNews]), tools);
  const news = ["post-4/", "post-6/"].map((path) => `indexnow ${place.siteUrl}${path}`);
  expect(world.take().filter((one) => one.startsWith("indexnow"))).toEqual(news);
  expect(receipt.pending).toEqual([]);
});

test("a fork's record, or one that somebody wrote into, leads to no notification about another site or to another service", async () => {
  const place = (await places.directory?.()) as Place;
  const world = await startWorld(place);
  await world.publish(world.set());
  world.take();
  const target = await place.open([]);
  const evil: string[] = [];
  const stranger = await serve((request, answer) => {
    evil.push(request.url ?? "");
    answer.end();
  });
  const digest = world.set().find(({ path }) => path === "rss.xml")?.digest ?? "";
  const topic = `${place.siteUrl}rss.xml`;
  const one = { topic, digests: [digest], since: 0, tries: 0 };
  const pending = [
    { ...one, kind: "websub", hub: stranger },
    { ...one, kind: "websub", hub: world.services.hubs[0], topic: "https://elsewhere.example/rss.xml" },
    { ...one, kind: "indexnow", urls: ["https://elsewhere.example/a"] },
    { ...one, kind: "indexnow", urls: "x" },
    { ...one, kind: "rsscloud", digests: [1] },
    { ...one, kind: "rsscloud", since: Date.UTC(2020, 0, 1) },
    { ...one, kind: "telegram" },
    null,
    7,
  ];
  await target.session(async (open) => {
    const before = await open.get(recordPath);
    const data = { ...JSON.parse(new TextDecoder().decode(before?.bytes)), owed: pending };
    const bytes = new TextEncoder().encode(JSON.stringify(data));
    await open.put({ path: recordPath, mediaType: "application/json", read: () => bytes }, before?.version);
  });
  const receipt = await world.publish(world.set());
  expect(receipt.failed).toBeUndefined();
  expect(world.take()).toEqual([]);
  expect(evil).toEqual([]);
});

test("a target that cannot be written after sending is noted in the receipt, and fails nothing", async () => {
  const place = (await places.directory?.()) as Place;
  const world = await startWorld(place);
  const target = {
    ...(await place.open([])),
    amendRecord: () => Promise.reject(new Failure("target", "The disk is full.")),
  };
  const receipt = await world.publish(world.set(), { target });
  expect(receipt.failed).toBeUndefined();
  expect(receipt.notices.join()).toContain("may be sent again: The disk is full.");
});
