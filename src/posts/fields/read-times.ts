import type { DateSource } from "../../model/config.ts";
import type { Mutable, Post } from "../../model/post.ts";
import { defineProblem, type Problem } from "../../model/problem.ts";
import {
  describeKind,
  isMapping,
  isNull,
  quoteValue,
  TypedScalar,
  type Value,
  valueText,
} from "../front-matter/front-matter-value.ts";
import { ignoredValue } from "./clean-field.ts";
import {
  type FieldContext,
  type FieldFinding,
  type FieldPath,
  readSwitch,
  type WrittenField,
} from "./collect-fields.ts";
import { type Instant, parseDate } from "./dates.ts";
import { everyValue } from "./read-visibility.ts";

const dayLength = 86_400_000;

const wrongDate = defineProblem("post/wrong-date", {
  severity: "error",
  title: "A date that does not exist or cannot be read",
  many: "{count} dates do not exist or cannot be read",
  why: "Without a date the post has no position in a feed, and it is unknown whether readers may see it yet. It cannot go into a feed.",
  fix: "Write a day that exists, such as `2026-02-28`, with time and zone.",
});

const missingDate = defineProblem("post/date-missing", {
  severity: "error",
  title: "A post without a date",
  many: "{count} posts have no date",
  why: "Feeds are sorted by date, and RSS and Atom readers show it. A date that is made up would change with every checkout, so the post cannot go into a feed.",
  fix: "Write `date:` with day, time and zone, such as `date: 2026-03-01T09:30:00+07:00`.",
});

const undatedDraft = defineProblem("post/undated-draft", {
  severity: "hint",
  title: "A draft without a date",
  why: "Readers see nothing of a draft. Once it is published without a date, it cannot go into a feed.",
  fix: "Write `date:` before you publish it.",
});

const dateWithoutTime = defineProblem("post/date-without-time", {
  severity: "hint",
  title: "A date without a time",
  many: "{count} posts have a date without a time",
  why: "Readers see the start of that day as the time of publication, and posts of one day have no certain order.",
  fix: "Write the time and its offset, such as `2026-03-01T09:30:00+07:00`.",
});

const updatedBeforeDate = defineProblem("post/updated-before-date", {
  severity: "warning",
  title: "A post updated before it was published",
  why: "One of the two dates is wrong. The post goes out without the date of its update.",
  fix: "Let `updated` be `date` or later, or take it out.",
});

/** A post's date, and the words for where it is. */
interface FoundDate {
  readonly instant: Instant;
  /** Of the value in front matter; empty for a date that is elsewhere. */
  readonly path: FieldPath;
  readonly shown: () => string;
}

/** Reads `date`, `updated` and `expires`; where the date is missing or wrong, nothing but what is wrong. */
export function readTimes(context: FieldContext, post: Mutable<Post>): void {
  const { fields } = context;
  const date = readDate(context);
  const updated = fields.updated && readUpdated(context, fields.updated);
  readExpiry(context, post);
  if (!date) {
    reportMissing(context, post.draft);
    return;
  }
  if (date.instant.bare) context.findings.push(bareDate(date, context));
  post.date = date.instant.ms;
  for (const found of everyValue(context, "publishDate")) {
    const instant = readInstant(context, found, wrongDate);
    if (instant !== undefined && instant.ms > post.date) post.date = instant.ms;
  }
  if (updated && isUpdate(context, post.date, updated)) post.updated = updated.ms;
  if (everyValue(context, "retracted").every(({ value }) => readSwitch(value) !== true)) return;
  // It is in no feed at any time, whatever else is written; the time of the retraction is not made up.
  post.expires = post.date;
  post.retracted = post.updated ?? post.date;
}

/** The first date that one of the sources of `dates.from` has. */
function readDate(context: FieldContext): FoundDate | undefined {
  for (const source of context.config.dates.from) {
    const found = source === "front-matter" ? readWrittenDate(context) : readImpliedDate(context, source);
    if (found !== undefined) return found === wrong ? undefined : found;
  }
  return undefined;
}

/** A source has something in place of a date: what another source says would be a guess. */
const wrong = "wrong";

function readWrittenDate(context: FieldContext): FoundDate | typeof wrong | undefined {
  const [publish] = everyValue(context, "publishDate");
  const found = context.fields.date ?? publish;
  if (found === undefined) return undefined;
  const instant = readInstant(context, found, wrongDate);
  return instant ? { instant, path: found.path, shown: () => quoteValue(found.value) } : wrong;
}

function readImpliedDate(context: FieldContext, source: DateSource): FoundDate | typeof wrong | undefined {
  const date = findImpliedDate(context, source);
  if (date === undefined) return undefined;
  const result = parseDate(date, zoneOf(context));
  if (!("problem" in result))
    return { instant: result, path: [], shown: () => `${placeNames[source]}'s ${date}` };
  context.findings.push({
    problem: wrongDate,
    path: [],
    message: `${upperFirst(placeNames[source])}'s date: ${result.problem}`,
    hint: `Write date: in the front matter, or correct ${placeNames[source]}.`,
  });
  return wrong;
}

const placeNames: Readonly<Record<DateSource, string>> = {
  "front-matter": "the front matter",
  "file-name": "the file name",
  folders: "the path",
  permalink: "the permalink",
  git: "the history in git",
};

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const dayInPath = /(?:^|[/_-])(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?=[-_/. ]|$)/;

/** The day that a file's name, its folders or its permalink say. */
function findImpliedDate({ name, fields }: FieldContext, source: DateSource): string | undefined {
  if (source === "file-name") return name.date;
  if (source === "folders") return dayIn(name.path);
  if (source === "permalink") return dayIn(valueText((fields.permalink ?? fields.slug)?.value) ?? "");
  return undefined;
}

function dayIn(path: string): string | undefined {
  const match = dayInPath.exec(path);
  return match ? [match[1], match[2]?.padStart(2, "0"), match[3]?.padStart(2, "0")].join("-") : undefined;
}

/** The zone of a date that names none; `value` is as written, where it was written in front matter. */
function zoneOf({ config }: FieldContext, value?: Value): string {
  const { zoneless } = config.dates;
  const isUtc = zoneless === "utc" || (zoneless === "yaml" && value instanceof TypedScalar);
  return isUtc ? "UTC" : config.site.timeZone;
}

function readInstant(context: FieldContext, found: WrittenField, problem: Problem): Instant | undefined {
  const { path, value } = found;
  const text = valueText(value);
  const result =
    text === undefined
      ? { problem: `${describeKind(value)} is not a date.`, hint: dateHint }
      : parseDate(text, zoneOf(context, value));
  if (!("problem" in result)) return result;
  const outcome = problem === wrongDate ? "" : " It is left out.";
  const message = `${path.join(".")}: ${result.problem}${outcome}`;
  context.findings.push({ problem, path, message, hint: result.hint });
  return undefined;
}

/** When the text last changed; Docusaurus has it in a table. */
function readUpdated(context: FieldContext, found: WrittenField): Instant | undefined {
  if (!isMapping(found.value)) return readInstant(context, found, ignoredValue);
  const value = found.value.get("date");
  if (value === undefined || isNull(value)) return undefined;
  return readInstant(context, { ...found, path: [...found.path, "date"], value }, ignoredValue);
}

/** The first of all dates at which the post leaves; `never` is none. */
function readExpiry(context: FieldContext, post: Mutable<Post>): void {
  for (const found of everyValue(context, "expires")) {
    if (/^never$/i.test(valueText(found.value) ?? "")) continue;
    const instant = readInstant(context, found, wrongDate);
    if (instant === undefined) continue;
    if (post.expires === undefined || instant.ms < post.expires) post.expires = instant.ms;
    if (/^retracted$/i.test(String(found.path.at(-1)))) post.retracted = instant.ms;
  }
}

const dateHint = "Write a date such as 2026-03-01T09:30:00+07:00.";

function bareDate({ path, shown }: FoundDate, context: FieldContext): FieldFinding {
  return {
    problem: dateWithoutTime,
    path,
    message: `The date is ${shown()}, without a time; the start of that day in ${zoneOf(context)} is taken.`,
    hint: "Write the time and its offset, such as 2026-03-01T09:30:00+07:00.",
  };
}

/** A date is never made up, least of all from the file's times: a checkout gives every file the same one. */
function reportMissing(context: FieldContext, draft: boolean): void {
  const { findings, config } = context;
  if (findings.some(({ problem }) => problem === wrongDate)) return;
  const place = (["file-name", "folders", "permalink"] as const).find(
    (source) => !config.dates.from.includes(source) && findImpliedDate(context, source) !== undefined,
  );
  const from = JSON.stringify([...config.dates.from, place]).replaceAll(",", ", ");
  findings.push({
    problem: draft ? undatedDraft : missingDate,
    path: [],
    message: draft
      ? "The draft has no date yet; until it has one it counts as 1970-01-01."
      : "The post has no date, in its front matter or in its file name.",
    hint:
      place === undefined
        ? "Write date: 2026-03-01T09:30:00+07:00 into the front matter."
        : `${upperFirst(placeNames[place])} says ${findImpliedDate(context, place)}: to take such dates, set dates.from to ${from} in the configuration.`,
  });
}

/** Whether `updated` is after the date; one before it is reported. */
function isUpdate(context: FieldContext, date: number, updated: Instant): boolean {
  if (updated.ms >= date) return true;
  // Without a time it means some time of that day, which may be the date's.
  if (updated.bare && date - updated.ms < dayLength) return false;
  const found = context.fields.updated;
  context.findings.push({
    problem: updatedBeforeDate,
    path: found?.path ?? [],
    message: `${found?.path.join(".")} is ${found ? quoteValue(found.value) : ""}, before the post's date; it is left out.`,
    hint: "Write a later time, or remove it.",
  });
  return false;
}
