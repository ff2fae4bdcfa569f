import { codes } from "../../model/codes.ts";
import type { Post } from "../../model/post.ts";
import { isSequence, toPlain, valueText } from "../front-matter/front-matter-value.ts";
import { cleanBlock, cleanLine, reportWrong } from "./clean-field.ts";
import type { FieldContext } from "./collect-fields.ts";
import { readId, readPages, readPermalink, readSlug } from "./read-addresses.ts";
import { readAuthors } from "./read-authors.ts";
import { readEpisode } from "./read-episode.ts";
import { readLanguage } from "./read-language.ts";
import { readAttachmentReferences, readImage } from "./read-media.ts";
import { readPlace } from "./read-place.ts";
import { readTags } from "./read-tags.ts";
import { readTimes } from "./read-times.ts";
import { readVisibility } from "./read-visibility.ts";

const nothing: Readonly<Record<string, unknown>> = Object.freeze({});

/** A Post while it is made. Fields are assigned one by one: spreading costs a third of the time of reading a post. */
type Draft = { -readonly [Field in keyof Post]: Post[Field] };

/** Makes a Post of what was read. Every field is read even after an error, so that all problems come at once. */
export function normalizePost(file: string, context: FieldContext): Post | undefined {
  const { draft, visibility } = readVisibility(context);
  const times = readTimes(context, draft);
  const title = readLine(context, "title") ?? "";
  const description = readLine(context, "description");
  const correction = readLine(context, "correction");
  const { section, tags } = readTags(context);
  const language = readLanguage(context);
  const slug = readSlug(context);
  const image = readImage(context);
  const date = times?.date ?? 0;
  const { url, externalUrl } = readPermalink(context, { slug, language, date, section });
  const { id, idSource } = readId(context, url);
  const authors = readAuthors(context);
  const attachments = readAttachmentReferences(context);
  const place = readPlace(context);
  const episode = readEpisode(context);
  const { markup } = context.name;
  const extra = readExtra(context);
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
  readPages(context, post);
  const failed = !times || context.findings.some(({ code }) => codes[code].severity === "error");
  return failed ? undefined : Object.freeze(post);
}

function readLine(context: FieldContext, field: "title" | "description" | "correction"): string | undefined {
  const found = context.fields[field];
  if (!found) return undefined;
  const text = valueText(found.value);
  if (text === undefined) {
    const hint = isSequence(found.value)
      ? `A value that starts with [ is a list: write ${field}: "[…] …" with quotes.`
      : `Write ${field}: "…" on one line; a colon in it needs the quotes.`;
    reportWrong(context, found.path, found.value, "text is expected", hint);
    return undefined;
  }
  const line = cleanLine(context, found.path, text);
  return line === "" ? undefined : line;
}

function readExtra(context: FieldContext): Readonly<Record<string, unknown>> {
  if (context.unknown.length === 0) return nothing;
  const extra: Record<string, unknown> = {};
  for (const [key, value] of context.unknown) {
    extra[key] = typeof value === "string" ? cleanBlock(context, [key], value) : toPlain(value);
  }
  return extra;
}
