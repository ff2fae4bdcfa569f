// In comes a post's reading; out go its dates, checked against each other.

import { textOf } from "../front-matter/front-matter-value.ts";
import { quote } from "../front-matter/quote.ts";
import { reportWrong } from "./clean-field.ts";
import { type Instant, parseDate } from "./dates.ts";
import type { Finding, Found, Path, Reading } from "./reading.ts";

export interface Times {
  readonly date: number;
  readonly updated?: number;
  readonly expires?: number;
  /** The same instant as `expires`, where it stands under `retracted`. */
  readonly retracted?: number;
}

const dayLength = 86_400_000;

/** Reads `date`, `updated` and `expires`. Undefined when the date is missing or wrong; a draft may go without. */
export function readTimes(reading: Reading, draft: boolean): Times | undefined {
  const { fields } = reading;
  const date = fields.date ? readInstant(reading, fields.date) : readNameDate(reading);
  const updated = fields.updated && readInstant(reading, fields.updated);
  const expires = fields.expires && readInstant(reading, fields.expires);
  if (!date) return fields.date ? undefined : missing(reading, draft);
  const checked = updated && checkUpdated(reading, date, updated);
  return {
    date: date.ms,
    ...(checked !== undefined && { updated: checked }),
    ...(expires && { expires: expires.ms }),
    ...(expires && fields.expires?.path.at(-1) === "retracted" && { retracted: expires.ms }),
  };
}

function readInstant(reading: Reading, { path, value }: Found): Instant | undefined {
  const text = textOf(value);
  if (text === undefined) {
    reportWrong(
      reading,
      path,
      value,
      "a date is expected",
      "Write a date such as 2026-03-01T09:30:00+07:00.",
    );
    return undefined;
  }
  const result = parseDate(text, reading.config.site.timeZone);
  if ("problem" in result) {
    const message = `${path.join(".")}: ${result.problem}`;
    reading.findings.push({ code: "post/wrong-date", path, message, hint: result.hint });
    return undefined;
  }
  if (result.bare && reading.fields.date?.value === value)
    reading.findings.push(bareDate(path, quote(text), reading));
  return result;
}

function readNameDate(reading: Reading): Instant | undefined {
  const { date } = reading.name;
  if (date === undefined) return undefined;
  const result = parseDate(date, reading.config.site.timeZone);
  if ("problem" in result) {
    reading.findings.push({
      code: "post/wrong-date",
      path: [],
      message: `The file name's date: ${result.problem}`,
      hint: "Write date: in the front matter, or mend the file name.",
    });
    return undefined;
  }
  reading.findings.push(bareDate([], `the file name's ${date}`, reading));
  return result;
}

function bareDate(path: Path, shown: string, { config: { site } }: Reading): Finding {
  return {
    code: "post/date-without-time",
    path,
    message: `The date is ${shown}, without a time; the start of that day in ${site.timeZone} is taken.`,
    hint: "Write the time and its offset, such as 2026-03-01T09:30:00+07:00.",
  };
}

/** A date is never made up, least of all from the file's times: a checkout gives every file the same one. */
function missing(reading: Reading, draft: boolean): Times | undefined {
  if (reading.findings.some(({ code }) => code === "post/wrong-date")) return undefined;
  reading.findings.push({
    code: draft ? "post/undated-draft" : "post/date-missing",
    path: [],
    message: draft
      ? "The draft has no date yet; until it has one it counts as 1970-01-01."
      : "The post has no date, in its front matter or in its file name.",
    hint: "Write date: 2026-03-01T09:30:00+07:00 into the front matter.",
  });
  return draft ? { date: 0 } : undefined;
}

function checkUpdated(reading: Reading, date: Instant, updated: Instant): number | undefined {
  if (updated.ms >= date.ms) return updated.ms;
  // Without a time it means some time of that day, which may be the date's.
  if (updated.bare && date.ms - updated.ms < dayLength) return undefined;
  const found = reading.fields.updated;
  reading.findings.push({
    code: "post/updated-before-date",
    path: found?.path ?? [],
    message: `${found?.path.join(".")} is ${found ? quote(found.value) : ""}, before the post's date.`,
    hint: "Write a later time, or remove it.",
  });
  return undefined;
}
