// Out goes the group of rules about feed history (RFC 5005) and threading (RFC 4685).
import { rule, specs } from "./rule.ts";

export const historyRules = {
  "thread/when": rule(
    "error",
    "thr:when is from a draft",
    "Readers know `thr:updated`.",
    "Write `thr:updated`.",
    specs.thread,
    ["NoThrWhen", "UnexpectedAttribute"],
  ),
  "history/relation-in-entry": rule(
    "warning",
    "A paging link inside an entry",
    "Paging belongs to the feed.",
    "Move the link to the feed.",
    specs.history,
    ["FeedHistoryRelInEntry"],
  ),
  "history/complete-paged": rule(
    "error",
    "A complete feed with further pages",
    "`fh:complete` says that there are none.",
    "Remove `fh:complete` or the paging links.",
    specs.history,
    ["FeedRelInCompleteFeed"],
  ),
  "history/complete-current": rule(
    "error",
    "A complete feed whose current page is another",
    "A complete feed is its own current document.",
    "Make `current` the same as `self`, or leave it out.",
    specs.history,
    ["CurrentNotSelfInCompleteFeed"],
  ),
  "history/archive-current": rule(
    "warning",
    "An archive without a current link",
    "Whoever finds the archive cannot subscribe.",
    'Add `<link rel="current" href="…"/>`.',
    specs.history,
    ["MissingCurrentInArchive"],
  ),
  "history/archive-links": rule(
    "hint",
    "An archive without neighbours",
    "Readers cannot go on to older entries.",
    'Add a link with `rel="prev-archive"`, unless this is the oldest one.',
    specs.history,
    ["ArchiveIncomplete"],
  ),
  "history/past-end": rule(
    "error",
    "A page beyond the last",
    "The last page has no next one, the first no previous one.",
    "Remove the link.",
    specs.history,
    ["LinkPastEnd"],
  ),
};
