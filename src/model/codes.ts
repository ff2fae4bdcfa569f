// The one table of what can be wrong in posts, their files and the configuration: code -> severity and title.
import type { Diagnostic, Position, Severity } from "./diagnostic.ts";

/** Room by room, alphabetical within a room. Codes are stable: scripts and ignore lists name them. */
export const codes = {
  // configuration
  "config/unknown-code": { severity: "hint", title: "A code of check that does not exist" },
  "config/unknown-key": { severity: "error", title: "A key the configuration does not know" },
  "config/unreadable": { severity: "error", title: "A configuration that cannot be read" },
  "config/unused-ignore": { severity: "hint", title: "An ignore of check that nothing needs" },
  "config/wrong-value": { severity: "error", title: "A value the configuration cannot use" },
  // posts as files
  "file/encoding": { severity: "error", title: "A post that is not plain UTF-8" },
  "file/link": { severity: "warning", title: "A symbolic link that is not followed" },
  "file/name-collision": { severity: "error", title: "Two files whose names some systems cannot tell apart" },
  "file/not-regular": { severity: "error", title: "A post that is not a regular file" },
  "file/too-deep": { severity: "error", title: "A folder nested too deeply" },
  "file/too-many": { severity: "error", title: "More files than the limit" },
  "file/too-large": { severity: "error", title: "A post larger than the limit" },
  "file/unreadable": { severity: "error", title: "A post that cannot be read" },
  // the body of a post and what it names
  "post/attachment-length": { severity: "hint", title: "An attachment elsewhere whose size is not stated" },
  "post/attachment-mismatch": {
    severity: "warning",
    title: "Front matter and file disagree about an attachment",
  },
  "post/attachment-missing": { severity: "error", title: "An attachment that is not there" },
  "post/attachment-type": { severity: "error", title: "An attachment whose media type is unknown" },
  "post/elements-failed": { severity: "error", title: "Elements that could not be made" },
  "post/illegal-character": { severity: "warning", title: "A character that no feed can carry" },
  "post/image-missing": { severity: "warning", title: "A file shown in the text that is not there" },
  "post/image-type": { severity: "warning", title: "A post image whose media type is unknown" },
  "post/mdx-left-out": { severity: "warning", title: "MDX that feeds cannot show" },
  "post/mdx-unclosed": { severity: "error", title: "MDX whose end is missing" },
  "post/render-failed": { severity: "error", title: "A body that could not be rendered" },
  "post/too-nested": { severity: "error", title: "Lists or quotes nested too deeply" },
  "post/unsafe-html": { severity: "warning", title: "HTML that feeds cannot carry" },
  // front matter as a text
  "front-matter/fence": { severity: "error", title: "A fence that feedwright does not read" },
  "front-matter/forbidden-key": {
    severity: "error",
    title: "A key that programs could mistake for their own",
  },
  "front-matter/missing": { severity: "error", title: "A post without front matter" },
  "front-matter/not-mapping": { severity: "error", title: "Front matter that is not a list of keys" },
  "front-matter/shifted": { severity: "error", title: "Front matter that does not start on the first line" },
  "front-matter/syntax": { severity: "error", title: "Front matter with a syntax error" },
  "front-matter/too-large": { severity: "error", title: "Front matter larger or deeper than the limit" },
  "front-matter/unclosed": { severity: "error", title: "Front matter without its closing fence" },
  // front matter as values
  "post/bidi": { severity: "warning", title: "Invisible characters that turn the direction of text" },
  "post/date-missing": { severity: "error", title: "A post without a date" },
  "post/date-without-time": { severity: "hint", title: "A date without a time" },
  "post/id-space": { severity: "warning", title: "An id with white space that feeds cannot keep" },
  "post/illegal-characters": { severity: "warning", title: "Characters that XML forbids" },
  "post/key-near-miss": { severity: "hint", title: "A key that looks like a misspelt one" },
  "post/two-spellings": { severity: "warning", title: "One field under two names with two values" },
  "post/undated-draft": { severity: "hint", title: "A draft without a date" },
  "post/unknown-status": { severity: "warning", title: "A status that feedwright does not know" },
  "post/unsafe-path": { severity: "error", title: "An address that leaves the site" },
  "post/updated-before-date": { severity: "error", title: "A post updated before it was published" },
  "post/value-ignored": { severity: "warning", title: "A value that feeds cannot carry" },
  "post/wrong-date": { severity: "error", title: "A date that is none" },
  "post/wrong-value": { severity: "error", title: "A value that a field cannot take" },
  // one feed
  "feed/over-limit": { severity: "hint", title: "A document larger than feeds.maxBytes" },
  "feed/profile": { severity: "warning", title: "A feed that its consumer would not take as it is" },
  "feed/rejected": { severity: "warning", title: "A post that a feed's consumer would reject" },
  // what podcast apps ask of shows and episodes
  "podcast/enclosure": { severity: "error", title: "An episode without a sound file" },
  "podcast/image": { severity: "warning", title: "A picture that Apple Podcasts refuses" },
  "podcast/insecure": { severity: "warning", title: "A file that podcast apps load by https alone" },
  "podcast/title": { severity: "error", title: "An episode without a title" },
  // one post against the others
  "site/duplicate-id": { severity: "error", title: "Two posts with one id" },
  "site/duplicate-permalink": { severity: "error", title: "Two posts with one permalink" },
  "site/emptied": { severity: "error", title: "A feed that had posts would be empty" },
  "site/id-changed": { severity: "warning", title: "A post that readers know under another id" },
} as const satisfies Record<string, { severity: Severity; title: string }>;

export type Code = keyof typeof codes;

/** Makes a diagnostic with the severity that the table gives its code. */
export function diagnose(
  code: Code,
  file: string,
  message: string,
  details: { at?: Position; hint?: string } = {},
): Diagnostic {
  return {
    code,
    severity: codes[code].severity,
    file,
    ...(details.at && { line: details.at.line, column: details.at.column }),
    message,
    ...(details.hint !== undefined && { hint: details.hint }),
  };
}
