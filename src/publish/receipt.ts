import { printable } from "../check/report/printable.ts";
import { nameEntry, pluralize, type Refusal } from "./guard/refusal.ts";
import type { PendingNotification } from "./notify/notification.ts";
import type { SendResult } from "./notify/send.ts";
import type { VerifiedFeed } from "./notify/wait-until-public.ts";
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
  /** Public addresses that never served the new bytes. */
  readonly unproved: readonly { readonly url: string; readonly reason: string }[];
  readonly pings: readonly SendResult[];
  /** What is still in the queue. */
  readonly pending: readonly Pick<
    PendingNotification,
    "kind" | "to" | "topic" | "urls" | "tries" | "nextAt" | "lastStatus"
  >[];
  readonly notices: readonly string[];
  /** Why publishing failed. */
  readonly failed?: { readonly code: string; readonly message: string; readonly hint?: string };
}

/** 0 published (or nothing to do), 1 refused, 2 could not. */
export function exitCodeOf(receipt: Receipt): 0 | 1 | 2 {
  if (receipt.failed !== undefined) return 2;
  if (receipt.refused.length > 0) return 1;
  return receipt.unproved.length > 0 ? 2 : 0;
}

/** What subscribers see, and how the reports name it. */
const kinds = [
  ["new", "new"],
  ["edited", "edited"],
  ["retracted", "retracted"],
  ["dropped", "dropped off the end"],
  ["reappearing", "would reappear unread"],
] as const;

/** The report for a terminal: one fact a line, without colours. */
export function reportReceipt(receipt: Receipt): string {
  const lines = [
    ...groupSameChanges(receipt.plan).flatMap(describeChange),
    ...receipt.refused.flatMap(({ code, message, hint }) => [`refused ${code}: ${message}`, `  ${hint}`]),
    ...describeDeploy(receipt),
    ...describeVerified(receipt),
    ...describeSendResults(receipt.pings),
  ];
  if (receipt.pending.length > 0) {
    const pending = pluralize(receipt.pending.length, "notification is", "notifications are");
    lines.push(`${pending} pending; the next publish tries again.`);
  }
  lines.push(...receipt.notices.map((notice) => `Note: ${notice}`));
  if (receipt.failed) lines.push(receipt.failed.message);
  if (receipt.failed?.hint) lines.push(`  ${receipt.failed.hint}`);
  return `${lines.join("\n")}\n`;
}

function describeDeploy({ changes, deployed, removed, dryRun, failed, refused, target }: Receipt): string[] {
  const { put, remove } = changes;
  if (refused.length > 0) return ["Nothing was published."];
  if (dryRun) return [`Would write ${pluralize(put.length, "file")} and remove ${remove.length}.`];
  if (deployed.length + removed.length === 0) return failed ? [] : ["Nothing to deploy."];
  const removal = removed.length > 0 ? `, removed ${removed.length}` : "";
  const place = target === undefined ? "" : ` to ${target}`;
  return [`Deployed ${pluralize(deployed.length, "file")}${removal}${place}.`];
}

function describeVerified({ proved, unproved }: Receipt): string[] {
  const seconds = (Math.max(0, ...proved.map(({ ms }) => ms)) / 1000).toFixed(1);
  const lines = unproved.map(
    ({ url, reason }) => `Not seen in public: ${url}: ${reason.replace(/\.$/, "")}.`,
  );
  if (proved.length > 0)
    lines.unshift(
      `Seen in public: ${pluralize(proved.length, "feed document")}, the last after ${seconds} s.`,
    );
  if (unproved.length > 0)
    lines.push(
      "  Nobody was notified of these. Publish again when they are public, or raise publish.verify.timeout.",
    );
  return lines;
}

/** Documents with the same changes, such as the formats of one feed, are reported together. */
function groupSameChanges(feeds: readonly FeedChange[]): { names: string; feed: FeedChange }[] {
  const groups = new Map<string, { paths: string[]; feed: FeedChange }>();
  for (const feed of feeds) {
    const signature = JSON.stringify([feed.standing, ...kinds.map(([key]) => feed[key].map(({ id }) => id))]);
    const group = groups.get(signature);
    if (group) group.paths.push(feed.path);
    else groups.set(signature, { paths: [feed.path], feed });
  }
  return [...groups.values()].map(({ paths, feed }) => {
    const shown = paths.length > 6 ? [...paths.slice(0, 5), `${paths.length - 5} more`] : paths;
    return { names: shown.join(", "), feed };
  });
}

function describeChange({ names, feed }: { names: string; feed: FeedChange }): string[] {
  const changes = kinds.filter(([key]) => feed[key].length > 0);
  if (changes.length === 0)
    return [`${names}: ${feed.standing === "changed" ? "its entries do not change" : feed.standing}`];
  const counts = changes.map(([key, word]) => `${feed[key].length} ${word}`).join(", ");
  const head = `${names}${feed.standing === "changed" ? "" : ` (${feed.standing})`}: ${counts}`;
  return [
    head,
    ...changes.flatMap(([key, word]) => listNames(feed[key]).map((name) => `  ${word}: ${name}`)),
  ];
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
    for (const { names, feed } of groupSameChanges(receipt.plan))
      lines.push(`| ${escapeMarkdown(names)} | ${kinds.map(([key]) => feed[key].length).join(" | ")} |`);
  }
  for (const [key, word] of kinds) {
    // Each post once, however many feeds show it.
    const notes = new Map(
      receipt.plan.flatMap((feed) => feed[key].map((note: EntryNote) => [note.id, note])),
    );
    if (notes.size > 0)
      lines.push(
        "",
        `**${word}**`,
        "",
        ...listNames([...notes.values()]).map((name) => `- ${escapeMarkdown(name)}`),
      );
  }
  if (receipt.refused.length > 0) {
    lines.push("", "### Refused", "");
    for (const { code, message, hint } of receipt.refused)
      lines.push(`- \`${code}\` ${escapeMarkdown(message)} ${escapeMarkdown(hint)}`);
  }
  if (receipt.failed) lines.push("", `### Could not plan`, "", escapeMarkdown(receipt.failed.message));
  return `${lines.join("\n")}\n`;
}

function listNames(notes: readonly EntryNote[]): string[] {
  const shown = notes
    .slice(0, 20)
    .map(
      (note) =>
        `${nameEntry(note)}${note.post === undefined ? "" : ` (${printable(note.post)})`}${partsOf(note)}`,
    );
  return notes.length > 20 ? [...shown, `and ${notes.length - 20} more`] : shown;
}

/** Which parts of an edited entry change. */
function partsOf(note: EntryNote & Partial<EditedNote>): string {
  return note.changed === undefined ? "" : `: ${note.changed.join(", ")}`;
}

/** Titles must not bring links, images, mentions or HTML into a pull request. */
function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]()#+!|~]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("@", "&#64;");
}

/** Notifications to one service with the same result are reported together. */
export function describeSendResults(pings: readonly SendResult[]): string[] {
  const groups = new Map<string, SendResult[]>();
  for (const ping of pings) {
    const { kind, to, status, outcome, tries } = ping;
    const key = JSON.stringify([kind, to, status, outcome, tries]);
    const group = groups.get(key);
    if (group) group.push(ping);
    else groups.set(key, [ping]);
  }
  return [...groups.values()].map(describeSame);
}

const outcomes = {
  done: "Notified",
  later: "Could not notify yet",
  refused: "Was refused by",
  "given up": "Gave up notifying",
} as const;

function describeSame(pings: readonly SendResult[]): string {
  const [first] = pings;
  if (first === undefined) return "";
  const { kind, to, status, outcome, tries } = first;
  const times = tries > 1 ? ` after ${tries} tries` : "";
  return `${outcomes[outcome]} ${kind} ${to}: ${describeSubjects(pings)} (${status})${times}.`;
}

/** What notifications are about: pages or feed documents. */
function describeSubjects(notifications: readonly Pick<SendResult, "topic" | "urls">[]): string {
  const pages = notifications.reduce((sum, { urls }) => sum + (urls?.length ?? 0), 0);
  if (pages > 0) return pluralize(pages, "page");
  const topics = notifications.map(({ topic }) => topic);
  return topics.length > 3 ? `${topics.length} feed documents, ${topics[0]} and so on` : topics.join(", ");
}

/** `now` in milliseconds since the epoch. */
export function describePending(notification: PendingNotification, now: number): string {
  const { kind, to, tries, lastStatus, nextAt } = notification;
  const reason = lastStatus?.replace(/\.$/, "");
  const tried =
    tries === 0 ? reason : [pluralize(tries, "try", "tries"), reason].filter(Boolean).join(", the last: ");
  const due = nextAt > now ? `; not before ${new Date(nextAt).toISOString().slice(0, 19)}Z` : "";
  return `Pending for ${kind} ${to}: ${describeSubjects([notification])}${tried ? ` (${tried})` : ""}${due}.`;
}
