import { readFileSync } from "node:fs";
import { replaceFile } from "../../output/replace-file.ts";

/** A notification is given up after this many milliseconds. */
export const maxAgeMs = 7 * 24 * 3_600_000;

/** The digests of a notification that were sent last. */
export interface SentEntry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly digests: readonly string[];
}

/** What was sent lately, in one file: a target's record may still list it as pending. Write only under the queue's lock. */
export class SentLog {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** By the notification's id; empty when the file cannot be read. */
  read(): Readonly<Record<string, SentEntry>> {
    try {
      const entries = Object.entries(
        JSON.parse(readFileSync(this.#path, "utf8")) as Record<string, SentEntry>,
      );
      return Object.fromEntries(
        entries.filter(([, sent]) => Number.isFinite(sent.at) && Array.isArray(sent.digests)),
      );
    } catch {
      return {};
    }
  }

  add(id: string, digests: readonly string[], now: number): void {
    const recent = Object.entries(this.read()).filter(([, { at }]) => now - at < maxAgeMs);
    replaceFile(this.#path, JSON.stringify({ ...Object.fromEntries(recent), [id]: { at: now, digests } }));
  }
}
