import { backoff, type Clock, readRetryAfter } from "../../net/clock.ts";
import { type GuardedFetch, NetworkFailure } from "../../net/guarded-fetch.ts";
import { runInParallel } from "../../net/in-parallel.ts";
import { digestOf } from "../plan/file-set.ts";
import type { PendingNotification } from "./notification.ts";
import type { NotificationQueue } from "./queue.ts";
import { judgeAnswer, makeRequest } from "./services.ts";
import { fetchUncached } from "./wait-until-public.ts";

/** One delivery as it went. */
export interface SendResult {
  readonly kind: PendingNotification["kind"];
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

export interface SendTools {
  readonly outbox: NotificationQueue;
  /** For hubs and services. */
  readonly fetch: GuardedFetch;
  /** For looking at topics. */
  readonly fetchSite: GuardedFetch;
  readonly clock: Clock;
}

const minute = 60_000;

/**
 * Makes every delivery that is due and whose topic serves one of its digests. `seen` holds digests that were just looked at.
 * `all` takes deliveries that are not due yet as well.
 */
export async function sendPending(
  tools: SendTools,
  options: { seen?: ReadonlyMap<string, string>; all?: boolean } = {},
): Promise<SendResult[]> {
  const { outbox, clock } = tools;
  const due = outbox.list().filter(({ nextAt }) => options.all === true || nextAt <= clock.now());
  const live = new Map<string, Promise<TopicState>>();
  const look = (topic: string): Promise<TopicState> => {
    const digest = options.seen?.get(topic);
    const asked =
      live.get(topic) ??
      (digest === undefined ? readTopic(tools.fetchSite, topic) : Promise.resolve({ digest }));
    live.set(topic, asked);
    return asked;
  };
  const silent = new Set<string>();
  const pings: SendResult[] = [];
  await runInParallel(due, 6, async (delivery) => {
    const { digest, reason = "not public yet" } = await look(delivery.topic);
    if (digest === undefined || !delivery.digests.includes(digest)) {
      const wait = { now: clock.now(), ms: 0, status: reason, tries: 0 };
      if (!(await outbox.postpone(delivery.id, wait)))
        pings.push({ ...about(delivery), status: wait.status, outcome: "given up", tries: delivery.tries });
      return;
    }
    if (silent.has(delivery.to)) return;
    const ping = await sendOne(delivery, digest, tools);
    if (ping.outcome === "later") silent.add(delivery.to);
    pings.push(ping);
  });
  return pings.sort((a, b) => (`${a.to}\n${a.topic}` < `${b.to}\n${b.topic}` ? -1 : 1));
}

/** What a topic serves, or why that cannot be seen. */
interface TopicState {
  readonly digest?: string;
  readonly reason?: string;
}

async function readTopic(fetch: GuardedFetch, topic: string): Promise<TopicState> {
  try {
    const { status, body } = await fetchUncached(fetch, topic);
    return status === 200 ? { digest: digestOf(body) } : { reason: `its feed answers with status ${status}` };
  } catch (error) {
    if (!(error instanceof NetworkFailure)) throw error;
    return { reason: `its feed cannot be seen: ${error.message}` };
  }
}

async function sendOne(delivery: PendingNotification, digest: string, tools: SendTools): Promise<SendResult> {
  const { outbox, fetch, clock } = tools;
  const { kind, to } = delivery;
  let status: number | string;
  let outcome: SendResult["outcome"];
  let tries = delivery.tries;
  let asked: number | undefined;
  try {
    const answer = await fetch(to, makeRequest(delivery));
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

function about({
  kind,
  to,
  topic,
  urls,
}: PendingNotification): Pick<SendResult, "kind" | "to" | "topic" | "urls"> {
  return { kind, to, topic, ...(urls && { urls }) };
}
