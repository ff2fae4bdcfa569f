// In comes what waits in an outbox; out goes the part of it that may stand in public, for a run elsewhere to pick up, and back.

import { type Delivery, deliveryId, type WaitingDelivery } from "./notification.ts";
import type { OwedDelivery } from "./pending-record.ts";
import { type Audience, indexNowKey } from "./services.ts";

/** What waits for this site, as it may stand in public. */
export function listOwed(waiting: readonly WaitingDelivery[], siteUrl: string, now: number): OwedDelivery[] {
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
export function readOwed(
  owed: readonly OwedDelivery[],
  { audience, siteUrl, now }: { audience: Audience; siteUrl: string; now: number },
): WaitingDelivery[] {
  return owed.flatMap((one) => {
    const to = serviceOf(one, audience);
    const { kind, topic, digests, since, tries, nextAt = now } = one;
    const urls = one.urls?.filter((url) => url.startsWith(siteUrl));
    if (to === undefined || !topic.startsWith(siteUrl)) return [];
    if (kind === "indexnow" && (urls === undefined || urls.length === 0)) return [];
    const key = kind === "indexnow" ? indexNowKey(audience, siteUrl) : undefined;
    const delivery: Delivery = { kind, to, topic, digests, ...(urls && { urls }), ...(key && { key }) };
    return {
      ...delivery,
      id: deliveryId(delivery),
      since: Math.min(since, now),
      tries,
      nextAt: Math.min(nextAt, now + longestWait),
    };
  });
}

function serviceOf({ kind, hub }: OwedDelivery, audience: Audience): string | undefined {
  if (kind === "indexnow") return audience.indexnow?.endpoint;
  if (kind === "rsscloud") return audience.rsscloud?.ping;
  return audience.hubs.find((one) => one === hub);
}
