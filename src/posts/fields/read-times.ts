import { quoteValue, valueText } from "../front-matter/front-matter-value.ts";
import { reportWrong } from "./clean-field.ts";
import type { FieldContext, FieldFinding, FieldPath, WrittenField } from "./collect-fields.ts";
import { type Instant, parseDate } from "./dates.ts";

export interface Times {
  readonly date: number;
  readonly updated?: number;
  readonly expires?: number;
  /** The same instant as `expires`, where it stands under `retracted`. */
  readonly retracted?: number;
}

const dayLength = 86_400_000;

/** Reads `date`, `updated` and `expires`. Undefined when the date is missing or wrong; a draft may go without. */
export function readTimes(context: FieldContext, draft: boolean): Times | undefined {
  const { fields } = context;
  const date = fields.date ? readInstant(context, fields.date) : readNameDate(context);
  const updated = fields.updated && readInstant(context, fields.updated);
  const expires = fields.expires && readInstant(context, fields.expires);
  if (!date) return fields.date ? undefined : missing(context, draft);
  const checked = updated && checkUpdated(context, date, updated);
  return {
    date: date.ms,
    ...(checked !== undefined && { updated: checked }),
    ...(expires && { expires: expires.ms }),
    ...(expires && fields.expires?.path.at(-1) === "retracted" && { retracted: expires.ms }),
  };
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
    context.findings.push({ code: "post/wrong-date", path, message, hint: result.hint });
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
      code: "post/wrong-date",
      path: [],
      message: `The file name's date: ${result.problem}`,
      hint: "Write date: in the front matter, or mend the file name.",
    });
    return undefined;
  }
  context.findings.push(bareDate([], `the file name's ${date}`, context));
  return result;
}

function bareDate(path: FieldPath, shown: string, { config: { site } }: FieldContext): FieldFinding {
  return {
    code: "post/date-without-time",
    path,
    message: `The date is ${shown}, without a time; the start of that day in ${site.timeZone} is taken.`,
    hint: "Write the time and its offset, such as 2026-03-01T09:30:00+07:00.",
  };
}

/** A date is never made up, least of all from the file's times: a checkout gives every file the same one. */
function missing(context: FieldContext, draft: boolean): Times | undefined {
  if (context.findings.some(({ code }) => code === "post/wrong-date")) return undefined;
  context.findings.push({
    code: draft ? "post/undated-draft" : "post/date-missing",
    path: [],
    message: draft
      ? "The draft has no date yet; until it has one it counts as 1970-01-01."
      : "The post has no date, in its front matter or in its file name.",
    hint: "Write date: 2026-03-01T09:30:00+07:00 into the front matter.",
  });
  return draft ? { date: 0 } : undefined;
}

function checkUpdated(context: FieldContext, date: Instant, updated: Instant): number | undefined {
  if (updated.ms >= date.ms) return updated.ms;
  // Without a time it means some time of that day, which may be the date's.
  if (updated.bare && date.ms - updated.ms < dayLength) return undefined;
  const found = context.fields.updated;
  context.findings.push({
    code: "post/updated-before-date",
    path: found?.path ?? [],
    message: `${found?.path.join(".")} is ${found ? quoteValue(found.value) : ""}, before the post's date.`,
    hint: "Write a later time, or remove it.",
  });
  return undefined;
}
