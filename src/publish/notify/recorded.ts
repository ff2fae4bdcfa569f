// Pending notifications as a target's record lists them, for a run elsewhere to send.
import { type Notification, notificationId, type PendingNotification } from "./notification.ts";
import { indexNowKey, type Services } from "./services.ts";

/** Holds only what feeds, pages and hubs show to everybody. Instants are milliseconds since the epoch. */
export interface RecordedNotification {
  readonly kind: Notification["kind"];
  /** The hub, which the feed names. Addresses of other services stay in the configuration. */
  readonly hub?: string;
  readonly topic: string;
  readonly digests: readonly string[];
  readonly urls?: readonly string[];
  readonly since: number;
  readonly tries: number;
  /** Not sent before this. */
  readonly nextAt?: number;
}

/** What is pending for this site, in the form that may be public. */
export function toRecorded(
  pending: readonly PendingNotification[],
  siteUrl: string,
  now: number,
): RecordedNotification[] {
  return pending
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

/** A record cannot postpone a notification for longer than this. Milliseconds. */
const longestWait = 24 * 3_600_000;

/**
 * The notifications of a record, which others can read and perhaps write: only hubs and services of the configuration
 * are notified, and only of addresses of this site.
 */
export function fromRecorded(
  recorded: readonly RecordedNotification[],
  { services, siteUrl, now }: { services: Services; siteUrl: string; now: number },
): PendingNotification[] {
  return recorded.flatMap((one) => {
    const to = findService(one, services);
    const { kind, topic, digests, since, tries, nextAt = now } = one;
    const urls = one.urls?.filter((url) => url.startsWith(siteUrl));
    if (to === undefined || !topic.startsWith(siteUrl)) return [];
    if (kind === "indexnow" && (urls === undefined || urls.length === 0)) return [];
    const key = kind === "indexnow" ? indexNowKey(services, siteUrl) : undefined;
    const notification: Notification = {
      kind,
      to,
      topic,
      digests,
      ...(urls && { urls }),
      ...(key && { key }),
    };
    return {
      ...notification,
      id: notificationId(notification),
      since: Math.min(since, now),
      tries,
      nextAt: Math.min(nextAt, now + longestWait),
    };
  });
}

function findService({ kind, hub }: RecordedNotification, services: Services): string | undefined {
  if (kind === "indexnow") return services.indexnow?.endpoint;
  if (kind === "rsscloud") return services.rsscloud?.ping;
  return services.hubs.find((one) => one === hub);
}

/** Reads the list of a record; what cannot be read is skipped. */
export function parseRecorded(data: unknown): RecordedNotification[] {
  return Array.isArray(data) ? data.flatMap((one: unknown) => parseOne(one) ?? []) : [];
}

function parseOne(data: unknown): RecordedNotification | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const { kind, hub, topic, digests, urls, since, tries, nextAt } = data as Record<string, unknown>;
  if (kind !== "websub" && kind !== "indexnow" && kind !== "rsscloud") return undefined;
  if (typeof topic !== "string" || !isTextList(digests) || !isCount(since)) return undefined;
  return {
    kind,
    ...(typeof hub === "string" && { hub }),
    topic,
    digests,
    ...(isTextList(urls) && { urls }),
    since,
    tries: isCount(tries) ? tries : 0,
    ...(isCount(nextAt) && { nextAt }),
  };
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string");
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
