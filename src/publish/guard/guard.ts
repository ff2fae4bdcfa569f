import type { FeedEntry } from "../../check/compare/read-entries.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { normalizeId } from "../../posts/fields/read-addresses.ts";
import { recordPath } from "../deploy/record.ts";
import type { FeedChange, MovedDateNote, ReappearingNote } from "../plan/feed-change.ts";
import { fileKindOf } from "../plan/file-set.ts";
import type { PublishPlan } from "../plan/plan.ts";
import { readerKinds } from "../plan/reader-kinds.ts";
import { findHiddenPosts, type HiddenPost } from "./hidden-posts.ts";
import {
  formatInstant,
  listSome,
  nameEntry,
  pluralize,
  type Refusal,
  type RefusalCode,
  refuse,
} from "./refusal.ts";

/** `publish.guard` of the configuration, and what else decides. */
export interface GuardLimits {
  /** New entries in one feed at once. */
  readonly maxNew: number;
  /** Bytes of one document. */
  readonly maxBytes: number;
  /** Files removed at once. */
  readonly maxRemoved: number;
  /** What checking the new documents found. */
  readonly diagnostics?: readonly Diagnostic[];
  /** Drafts and future posts. */
  readonly hidden?: readonly HiddenPost[];
  /** Codes that were allowed by flag. */
  readonly allow?: readonly RefusalCode[];
}

/** The reasons not to publish a plan. */
export function guardPublish(plan: PublishPlan, limits: GuardLimits): Refusal[] {
  const found = [
    ...olderSet(plan),
    ...unreadableRecord(plan),
    ...changedIds(plan.feeds),
    ...floods(plan, limits),
    ...onePerFeed(plan.feeds).flatMap(lostEntries),
    ...plan.feeds.flatMap(unreadableFeed),
    ...movedDates(plan.feeds),
    ...largeDocuments(plan.feeds, limits),
    ...checkErrors(limits.diagnostics ?? []),
    ...findHiddenPosts(plan, limits.hidden ?? []).map(({ post, path }) =>
      refuse("publish/hidden-post", {
        message: `${path} shows ${post.file}, which is ${post.reason}.`,
        hint: `Build again, so that ${post.file} is left out; if it should be public, change its front matter.`,
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
      message: `What is public was made from ${formatInstant(newerEdition[which])}; this set is older (${formatInstant(edition[which])}).`,
      hint: "Fetch the newest posts and build again.",
    }),
  ];
}

function unreadableRecord({ recordUnreadable }: PublishPlan): Refusal[] {
  if (!recordUnreadable) return [];
  return [
    refuse("publish/public-unreadable", {
      message: `The public ${recordPath} cannot be read, so it is not known which files are feedwright's own, nor whether a newer set is public.`,
      hint: "It may be damaged, or written by a newer feedwright. Check it, or restore it.",
    }),
  ];
}

/** One refusal for all feeds, though each repeats the same entries. */
function changedIds(feeds: readonly FeedChange[]): Refusal[] {
  const changed = new Map<string, ReappearingNote>();
  for (const note of feeds.flatMap((feed) => feed.reappearing))
    changed.set(`${note.knownAs}\n${note.id}`, note);
  if (changed.size === 0) return [];
  const notes = [...changed.values()];
  const isKept = ({ knownAs, id }: ReappearingNote) => normalizeId(knownAs) === normalizeId(id);
  const open = notes.filter((note) => !isKept(note));
  const lines = listSome(
    open,
    (note) => `${note.post ?? nameEntry(note)}: id: ${JSON.stringify(note.knownAs)}`,
    "; ",
  );
  const write = `Write the ids that readers know into the front matter (feedwright ids import does it): ${lines}.`;
  const lost = `No front matter keeps the ids of ${listSome(notes.filter(isKept), nameEntry)} as they were: ids are put into NFC, with single spaces.`;
  return [
    refuse("publish/ids-changed", {
      message: `${pluralize(notes.length, "entry", "entries")} would reappear as unread, because the id changed: ${listSome(notes, nameEntry)}.`,
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
      message: `The documents have ${pluralize(errors.length, "error", "errors")}; the first is at ${place}: ${first.message}`,
      hint: `${first.hint ?? "Fix it."} \`feedwright check\` shows them all.`,
    }),
  ];
}

function removals(plan: PublishPlan, { maxRemoved }: GuardLimits): Refusal[] {
  const takenBack = new Set(
    plan.feeds
      .filter(({ retracted }) => retracted.length > 0 && retracted.every((note) => note.takenBack))
      .map(({ path }) => path),
  );
  const removed = plan.remove.filter(({ path }) => !takenBack.has(path));
  if (removed.length <= maxRemoved) return [];
  return [
    refuse("publish/many-removals", {
      message: `${removed.length} files would be removed, more than ${maxRemoved}: ${listSome(removed, ({ path }) => path)}.`,
      hint: "Check whether the build is whole, or raise publish.guard.maxRemoved.",
    }),
  ];
}

function foreignFiles({ foreign }: PublishPlan): Refusal[] {
  if (foreign.length === 0) return [];
  return [
    refuse("publish/foreign-file", {
      message: `The target holds ${pluralize(foreign.length, "file", "files")} that feedwright did not write: ${listSome(foreign, (path) => path)}.`,
      hint: "Publish to a folder of its own, or leave these files out of the output.",
    }),
  ];
}

/** The formats of one feed gain and lose the same entries, so only the first is checked. Main feeds are all checked. */
function onePerFeed(feeds: readonly FeedChange[]): FeedChange[] {
  const seen = new Set<string>();
  return feeds.filter(({ path, standing, new: fresh, retracted, before, after }) => {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const ids = [fresh, retracted].map((notes) => notes.map(({ id }) => id));
    const key = JSON.stringify([folder, standing, ids, before, after]);
    return folder === "" || (!seen.has(key) && seen.add(key));
  });
}

/** One refusal for the formats of a feed that would show the same, and the kinds of readers it says so of. */
function floods(plan: PublishPlan, { maxNew }: GuardLimits): Refusal[] {
  const settled = new Set(
    plan.feeds.flatMap((feed) =>
      [...feed.reappearing, ...feed.movedBack].map(({ id }) => `${feed.path}\n${id}`),
    ),
  );
  const found = new Map<
    string,
    { path: string; who: string[]; entries: readonly FeedEntry[]; again: boolean }
  >();
  for (const { path, who, entries: all, again, after } of plan.newlyShown) {
    // Those are refused one by one.
    const entries = all.filter(({ id }) => !settled.has(`${path}\n${id}`));
    const isAgain = entries.length > 0 && again >= fewAgain && again * 2 >= after;
    if (entries.length <= maxNew && !isAgain) continue;
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const key = JSON.stringify([folder, entries.map(({ id }) => id)]);
    const known = found.get(key);
    if (known === undefined) found.set(key, { path, who: [who], entries, again: entries.length <= maxNew });
    else if (known.path === path) known.who.push(who);
  }
  const isMain = ({ path }: { path: string }) => fileKindOf(path) === "feed";
  const mainFirst = [...found.values()].sort((a, b) => Number(isMain(b)) - Number(isMain(a)));
  return mainFirst.map(({ path, who, entries, again }) =>
    refuse("publish/many-new", {
      message: `${path} would show ${pluralize(entries.length, "new entry", "new entries")} at once, ${again ? "at least half of them posts that readers know already" : `more than ${maxNew}`}, to ${who.length === readerKinds.length ? "all readers" : who.join(" and to ")}: ${listSome(entries, nameEntry)}.`,
      hint: "If these posts are new, publish fewer at a time, or raise publish.guard.maxNew. If they are not, give them back the ids, titles and dates that readers know.",
    }),
  );
}

/** So many known posts that look new are no accident of editing, when they are half of a feed. */
const fewAgain = 3;

function lostEntries({ retracted: all, ...feed }: FeedChange): Refusal[] {
  // What its author took back has to go at once.
  const retracted = all.filter(({ takenBack }) => !takenBack);
  if (feed.before === 0) return [];
  if (feed.standing === "removed") {
    if (feed.path.includes("/")) return [];
    return [
      refuse("publish/feed-removed", {
        message: `${feed.path} would be removed; its readers would get an error.`,
        hint: "Name its format in feeds.formats again.",
      }),
    ];
  }
  if (retracted.length === 0) return [];
  if (feed.after === 0)
    return [
      refuse("publish/feed-emptied", {
        message: `${feed.path} would become empty; it has ${pluralize(feed.before, "entry", "entries")} now: ${listSome(retracted, nameEntry)}.`,
        hint: feed.path.includes("/")
          ? "Check whether these posts should leave this feed."
          : "Check whether posts.dir and posts.include still find the posts.",
      }),
    ];
  if (retracted.length * 2 <= feed.before || retracted.length < 2) return [];
  return [
    refuse("publish/feed-shrunk", {
      message: `${feed.path} would lose ${retracted.length} of ${feed.before} entries: ${listSome(retracted, nameEntry)}.`,
      hint: "Look for posts that were moved, or are now drafts, private or expired.",
    }),
  ];
}

function unreadableFeed(feed: FeedChange): Refusal[] {
  if (feed.unreadable === undefined || feed.standing === "added") return [];
  return [
    refuse("publish/public-unreadable", {
      message: `The public ${feed.path} cannot be read (${feed.unreadable}), so nothing can be compared with it.`,
      hint: "Check the public document; readers cannot read it either. Before a first publish many servers answer with a page instead; then allow it.",
    }),
  ];
}

function movedDates(feeds: readonly FeedChange[]): Refusal[] {
  const moved = new Map(
    feeds.flatMap((feed) => feed.movedBack).map((note) => [`${note.id}\n${note.field}`, note]),
  );
  // Where an entry has no date of change, that of its publication counts as both.
  const isAlone = ({ id, field, before, after }: MovedDateNote) => {
    const date = field === "updated" ? moved.get(`${id}\ndate`) : undefined;
    return date === undefined || date.before !== before || date.after !== after;
  };
  return [...moved.values()]
    .filter(isAlone)
    .slice(0, 20)
    .map((note) =>
      refuse("publish/date-backwards", {
        message: `The ${note.field === "date" ? "date" : "updated date"} of ${nameEntry(note)} would go back from ${formatInstant(note.before)} to ${formatInstant(note.after)}.`,
        hint: `Write ${note.field === "date" ? "date" : "updated"}: ${formatInstant(note.before)} in ${note.post ?? "the post"}.`,
      }),
    );
}

function largeDocuments(feeds: readonly FeedChange[], { maxBytes }: GuardLimits): Refusal[] {
  return feeds
    .filter(({ sizeAfter, sizeBefore }) => sizeAfter > maxBytes && sizeAfter > sizeBefore)
    .map((feed) =>
      refuse("publish/too-large", {
        message: `${feed.path} has ${feed.sizeAfter} bytes, more than ${maxBytes}.`,
        hint: 'Lower feeds.limit, write feeds.content: "summary", or raise publish.guard.maxBytes.',
      }),
    );
}
