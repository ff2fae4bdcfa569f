import type { Mutable, Post } from "../../model/post.ts";
import { toPlain } from "../front-matter/front-matter-value.ts";
import { cleanBlock } from "./clean-field.ts";
import type { FieldContext } from "./collect-fields.ts";
import { readId, readPages, readPermalink, readSlug } from "./read-addresses.ts";
import { readAuthors } from "./read-authors.ts";
import { readEpisode } from "./read-episode.ts";
import { readLanguage } from "./read-language.ts";
import { readAttachments, readImage } from "./read-media.ts";
import { readPlace } from "./read-place.ts";
import { readTags } from "./read-tags.ts";
import { readTexts } from "./read-texts.ts";
import { readTimes } from "./read-times.ts";
import { readVisibility } from "./read-visibility.ts";

/**
 * The readers of all fields. Each puts what it reads into the post, and may use what those before it have put there.
 * Problems are reported in this order.
 */
const readers: readonly ((context: FieldContext, post: Mutable<Post>) => void)[] = [
  readVisibility,
  readTimes,
  readTexts,
  readTags,
  readLanguage,
  readSlug,
  readImage,
  readPermalink,
  readId,
  readAuthors,
  readAttachments,
  readPlace,
  readEpisode,
  readExtra,
  readPages,
];

const none: readonly never[] = Object.freeze([]);
const nothing: Readonly<Record<string, unknown>> = Object.freeze({});

/**
 * Makes a Post of the fields, or nothing where one of the problems is an error. Every field is read even after an
 * error, so that all problems are reported at once.
 */
export function normalizePost(file: string, context: FieldContext): Post | undefined {
  // Readers assign fields one by one: spreading costs a third of the time of reading a post.
  const post: Mutable<Post> = {
    file,
    id: "",
    idSource: "permalink",
    url: "",
    title: "",
    date: 0,
    draft: false,
    visibility: "private",
    slug: "",
    authors: none,
    tags: none,
    language: "",
    attachments: none,
    markup: context.name.markup,
    extra: nothing,
  };
  for (const read of readers) read(context, post);
  const failed = context.findings.some(({ problem }) => problem.severity === "error");
  return failed ? undefined : Object.freeze(post);
}

function readExtra(context: FieldContext, post: Mutable<Post>): void {
  if (context.unknown.length === 0) return;
  const extra: Record<string, unknown> = {};
  for (const [key, value] of context.unknown) {
    extra[key] = typeof value === "string" ? cleanBlock(context, [key], value) : toPlain(value);
  }
  post.extra = extra;
}
