// In comes the list of a record, whoever wrote it; out goes what it says is still to be told.
import type { Delivery } from "./notification.ts";

/** A delivery as the record of a target keeps it: only what feeds, pages and hubs show to everybody. Instants are milliseconds since the epoch. */
export interface OwedDelivery {
  readonly kind: Delivery["kind"];
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
export function parseOwed(data: unknown): OwedDelivery[] {
  return Array.isArray(data) ? data.flatMap((one: unknown) => parseOne(one) ?? []) : [];
}

function parseOne(data: unknown): OwedDelivery | undefined {
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
