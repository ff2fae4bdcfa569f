// In come a plan and what earlier runs left to tell; out go the deliveries in the outbox, and the topics that must be seen first.

import type { StoredRecord } from "../deploy/deploy.ts";
import { printRecord } from "../deploy/record.ts";
import { digestOf, type SetFile } from "../plan/file-set.ts";
import { type PublicSet, type PublishPlan, publicUrl, type Topic } from "../plan/plan.ts";
import type { Target } from "../targets/target.ts";
import type { Delivery, WaitingDelivery } from "./notification.ts";
import type { Outbox } from "./outbox.ts";
import { listOwed, readOwed } from "./pending-elsewhere.ts";
import { type Audience, makeDeliveries } from "./services.ts";

/** What is told of, and to whom. */
export interface News {
  readonly files: readonly SetFile[];
  /** Ends with `/`. */
  readonly siteUrl: string;
  readonly audience: Audience;
}

export interface TellingTools {
  readonly target: Target;
  readonly outbox: Outbox;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What an earlier run, perhaps on a machine that is gone, left to tell. Changes nothing. */
export function leftByOthers(
  news: News,
  current: PublicSet,
  { target, outbox, now }: TellingTools,
): readonly WaitingDelivery[] {
  // What could never be taken off the list would be told again and again.
  if (target.amendRecord === undefined) return [];
  return outbox.missing(readOwed(current.record?.owed ?? [], { ...news, now }), now);
}

/** Queues all that is to be told once this plan is public. Of the result, the deliveries are those that depend on the plan. */
export async function queueNews(
  news: News,
  { plan, current }: { plan: PublishPlan; current: PublicSet },
  tools: TellingTools,
): Promise<{ deliveries: Delivery[]; topics: Topic[] }> {
  const { outbox, now } = tools;
  await outbox.queue(leftByOthers(news, current, tools), now, "older");
  const carried = carryOver(outbox.list(), plan.topics, publicDigests(news, current));
  await outbox.queue(carried, now);
  const covered = addressesOnTheWay(outbox.list(), news);
  const urls = plan.urls.filter((url) => !covered.has(url));
  const own = makeDeliveries({ topics: plan.topics, urls }, news.files, news.audience, news.siteUrl);
  await outbox.queue(own, now);
  const due = outbox.list().filter(({ nextAt }) => nextAt <= now);
  return { deliveries: [...carried, ...own], topics: topicsToSee(plan.topics, due, news) };
}

/**
 * Addresses for IndexNow wait for a document; when a newer version of it replaces the one that is public, the newer one
 * proves them as well. What never was public is not carried over.
 */
function carryOver(
  waiting: readonly WaitingDelivery[],
  topics: readonly Topic[],
  digests: ReadonlyMap<string, string>,
): Delivery[] {
  const next = new Map(topics.map(({ url, digest }) => [url, digest]));
  return waiting.flatMap(({ kind, to, topic, digests: own, urls, key }): Delivery[] => {
    const [now, digest] = [digests.get(topic), next.get(topic)];
    if (kind !== "indexnow" || now === undefined || digest === undefined || !own.includes(now)) return [];
    return [{ kind, to, topic, digests: [digest], ...(urls && { urls }), ...(key && { key }) }];
  });
}

/** Addresses that IndexNow hears of once this set is public, without a further delivery. */
function addressesOnTheWay(waiting: readonly WaitingDelivery[], news: News): ReadonlySet<string> {
  const digests = new Map(news.files.map(({ path, digest }) => [publicUrl(news.siteUrl, path), digest]));
  return new Set(
    waiting
      .filter((one) => one.to === news.audience.indexnow?.endpoint && one.urls !== undefined)
      .filter(({ topic, digests: own }) => own.includes(digests.get(topic) ?? ""))
      .flatMap(({ urls }) => urls ?? []),
  );
}

/** The digest of each document as it is public before the deploy, by address. */
function publicDigests({ files, siteUrl }: News, current: PublicSet): Map<string, string> {
  const same = files.filter(({ path }) => current.files.get(path)?.same === true);
  return new Map([
    ...same.map(({ path, digest }) => [publicUrl(siteUrl, path), digest] as const),
    ...current.feeds.map(({ path, bytes }) => [publicUrl(siteUrl, path), digestOf(bytes)] as const),
  ]);
}

/** Those that change, and those that are public as they stand in the set and were never told. */
function topicsToSee(
  changed: readonly Topic[],
  due: readonly WaitingDelivery[],
  { files, siteUrl }: News,
): Topic[] {
  const known = new Set(changed.map(({ url }) => url));
  const owed = new Set(due.flatMap(({ topic, digests }) => digests.map((digest) => `${topic} ${digest}`)));
  const silent = files
    .map(({ path, digest }) => ({ path, digest, url: publicUrl(siteUrl, path) }))
    .filter(({ url, digest }) => !known.has(url) && owed.has(`${url} ${digest}`));
  return [...changed, ...silent];
}

/** Brings the record up to date with what still waits, when that is not what it says. @throws Conflict, Failure, Interruption */
export async function noteLeft(
  target: Target,
  stored: StoredRecord | undefined,
  waiting: readonly WaitingDelivery[],
  { siteUrl, now }: { siteUrl: string; now: number },
): Promise<void> {
  if (target.amendRecord === undefined || stored === undefined) return;
  const owed = listOwed(waiting, siteUrl, now);
  if (JSON.stringify(owed) === JSON.stringify(stored.record.owed)) return;
  await target.amendRecord(printRecord({ ...stored.record, owed }), stored.version);
}
