// In comes a request to a store that failed; out goes a later try, or none where waiting does not help.
import type { S3ClientConfig } from "@aws-sdk/client-s3";
import type { Clock } from "../../net/clock.ts";
import { backoff } from "../../net/retry.ts";

/** The part of the client's own strategy that makes new tries, as its middleware calls it. */
type Strategy = Extract<
  Exclude<S3ClientConfig["retryStrategy"], undefined>,
  { refreshRetryTokenForRetry: unknown }
>;
type Token = Awaited<ReturnType<Strategy["acquireInitialRetryToken"]>>;

/**
 * At most `maxTries` requests. `Retry-After` is honoured in full, which the client's own strategy does for a few seconds only;
 * a store that asks for more than `longestMs` is left alone, and so is one that said no (4xx).
 */
export function makeRetryStrategy(
  clock: Clock,
  { maxTries, longestMs }: { maxTries: number; longestMs: number },
): Strategy {
  return {
    acquireInitialRetryToken: async () => makeToken(0),
    refreshRetryTokenForRetry: async (token, { errorType, error, retryAfterHint }) => {
      const tries = token.getRetryCount() + 1;
      const wait = Math.max(backoff(tries - 1, clock), (retryAfterHint?.getTime() ?? 0) - clock.now());
      const helps = errorType === "TRANSIENT" || errorType === "THROTTLING";
      if (!helps || tries >= maxTries || wait > longestMs) throw error;
      await clock.sleep(wait);
      return makeToken(tries);
    },
    recordSuccess: () => {},
  };
}

function makeToken(tries: number): Token {
  return { getRetryCount: () => tries, getRetryDelay: () => 0 };
}
