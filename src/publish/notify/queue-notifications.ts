import type { StoredRecord } from "../deploy/deploy.ts";
import { printRecord } from "../deploy/record.ts";
import { digestOf, publicUrl, type SetFile, type Topic, topicOf } from "../plan/file-set.ts";
import type { PublicSet, PublishPlan } from "../plan/plan.ts";
import type { Target } from "../targets/target.ts";
import type { Notification, PendingNotification } from "./notification.ts";
import type { NotificationQueue } from "./queue.ts";
import { fromRecorded, toRecorded } from "./recorded.ts";
import { makeNotifications, type Services } from "./services.ts";

/** The set that is published, and who is notified. */
export interface NotifyInput {
  readonly files: readonly SetFile[];
  /** Ends with `/`. */
  readonly siteUrl: string;
  readonly services: Services;
}

export interface NotifyTools {
  readonly target: Target;
  readonly queue: NotificationQueue;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What an earlier run, perhaps on another machine, left pending in the target's record. */
function readRecorded(
  input: NotifyInput,
  { record }: PublicSet,
  { target, now }: NotifyTools,
): readonly PendingNotification[] {
  // A record that cannot be amended would list the same notifications for ever.
  return target.amendRecord === undefined ? [] : fromRecorded(record?.pending ?? [], { ...input, now });
}

/** The recorded notifications that our own queue does not know. Changes nothing. */
export function pendingFromRecord(
  input: NotifyInput,
  current: PublicSet,
  tools: NotifyTools,
): readonly PendingNotification[] {
  return tools.queue.missing(readRecorded(input, current, tools), tools.now);
}

/**
 * Queues everything to be sent once this plan is public. Returns the notifications that depend on the plan, the topics
 * that have to be public first, and what is superseded then.
 */
export async function queueNotifications(
  input: NotifyInput,
  { plan, current }: { plan: PublishPlan; current: PublicSet },
  tools: NotifyTools,
): Promise<{ notifications: Notification[]; topics: Topic[]; superseded: Notification[] }> {
  const { queue, now } = tools;
  await queue.add(pendingFromRecord(input, current, tools), now, "older");
  const carried = carryOver(queue.list(), plan.topics, publicDigests(input, current));
  await queue.add(carried, now);
  const covered = queuedPages(queue.list(), input);
  const urls = plan.urls.filter((url) => !covered.has(url));
  const own = makeNotifications({ topics: plan.topics, urls }, input.files, input.services, input.siteUrl);
  await queue.add(own, now);
  const due = queue.list().filter(({ nextAt }) => nextAt <= now);
  return {
    notifications: [...carried, ...own],
    topics: topicsToVerify(plan.topics, due, input),
    superseded: findSuperseded(readRecorded(input, current, tools), input),
  };
}

/** Recorded notifications that wait for other bytes than this set has: once its own are public, those never will be. */
function findSuperseded(recorded: readonly PendingNotification[], { files, siteUrl }: NotifyInput) {
  const digests = new Map(files.map(({ path, digest }) => [publicUrl(siteUrl, path), digest]));
  return recorded.filter(({ topic, digests: own }) => {
    const digest = digests.get(topic);
    return digest !== undefined && !own.includes(digest);
  });
}

/**
 * Pages for IndexNow wait for a document; when a newer version of it replaces the one that is public, the newer one
 * shows that they are public as well. What never was public is not carried over.
 */
function carryOver(
  pending: readonly PendingNotification[],
  topics: readonly Topic[],
  digests: ReadonlyMap<string, string>,
): Notification[] {
  const next = new Map(topics.map(({ url, digest }) => [url, digest]));
  return pending.flatMap(({ kind, to, topic, digests: own, urls, key }): Notification[] => {
    const [now, digest] = [digests.get(topic), next.get(topic)];
    if (kind !== "indexnow" || now === undefined || digest === undefined || !own.includes(now)) return [];
    return [{ kind, to, topic, digests: [digest], ...(urls && { urls }), ...(key && { key }) }];
  });
}

/** Pages that IndexNow will get once this set is public, without a further notification. */
function queuedPages(
  pending: readonly PendingNotification[],
  { files, siteUrl, services }: NotifyInput,
): ReadonlySet<string> {
  const digests = new Map(files.map(({ path, digest }) => [publicUrl(siteUrl, path), digest]));
  return new Set(
    pending
      .filter(({ to, topic, digests: own }) => {
        return to === services.indexnow?.endpoint && own.includes(digests.get(topic) ?? "");
      })
      .flatMap(({ urls }) => urls ?? []),
  );
}

/** The digest of each document that is public before the deploy, by address. */
function publicDigests({ files, siteUrl }: NotifyInput, current: PublicSet): Map<string, string> {
  const same = files.filter(({ path }) => current.files.get(path)?.same === true);
  return new Map([
    ...same.map(({ path, digest }) => [publicUrl(siteUrl, path), digest] as const),
    ...current.feeds.map(({ path, bytes }) => [publicUrl(siteUrl, path), digestOf(bytes)] as const),
  ]);
}

/** The topics that change, and those that are public already but were never announced. */
function topicsToVerify(
  changed: readonly Topic[],
  due: readonly PendingNotification[],
  { files, siteUrl }: NotifyInput,
): Topic[] {
  const known = new Set(changed.map(({ url }) => url));
  const pending = new Set(due.flatMap(({ topic, digests }) => digests.map((digest) => `${topic} ${digest}`)));
  const unannounced = files
    .map((file) => topicOf(file, siteUrl))
    .filter(({ url, digest }) => !known.has(url) && pending.has(`${url} ${digest}`));
  return [...changed, ...unannounced];
}

/** Writes into the record what is still pending, when that has changed. @throws WriteConflict, Failure, TransientFailure */
export async function updateRecord(
  { target, queue, now }: NotifyTools,
  stored: StoredRecord | undefined,
  siteUrl: string,
): Promise<void> {
  if (target.amendRecord === undefined || stored === undefined) return;
  const pending = toRecorded(queue.list(), siteUrl, now);
  if (JSON.stringify(pending) === JSON.stringify(stored.record.pending)) return;
  await target.amendRecord(printRecord({ ...stored.record, pending }), stored.version);
}
