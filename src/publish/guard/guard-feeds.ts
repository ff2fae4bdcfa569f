// In come the changes of each feed; out go the reasons not to show them to its subscribers. Pure.
import type { FeedChange, MovedDateNote } from "../plan/feed-change.ts";
import { count, instant, listSome, nameOf, type Refusal, refuse } from "./refusal.ts";

/** Bounds that the configuration sets. */
export interface FeedLimits {
  /** New entries in one feed at once. */
  readonly maxNew: number;
  /** Bytes of one document. */
  readonly maxBytes: number;
}

/** Judges what subscribers would see. */
export function guardFeeds(feeds: readonly FeedChange[], limits: FeedLimits): Refusal[] {
  return [
    ...oncePerFeed(feeds).flatMap((feed) => [...tooManyNew(feed, limits), ...lost(feed)]),
    ...feeds.flatMap(unreadable),
    ...datesBack(feeds),
    ...tooLarge(feeds, limits),
  ];
}

/** The formats of one feed lose and gain the same entries: it is told once, by the first of them. Main feeds are told one by one. */
function oncePerFeed(feeds: readonly FeedChange[]): FeedChange[] {
  const seen = new Set<string>();
  return feeds.filter(({ path, standing, new: fresh, retracted, before, after }) => {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const ids = [fresh, retracted].map((notes) => notes.map(({ id }) => id));
    const key = JSON.stringify([folder, standing, ids, before, after]);
    return folder === "" || (!seen.has(key) && seen.add(key));
  });
}

function tooManyNew(feed: FeedChange, limits: FeedLimits): Refusal[] {
  if (feed.standing !== "changed" || feed.new.length <= limits.maxNew) return [];
  return [
    refuse("publish/many-new", {
      message: `${feed.path} would show ${feed.new.length} new entries at once, more than ${limits.maxNew}: ${listSome(feed.new, nameOf)}.`,
      hint: "Publish fewer posts at a time, or raise publish.guard.maxNew.",
    }),
  ];
}

function lost(feed: FeedChange): Refusal[] {
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
  if (feed.after === 0)
    return [
      refuse("publish/feed-emptied", {
        message: `${feed.path} would turn empty; it has ${count(feed.before, "entry", "entries")} now: ${listSome(feed.retracted, nameOf)}.`,
        hint: feed.path.includes("/")
          ? "Look whether these posts are meant to go, or to leave this feed."
          : "Look whether posts.dir and posts.include still find the posts.",
      }),
    ];
  if (feed.retracted.length * 2 <= feed.before || feed.retracted.length < 2) return [];
  return [
    refuse("publish/feed-shrunk", {
      message: `${feed.path} would lose ${feed.retracted.length} of ${feed.before} entries: ${listSome(feed.retracted, nameOf)}.`,
      hint: "Look for posts that were moved, or that became drafts, private or expired.",
    }),
  ];
}

function unreadable(feed: FeedChange): Refusal[] {
  if (feed.unreadable === undefined || feed.standing === "added") return [];
  return [
    refuse("publish/public-unreadable", {
      message: `${feed.path} as it is public cannot be read (${feed.unreadable}), so nothing can be compared with it.`,
      hint: "Look at the public document; readers cannot read it either. Where nothing was ever published and the server shows a page instead, as for a first publish, allow it.",
    }),
  ];
}

function datesBack(feeds: readonly FeedChange[]): Refusal[] {
  const moved = new Map(
    feeds.flatMap((feed) => feed.movedBack).map((note) => [`${note.id}\n${note.field}`, note]),
  );
  // An entry without a date of its own for changes has that of its publication, and both go back as one.
  const isAlone = ({ id, field, before, after }: MovedDateNote) => {
    const date = field === "updated" ? moved.get(`${id}\ndate`) : undefined;
    return date === undefined || date.before !== before || date.after !== after;
  };
  return [...moved.values()]
    .filter(isAlone)
    .slice(0, 20)
    .map((note) =>
      refuse("publish/date-backwards", {
        message: `The ${note.field === "date" ? "date" : "updated date"} of ${nameOf(note)} would go back from ${instant(note.before)} to ${instant(note.after)}.`,
        hint: `Write ${note.field === "date" ? "date" : "updated"}: ${instant(note.before)} in ${note.post ?? "the post"}.`,
      }),
    );
}

function tooLarge(feeds: readonly FeedChange[], { maxBytes }: FeedLimits): Refusal[] {
  return feeds
    .filter(({ sizeAfter, sizeBefore }) => sizeAfter > maxBytes && sizeAfter > sizeBefore)
    .map((feed) =>
      refuse("publish/too-large", {
        message: `${feed.path} has ${feed.sizeAfter} bytes, more than ${maxBytes}.`,
        hint: 'Lower feeds.limit, write feeds.content: "summary", or raise publish.guard.maxBytes.',
      }),
    );
}
