import type { StoredRecord } from "../deploy/deploy.ts";
import { printRecord } from "../deploy/record.ts";
import { digestOf, publicUrl, type SetFile, type Topic } from "../plan/file-set.ts";
import type { PublicSet, PublishPlan } from "../plan/plan.ts";
import type { Target } from "../targets/target.ts";
import type { Notification, PendingNotification } from "./notification.ts";
import type { NotificationQueue } from "./queue.ts";
import { fromRecorded, toRecorded } from "./recorded.ts";
import { makeNotifications, type Services } from "./services.ts";

/** What is told of, and to whom. */
export interface NotifyInput {
  readonly files: readonly SetFile[];
  /** Ends with `/`. */
  readonly siteUrl: string;
  readonly audience: Services;
}

export interface NotifyTools {
  readonly target: Target;
  readonly outbox: NotificationQueue;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What an earlier run, perhaps on a machine that is gone, left to tell. Changes nothing. */
export function pendingFromRecord(
  news: NotifyInput,
  current: PublicSet,
  { target, outbox, now }: NotifyTools,
): readonly PendingNotification[] {
  // What could never be taken off the list would be told again and again.
  if (target.amendRecord === undefined) return [];
  return outbox.missing(fromRecorded(current.record?.owed ?? [], { ...news, now }), now);
}

/** Queues all that is to be told once this plan is public. Of the result, the deliveries are those that depend on the plan. */
export async function queueNotifications(
  news: NotifyInput,
  { plan, current }: { plan: PublishPlan; current: PublicSet },
  tools: NotifyTools,
): Promise<{ deliveries: Notification[]; topics: Topic[] }> {
  const { outbox, now } = tools;
  await outbox.queue(pendingFromRecord(news, current, tools), now, "older");
  const carried = carryOver(outbox.list(), plan.topics, publicDigests(news, current));
  await outbox.queue(carried, now);
  const covered = addressesOnTheWay(outbox.list(), news);
  const urls = plan.urls.filter((url) => !covered.has(url));
  const own = makeNotifications({ topics: plan.topics, urls }, news.files, news.audience, news.siteUrl);
  await outbox.queue(own, now);
  const due = outbox.list().filter(({ nextAt }) => nextAt <= now);
  return { deliveries: [...carried, ...own], topics: topicsToSee(plan.topics, due, news) };
}

/**
 * Addresses for IndexNow wait for a document; when a newer version of it replaces the one that is public, the newer one
 * proves them as well. What never was public is not carried over.
 */
function carryOver(
  waiting: readonly PendingNotification[],
  topics: readonly Topic[],
  digests: ReadonlyMap<string, string>,
): Notification[] {
  const next = new Map(topics.map(({ url, digest }) => [url, digest]));
  return waiting.flatMap(({ kind, to, topic, digests: own, urls, key }): Notification[] => {
    const [now, digest] = [digests.get(topic), next.get(topic)];
    if (kind !== "indexnow" || now === undefined || digest === undefined || !own.includes(now)) return [];
    return [{ kind, to, topic, digests: [digest], ...(urls && { urls }), ...(key && { key }) }];
  });
}

/** Addresses that IndexNow hears of once this set is public, without a further delivery. */
function addressesOnTheWay(waiting: readonly PendingNotification[], news: NotifyInput): ReadonlySet<string> {
  const digests = new Map(news.files.map(({ path, digest }) => [publicUrl(news.siteUrl, path), digest]));
  return new Set(
    waiting
      .filter((one) => one.to === news.audience.indexnow?.endpoint && one.urls !== undefined)
      .filter(({ topic, digests: own }) => own.includes(digests.get(topic) ?? ""))
      .flatMap(({ urls }) => urls ?? []),
  );
}

/** The digest of each document as it is public before the deploy, by address. */
function publicDigests({ files, siteUrl }: NotifyInput, current: PublicSet): Map<string, string> {
  const same = files.filter(({ path }) => current.files.get(path)?.same === true);
  return new Map([
    ...same.map(({ path, digest }) => [publicUrl(siteUrl, path), digest] as const),
    ...current.feeds.map(({ path, bytes }) => [publicUrl(siteUrl, path), digestOf(bytes)] as const),
  ]);
}

/** Those that change, and those that are public as they stand in the set and were never told. */
function topicsToSee(
  changed: readonly Topic[],
  due: readonly PendingNotification[],
  { files, siteUrl }: NotifyInput,
): Topic[] {
  const known = new Set(changed.map(({ url }) => url));
  const owed = new Set(due.flatMap(({ topic, digests }) => digests.map((digest) => `${topic} ${digest}`)));
  const silent = files
    .map(({ path, digest }) => ({ path, digest, url: publicUrl(siteUrl, path) }))
    .filter(({ url, digest }) => !known.has(url) && owed.has(`${url} ${digest}`));
  return [...changed, ...silent];
}

/** Brings the record up to date with what still waits, when that is not what it says. @throws Conflict, Failure, Interruption */
export async function updateRecord(
  target: Target,
  stored: StoredRecord | undefined,
  waiting: readonly PendingNotification[],
  { siteUrl, now }: { siteUrl: string; now: number },
): Promise<void> {
  if (target.amendRecord === undefined || stored === undefined) return;
  const owed = toRecorded(waiting, siteUrl, now);
  if (JSON.stringify(owed) === JSON.stringify(stored.record.owed)) return;
  await target.amendRecord(printRecord({ ...stored.record, owed }), stored.version);
}
