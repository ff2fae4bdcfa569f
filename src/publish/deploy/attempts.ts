import { Failure } from "../../model/failure.ts";
import { backoff, type Clock } from "../../net/clock.ts";
import type { GuardedFetch } from "../../net/guarded-fetch.ts";
import { type GuardLimits, guardPublish } from "../guard/guard.ts";
import type { Refusal } from "../guard/refusal.ts";
import type { Notification, PendingNotification } from "../notify/notification.ts";
import type { NotificationQueue } from "../notify/queue.ts";
import { pendingFromRecord, queueNotifications } from "../notify/queue-notifications.ts";
import { type RecordedNotification, toRecorded } from "../notify/recorded.ts";
import type { Services } from "../notify/services.ts";
import { type PlanInput, type PublicSet, type PublishPlan, planPublish } from "../plan/plan.ts";
import { readPublic } from "../plan/read-public.ts";
import { type Target, TransientFailure, WriteConflict } from "../targets/target.ts";
import { type DeployedFile, deploy, type StoredRecord, withdraw } from "./deploy.ts";

/** How often a lost race is run again, and how often a way that failed is tried again. */
const maxAttempts = 12;
const maxInterruptions = 4;

/** How far the deployment came. */
export interface PublishProgress {
  plan?: PublishPlan;
  refused: Refusal[];
  /** Queued and not yet certain to become public. */
  deliveries: Notification[];
  topics?: PublishPlan["topics"];
  /** What others left to tell, where this run only looks. */
  left: readonly PendingNotification[];
  /** The record as it stands in the target now. */
  stored?: StoredRecord | undefined;
  done: boolean;
  /** What was odd about what is public. */
  notices: readonly string[];
}

/** Deploys, or notes in `course` why not. @throws Failure */
export async function deployWithRetries(
  input: PublishInput,
  tools: PublishTools,
  course: PublishProgress,
): Promise<void> {
  const written = new Map<string, DeployedFile>();
  let interruptions = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      await attemptDeploy(input, tools, course, written);
      return;
    } catch (error) {
      if (error instanceof TransientFailure) {
        interruptions += 1;
        if (interruptions === maxInterruptions) throw error.failure;
        await tools.clock.sleep(backoff(interruptions, tools.clock, 1000));
        continue;
      }
      if (!(error instanceof WriteConflict)) throw error;
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
  course: PublishProgress,
  written: Map<string, DeployedFile>,
): Promise<void> {
  await target.session(async (session) => {
    const current = await readPublic(session, input.files);
    course.notices = [...(session.notices ?? [])];
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
    if (input.dryRun) {
      course.left = pendingFromRecord(input, current, { target, outbox, now: clock.now() });
      return;
    }
    // What an attempt queued of which nothing went out says what was public before somebody else's publish, not now.
    if (written.size === 0 || target.writes === "atomic") await outbox.forget(course.deliveries.splice(0));
    const owed = await queueAndList(input, { target, clock, outbox }, course, current);
    course.stored = await deploy({ target, session, plan, current, files: input.files, owed, written });
    course.done = true;
  }, input.dryRun === true);
}

/** Queues what follows from the plan before anything is public, and lists what the record is to say of it. */
async function queueAndList(
  input: PublishInput,
  { target, clock, outbox }: Pick<PublishTools, "target" | "clock" | "outbox">,
  course: PublishProgress,
  current: PublicSet,
): Promise<readonly RecordedNotification[]> {
  const { plan } = course;
  if (input.verify === false || plan === undefined)
    return target.amendRecord === undefined ? [] : (current.record?.owed ?? []);
  const now = clock.now();
  const { deliveries, topics } = await queueNotifications(input, { plan, current }, { target, outbox, now });
  course.deliveries.push(...deliveries);
  course.topics = topics;
  return target.amendRecord === undefined ? [] : toRecorded(outbox.list(), input.siteUrl, now);
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

export interface PublishInput extends PlanInput {
  readonly limits: GuardLimits;
  readonly audience: Services;
  /** Milliseconds for the public addresses to show new bytes; false proves nothing and tells nobody. */
  readonly verify: false | { readonly timeoutMs: number };
  /** Plans and guards; changes nothing anywhere. */
  readonly dryRun?: boolean;
}

export interface PublishTools {
  readonly target: Target;
  /** Reaches the site's own host. */
  readonly fetchSite: GuardedFetch;
  /** Reaches hubs, IndexNow and rssCloud. */
  readonly fetchServices: GuardedFetch;
  readonly clock: Clock;
  readonly outbox: NotificationQueue;
  /** Values that must show up nowhere. */
  readonly secrets: readonly string[];
}
