import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../model/failure.ts";
import { takeLock } from "../../output/lock.ts";
import { replaceFile } from "../../output/replace-file.ts";
import {
  type Notification,
  notificationId,
  type PendingNotification,
  parsePendingNotification,
} from "./notification.ts";
import { maxAgeMs, SentLog } from "./sent-log.ts";

/** Both in their order, and what is in both where the second has it. */
function joinOnce(first: readonly string[], second: readonly string[]): string[] {
  return [...first.filter((one) => !second.includes(one)), ...second];
}

/** One file a delivery, each written whole and synced. A lock keeps two processes from undoing each other's changes. */
export class NotificationQueue {
  readonly #folder: string;
  readonly #told: SentLog;

  constructor(folder: string) {
    this.#folder = folder;
    this.#told = new SentLog(join(folder, "told"));
  }

  /** What waits, the oldest first. Files that are no deliveries are passed over. */
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

  /** The part of other deliveries, such as those that a target's record lists, that is neither here nor told from here. */
  missing(others: readonly PendingNotification[], now: number): PendingNotification[] {
    const told = this.#told.read();
    return others.flatMap((one) => {
      const known = this.#read(one.id)?.digests ?? [];
      const last = told[one.id];
      const before = last !== undefined && last.at >= one.since ? last.digests : [];
      const digests = one.digests.filter((digest) => !known.includes(digest) && !before.includes(digest));
      return digests.length === 0 || now - one.since >= maxAgeMs ? [] : { ...one, digests };
    });
  }

  /**
   * Keeps deliveries. When this returns, they survive the end of the process and of the machine's power.
   * Their digests are the newest of their documents, or `older` than those that wait already.
   */
  async queue(
    deliveries: readonly (Notification & Partial<PendingNotification>)[],
    now: number,
    age: "newest" | "older" = "newest",
  ): Promise<void> {
    if (deliveries.length === 0) return;
    await this.#locked(() => {
      for (const delivery of deliveries) {
        const id = notificationId(delivery);
        const known = this.#read(id);
        const [first, last] = [delivery.digests, known?.digests ?? []];
        const digests = age === "older" ? joinOnce(first, last) : joinOnce(last, first);
        if (known !== undefined && digests.join() === known.digests.join()) continue;
        this.#write({
          ...delivery,
          id,
          digests,
          since: known?.since ?? delivery.since ?? now,
          tries: known?.tries ?? delivery.tries ?? 0,
          // A service that asked for patience gets it, whatever is new.
          nextAt: known?.nextAt ?? delivery.nextAt ?? now,
          ...(known?.lastStatus !== undefined && { lastStatus: known.lastStatus }),
        });
      }
    });
  }

  /** Takes a digest and all older ones out of a delivery; the file goes with the last one. */
  async settle(id: string, digest: string, now: number): Promise<void> {
    await this.#change(id, (known) => {
      const at = known.digests.indexOf(digest);
      if (at < 0) return known;
      this.#told.note(id, known.digests.slice(0, at + 1), now);
      return { ...known, digests: known.digests.slice(at + 1) };
    });
  }

  /** Takes digests out that will never be public. */
  async forget(deliveries: readonly Notification[]): Promise<void> {
    for (const delivery of deliveries) {
      await this.#change(notificationId(delivery), (known) => ({
        ...known,
        digests: known.digests.filter((digest) => !delivery.digests.includes(digest)),
      }));
    }
  }

  /** Notes a failed try. What is too old is given up: returns false then. */
  async postpone(
    id: string,
    wait: { now: number; ms: number; status: string; tries: number },
  ): Promise<boolean> {
    let kept = true;
    await this.#change(id, (known) => {
      kept = wait.now - known.since < maxAgeMs;
      const digests = kept ? known.digests : [];
      return {
        ...known,
        digests,
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
        hint: "Check its permissions and at the room on the disk; without it, news could be lost.",
        cause: error,
      });
    }
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.json`);
  }

  #write(delivery: PendingNotification): void {
    replaceFile(this.#path(delivery.id), `${JSON.stringify(delivery, undefined, 1)}\n`);
  }

  #read(id: string): PendingNotification | undefined {
    try {
      const data = parsePendingNotification(readFileSync(this.#path(id), "utf8"));
      return data?.id === id ? data : undefined;
    } catch {
      return undefined;
    }
  }
}
