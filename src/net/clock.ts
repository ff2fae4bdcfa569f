/** Time and chance as inputs, so that tests can control them. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): number;
  /** Waits; ends early when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A number from 0 (included) to 1 (excluded). */
  random(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, Math.max(0, ms));
      signal?.addEventListener("abort", done);
      if (signal?.aborted) done();
    }),
  random: () => Math.random(),
};

/** `Retry-After` in milliseconds, from seconds or from an HTTP date (RFC 9110, section 10.2.3); undefined when absent or unreadable. */
export function readRetryAfter(value: string | null | undefined, now: number): number | undefined {
  const text = value?.trim();
  if (!text) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) || !/[a-z]/i.test(text) ? undefined : Math.max(0, at - now);
}

/** Exponential backoff with jitter: between half of the step and all of it, in milliseconds. */
export function backoff(tries: number, clock: Pick<Clock, "random">, baseMs = 500, capMs = 30_000): number {
  const step = Math.min(capMs, baseMs * 2 ** Math.min(tries, 30));
  return Math.round(step / 2 + (clock.random() * step) / 2);
}
