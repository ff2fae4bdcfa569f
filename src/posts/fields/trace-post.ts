import type { Config } from "../../model/config.ts";
import type { Position } from "../../model/diagnostic.ts";
import { fileLanguages, readFileName } from "../folder/file-name.ts";
import { type FrontMatter, readFrontMatter } from "../front-matter/front-matter.ts";
import { describeKind, valueText } from "../front-matter/front-matter-value.ts";
import { Locator } from "../front-matter/locate-value.ts";
import { collectFields, type FieldContext, type WrittenField } from "./collect-fields.ts";
import { type FieldName, fieldNames } from "./field-names.ts";

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
  const front = readFrontMatter(source.bytes);
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
