import type { PublishInput, PublishProgress, PublishTools } from "./deploy/attempts.ts";
import { nameEntry, pluralize, type Refusal } from "./guard/refusal.ts";
import type { PendingNotification } from "./notify/notification.ts";
import type { SendResult } from "./notify/send.ts";
import type { VerifiedFeed, VerifyResult } from "./notify/wait-until-public.ts";
import type { EditedNote, EntryNote, FeedChange } from "./plan/feed-change.ts";

/** What `publish --json` prints. */
export interface Receipt {
  /** Where it went; absent without a target. */
  readonly target?: string;
  readonly dryRun: boolean;
  /** Per changed feed document. */
  readonly plan: readonly FeedChange[];
  /** Paths that would be, or were, written and removed. */
  readonly changes: {
    readonly put: readonly string[];
    readonly remove: readonly string[];
    readonly unchanged: number;
  };
  readonly refused: readonly Refusal[];
  readonly deployed: readonly { readonly path: string; readonly digest: string }[];
  readonly removed: readonly string[];
  readonly proved: readonly VerifiedFeed[];
  /** Public addresses that never showed the new bytes. */
  readonly unproved: readonly { readonly url: string; readonly reason: string }[];
  readonly pings: readonly SendResult[];
  /** What waits in the outbox. */
  readonly pending: readonly Pick<
    PendingNotification,
    "kind" | "to" | "topic" | "urls" | "tries" | "nextAt" | "lastStatus"
  >[];
  readonly notices: readonly string[];
  /** Why it could not be done, where that is so. */
  readonly failed?: { readonly code: string; readonly message: string; readonly hint?: string };
}

/** 0 published (or nothing to do), 1 refused, 2 could not. */
export function exitCodeOf(receipt: Receipt): 0 | 1 | 2 {
  if (receipt.failed !== undefined) return 2;
  if (receipt.refused.length > 0) return 1;
  return receipt.unproved.length > 0 ? 2 : 0;
}

const kinds = [
  ["new", "new"],
  ["edited", "edited"],
  ["retracted", "retracted"],
  ["dropped", "dropped off the end"],
  ["reappearing", "would reappear unread"],
] as const;

/** The report for a terminal: one fact a line, without colours. */
export function reportReceipt(receipt: Receipt): string {
  const lines: string[] = [];
  lines.push(...groupAlike(receipt.plan).flatMap(describeChange));
  for (const { code, message, hint } of receipt.refused)
    lines.push(`refused ${code}: ${message}`, `  ${hint}`);
  const { put, remove } = receipt.changes;
  if (receipt.refused.length > 0) lines.push("Nothing was published.");
  else if (receipt.dryRun)
    lines.push(`Would write ${pluralize(put.length, "file")} and remove ${remove.length}.`);
  else if (receipt.deployed.length + receipt.removed.length === 0 && !receipt.failed)
    lines.push("Nothing to deploy.");
  else if (receipt.deployed.length + receipt.removed.length > 0)
    lines.push(
      `Deployed ${pluralize(receipt.deployed.length, "file")}${receipt.removed.length > 0 ? `, removed ${receipt.removed.length}` : ""}${receipt.target === undefined ? "" : ` to ${receipt.target}`}.`,
    );
  const slowest = Math.max(0, ...receipt.proved.map(({ ms }) => ms));
  if (receipt.proved.length > 0)
    lines.push(
      `Seen in public: ${pluralize(receipt.proved.length, "feed document")}, the last after ${(slowest / 1000).toFixed(1)} s.`,
    );
  for (const { url, reason } of receipt.unproved)
    lines.push(`Not seen in public: ${url}: ${reason.replace(/\.$/, "")}.`);
  if (receipt.unproved.length > 0)
    lines.push(
      "  Nobody was told of these. When they are public, publish again, or raise publish.verify.timeout.",
    );
  lines.push(...describeSendResults(receipt.pings));
  if (receipt.pending.length > 0)
    lines.push(
      `${pluralize(receipt.pending.length, "delivery waits", "deliveries wait")}; the next publish tries again.`,
    );
  for (const notice of receipt.notices) lines.push(`Note: ${notice}`);
  if (receipt.failed)
    lines.push(receipt.failed.message, ...(receipt.failed.hint ? [`  ${receipt.failed.hint}`] : []));
  return `${lines.join("\n")}\n`;
}

/** Documents that change alike, as the formats of one feed do, are told together. */
function groupAlike(feeds: readonly FeedChange[]): { names: string; feed: FeedChange }[] {
  const alike = new Map<string, { paths: string[]; feed: FeedChange }>();
  for (const feed of feeds) {
    const signature = JSON.stringify([feed.standing, ...kinds.map(([key]) => feed[key].map(({ id }) => id))]);
    const group = alike.get(signature);
    if (group) group.paths.push(feed.path);
    else alike.set(signature, { paths: [feed.path], feed });
  }
  return [...alike.values()].map(({ paths, feed }) => {
    const shown = paths.length > 6 ? [...paths.slice(0, 5), `${paths.length - 5} more`] : paths;
    return { names: shown.join(", "), feed };
  });
}

function describeChange({ names, feed }: { names: string; feed: FeedChange }): string[] {
  const changes = kinds.filter(([key]) => feed[key].length > 0);
  if (changes.length === 0) return [`${names}: ${quietChange(feed)}`];
  const counts = changes.map(([key, word]) => `${feed[key].length} ${word}`).join(", ");
  const head = `${names}${feed.standing === "changed" ? "" : ` (${feed.standing})`}: ${counts}`;
  return [head, ...changes.flatMap(([key, word]) => some(feed[key]).map((name) => `  ${word}: ${name}`))];
}

function quietChange(feed: FeedChange): string {
  if (feed.standing !== "changed") return feed.standing;
  return "its entries stay as they are";
}

/** A summary for a pull request: what subscribers will see if it is merged. */
export function summarizeReceipt(receipt: Receipt): string {
  const lines = ["### What subscribers will see", ""];
  if (receipt.plan.length === 0) lines.push("Nothing changes in any feed.");
  else {
    lines.push(
      "| feed | new | edited | retracted | dropped | reappearing |",
      "| --- | --: | --: | --: | --: | --: |",
    );
    for (const { names, feed } of groupAlike(receipt.plan))
      lines.push(`| ${escapeMarkdown(names)} | ${kinds.map(([key]) => feed[key].length).join(" | ")} |`);
  }
  const names = namesByKind(receipt.plan);
  for (const [key, word] of kinds) {
    const shown = names[key];
    if (shown.length > 0)
      lines.push("", `**${word}**`, "", ...shown.map((name) => `- ${escapeMarkdown(name)}`));
  }
  if (receipt.refused.length > 0) {
    lines.push("", "### Refused", "");
    for (const { code, message, hint } of receipt.refused)
      lines.push(`- \`${code}\` ${escapeMarkdown(message)} ${escapeMarkdown(hint)}`);
  }
  if (receipt.failed) lines.push("", `### Could not plan`, "", escapeMarkdown(receipt.failed.message));
  return `${lines.join("\n")}\n`;
}

/** Each post once, however many feeds show it. */
function namesByKind(feeds: readonly FeedChange[]): Record<(typeof kinds)[number][0], string[]> {
  const pick = (key: (typeof kinds)[number][0]) => {
    const notes = new Map(
      feeds.flatMap((feed) => feed[key].map((note: EntryNote) => [note.id, note] as const)),
    );
    return some([...notes.values()]);
  };
  return {
    new: pick("new"),
    edited: pick("edited"),
    retracted: pick("retracted"),
    dropped: pick("dropped"),
    reappearing: pick("reappearing"),
  };
}

function some(notes: readonly EntryNote[]): string[] {
  const shown = notes
    .slice(0, 20)
    .map((note) => `${nameEntry(note)}${note.post === undefined ? "" : ` (${note.post})`}${partsOf(note)}`);
  return notes.length > 20 ? [...shown, `and ${notes.length - 20} more`] : shown;
}

/** What of an edited entry is shown otherwise. */
function partsOf(note: EntryNote & Partial<EditedNote>): string {
  return note.changed === undefined ? "" : `: ${note.changed.join(", ")}`;
}

/** Titles are text, whatever they hold: no links, images, mentions or HTML of theirs in a pull request. */
function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]()#+!|~]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("@", "&#64;");
}

/** What went alike to one service is told together. */
export function describeSendResults(pings: readonly SendResult[]): string[] {
  const alike = new Map<string, SendResult[]>();
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
  done: "Notified",
  later: "Could not tell yet",
  refused: "Was refused by",
  "given up": "Gave up telling",
} as const;

function describeAlike(pings: readonly SendResult[]): string {
  const [first] = pings;
  if (first === undefined) return "";
  const { kind, to, status, outcome, tries } = first;
  const times = tries > 1 ? ` after ${tries} tries` : "";
  return `${outcomes[outcome]} ${kind} ${to}: ${describeNews(pings)} (${status})${times}.`;
}

/** What a delivery tells of: pages or feed documents. */
function describeNews(news: readonly Pick<SendResult, "topic" | "urls">[]): string {
  const pages = news.reduce((sum, { urls }) => sum + (urls?.length ?? 0), 0);
  if (pages > 0) return pluralize(pages, "page");
  const topics = news.map(({ topic }) => topic);
  return topics.length > 3 ? `${topics.length} feed documents, ${topics[0]} and so on` : topics.join(", ");
}

/** A delivery that waits; `now` in milliseconds since the epoch. */
export function describePending(delivery: PendingNotification, now: number): string {
  const { kind, to, tries, lastStatus, nextAt } = delivery;
  const reason = lastStatus?.replace(/\.$/, "");
  const tried =
    tries === 0 ? reason : [pluralize(tries, "try", "tries"), reason].filter(Boolean).join(", the last: ");
  const due = nextAt > now ? `; not before ${new Date(nextAt).toISOString().slice(0, 19)}Z` : "";
  return `Waits for ${kind} ${to}: ${describeNews([delivery])}${tried ? ` (${tried})` : ""}${due}.`;
}

/** The receipt of a publish, however far it came. */
export function makeReceipt(
  input: PublishInput,
  { target, outbox }: PublishTools,
  { plan, refused, done, left, notices }: PublishProgress,
  end: { proof: VerifyResult; pings: readonly SendResult[]; failed: Receipt["failed"] },
): Receipt {
  return {
    target: target.name,
    dryRun: input.dryRun ?? false,
    plan: plan?.feeds ?? [],
    changes: {
      put: plan?.put.map(({ file }) => file.path) ?? [],
      remove: plan?.remove.map(({ path }) => path) ?? [],
      unchanged: plan?.unchanged ?? 0,
    },
    refused,
    deployed: done ? (plan?.put.map(({ file: { path, digest } }) => ({ path, digest })) ?? []) : [],
    removed: done ? (plan?.remove.map(({ path }) => path) ?? []) : [],
    proved: end.proof.proved,
    unproved: end.proof.missing,
    pings: end.pings,
    pending: [...outbox.list(), ...left].map(({ kind, to, topic, urls, tries, nextAt, lastStatus }) => ({
      kind,
      to,
      topic,
      ...(urls && { urls }),
      tries,
      nextAt,
      ...(lastStatus !== undefined && { lastStatus }),
    })),
    notices: [...notices, ...end.proof.notices],
    ...(end.failed && { failed: end.failed }),
  };
}
