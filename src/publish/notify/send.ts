import { backoff, type Clock, readRetryAfter } from "../../net/clock.ts";
import { type GuardedFetch, NetworkFailure } from "../../net/guarded-fetch.ts";
import { runInParallel } from "../../net/in-parallel.ts";
import { digestOf } from "../plan/file-set.ts";
import type { PendingNotification } from "./notification.ts";
import type { NotificationQueue } from "./queue.ts";
import { judgeAnswer, makeRequest } from "./services.ts";
import { fetchUncached } from "./wait-until-public.ts";

/** What came of sending one notification. */
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
  readonly queue: NotificationQueue;
  /** Reaches the site's own host. */
  readonly fetchSite: GuardedFetch;
  /** Reaches hubs, IndexNow and rssCloud. */
  readonly fetchServices: GuardedFetch;
  readonly clock: Clock;
}

const minute = 60_000;

/**
 * Sends every notification that is due and whose topic serves one of its digests. `seen` holds the digests of topics
 * that were just fetched. With `all`, notifications that are not due yet are sent as well.
 */
export async function sendPending(
  tools: SendTools,
  { seen, all = false }: { seen?: ReadonlyMap<string, string>; all?: boolean } = {},
): Promise<SendResult[]> {
  const { queue, clock, fetchSite } = tools;
  const due = queue.list().filter(({ nextAt }) => all || nextAt <= clock.now());
  const topics = new Map<string, Promise<TopicState>>();
  for (const [topic, digest] of seen ?? []) topics.set(topic, Promise.resolve({ digest }));
  const stateOf = (topic: string) => {
    const state = topics.get(topic) ?? readTopic(fetchSite, topic);
    topics.set(topic, state);
    return state;
  };
  const busy = new Set<string>();
  const results: SendResult[] = [];
  await runInParallel(due, 6, async (notification) => {
    const { digest, reason = "not public yet" } = await stateOf(notification.topic);
    if (digest === undefined || !notification.digests.includes(digest)) {
      const wait = { now: clock.now(), ms: 0, status: reason, tries: 0 };
      if (!(await queue.postpone(notification.id, wait)))
        results.push(makeResult(notification, reason, "given up"));
      return;
    }
    if (busy.has(notification.to)) return;
    const result = await sendOne(notification, digest, tools);
    if (result.outcome === "later") busy.add(notification.to);
    results.push(result);
  });
  return results.sort((a, b) => (`${a.to}\n${a.topic}` < `${b.to}\n${b.topic}` ? -1 : 1));
}

/** The digest that a topic serves, or why it cannot be read. */
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
    return { reason: `its feed cannot be read: ${error.message}` };
  }
}

async function sendOne(
  notification: PendingNotification,
  digest: string,
  { queue, fetchServices, clock }: SendTools,
): Promise<SendResult> {
  const { id, kind, to } = notification;
  let status: number | string;
  let outcome: SendResult["outcome"];
  let tries = 1;
  let retryAfter: number | undefined;
  try {
    const answer = await fetchServices(to, makeRequest(notification));
    status = answer.status;
    tries = answer.tries;
    outcome = judgeAnswer(kind, answer.status, answer.body);
    retryAfter = readRetryAfter(answer.headers.get("retry-after"), clock.now());
  } catch (error) {
    if (!(error instanceof NetworkFailure)) throw error;
    status = error.message;
    outcome = error.final ? "refused" : "later";
  }
  if (outcome !== "later") await queue.markSent(id, digest, clock.now());
  else {
    const wait = Math.max(retryAfter ?? 0, backoff(notification.tries, clock, minute, 60 * minute));
    const ms = Math.min(wait, 24 * 60 * minute);
    if (!(await queue.postpone(id, { now: clock.now(), ms, status: String(status), tries })))
      outcome = "given up";
  }
  return makeResult(notification, status, outcome, tries);
}

function makeResult(
  { kind, to, topic, urls, tries }: PendingNotification,
  status: number | string,
  outcome: SendResult["outcome"],
  newTries = 0,
): SendResult {
  return { kind, to, topic, ...(urls && { urls }), status, outcome, tries: tries + newTries };
}
