import { createHash } from "node:crypto";

/** One thing to tell to one service, once the topic serves one of the digests. */
export interface Notification {
  readonly kind: "websub" | "indexnow" | "rsscloud";
  /** Where it goes: the hub, or the service's address. */
  readonly to: string;
  /** Public address of the feed document that proves the news to be public. */
  readonly topic: string;
  /** SHA-256 of each version of that document that was never announced, the oldest first. */
  readonly digests: readonly string[];
  /** For IndexNow. */
  readonly urls?: readonly string[];
  /** For IndexNow. */
  readonly key?: { readonly value: string; readonly location: string };
}

/** A delivery that waits. Instants are milliseconds since the epoch. */
export interface PendingNotification extends Notification {
  readonly id: string;
  readonly since: number;
  readonly tries: number;
  /** Not to be tried before. */
  readonly nextAt: number;
  readonly lastStatus?: string;
}

/** The same service and topic share one file, so a newer digest joins the older one. */
export function notificationId({ kind, to, topic, urls }: Notification): string {
  return createHash("sha256")
    .update(JSON.stringify([kind, to, topic, urls ?? []]))
    .digest("hex")
    .slice(0, 32);
}

/** Reads a kept delivery. Undefined when it is none, or not the one it says it is. @throws SyntaxError */
export function parsePendingNotification(text: string): PendingNotification | undefined {
  const data = JSON.parse(text) as PendingNotification;
  const sound =
    notificationId(data) === data.id &&
    Array.isArray(data.digests) &&
    Number.isFinite(data.since) &&
    Number.isFinite(data.nextAt);
  return sound ? data : undefined;
}
