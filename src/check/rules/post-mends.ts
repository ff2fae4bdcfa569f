// Out goes what to do about each finding of the other table: of posts, their files, feeds and the configuration.
import type { Code } from "../../model/codes.ts";

/** One or two sentences a code. A code without one does not compile. */
export const mends: Readonly<Record<Code, string>> = {
  "config/unknown-code":
    "Correct the code in `check.severity` or `check.ignore`; `feedwright explain` lists all.",
  "config/unknown-key":
    "Correct the spelling, or take the key out; the message lists the keys that are known.",
  "config/unreadable":
    "Mend the file at the place the message names: a syntax error, or an import that cannot be found.",
  "config/unused-ignore":
    "Take the ignore out: what it hid is mended, and the next finding there should be seen.",
  "config/wrong-value": "Write a value of the kind that the message names.",
  "file/encoding": "Save the file as UTF-8 without a byte order mark of UTF-16.",
  "file/link": "Put the file itself into the posts folder: links are not followed.",
  "file/name-collision": "Give one of the two files another name: on macOS and Windows they are one file.",
  "file/not-regular": "Take the pipe, socket or device out of the posts folder.",
  "file/too-deep": "Move the posts up: the folders are nested more deeply than 64 levels.",
  "file/too-many": "Name the posts' own folder in `posts.dir`, or leave the rest out with `posts.exclude`.",
  "file/too-large": "Divide the post, or move what is not text out of it: a post may have 5 MiB.",
  "file/unreadable": "Give yourself permission to read the file, or take it away.",
  "post/attachment-length": "Write `length:` in bytes, as the server's Content-Length says.",
  "post/attachment-mismatch": "Take the value out of the front matter: the file's own is used.",
  "post/attachment-missing": "Correct the path, or put the file beside the post or below `assets.dir`.",
  "post/attachment-type": "Write `type:`, such as `type: audio/mpeg`.",
  "post/elements-failed": "Mend what the message names; it comes from `feeds.elements`.",
  "post/illegal-character": "Delete the character; editors show it at the column the message names.",
  "post/image-missing": "Correct the path, or put the file beside the post or below `assets.dir`.",
  "post/image-type": "Use a JPEG, PNG, GIF, WebP, AVIF or SVG file, or write its `type:`.",
  "post/mdx-left-out": "Say in Markdown or HTML what feed readers should see.",
  "post/mdx-unclosed": "Close the element or the brace that the message names.",
  "post/render-failed": "Mend what the message names; it comes from `markdown.render` or a plug-in.",
  "post/too-nested": "Take lists or quotes out of one another.",
  "post/unsafe-html":
    "Take the element or attribute out, or link to the page instead: readers remove it anyway.",
  "front-matter/fence": "Begin the front matter with `---`, `---yaml`, `---toml`, `---json` or `+++`.",
  "front-matter/forbidden-key": "Rename the key.",
  "front-matter/missing":
    "Begin the file with `---`, a title and a date a line each, and `---` again; or put the date into its name.",
  "front-matter/not-mapping": "Write `key: value` lines.",
  "front-matter/shifted": "Delete what stands before the first `---`, empty lines included.",
  "front-matter/syntax":
    "Mend the line: a value with `: ` or a leading sign goes into quotation marks, tabs become spaces.",
  "front-matter/too-large": "Move text from the front matter into the body.",
  "front-matter/unclosed": "Add a line with `---` behind the front matter.",
  "post/bidi": "Delete the invisible characters, unless they belong to a word.",
  "post/date-missing": "Write `date:` with day, time and zone, such as `date: 2026-03-01T09:30:00+07:00`.",
  "post/date-without-time": "Write the time and its offset, such as `2026-03-01T09:30:00+07:00`.",
  "post/id-space":
    "Write the id on one line, without white space around it, with single spaces or none in it.",
  "post/illegal-characters": "Delete the characters; they are left out of the feeds.",
  "post/key-near-miss": "Write the key as the message spells it, or ignore this where the key is your own.",
  "post/two-spellings": "Keep one of the two keys.",
  "post/undated-draft": "Write `date:` before you publish it.",
  "post/unknown-status": "Write `draft: true` or `draft: false`.",
  "post/unsafe-path": "Write a path inside the site, without `..` and without another host.",
  "post/updated-before-date": "Let `updated` be `date` or later, or take it out.",
  "post/value-ignored": "Write a value of the kind that the message names, or take it out.",
  "post/wrong-date": "Write a day that there is, such as `2026-02-28`, with time and zone.",
  "post/wrong-value": "Write a value of the kind that the message names.",
  "feed/over-limit": "Raise `feeds.maxBytes`, lower `limit`, or let the feed carry summaries.",
  "feed/profile": "Do as the message says; it cites the consumer's own rule.",
  "feed/rejected": "Do as the message says, or keep the post out of that feed with `where`.",
  "podcast/enclosure": "Add `audio:` or `attachments:` with a sound or video file.",
  "podcast/image": "Use a square JPEG or PNG of 1400 to 3000 pixels.",
  "podcast/insecure": "Serve the file by https, and write its https address.",
  "podcast/title": "Write `title:`.",
  "site/duplicate-id": "Give one of the two posts another `id:`; keep that of the one that readers know.",
  "site/duplicate-permalink": "Give one of the two posts another `slug:` or `permalink:`.",
  "site/emptied": "Look whether the posts moved or all became drafts; `--allow-empty` builds all the same.",
  "site/id-changed":
    "Write the old id into the post, as the message says; readers would see it as new otherwise. `--allow-id-changes` builds with the new one, and takes it for the one that readers know.",
};
