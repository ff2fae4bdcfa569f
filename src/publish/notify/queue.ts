import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../model/failure.ts";
import { takeLock } from "../../output/lock.ts";
import { replaceFile } from "../../output/replace-file.ts";
import { type Notification, notificationId, type PendingNotification } from "./notification.ts";
import { maxAgeMs, SentLog } from "./sent-log.ts";

/** A folder of pending notifications, one file each, written whole and synced. A lock keeps two processes from undoing each other's changes. */
export class NotificationQueue {
  readonly #folder: string;
  readonly #sent: SentLog;

  constructor(folder: string) {
    this.#folder = folder;
    this.#sent = new SentLog(join(folder, "told"));
  }

  /** All that is pending, the oldest first. Files that cannot be read are skipped. */
  list(): PendingNotification[] {
    let names: string[];
    try {
      names = readdirSync(this.#folder);
    } catch {
      return [];
    }
    return names
      .filter((name) => /^[0-9a-f]{32}\.json$/.test(name))
      .sort()
      .flatMap((name) => this.#read(name.slice(0, 32)) ?? [])
      .sort((a, b) => a.since - b.since);
  }

  /** The part of `others`, such as those that a target's record lists, that is neither in this queue nor was sent from it. */
  missing(others: readonly PendingNotification[], now: number): PendingNotification[] {
    const sent = this.#sent.read();
    return others.flatMap((one) => {
      const pending = this.#read(one.id)?.digests ?? [];
      const last = sent[one.id];
      const before = last !== undefined && last.at >= one.since ? last.digests : [];
      const digests = one.digests.filter((digest) => !pending.includes(digest) && !before.includes(digest));
      return digests.length === 0 || now - one.since >= maxAgeMs ? [] : { ...one, digests };
    });
  }

  /**
   * Once this returns, the notifications survive the end of the process and a power cut.
   * Their digests count as newer than those already pending, or as `older`.
   */
  async add(
    notifications: readonly (Notification & Partial<PendingNotification>)[],
    now: number,
    age: "newest" | "older" = "newest",
  ): Promise<void> {
    if (notifications.length === 0) return;
    await this.#locked(() => {
      for (const notification of notifications) {
        const id = notificationId(notification);
        const known = this.#read(id);
        const [own, old] = [notification.digests, known?.digests ?? []];
        const digests = age === "older" ? concatOnce(own, old) : concatOnce(old, own);
        if (known !== undefined && digests.join() === known.digests.join()) continue;
        this.#write({
          ...notification,
          id,
          digests,
          since: known?.since ?? notification.since ?? now,
          tries: known?.tries ?? notification.tries ?? 0,
          // A service that sent Retry-After is left alone until then, whatever is new.
          nextAt: known?.nextAt ?? notification.nextAt ?? now,
          ...(known?.lastStatus !== undefined && { lastStatus: known.lastStatus }),
        });
      }
    });
  }

  /** Takes a digest and all older ones out of a notification; its file is removed with the last one. */
  async markSent(id: string, digest: string, now: number): Promise<void> {
    await this.#change(id, (known) => {
      const at = known.digests.indexOf(digest);
      if (at < 0) return known;
      this.#sent.add(id, known.digests.slice(0, at + 1), now);
      return { ...known, digests: known.digests.slice(at + 1) };
    });
  }

  /** Takes out digests that will never be public. */
  async drop(notifications: readonly Notification[]): Promise<void> {
    for (const notification of notifications) {
      await this.#change(notificationId(notification), (known) => ({
        ...known,
        digests: known.digests.filter((digest) => !notification.digests.includes(digest)),
      }));
    }
  }

  /** Notes a failed try. Returns false when the notification is too old and was given up. */
  async postpone(
    id: string,
    wait: { now: number; ms: number; status: string; tries: number },
  ): Promise<boolean> {
    let kept = true;
    await this.#change(id, (known) => {
      kept = wait.now - known.since < maxAgeMs;
      return {
        ...known,
        digests: kept ? known.digests : [],
        tries: known.tries + wait.tries,
        nextAt: wait.now + wait.ms,
        lastStatus: wait.status,
      };
    });
    return kept;
  }

  async #change(id: string, change: (known: PendingNotification) => PendingNotification): Promise<void> {
    await this.#locked(() => {
      const known = this.#read(id);
      if (known === undefined) return;
      const next = change(known);
      if (next.digests.length === 0) rmSync(this.#path(id), { force: true });
      else if (next !== known) this.#write(next);
    });
  }

  async #locked(work: () => void): Promise<void> {
    try {
      mkdirSync(this.#folder, { recursive: true });
      const lock = await takeLock(this.#folder);
      try {
        work();
      } finally {
        lock.release();
      }
    } catch (error) {
      if (error instanceof Failure) throw error;
      const { code = "unknown error" } = error as NodeJS.ErrnoException;
      throw new Failure("output-unwritable", `The outbox ${this.#folder} cannot be written (${code}).`, {
        hint: "Check its permissions and the free space on the disk. Without the outbox, notifications could be lost.",
        cause: error,
      });
    }
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.json`);
  }

  #write(notification: PendingNotification): void {
    replaceFile(this.#path(notification.id), `${JSON.stringify(notification, undefined, 1)}\n`);
  }

  #read(id: string): PendingNotification | undefined {
    try {
      const data = JSON.parse(readFileSync(this.#path(id), "utf8")) as PendingNotification;
      const isValid =
        data.id === id &&
        notificationId(data) === id &&
        Array.isArray(data.digests) &&
        Number.isFinite(data.since) &&
        Number.isFinite(data.nextAt);
      return isValid ? data : undefined;
    } catch {
      return undefined;
    }
  }
}

/** Both lists in order; what is in both is kept in the second. */
function concatOnce(first: readonly string[], second: readonly string[]): string[] {
  return [...first.filter((one) => !second.includes(one)), ...second];
}
