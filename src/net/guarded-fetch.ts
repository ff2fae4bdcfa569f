import { Failure } from "../model/failure.ts";
import { parseUrl } from "../model/url.ts";
import { createGuardedLookup, namesPrivateHost, plainHost, type Resolver } from "./addresses.ts";
import { backoff, type Clock, readRetryAfter, systemClock } from "./clock.ts";
import { exchange, type HopRequest, type HopResponse, type HopRules, TransportError } from "./exchange.ts";

/** Where requests may go and how much they may cost. */
export interface FetchGuard {
  /** Hosts as in a URL (`example.org`, `example.org:8443`), or `any` for an address that a person typed. */
  readonly allowedHosts: readonly string[] | "any";
  /** Lets requests reach private addresses, and hosts in them. Default false. */
  readonly allowPrivate?: boolean;
  /** Milliseconds for one call with all its redirects, tries and waits. Default 30,000. */
  readonly timeoutMs?: number;
  /** Bytes of a body, after decompression. Default 15 MiB, the size at which common readers stop. */
  readonly maxBytes?: number;
  /** Default 5. */
  readonly maxRedirects?: number;
  /** Further tries after 408, 425, 429, 5xx and network errors. Default 2. */
  readonly retries?: number;
  readonly clock?: Clock;
  readonly resolve?: Resolver;
}

/** One request; headers by name. */
export interface FetchRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal?: AbortSignal;
}

/** An answer with any status and its whole body. */
export interface FetchAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** Where the answer came from, after redirects. */
  readonly url: string;
  /** Addresses that answered with a redirect, in order, with their statuses. */
  readonly redirects: readonly { readonly url: string; readonly status: number }[];
  /** How many times the request was sent, redirects aside. */
  readonly tries: number;
}

/** There was no answer. `final`: there will be none later either, as for a host that is not allowed or a bad certificate. */
export class NetworkFailure extends Failure {
  readonly final: boolean;

  constructor(message: string, options: { hint?: string; final: boolean }) {
    super("network", message, options.hint === undefined ? {} : { hint: options.hint });
    this.final = options.final;
  }
}

/** @throws NetworkFailure without an answer; its message never contains a query, header or body. */
export type GuardedFetch = (url: string | URL, request?: FetchRequest) => Promise<FetchAnswer>;

/** Headers that a redirect may take to another origin; any other could be a secret. */
const portable = new Set([
  "accept",
  "accept-encoding",
  "accept-language",
  "cache-control",
  "content-type",
  "user-agent",
]);

const retriableStatuses = new Set([408, 425, 429, 500, 502, 503, 504]);

const agent = "feedwright (+https://www.npmjs.com/package/feedwright)";

/** Makes the only function through which publishing and `check URL` reach the network. */
export function createGuardedFetch(guard: FetchGuard): GuardedFetch {
  const clock = guard.clock ?? systemClock;
  const timeoutMs = guard.timeoutMs ?? 30_000;
  const rules: HopRules = {
    maxBytes: guard.maxBytes ?? 15 * 1024 * 1024,
    allowPrivate: guard.allowPrivate ?? false,
    lookup: createGuardedLookup({
      allowPrivate: guard.allowPrivate ?? false,
      ...(guard.resolve && { resolve: guard.resolve }),
    }),
  };
  return async (address, request = {}) => {
    const limit = new AbortController();
    const stop = () => limit.abort();
    const timer = setTimeout(stop, timeoutMs);
    request.signal?.addEventListener("abort", stop);
    if (request.signal?.aborted) stop();
    const deadline = clock.now() + timeoutMs;
    try {
      for (let tries = 1; ; tries++) {
        const last = tries > (guard.retries ?? 2);
        const outcome = await follow(address, request, guard, rules, limit.signal).catch((error: unknown) => {
          if (last || limit.signal.aborted || !(error instanceof TransportError) || !error.retriable)
            throw explain(address, error, limit.signal.aborted ? timeoutMs : undefined);
          return undefined;
        });
        if (outcome && (last || !retriableStatuses.has(outcome.status))) return { ...outcome, tries };
        const asked = readRetryAfter(outcome?.headers.get("retry-after"), clock.now());
        const wait = Math.max(asked ?? 0, backoff(tries - 1, clock));
        if (outcome && clock.now() + wait >= deadline) return { ...outcome, tries };
        await clock.sleep(Math.min(wait, Math.max(0, deadline - clock.now())), limit.signal);
      }
    } finally {
      clearTimeout(timer);
      request.signal?.removeEventListener("abort", stop);
    }
  };
}

/** A URL for messages: without user, password, query and fragment. */
export function showUrl(address: string | URL): string {
  try {
    const url = new URL(address);
    return `${url.origin === "null" ? url.protocol : url.origin}${url.pathname}`;
  } catch {
    return "an address that is not a URL";
  }
}

async function follow(
  address: string | URL,
  request: FetchRequest,
  guard: FetchGuard,
  rules: HopRules,
  signal: AbortSignal,
): Promise<Omit<FetchAnswer, "tries">> {
  let url = admit(address, guard);
  let hop: HopRequest = {
    method: (request.method ?? "GET").toUpperCase(),
    headers: { "user-agent": agent, "accept-encoding": "identity", ...lowerCase(request.headers ?? {}) },
    ...(request.body !== undefined && { body: request.body }),
  };
  const redirects: { url: string; status: number }[] = [];
  for (;;) {
    const answer = await exchange(url, hop, rules, signal);
    const target = redirectOf(answer, url);
    if (target === undefined) return { ...answer, url: url.href, redirects };
    redirects.push({ url: url.href, status: answer.status });
    if (redirects.length > (guard.maxRedirects ?? 5))
      throw new TransportError(`more than ${guard.maxRedirects ?? 5} redirects`, false);
    const next = admit(target, guard);
    if (url.protocol === "https:" && next.protocol === "http:")
      throw new TransportError(`a redirect from https to http (${showUrl(next)})`, false);
    hop = redirected(hop, answer.status, next.origin === url.origin);
    url = next;
  }
}

function redirectOf(answer: HopResponse, url: URL): string | undefined {
  if (![301, 302, 303, 307, 308].includes(answer.status)) return undefined;
  const location = answer.headers.get("location");
  return location === null ? undefined : parseUrl(location, url)?.href;
}

/** RFC 9110, section 15.4: 307 and 308 keep the method; the others make GET of POST. */
function redirected(hop: HopRequest, status: number, sameOrigin: boolean): HopRequest {
  const headers = Object.fromEntries(
    Object.entries(hop.headers).filter(([name]) => sameOrigin || portable.has(name)),
  );
  if (status === 307 || status === 308 || hop.method === "GET" || hop.method === "HEAD")
    return { ...hop, headers };
  const { "content-type": _, ...rest } = headers;
  return { method: "GET", headers: rest };
}

/** @throws TransportError for a URL that is not allowed */
function admit(address: string | URL, guard: FetchGuard): URL {
  if (!parseUrl(String(address))) throw new TransportError("it is not a URL", false);
  const url = new URL(address);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new TransportError(`${url.protocol} is not http or https`, false);
  if (url.username !== "" || url.password !== "")
    throw new TransportError("the URL carries a user name or password", false);
  if (!guard.allowPrivate && namesPrivateHost(url))
    throw new TransportError(`${plainHost(url) || "its host"} is a private address`, false);
  if (guard.allowedHosts !== "any" && !guard.allowedHosts.some((host) => isHost(url, host)))
    throw new TransportError(`${url.host} is not one of the configured hosts`, false);
  return url;
}

function isHost(url: URL, allowed: string): boolean {
  const wanted = `${url.protocol}//${allowed}`;
  if (!parseUrl(wanted)) return false;
  const other = new URL(wanted);
  return plainHost(other) === plainHost(url) && other.port === url.port;
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function explain(address: string | URL, error: unknown, timedOut: number | undefined): NetworkFailure {
  const known = error instanceof TransportError && timedOut === undefined ? error : undefined;
  const reason =
    timedOut !== undefined
      ? `no answer within ${timedOut / 1000} s`
      : (known?.message ?? "the connection failed");
  const hint = /private address/.test(reason)
    ? "If this is a machine of your own, allow it with --allow-private."
    : /not one of the configured hosts/.test(reason)
      ? "Requests go to the target, the site's own host and the configured hubs only."
      : undefined;
  return new NetworkFailure(`Could not reach ${showUrl(address)}: ${reason}.`, {
    ...(hint !== undefined && { hint }),
    final: known !== undefined && !known.retriable,
  });
}
