import { backoff, type Clock } from "../../net/clock.ts";
import { type FetchAnswer, type GuardedFetch, NetworkFailure } from "../../net/guarded-fetch.ts";
import { runInParallel } from "../../net/in-parallel.ts";
import { digestOf, fileKindOf, type Topic } from "../plan/file-set.ts";

/** A public address that serves the new bytes. */
export interface VerifiedFeed {
  readonly url: string;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
  /** Milliseconds from the first look to the one that saw them. */
  readonly ms: number;
}

export interface VerifyResult {
  readonly proved: readonly VerifiedFeed[];
  /** Addresses that never showed the new bytes, with what they showed instead. */
  readonly missing: readonly { readonly url: string; readonly reason: string }[];
  /** What does not stop anything and still wants mending, each once. */
  readonly notices: readonly string[];
}

export interface VerifyTools {
  readonly fetch: GuardedFetch;
  readonly clock: Clock;
  /** Milliseconds for all of them together. */
  readonly timeoutMs: number;
}

/** Looks at each address until it serves the new bytes or time is up; the main feeds first. */
export async function waitUntilPublic(topics: readonly Topic[], tools: VerifyTools): Promise<VerifyResult> {
  const started = tools.clock.now();
  const proved: VerifiedFeed[] = [];
  const missing: { url: string; reason: string }[] = [];
  const notices = new Set<string>();
  const inTurn = [...topics].sort(
    (a, b) => Number(fileKindOf(b.path) === "feed") - Number(fileKindOf(a.path) === "feed"),
  );
  await runInParallel(inTurn, 8, async (topic) => {
    const { answer, reason } = await watch(topic, started, tools);
    if (answer === undefined) return void missing.push({ url: topic.url, reason });
    proved.push({ url: topic.url, digest: topic.digest, ms: tools.clock.now() - started });
    for (const notice of inspect(topic, answer)) notices.add(notice);
  });
  const byUrl = (a: { url: string }, b: { url: string }) => (a.url < b.url ? -1 : 1);
  return { proved: proved.sort(byUrl), missing: missing.sort(byUrl), notices: [...notices].sort() };
}

async function watch(
  topic: Topic,
  started: number,
  { fetch, clock, timeoutMs }: VerifyTools,
): Promise<{ answer?: FetchAnswer; reason: string }> {
  let reason = "time was up before the first look";
  for (let tries = 0; tries === 0 || clock.now() - started < timeoutMs; tries++) {
    try {
      const answer = await fetchUncached(fetch, topic.url);
      if (answer.status === 200 && digestOf(answer.body) === topic.digest) return { answer, reason: "" };
      reason =
        answer.status === 200 ? "it still serves other bytes" : `it answers with status ${answer.status}`;
    } catch (error) {
      if (!(error instanceof NetworkFailure)) throw error;
      reason = error.message;
      if (error.final) break;
    }
    const left = timeoutMs - (clock.now() - started);
    await clock.sleep(Math.max(0, Math.min(left, backoff(tries, clock, 500, 15_000))));
  }
  return { reason };
}

/** Fetches as a reader without a copy of its own would, past caches that obey. */
export function fetchUncached(fetch: GuardedFetch, url: string): Promise<FetchAnswer> {
  return fetch(url, { headers: { "cache-control": "no-cache", pragma: "no-cache" } });
}

const goodTypes: Readonly<Record<string, RegExp>> = {
  "rss.xml": /^(application\/(rss\+)?xml|text\/xml)$/,
  "atom.xml": /^(application\/(atom\+)?xml|text\/xml)$/,
  "feed.json": /^application\/(feed\+)?json$/,
};

function inspect(topic: Topic, answer: FetchAnswer): string[] {
  const notices: string[] = [];
  const name = topic.path.slice(topic.path.lastIndexOf("/") + 1);
  const type = (answer.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (goodTypes[name]?.test(type) === false)
    notices.push(`${name} is served as ${type || "nothing in particular"}: readers may refuse it.`);
  if (!answer.headers.has("etag") || !answer.headers.has("last-modified"))
    notices.push(
      "Feeds are served without ETag or without Last-Modified: readers fetch them whole every time.",
    );
  const self = selfLink(new TextDecoder().decode(answer.body));
  if (self !== undefined && self !== topic.url)
    notices.push(`${topic.url} says that it stands at ${self}: WebSub readers will look there.`);
  if (answer.redirects.length > 0) notices.push(`${topic.url} redirects to ${answer.url}.`);
  return notices;
}

/** The address that a document gives for itself. */
function selfLink(text: string): string | undefined {
  const head = text.slice(0, 20_000);
  const json = /"feed_url"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(head)?.[1];
  if (json !== undefined) return json.slice(1, -1).replaceAll("\\/", "/");
  const link = [...head.matchAll(/<(?:atom:)?link\b[^>]*>/g)].find(([tag]) => /\brel=["']self["']/.test(tag));
  const href = link && /\bhref=["']([^"']*)["']/.exec(link[0])?.[1];
  return href?.replaceAll("&amp;", "&");
}
