import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { S3Client, S3ClientConfig } from "@aws-sdk/client-s3";
import { Failure } from "../../model/failure.ts";
import { createGuardedLookup, namesPrivateHost } from "../../net/addresses.ts";
import { backoff, type Clock, systemClock } from "../../net/clock.ts";

export interface S3TargetOptions {
  readonly bucket: string;
  readonly region: string;
  readonly endpoint?: string;
  /** Empty, or ending in `/`. */
  readonly prefix: string;
  /** `Cache-Control` of feeds and pages. */
  readonly cacheControl: string;
  readonly allowPrivate: boolean;
  /** Holds `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, for temporary credentials, `AWS_SESSION_TOKEN`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds for one request. Default 60,000. */
  readonly timeoutMs?: number;
  readonly clock?: Clock;
}

export type S3Module = typeof import("@aws-sdk/client-s3");

/** Loads the S3 client, which only this target needs. @throws Failure `target` when it is not installed */
export async function loadSdk(): Promise<S3Module> {
  try {
    return await import("@aws-sdk/client-s3");
  } catch (error) {
    throw new Failure("target", 'The package "@aws-sdk/client-s3" is not installed.', {
      hint: "Run `npm install @aws-sdk/client-s3`; only the s3 target needs it.",
      cause: error,
    });
  }
}

/** @throws Failure `target` without credentials, or for a private endpoint */
export function makeClient(sdk: S3Module, options: S3TargetOptions): S3Client {
  const { environment, endpoint, allowPrivate } = options;
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = environment;
  if (!id || !secret)
    throw new Failure("target", "The environment holds no credentials for S3.", {
      hint: "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_SESSION_TOKEN for temporary ones.",
    });
  if (endpoint !== undefined && !allowPrivate) {
    const url = new URL(endpoint);
    if (url.protocol !== "https:" || namesPrivateHost(url))
      throw new Failure("target", `The endpoint ${url.origin} is not a public https address.`, {
        hint: "If this is a machine of your own, allow it with --allow-private.",
      });
  }
  const lookup = createGuardedLookup({ allowPrivate });
  const timeout = options.timeoutMs ?? 60_000;
  return new sdk.S3Client({
    region: options.region,
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    credentials: { accessKeyId: id, secretAccessKey: secret, ...(token && { sessionToken: token }) },
    retryStrategy: makeRetryStrategy(options.clock ?? systemClock, { maxTries: 4, longestMs: timeout }),
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: {
      connectionTimeout: Math.min(timeout, 10_000),
      requestTimeout: timeout,
      throwOnRequestTimeout: true,
      httpAgent: new HttpAgent({ lookup, keepAlive: true }),
      httpsAgent: new HttpsAgent({ lookup, keepAlive: true, rejectUnauthorized: true }),
    },
  });
}

/** The interface of the client's retry strategies, as its middleware calls it. */
type Strategy = Extract<
  Exclude<S3ClientConfig["retryStrategy"], undefined>,
  { refreshRetryTokenForRetry: unknown }
>;
type Token = Awaited<ReturnType<Strategy["acquireInitialRetryToken"]>>;

/**
 * At most `maxTries` requests. `Retry-After` is obeyed up to `longestMs`; the client's own strategy waits a few seconds
 * only. A longer wait, or a refusal (4xx), fails at once.
 */
function makeRetryStrategy(
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
