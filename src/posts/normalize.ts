// In comes a post's reading, field by field; out goes the Post, or nothing when a finding is an error.
import { codes } from "../model/codes.ts";
import type { Post } from "../model/post.ts";
import { isList, textOf, toPlain } from "./front-matter-value.ts";
import { readId, readPages, readPermalink, readSlug } from "./read-addresses.ts";
import { readAuthors } from "./read-authors.ts";
import { readLanguage } from "./read-language.ts";
import { readAttachments, readImage } from "./read-media.ts";
import { readTags } from "./read-tags.ts";
import { readTimes } from "./read-times.ts";
import { readVisibility } from "./read-visibility.ts";
import { cleanLine, cleanText, type Reading, reportWrong } from "./reading.ts";

const nothing: Readonly<Record<string, unknown>> = Object.freeze({});

/** Makes a Post of what was read. Every field is read even after an error, so that all problems come at once. */
export function normalizePost(file: string, reading: Reading): Post | undefined {
  const standing = readVisibility(reading);
  const times = readTimes(reading, standing.draft);
  const title = readTitle(reading);
  const description = readLine(reading, "description");
  const correction = readLine(reading, "correction");
  const authors = readAuthors(reading);
  const { section, tags } = readTags(reading);
  const language = readLanguage(reading);
  const slug = readSlug(reading);
  const image = readImage(reading);
  const date = times?.date ?? 0;
  const place = { slug, language, date, ...(section !== undefined && { section }) };
  const { url, externalUrl } = readPermalink(reading, place);
  const id = readId(reading, url);
  const post: Post = {
    file,
    ...id,
    url,
    title,
    ...standing,
    ...place,
    ...times,
    ...(description !== undefined && { description }),
    authors,
    tags,
    ...(image && { image }),
    attachments: readAttachments(reading),
    ...(externalUrl !== undefined && { externalUrl }),
    ...readPages(reading),
    ...(correction !== undefined && { correction }),
    markup: reading.name.markup,
    extra: readExtra(reading),
  };
  const failed = !times || reading.findings.some(({ code }) => codes[code].severity === "error");
  return failed ? undefined : Object.freeze(post);
}

/** A title is text; a note has none. */
function readTitle(reading: Reading): string {
  return readLine(reading, "title") ?? "";
}

function readLine(reading: Reading, field: "title" | "description" | "correction"): string | undefined {
  const found = reading.fields[field];
  if (!found) return undefined;
  const text = textOf(found.value);
  if (text === undefined) {
    const hint = isList(found.value)
      ? `A value that starts with [ is a list: write ${field}: "[…] …" with quotes.`
      : `Write ${field}: "…" on one line; a colon in it needs the quotes.`;
    reportWrong(reading, found.path, found.value, "text is expected", hint);
    return undefined;
  }
  const line = cleanLine(reading, found.path, text);
  return line === "" ? undefined : line;
}

function readExtra(reading: Reading): Readonly<Record<string, unknown>> {
  if (reading.unknown.length === 0) return nothing;
  const extra: Record<string, unknown> = {};
  for (const [key, value] of reading.unknown) {
    extra[key] = typeof value === "string" ? cleanText(reading, [key], value) : toPlain(value);
  }
  return extra;
}
