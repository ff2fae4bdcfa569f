import { createHash } from "node:crypto";

/** What one service is notified of, once the topic serves one of the digests. */
export interface Notification {
  readonly kind: "websub" | "indexnow" | "rsscloud";
  /** Address of the hub or service. */
  readonly to: string;
  /** Public address of the feed document whose bytes show that the change is public. */
  readonly topic: string;
  /** SHA-256 of each version of that document that was not announced yet, the oldest first. */
  readonly digests: readonly string[];
  /** For IndexNow. */
  readonly urls?: readonly string[];
  /** For IndexNow. */
  readonly key?: { readonly value: string; readonly location: string };
}

/** A notification in the queue. Instants are milliseconds since the epoch. */
export interface PendingNotification extends Notification {
  readonly id: string;
  readonly since: number;
  readonly tries: number;
  /** Not sent before this. */
  readonly nextAt: number;
  readonly lastStatus?: string;
}

/** The same for the same service and topic, whatever the digests. */
export function notificationId({ kind, to, topic, urls }: Notification): string {
  return createHash("sha256")
    .update(JSON.stringify([kind, to, topic, urls ?? []]))
    .digest("hex")
    .slice(0, 32);
}
