// In comes the outbox; out go its deliveries to hubs and services, each only after its news is seen to be public.
import type { Clock } from "../../net/clock.ts";
import { type GuardedFetch, NetworkFailure } from "../../net/guarded-fetch.ts";
import { backoff, readRetryAfter } from "../../net/retry.ts";
import { runInParallel } from "../deploy/in-parallel.ts";
import { digestOf } from "../plan/file-set.ts";
import type { WaitingDelivery } from "./notification.ts";
import type { Outbox } from "./outbox.ts";
import { judgeAnswer, requestOf } from "./services.ts";
import { lookAt } from "./wait-until-live.ts";

/** One delivery as it went. */
export interface Ping {
  readonly kind: WaitingDelivery["kind"];
  /** Hub or service. */
  readonly to: string;
  readonly topic: string;
  /** For IndexNow. */
  readonly urls?: readonly string[];
  /** HTTP status, or what went wrong instead. */
  readonly status: number | string;
  readonly outcome: "done" | "later" | "refused" | "given up";
  /** Requests made for it, earlier runs included. */
  readonly tries: number;
}

export interface FlushTools {
  readonly outbox: Outbox;
  /** For hubs and services. */
  readonly fetch: GuardedFetch;
  /** For looking at topics. */
  readonly fetchLive: GuardedFetch;
  readonly clock: Clock;
}

const minute = 60_000;

/**
 * Makes every delivery that is due and whose topic serves one of its digests. `seen` holds digests that were just looked at.
 * `all` takes deliveries that are not due yet as well.
 */
export async function flushOutbox(
  tools: FlushTools,
  options: { seen?: ReadonlyMap<string, string>; all?: boolean } = {},
): Promise<Ping[]> {
  const { outbox, clock } = tools;
  const due = outbox.list().filter(({ nextAt }) => options.all === true || nextAt <= clock.now());
  const live = new Map<string, Promise<Look>>();
  const look = (topic: string): Promise<Look> => {
    const digest = options.seen?.get(topic);
    const asked =
      live.get(topic) ??
      (digest === undefined ? lookFor(tools.fetchLive, topic) : Promise.resolve({ digest }));
    live.set(topic, asked);
    return asked;
  };
  const silent = new Set<string>();
  const pings: Ping[] = [];
  await runInParallel(due, 6, async (delivery) => {
    const { digest, reason = "not public yet" } = await look(delivery.topic);
    if (digest === undefined || !delivery.digests.includes(digest)) {
      const wait = { now: clock.now(), ms: 0, status: reason, tries: 0 };
      if (!(await outbox.postpone(delivery.id, wait)))
        pings.push({ ...about(delivery), status: wait.status, outcome: "given up", tries: delivery.tries });
      return;
    }
    if (silent.has(delivery.to)) return;
    const ping = await deliver(delivery, digest, tools);
    if (ping.outcome === "later") silent.add(delivery.to);
    pings.push(ping);
  });
  return pings.sort((a, b) => (`${a.to}\n${a.topic}` < `${b.to}\n${b.topic}` ? -1 : 1));
}

/** What a topic serves, or why that cannot be seen. */
interface Look {
  readonly digest?: string;
  readonly reason?: string;
}

async function lookFor(fetch: GuardedFetch, topic: string): Promise<Look> {
  try {
    const { status, body } = await lookAt(fetch, topic);
    return status === 200 ? { digest: digestOf(body) } : { reason: `its feed answers with status ${status}` };
  } catch (error) {
    if (!(error instanceof NetworkFailure)) throw error;
    return { reason: `its feed cannot be seen: ${error.message}` };
  }
}

async function deliver(delivery: WaitingDelivery, digest: string, tools: FlushTools): Promise<Ping> {
  const { outbox, fetch, clock } = tools;
  const { kind, to } = delivery;
  let status: number | string;
  let outcome: Ping["outcome"];
  let tries = delivery.tries;
  let asked: number | undefined;
  try {
    const answer = await fetch(to, requestOf(delivery));
    status = answer.status;
    tries += answer.tries;
    outcome = judgeAnswer(kind, answer.status, answer.body);
    asked = readRetryAfter(answer.headers.get("retry-after"), clock.now());
  } catch (error) {
    if (!(error instanceof NetworkFailure)) throw error;
    status = error.message;
    tries += 1;
    outcome = error.final ? "refused" : "later";
  }
  if (outcome !== "later") await outbox.settle(delivery.id, digest, clock.now());
  else {
    const ms = Math.min(
      Math.max(asked ?? 0, backoff(delivery.tries, clock, minute, 60 * minute)),
      1440 * minute,
    );
    const wait = { now: clock.now(), ms, status: String(status), tries: tries - delivery.tries };
    if (!(await outbox.postpone(delivery.id, wait))) outcome = "given up";
  }
  return { ...about(delivery), status, outcome, tries };
}

function about({ kind, to, topic, urls }: WaitingDelivery): Pick<Ping, "kind" | "to" | "topic" | "urls"> {
  return { kind, to, topic, ...(urls && { urls }) };
}
