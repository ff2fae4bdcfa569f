import type { Config } from "../../model/config.ts";
import type { Position } from "../../model/diagnostic.ts";
import { type Post, type PostStatus, postStatus } from "../../model/post.ts";
import { fileLanguages, readFileName } from "../folder/file-name.ts";
import { type FrontMatter, readFrontMatter } from "../front-matter/front-matter.ts";
import { describeKind, type Value, valueText } from "../front-matter/front-matter-value.ts";
import { Locator } from "../front-matter/locate-value.ts";
import { collectFields, type FieldContext, type WrittenField } from "./collect-fields.ts";
import { type FieldName, fieldNames, findField } from "./field-names.ts";
import { normalizePost } from "./normalize.ts";

/** Where one field's value came from. `line` and `column` count from 1. */
export interface FieldTrace {
  readonly field: string;
  /** The key as written, with its table: `lastmod`, `extra.image`; absent when the field was not written. */
  readonly key?: string;
  /** The value as written in the file. */
  readonly written?: string;
  readonly line?: number;
  readonly column?: number;
  /** Where the value comes from when it was not written. */
  readonly defaultedFrom?: string;
}

/** Traces every field of a post. Never throws; a file whose front matter cannot be read has no traces. */
export function tracePost(
  source: { readonly file: string; readonly bytes: Buffer },
  config: Config,
): FieldTrace[] {
  const front = readFrontMatter(source.bytes, config.preset);
  if (front.kind === "problem") return [];
  const name = readFileName(source.file, fileLanguages(config));
  const context = collectFields(front.kind === "none" ? new Map() : front.data, config, name);
  const locator = front.kind === "none" ? undefined : { front, places: new Locator(front) };
  return Object.keys(fieldNames).flatMap((field): FieldTrace[] => {
    const found = context.fields[field as FieldName];
    if (found && locator) return [describe(field, found, locator.front, locator.places)];
    const defaultedFrom = defaults[field as FieldName]?.(context);
    return defaultedFrom === undefined ? [] : [{ field, defaultedFrom }];
  });
}

/** A key of the front matter and its value, as written. */
export type WrittenKey = Required<Omit<FieldTrace, "field" | "defaultedFrom">>;

/**
 * The keys that give a post its state at `now` (milliseconds since the epoch), or that keep it from being a post at all:
 * each alone, beside a date, does so. None where no key is the cause, but the name of the file.
 */
export function findDecidingKeys(
  { file, bytes }: { readonly file: string; readonly bytes: Buffer },
  config: Config,
  now: number,
): WrittenKey[] {
  const front = readFrontMatter(bytes, config.preset);
  if (front.kind !== "front-matter") return [];
  const name = readFileName(file);
  const stateOf = (entries: Iterable<readonly [string, Value]>): PostStatus | "failed" => {
    const post = normalizePost(file, collectFields(new Map(entries), config, name));
    return post ? postStatus(post, now) : "failed";
  };
  const dates = [...front.data].filter(([key]) => findField(key)?.field === "date");
  const past = ["date", "1970-01-02T00:00:00Z"] as const;
  const state = stateOf(front.data);
  if (state !== "future" && stateOf([past]) === state) return [];
  const places = new Locator(front);
  return [...front.data].flatMap(([key, value]) => {
    const isDate = dates.some(([date]) => date === key);
    if (stateOf(isDate ? [[key, value]] : [past, [key, value]]) !== state) return [];
    const { field: _, ...written } = describe("", { path: [key], value, rank: 0 }, front, places);
    return [{ line: 1, column: 1, ...written } as WrittenKey];
  });
}

/**
 * The id and the address that a post had before it got an error: what is left of it without the values that cannot be
 * used. Undefined where its front matter cannot be read, or says too little.
 */
export function guessIdentity(
  { file, bytes }: { readonly file: string; readonly bytes: Buffer },
  config: Config,
): Pick<Post, "id" | "url"> | undefined {
  const front = readFrontMatter(bytes, config.preset);
  if (front.kind !== "front-matter") return undefined;
  const name = readFileName(file);
  const context = collectFields(front.data, config, name);
  normalizePost(file, context);
  const bad = new Set(
    context.findings.filter(({ problem }) => problem.severity === "error").map(({ path }) => path[0]),
  );
  const rest = [...front.data].filter(([key]) => !bad.has(key));
  const isDated = rest.some(([key]) => findField(key)?.field === "date") || name.date !== undefined;
  if (!isDated) rest.push(["date", "1970-01-02T00:00:00Z"]);
  return normalizePost(file, collectFields(new Map(rest), config, name));
}

/** The position of the first of some fields that a post has; undefined when it has none of them. */
export function locateField(
  source: { readonly file: string; readonly bytes: Buffer },
  fields: readonly string[],
  config: Config,
): Position | undefined {
  return findWritten(tracePost(source, config), fields);
}

/** The same, for a post that has been traced already. */
export function findWritten(traces: readonly FieldTrace[], fields: readonly string[]): Position | undefined {
  for (const field of fields) {
    const found = traces.find((trace) => trace.field === field);
    if (found?.line !== undefined) return { line: found.line, column: found.column ?? 1 };
  }
  return undefined;
}

function describe(field: string, found: WrittenField, front: FrontMatter, places: Locator): FieldTrace {
  const span = places.find(found.path);
  const written = span
    ? front.text.slice(span.start, span.end).trimEnd()
    : (valueText(found.value) ?? describeKind(found.value));
  return { field, key: found.path.join("."), written, ...places.locate(found.path) };
}

const defaults: Partial<Record<FieldName, (context: FieldContext) => string | undefined>> = {
  title: () => "nothing: the post is a note",
  date: ({ name }) => (name.date === undefined ? undefined : `the file name (${name.date})`),
  updated: ({ config }) => (config.dates.updated === "git" ? "the history in git" : undefined),
  draft: ({ name }) => (name.inDrafts ? "the folder _drafts" : undefined),
  slug: ({ name }) => `the file name (${name.slug})`,
  permalink: ({ config, fields }) =>
    fields.link ? undefined : `the pattern of the configuration (${config.permalink})`,
  id: ({ config }) =>
    config.site.authority === undefined ? "the permalink" : "site.authority and the file's path",
  description: () => "the body",
  authors: ({ config }) => {
    const first = Object.values(config.site.authors)[0];
    return first && `site.authors (${first.name})`;
  },
  language: ({ config, name }) =>
    name.language === undefined
      ? `site.language (${config.site.language})`
      : `the file name (${name.language})`,
};
