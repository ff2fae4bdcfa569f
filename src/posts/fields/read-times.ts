import type { Mutable, Post } from "../../model/post.ts";
import { defineProblem } from "../../model/problem.ts";
import { quoteValue, valueText } from "../front-matter/front-matter-value.ts";
import { reportWrong } from "./clean-field.ts";
import type { FieldContext, FieldFinding, FieldPath, WrittenField } from "./collect-fields.ts";
import { type Instant, parseDate } from "./dates.ts";

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
  severity: "error",
  title: "A post updated before it was published",
  why: "One of the two dates is wrong, and readers would sort the post by the wrong one.",
  fix: "Let `updated` be `date` or later, or take it out.",
});

/** Reads `date`, `updated` and `expires`; where the date is missing or wrong, nothing but what is wrong. */
export function readTimes(context: FieldContext, post: Mutable<Post>): void {
  const { fields } = context;
  const date = fields.date ? readInstant(context, fields.date) : readNameDate(context);
  const updated = fields.updated && readInstant(context, fields.updated);
  const expires = fields.expires && readInstant(context, fields.expires);
  if (!date) {
    if (!fields.date) reportMissing(context, post.draft);
    return;
  }
  post.date = date.ms;
  if (updated && isUpdate(context, date, updated)) post.updated = updated.ms;
  if (!expires) return;
  post.expires = expires.ms;
  if (fields.expires?.path.at(-1) === "retracted") post.retracted = expires.ms;
}

function readInstant(context: FieldContext, { path, value }: WrittenField): Instant | undefined {
  const text = valueText(value);
  if (text === undefined) {
    reportWrong(
      context,
      path,
      value,
      "a date is expected",
      "Write a date such as 2026-03-01T09:30:00+07:00.",
    );
    return undefined;
  }
  const result = parseDate(text, context.config.site.timeZone);
  if ("problem" in result) {
    const message = `${path.join(".")}: ${result.problem}`;
    context.findings.push({ problem: wrongDate, path, message, hint: result.hint });
    return undefined;
  }
  if (result.bare && context.fields.date?.value === value)
    context.findings.push(bareDate(path, quoteValue(text), context));
  return result;
}

function readNameDate(context: FieldContext): Instant | undefined {
  const { date } = context.name;
  if (date === undefined) return undefined;
  const result = parseDate(date, context.config.site.timeZone);
  if ("problem" in result) {
    context.findings.push({
      problem: wrongDate,
      path: [],
      message: `The file name's date: ${result.problem}`,
      hint: "Write date: in the front matter, or correct the file name.",
    });
    return undefined;
  }
  context.findings.push(bareDate([], `the file name's ${date}`, context));
  return result;
}

function bareDate(path: FieldPath, shown: string, { config: { site } }: FieldContext): FieldFinding {
  return {
    problem: dateWithoutTime,
    path,
    message: `The date is ${shown}, without a time; the start of that day in ${site.timeZone} is taken.`,
    hint: "Write the time and its offset, such as 2026-03-01T09:30:00+07:00.",
  };
}

/** A date is never made up, least of all from the file's times: a checkout gives every file the same one. */
function reportMissing({ findings }: FieldContext, draft: boolean): void {
  if (findings.some(({ problem }) => problem === wrongDate)) return;
  findings.push({
    problem: draft ? undatedDraft : missingDate,
    path: [],
    message: draft
      ? "The draft has no date yet; until it has one it counts as 1970-01-01."
      : "The post has no date, in its front matter or in its file name.",
    hint: "Write date: 2026-03-01T09:30:00+07:00 into the front matter.",
  });
}

/** Whether `updated` is after the date; one before it is reported. */
function isUpdate(context: FieldContext, date: Instant, updated: Instant): boolean {
  if (updated.ms >= date.ms) return true;
  // Without a time it means some time of that day, which may be the date's.
  if (updated.bare && date.ms - updated.ms < dayLength) return false;
  const found = context.fields.updated;
  context.findings.push({
    problem: updatedBeforeDate,
    path: found?.path ?? [],
    message: `${found?.path.join(".")} is ${found ? quoteValue(found.value) : ""}, before the post's date.`,
    hint: "Write a later time, or remove it.",
  });
  return false;
}
