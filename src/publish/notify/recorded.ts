import { type Notification, notificationId, type PendingNotification } from "./notification.ts";
import { indexNowKey, type Services } from "./services.ts";

/** What waits for this site, as it may stand in public. */
export function toRecorded(
  waiting: readonly PendingNotification[],
  siteUrl: string,
  now: number,
): RecordedNotification[] {
  return waiting
    .filter(({ topic }) => topic.startsWith(siteUrl))
    .map(({ kind, to, topic, digests, urls, since, tries, nextAt }) => ({
      kind,
      ...(kind === "websub" && { hub: to }),
      topic,
      digests,
      ...(urls && { urls }),
      since,
      tries,
      ...(nextAt > now && { nextAt }),
    }));
}

/** A server may ask for patience; a record may not ask for more than this. Milliseconds. */
const longestWait = 24 * 3_600_000;

/**
 * Deliveries from a record. It can be read, and perhaps written, by others: only hubs and services of the configuration
 * are told, and only about addresses of this site.
 */
export function fromRecorded(
  owed: readonly RecordedNotification[],
  { audience, siteUrl, now }: { audience: Services; siteUrl: string; now: number },
): PendingNotification[] {
  return owed.flatMap((one) => {
    const to = serviceOf(one, audience);
    const { kind, topic, digests, since, tries, nextAt = now } = one;
    const urls = one.urls?.filter((url) => url.startsWith(siteUrl));
    if (to === undefined || !topic.startsWith(siteUrl)) return [];
    if (kind === "indexnow" && (urls === undefined || urls.length === 0)) return [];
    const key = kind === "indexnow" ? indexNowKey(audience, siteUrl) : undefined;
    const delivery: Notification = { kind, to, topic, digests, ...(urls && { urls }), ...(key && { key }) };
    return {
      ...delivery,
      id: notificationId(delivery),
      since: Math.min(since, now),
      tries,
      nextAt: Math.min(nextAt, now + longestWait),
    };
  });
}

function serviceOf({ kind, hub }: RecordedNotification, audience: Services): string | undefined {
  if (kind === "indexnow") return audience.indexnow?.endpoint;
  if (kind === "rsscloud") return audience.rsscloud?.ping;
  return audience.hubs.find((one) => one === hub);
}

/** A delivery as the record of a target keeps it: only what feeds, pages and hubs show to everybody. Instants are milliseconds since the epoch. */
export interface RecordedNotification {
  readonly kind: Notification["kind"];
  /** The hub, which the feed names. Addresses of other services stay in the configuration. */
  readonly hub?: string;
  readonly topic: string;
  readonly digests: readonly string[];
  readonly urls?: readonly string[];
  readonly since: number;
  readonly tries: number;
  /** Not to be tried before; absent when at once. */
  readonly nextAt?: number;
}

/** Reads the list of a record; what cannot be read is passed over. */
export function parseRecorded(data: unknown): RecordedNotification[] {
  return Array.isArray(data) ? data.flatMap((one: unknown) => parseOne(one) ?? []) : [];
}

function parseOne(data: unknown): RecordedNotification | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const { kind, hub, topic, digests, urls, since, tries, nextAt } = data as Record<string, unknown>;
  if (kind !== "websub" && kind !== "indexnow" && kind !== "rsscloud") return undefined;
  if (typeof topic !== "string" || !isTexts(digests) || !isCount(since)) return undefined;
  return {
    kind,
    ...(typeof hub === "string" && { hub }),
    topic,
    digests,
    ...(isTexts(urls) && { urls }),
    since,
    tries: isCount(tries) ? tries : 0,
    ...(isCount(nextAt) && { nextAt }),
  };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string");
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
