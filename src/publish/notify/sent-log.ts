import { readFileSync } from "node:fs";
import { replaceFile } from "../../output/replace-file.ts";

/** After this many milliseconds nobody waits for the news any more. */
export const maxAgeMs = 7 * 24 * 3_600_000;

/** What was told of a delivery the last time, and when. */
export interface SentEntry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly digests: readonly string[];
}

/** One file. Whoever writes holds the outbox's lock. */
export class SentLog {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** By the delivery's id; what cannot be read is the same as nothing told. */
  read(): Readonly<Record<string, SentEntry>> {
    try {
      const entries = Object.entries(
        JSON.parse(readFileSync(this.#path, "utf8")) as Record<string, SentEntry>,
      );
      return Object.fromEntries(
        entries.filter(([, told]) => Number.isFinite(told.at) && Array.isArray(told.digests)),
      );
    } catch {
      return {};
    }
  }

  note(id: string, digests: readonly string[], now: number): void {
    const recent = Object.entries(this.read()).filter(([, { at }]) => now - at < maxAgeMs);
    replaceFile(this.#path, JSON.stringify({ ...Object.fromEntries(recent), [id]: { at: now, digests } }));
  }
}
