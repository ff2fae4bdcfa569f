// In comes a post's reading, field by field; out goes the Post, or nothing when a finding is an error.
import { codes } from "../../model/codes.ts";
import type { Post } from "../../model/post.ts";
import { isList, textOf, toPlain } from "../front-matter/front-matter-value.ts";
import { cleanLine, cleanText, reportWrong } from "./clean-field.ts";
import { readId, readPages, readPermalink, readSlug } from "./read-addresses.ts";
import { readAuthors } from "./read-authors.ts";
import { readEpisode } from "./read-episode.ts";
import { readLanguage } from "./read-language.ts";
import { readAttachments, readImage } from "./read-media.ts";
import { readPlace } from "./read-place.ts";
import { readTags } from "./read-tags.ts";
import { readTimes } from "./read-times.ts";
import { readVisibility } from "./read-visibility.ts";
import type { Reading } from "./reading.ts";

const nothing: Readonly<Record<string, unknown>> = Object.freeze({});

/** A Post while it is made. Fields are assigned one by one: spreading costs a third of the time of reading a post. */
type Draft = { -readonly [Field in keyof Post]: Post[Field] };

/** Makes a Post of what was read. Every field is read even after an error, so that all problems come at once. */
export function normalizePost(file: string, reading: Reading): Post | undefined {
  const { draft, visibility } = readVisibility(reading);
  const times = readTimes(reading, draft);
  const title = readLine(reading, "title") ?? "";
  const description = readLine(reading, "description");
  const correction = readLine(reading, "correction");
  const { section, tags } = readTags(reading);
  const language = readLanguage(reading);
  const slug = readSlug(reading);
  const image = readImage(reading);
  const date = times?.date ?? 0;
  const { url, externalUrl } = readPermalink(reading, { slug, language, date, section });
  const { id, idSource } = readId(reading, url);
  const authors = readAuthors(reading);
  const attachments = readAttachments(reading);
  const place = readPlace(reading);
  const episode = readEpisode(reading);
  const { markup } = reading.name;
  const extra = readExtra(reading);
  const post: Draft = {
    file,
    id,
    idSource,
    url,
    title,
    date,
    draft,
    visibility,
    slug,
    authors,
    tags,
    language,
    attachments,
    markup,
    extra,
  };
  if (times?.updated !== undefined) post.updated = times.updated;
  if (times?.expires !== undefined) post.expires = times.expires;
  if (times?.retracted !== undefined) post.retracted = times.retracted;
  if (place !== undefined) post.place = place;
  if (episode !== undefined) post.episode = episode;
  if (section !== undefined) post.section = section;
  if (description !== undefined) post.description = description;
  if (correction !== undefined) post.correction = correction;
  if (image !== undefined) post.image = image;
  if (externalUrl !== undefined) post.externalUrl = externalUrl;
  readPages(reading, post);
  const failed = !times || reading.findings.some(({ code }) => codes[code].severity === "error");
  return failed ? undefined : Object.freeze(post);
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
