// In comes what a publish planned, refused, did and saw; out goes one object, a short report for people, and Markdown for pull requests.

import type { WaitingDelivery } from "./delivery.ts";
import { describePings } from "./describe-pings.ts";
import type { EditedNote, EntryNote, FeedChange } from "./feed-change.ts";
import type { Ping } from "./flush.ts";
import type { Proof } from "./live.ts";
import { count, nameOf, type Refusal } from "./refusal.ts";

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
  readonly proved: readonly Proof[];
  /** Public addresses that never showed the new bytes. */
  readonly unproved: readonly { readonly url: string; readonly reason: string }[];
  readonly pings: readonly Ping[];
  /** What waits in the outbox. */
  readonly pending: readonly Pick<
    WaitingDelivery,
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
    lines.push(`Would write ${count(put.length, "file")} and remove ${remove.length}.`);
  else if (receipt.deployed.length + receipt.removed.length === 0 && !receipt.failed)
    lines.push("Nothing to deploy.");
  else if (receipt.deployed.length + receipt.removed.length > 0)
    lines.push(
      `Deployed ${count(receipt.deployed.length, "file")}${receipt.removed.length > 0 ? `, removed ${receipt.removed.length}` : ""}${receipt.target === undefined ? "" : ` to ${receipt.target}`}.`,
    );
  const slowest = Math.max(0, ...receipt.proved.map(({ ms }) => ms));
  if (receipt.proved.length > 0)
    lines.push(
      `Seen in public: ${count(receipt.proved.length, "feed document")}, the last after ${(slowest / 1000).toFixed(1)} s.`,
    );
  for (const { url, reason } of receipt.unproved)
    lines.push(`Not seen in public: ${url}: ${reason.replace(/\.$/, "")}.`);
  if (receipt.unproved.length > 0)
    lines.push(
      "  Nobody was told of these. When they are public, publish again, or raise publish.verify.timeout.",
    );
  lines.push(...describePings(receipt.pings));
  if (receipt.pending.length > 0)
    lines.push(
      `${count(receipt.pending.length, "delivery waits", "deliveries wait")}; the next publish tries again.`,
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
    .map((note) => `${nameOf(note)}${note.post === undefined ? "" : ` (${note.post})`}${partsOf(note)}`);
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
