import { backoff, type Clock } from "../../net/clock.ts";
import { type FetchAnswer, type GuardedFetch, NetworkFailure } from "../../net/guarded-fetch.ts";
import { runInParallel } from "../../net/in-parallel.ts";
import { digestOf, fileKindOf, type Topic } from "../plan/file-set.ts";

/** A public address that serves the new bytes. */
export interface VerifiedFeed {
  readonly url: string;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
  /** Milliseconds from the first request to the one that got them. */
  readonly ms: number;
}

export interface VerifyResult {
  readonly verified: readonly VerifiedFeed[];
  /** Addresses that never served the new bytes, with what they served instead. */
  readonly missing: readonly { readonly url: string; readonly reason: string }[];
  /** What should be fixed though it stops nothing, each once. */
  readonly notices: readonly string[];
}

export interface VerifyTools {
  readonly fetchSite: GuardedFetch;
  readonly clock: Clock;
}

/** Fetches each address, the main feeds first, until it serves the new bytes or `timeoutMs` have passed for all of them. */
export async function waitUntilPublic(
  topics: readonly Topic[],
  timeoutMs: number,
  tools: VerifyTools,
): Promise<VerifyResult> {
  const started = tools.clock.now();
  const verified: VerifiedFeed[] = [];
  const missing: { url: string; reason: string }[] = [];
  const notices = new Set<string>();
  const mainFirst = [...topics].sort(
    (a, b) => Number(fileKindOf(b.path) === "feed") - Number(fileKindOf(a.path) === "feed"),
  );
  await runInParallel(mainFirst, 8, async (topic) => {
    const { answer, reason } = await waitForTopic(topic, started + timeoutMs, tools);
    if (answer === undefined) return void missing.push({ url: topic.url, reason });
    verified.push({ url: topic.url, digest: topic.digest, ms: tools.clock.now() - started });
    for (const notice of inspectAnswer(topic, answer)) notices.add(notice);
  });
  const byUrl = (a: { url: string }, b: { url: string }) => (a.url < b.url ? -1 : 1);
  return { verified: verified.sort(byUrl), missing: missing.sort(byUrl), notices: [...notices].sort() };
}

async function waitForTopic(
  topic: Topic,
  deadline: number,
  { fetchSite, clock }: VerifyTools,
): Promise<{ answer?: FetchAnswer; reason: string }> {
  let reason = "time was up before the first request";
  for (let tries = 0; tries === 0 || clock.now() < deadline; tries++) {
    try {
      const answer = await fetchUncached(fetchSite, topic.url);
      if (answer.status === 200 && digestOf(answer.body) === topic.digest) return { answer, reason: "" };
      reason =
        answer.status === 200 ? "it still serves other bytes" : `it answers with status ${answer.status}`;
    } catch (error) {
      if (!(error instanceof NetworkFailure)) throw error;
      reason = error.message;
      if (error.final) break;
    }
    const left = deadline - clock.now();
    await clock.sleep(Math.max(0, Math.min(left, backoff(tries, clock, 500, 15_000))));
  }
  return { reason };
}

/** Asks caches on the way for a new copy. */
export function fetchUncached(fetch: GuardedFetch, url: string): Promise<FetchAnswer> {
  return fetch(url, { headers: { "cache-control": "no-cache", pragma: "no-cache" } });
}

const goodTypes: Readonly<Record<string, RegExp>> = {
  "rss.xml": /^(application\/(rss\+)?xml|text\/xml)$/,
  "atom.xml": /^(application\/(atom\+)?xml|text\/xml)$/,
  "feed.json": /^application\/(feed\+)?json$/,
};

function inspectAnswer(topic: Topic, answer: FetchAnswer): string[] {
  const notices: string[] = [];
  const name = topic.path.slice(topic.path.lastIndexOf("/") + 1);
  const type = (answer.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (goodTypes[name]?.test(type) === false)
    notices.push(`${name} is served as ${type || "no type at all"}: readers may refuse it.`);
  if (!answer.headers.has("etag") || !answer.headers.has("last-modified"))
    notices.push(
      "Feeds are served without ETag or without Last-Modified: readers fetch them whole every time.",
    );
  const self = selfLink(new TextDecoder().decode(answer.body));
  if (self !== undefined && self !== topic.url)
    notices.push(`${topic.url} names ${self} as its own address: WebSub readers will subscribe there.`);
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
