// In come deliveries, made or waiting; out go lines that say so to people.
import type { WaitingDelivery } from "./delivery.ts";
import type { Ping } from "./flush.ts";
import { count } from "./refusal.ts";

/** What went alike to one service is told together. */
export function describePings(pings: readonly Ping[]): string[] {
  const alike = new Map<string, Ping[]>();
  for (const ping of pings) {
    const { kind, to, status, outcome, tries } = ping;
    const key = JSON.stringify([kind, to, status, outcome, tries]);
    const group = alike.get(key);
    if (group) group.push(ping);
    else alike.set(key, [ping]);
  }
  return [...alike.values()].map(describeAlike);
}

const outcomes = {
  done: "Told",
  later: "Could not tell yet",
  refused: "Was refused by",
  "given up": "Gave up telling",
} as const;

function describeAlike(pings: readonly Ping[]): string {
  const [first] = pings;
  if (first === undefined) return "";
  const { kind, to, status, outcome, tries } = first;
  const times = tries > 1 ? ` after ${tries} tries` : "";
  return `${outcomes[outcome]} ${kind} ${to}: ${describeNews(pings)} (${status})${times}.`;
}

/** What a delivery tells of: pages or feed documents. */
function describeNews(news: readonly Pick<Ping, "topic" | "urls">[]): string {
  const pages = news.reduce((sum, { urls }) => sum + (urls?.length ?? 0), 0);
  if (pages > 0) return count(pages, "page");
  const topics = news.map(({ topic }) => topic);
  return topics.length > 3 ? `${topics.length} feed documents, ${topics[0]} and so on` : topics.join(", ");
}

/** A delivery that waits; `now` in milliseconds since the epoch. */
export function describeWaiting(delivery: WaitingDelivery, now: number): string {
  const { kind, to, tries, lastStatus, nextAt } = delivery;
  const reason = lastStatus?.replace(/\.$/, "");
  const tried =
    tries === 0 ? reason : [count(tries, "try", "tries"), reason].filter(Boolean).join(", the last: ");
  const due = nextAt > now ? `; not before ${new Date(nextAt).toISOString().slice(0, 19)}Z` : "";
  return `Waits for ${kind} ${to}: ${describeNews([delivery])}${tried ? ` (${tried})` : ""}${due}.`;
}
