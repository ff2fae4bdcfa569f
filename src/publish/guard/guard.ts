// In come a plan, its limits and what was allowed; out go the reasons not to publish, each with its mend. Pure.
import type { Diagnostic } from "../../model/diagnostic.ts";
import { normalizeId } from "../../posts/fields/read-addresses.ts";
import { recordPath } from "../deploy/record.ts";
import type { FeedChange, ReappearingNote } from "../plan/feed-change.ts";
import type { PublishPlan } from "../plan/plan.ts";
import { type FeedLimits, guardFeeds } from "./guard-feeds.ts";
import { type HiddenPost, hiddenIn } from "./hidden-posts.ts";
import {
  count,
  instant,
  listSome,
  nameOf,
  quoteId,
  type Refusal,
  type RefusalCode,
  refuse,
} from "./refusal.ts";

export interface GuardLimits extends FeedLimits {
  readonly maxRemoved: number;
  /** What checking the new documents found. */
  readonly diagnostics?: readonly Diagnostic[];
  /** Drafts, future and other posts that nobody may see yet. */
  readonly hidden?: readonly HiddenPost[];
  /** Codes that were allowed by flag. */
  readonly allow?: readonly RefusalCode[];
}

/** Judges a plan. An empty list means that it may go out. */
export function guardPublish(plan: PublishPlan, limits: GuardLimits): Refusal[] {
  const found = [
    ...olderSet(plan),
    ...unreadableRecord(plan),
    ...changedIds(plan.feeds),
    ...guardFeeds(plan.feeds, limits),
    ...checkErrors(limits.diagnostics ?? []),
    ...hiddenIn(plan, limits.hidden ?? []).map(({ post, path }) =>
      refuse("publish/hidden-post", {
        message: `${path} shows ${post.file}, which is ${post.standing}.`,
        hint: `Build again, so that ${post.file} is left out; if it is meant to be seen, say so in its front matter.`,
      }),
    ),
    ...removals(plan, limits),
    ...foreignFiles(plan),
  ];
  const allowed = new Set<string>(limits.allow ?? []);
  return found.filter(({ code }) => !allowed.has(code));
}

function olderSet({ newerEdition, edition }: PublishPlan): Refusal[] {
  if (newerEdition === undefined) return [];
  const which = newerEdition.source !== edition.source ? "source" : "built";
  return [
    refuse("publish/older-set", {
      message: `What is public was made from ${instant(newerEdition[which])}; this set is older (${instant(edition[which])}).`,
      hint: "Fetch the newest posts and build again.",
    }),
  ];
}

function unreadableRecord({ recordUnreadable }: PublishPlan): Refusal[] {
  if (!recordUnreadable) return [];
  return [
    refuse("publish/public-unreadable", {
      message: `${recordPath} as it is public cannot be read, so nobody can tell which files are feedwright's own, nor whether a newer set is public.`,
      hint: "It may be broken, or written by a newer feedwright. Look at it, or restore it.",
    }),
  ];
}

/** The documents of one site repeat the same entry: each changed id is told once. */
function changedIds(feeds: readonly FeedChange[]): Refusal[] {
  const changed = new Map<string, ReappearingNote>();
  for (const note of feeds.flatMap((feed) => feed.reappearing))
    changed.set(`${note.knownAs}\n${note.id}`, note);
  if (changed.size === 0) return [];
  const notes = [...changed.values()];
  const isKept = ({ knownAs, id }: ReappearingNote) => normalizeId(knownAs) === normalizeId(id);
  const open = notes.filter((note) => !isKept(note));
  const lines = listSome(open, (note) => `${note.post ?? nameOf(note)}: id: ${quoteId(note.knownAs)}`, "; ");
  const write = `Write the ids that readers know into the front matter (feedwright ids import does it): ${lines}.`;
  const lost = `No front matter keeps the ids of ${listSome(notes.filter(isKept), nameOf)} as they were: ids are put into NFC, with single spaces.`;
  return [
    refuse("publish/ids-changed", {
      message: `${count(notes.length, "entry", "entries")} would reappear as unread, because the id changed: ${listSome(notes, nameOf)}.`,
      hint: [...(open.length > 0 ? [write] : []), ...(open.length < notes.length ? [lost] : [])].join(" "),
    }),
  ];
}

function checkErrors(diagnostics: readonly Diagnostic[]): Refusal[] {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (first === undefined) return [];
  const place = `${first.file}${first.line === undefined ? "" : `:${first.line}:${first.column ?? 1}`}`;
  return [
    refuse("publish/check-errors", {
      message: `The documents have ${count(errors.length, "error", "errors")}; the first is at ${place}: ${first.message}`,
      hint: `${first.hint ?? "Mend it."} \`feedwright check\` shows them all.`,
    }),
  ];
}

function removals(plan: PublishPlan, { maxRemoved }: GuardLimits): Refusal[] {
  if (plan.remove.length <= maxRemoved) return [];
  return [
    refuse("publish/many-removals", {
      message: `${plan.remove.length} files would be removed, more than ${maxRemoved}: ${listSome(plan.remove, ({ path }) => path)}.`,
      hint: "Look whether the build is whole, or raise publish.guard.maxRemoved.",
    }),
  ];
}

function foreignFiles({ foreign }: PublishPlan): Refusal[] {
  if (foreign.length === 0) return [];
  return [
    refuse("publish/foreign-file", {
      message: `The target holds ${count(foreign.length, "file", "files")} that feedwright did not put there: ${listSome(foreign, (path) => path)}.`,
      hint: "Publish to a folder of its own, or leave these files out of the output.",
    }),
  ];
}
