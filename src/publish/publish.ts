// In come a build's documents; out goes the world informed: planned, guarded, deployed, proved, told. Read this first.
import { Failure } from "../model/failure.ts";
import type { Clock } from "../net/clock.ts";
import type { GuardedFetch } from "../net/guarded-fetch.ts";
import { backoff } from "../net/retry.ts";
import { noteAnnounced, unannouncedTopics } from "./announced.ts";
import { type Audience, keyFileName, makeDeliveries } from "./deliveries.ts";
import { deploy, type WrittenFile, withdraw } from "./deploy.ts";
import { compareInOrder, makeSetFile, type SetFile } from "./file-set.ts";
import { flushOutbox, type Ping } from "./flush.ts";
import { type GuardLimits, guardPublish, type Refusal } from "./guard.ts";
import { type ProofResult, proveTopics } from "./live.ts";
import type { Delivery, Outbox } from "./outbox.ts";
import { type PlanInput, type PublicSet, type PublishPlan, planPublish } from "./plan.ts";
import { readPublic } from "./read-public.ts";
import type { Receipt } from "./receipt.ts";
import { redactAll } from "./secrets.ts";
import { Conflict, Interruption, type Target } from "./targets/target.ts";

export { planPublish } from "./plan.ts";

export interface PublishInput extends PlanInput {
  readonly limits: GuardLimits;
  readonly audience: Audience;
  /** Milliseconds for the public addresses to show new bytes; false proves nothing and tells nobody. */
  readonly verify: false | { readonly timeoutMs: number };
  /** Plans and guards; changes nothing anywhere. */
  readonly dryRun?: boolean;
}

export interface PublishTools {
  readonly target: Target;
  /** Reaches the site's own host. */
  readonly fetchLive: GuardedFetch;
  /** Reaches hubs, IndexNow and rssCloud. */
  readonly fetchHubs: GuardedFetch;
  readonly clock: Clock;
  readonly outbox: Outbox;
  /** Values that must show up nowhere. */
  readonly secrets: readonly string[];
}

/** How often a lost race is run again, and how often a way that failed is tried again. */
const maxAttempts = 12;
const maxInterruptions = 4;

/** Publishes a set. Whatever happens is in the receipt; only faults of the program itself are thrown. */
export async function applyPublish(input: PublishInput, tools: PublishTools): Promise<Receipt> {
  const set = withKeyFile(input);
  const course: Course = { refused: [], deliveries: [], done: false };
  let proof: ProofResult = { proved: [], missing: [], notices: [] };
  let pings: Ping[] = [];
  let failed: Receipt["failed"];
  try {
    await deployWithRetries(set, tools, course);
    if (course.done && set.verify !== false) {
      proof = await proveTopics(course.topics ?? [], {
        fetch: tools.fetchLive,
        clock: tools.clock,
        timeoutMs: set.verify.timeoutMs,
      });
      const seen = new Map(proof.proved.map(({ url, digest }) => [url, digest]));
      pings = await flushOutbox({ ...tools, fetch: tools.fetchHubs }, { seen });
      if (hasAudience(set.audience)) await noteAnnounced(tools.target, set, tools.outbox, seen);
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    failed = {
      code: error.code,
      message: error.message,
      ...(error.hint !== undefined && { hint: error.hint }),
    };
  }
  return redactAll(receiptOf(set, tools, course, { proof, pings, failed }), tools.secrets);
}

/** How far the deployment came. */
interface Course {
  plan?: PublishPlan;
  refused: Refusal[];
  /** Queued and not yet certain to become public. */
  deliveries: Delivery[];
  topics?: PublishPlan["topics"];
  done: boolean;
}

/** IndexNow wants its key in a file of the site. */
function withKeyFile(input: PublishInput): PublishInput {
  const key = input.audience.indexnow?.key;
  if (key === undefined) return input;
  const file = makeSetFile({
    path: keyFileName(key),
    bytes: new TextEncoder().encode(key),
    mediaType: "text/plain",
  });
  const others = input.files.filter(({ path }) => path !== file.path);
  return { ...input, files: [...others, file].sort(compareInOrder) };
}

async function deployWithRetries(input: PublishInput, tools: PublishTools, course: Course): Promise<void> {
  const written = new Map<string, WrittenFile>();
  let interruptions = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      await attemptDeploy(input, tools, course, written);
      return;
    } catch (error) {
      if (error instanceof Interruption) {
        interruptions += 1;
        if (interruptions === maxInterruptions) throw error.failure;
        await tools.clock.sleep(backoff(interruptions, tools.clock, 1000));
        continue;
      }
      if (!(error instanceof Conflict)) throw error;
      if (attempt === maxAttempts)
        throw new Failure(
          "target",
          `Others kept changing ${tools.target.name}; ${attempt} attempts were not enough.`,
          {
            hint: "Let one publisher run at a time, and publish again.",
          },
        );
      await tools.clock.sleep(backoff(attempt - 1, tools.clock, 50, 5000));
    }
  }
}

/** One look, one plan, one go. After a lost race all of it is done again, for what is public has changed. */
async function attemptDeploy(
  input: PublishInput,
  { target, clock, outbox }: PublishTools,
  course: Course,
  written: Map<string, WrittenFile>,
): Promise<void> {
  await target.session(async (session) => {
    const current = await readPublic(session, input.files);
    const plan = planPublish(input, current);
    // What an attempt before this one wrote is part of this publish, though it is public by now.
    course.plan =
      course.plan === undefined || written.size === 0 || target.writes === "atomic"
        ? plan
        : mergePlans(course.plan, plan);
    course.refused = guardPublish(plan, input.limits);
    if (course.refused.length > 0) {
      await outbox.forget(course.deliveries);
      course.deliveries = [];
      if (plan.newerEdition !== undefined && current.record !== undefined && written.size > 0)
        await withdraw(session, written, current.record);
      return;
    }
    if (input.dryRun) return;
    course.topics = await topicsToTell(input, target, course.plan, current);
    if (input.verify !== false) {
      const told = { topics: course.topics, urls: course.plan.urls };
      const deliveries = makeDeliveries(told, input.files, input.audience, input.siteUrl);
      course.deliveries = deliveries;
      await outbox.queue(deliveries, clock.now());
    }
    await deploy({ target, session, plan, current, files: input.files, written });
    course.done = true;
  }, input.dryRun === true);
}

/** What changes now, and what an earlier run changed and never announced. */
async function topicsToTell(
  input: PublishInput,
  target: Target,
  plan: PublishPlan,
  current: PublicSet,
): Promise<PublishPlan["topics"]> {
  if (input.verify === false || !hasAudience(input.audience)) return plan.topics;
  const known = new Set(plan.topics.map(({ path }) => path));
  const silent = await unannouncedTopics(target, input, current);
  return [...plan.topics, ...silent.filter(({ path }) => !known.has(path))];
}

function hasAudience({ hubs, rsscloud, indexnow }: Audience): boolean {
  return hubs.length > 0 || rsscloud !== undefined || indexnow !== undefined;
}

function mergePlans(first: PublishPlan, second: PublishPlan): PublishPlan {
  const merge = <Item>(a: readonly Item[], b: readonly Item[], key: (item: Item) => string) => [
    ...new Map([...a, ...b].map((item) => [key(item), item])).values(),
  ];
  return {
    ...second,
    feeds: merge(first.feeds, second.feeds, ({ path }) => path),
    put: merge(first.put, second.put, ({ file }) => file.path),
    remove: merge(first.remove, second.remove, ({ path }) => path),
    topics: merge(first.topics, second.topics, ({ path }) => path),
    urls: [...new Set([...first.urls, ...second.urls])].sort(),
  };
}

function receiptOf(
  input: PublishInput,
  { target, outbox }: PublishTools,
  { plan, refused, done }: Course,
  end: { proof: ProofResult; pings: readonly Ping[]; failed: Receipt["failed"] },
): Receipt {
  return {
    target: target.name,
    dryRun: input.dryRun ?? false,
    plan: plan?.feeds ?? [],
    changes: {
      put: plan?.put.map(({ file }) => file.path) ?? [],
      remove: plan?.remove.map(({ path }) => path) ?? [],
      unchanged: plan?.unchanged ?? 0,
    },
    refused,
    deployed: done ? (plan?.put.map(({ file: { path, digest } }) => ({ path, digest })) ?? []) : [],
    removed: done ? (plan?.remove.map(({ path }) => path) ?? []) : [],
    proved: end.proof.proved,
    unproved: end.proof.missing,
    pings: end.pings,
    pending: outbox.list().map(({ kind, to, topic, urls, tries, nextAt, lastStatus }) => ({
      kind,
      to,
      topic,
      ...(urls && { urls }),
      tries,
      nextAt,
      ...(lastStatus !== undefined && { lastStatus }),
    })),
    notices: end.proof.notices,
    ...(end.failed && { failed: end.failed }),
  };
}

/** A set made from files in memory. */
export function makeSet(files: readonly { path: string; bytes: Uint8Array; mediaType: string }[]): SetFile[] {
  return files.map(makeSetFile).sort(compareInOrder);
}
