import type { Code } from "../../model/codes.ts";

/** One or two sentences a code. A code without one does not compile. */
export const mends: Readonly<Record<Code, string>> = {
  "config/unknown-code":
    "Correct the code in `check.severity` or `check.ignore`; `feedwright explain` lists all.",
  "config/unused-ignore":
    "Take the ignore out: what it hid is mended, and the next finding there should be seen.",
  "feed/over-limit": "Raise `feeds.maxBytes`, lower `limit`, or let the feed carry summaries.",
  "feed/profile": "Do as the message says; it cites the consumer's own rule.",
  "feed/rejected": "Do as the message says, or keep the post out of that feed with `where`.",
  "site/duplicate-id": "Give one of the two posts another `id:`; keep that of the one that readers know.",
  "site/duplicate-permalink": "Give one of the two posts another `slug:` or `permalink:`.",
  "site/emptied": "Look whether the posts moved or all became drafts; `--allow-empty` builds all the same.",
  "site/id-changed":
    "Write the old id into the post, as the message says; readers would see it as new otherwise. `--allow-id-changes` builds with the new one, and takes it for the one that readers know.",
};
