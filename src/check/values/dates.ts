// Dates: RFC 822, RFC 3339 and the W3C note.
import { defineProblem } from "../../model/problem.ts";
import type { Spot, ValueCheck } from "../rules/document-check.ts";
import { specs } from "../rules/specs.ts";
import { bare } from "./addresses.ts";

const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const zones: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
};

const readableForm =
  /^(?:(mon|tue|wed|thu|fri|sat|sun)[a-z]*\s*,?\s*)?(\d{1,2})[\s-]+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[\s-]+(\d{2,4})[\s,]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(?:\s*(ut|utc|gmt|[ecmp][sd]t|[a-z]|[+-]\d{4}))?$/i;
/** The form that the RSS profile recommends; anything else that can be read is problematic. */
const recommendedForm =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}(?::\d{2})? (?:UT|GMT|Z|[ECMP][SD]T|[+-]\d\d[03]0)$/;
/** RFC 822 itself: three letters, two digits for the hour, a zone; comments in parentheses are taken out before. */
const rfc822Form =
  /^(?:(?:mon|tue|wed|thu|fri|sat|sun)\s*,\s*)?\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\s+(?:\d{2}|\d{4})\s+\d{2}:\d{2}(?::\d{2})?\s*(?:ut|gmt|[ecmp][sd]t|[a-ik-z]|[+-]\d{4})$/i;
const rfc3339Form = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const w3cForm =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

const oneDay = 86_400_000;
/** Feedbin and others treat a date in 1970 as the zero of a broken clock. */
const oneYear = 365 * oneDay;
/** Before this no feed existed; the web's first syndication formats are from 1997. */
const firstYear = 1990;

/** Milliseconds since the epoch of an RFC 822 date in the forms that readers take; `undefined` otherwise. */
export function readRssDate(value: string): number | undefined {
  const match = readableForm.exec(value.trim());
  if (!match) return undefined;
  const [, , day, month, year = "", hour, minute, second = "0", zone = "gmt"] = match;
  const full = year.length === 2 ? Number(year) + (Number(year) < 50 ? 2000 : 1900) : Number(year);
  const at = instant(
    full,
    months.indexOf((month ?? "").toLowerCase()) + 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  const offset = /^[+-]/.test(zone) ? readOffset(zone) : (zones[zone.toLowerCase()] ?? 0) * 60;
  return at === undefined ? undefined : at - offset * 60_000;
}

/** Milliseconds since the epoch of an RFC 3339 date-time; `undefined` for anything else. */
export function readAtomDate(value: string): number | undefined {
  const match = rfc3339Form.exec(value);
  return match ? fromParts(match) : undefined;
}

/** Milliseconds since the epoch of a W3C date; `undefined` for anything else. A bare day is that day in UTC. */
export function readW3cDate(value: string): number | undefined {
  const match = w3cForm.exec(value.trim());
  return match ? fromParts(match) : undefined;
}

/** A date in any of the three forms. */
export function readAnyDate(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  return readAtomDate(value.trim()) ?? readRssDate(value) ?? readW3cDate(value);
}

function fromParts(match: RegExpExecArray): number | undefined {
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => (part === undefined ? undefined : Number(part)));
  const at = instant(year, month, day, hour, minute, second);
  const zone = match[7] ?? "Z";
  const offset = zone === "Z" ? 0 : readOffset(zone.replace(":", ""));
  return at === undefined || Math.abs(offset) >= 24 * 60 ? undefined : at - offset * 60_000;
}

function instant(year: number, month: number, day: number, hour: number, minute: number, second: number) {
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 60) return undefined;
  const last = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  if (day > last) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000;
}

function readOffset(zone: string): number {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5));
  return zone.startsWith("-") ? -minutes : minutes;
}

const invalidRssDate = defineProblem("value/rss-date", {
  severity: "error",
  title: "Not an RFC 822 date",
  why: "Readers that cannot read the date sort the entry to the top, to the bottom, or drop it.",
  fix: "Write `Wed, 02 Oct 2002 08:00:00 GMT`.",
  spec: `${specs.profile}#data-types-datetime`,
});

const problematicRssDate = defineProblem("value/rss-date-problematic", {
  severity: "warning",
  title: "A date that readers understand differently",
  why: "Two-digit years, military zones and unusual offsets are read in different ways.",
  fix: "Write four digits for the year and `GMT` or `+hhmm` for the zone.",
  spec: `${specs.profile}#data-types-datetime`,
});

const wrongWeekday = defineProblem("value/weekday", {
  severity: "error",
  title: "The weekday does not fit the date",
  why: "Either the day or the date is wrong; strict readers reject it.",
  fix: "Write the right weekday or none.",
  spec: "https://www.rfc-editor.org/rfc/rfc5322#section-3.3",
});

const checkRssDate: ValueCheck = (value, spot) => {
  const date = value.replaceAll(/\([^()]*\)/g, " ").trim();
  const at = rfc822Form.test(date) ? readRssDate(date) : undefined;
  const match = readableForm.exec(date);
  if (at === undefined || !match) return spot.reject(invalidRssDate, date, "which is not an RFC 822 date");
  const local =
    at +
    (/[+-]\d{4}$/.test(date)
      ? readOffset(date.slice(-5))
      : (zones[(match[8] ?? "").toLowerCase()] ?? 0) * 60) *
      60_000;
  const weekday = days[new Date(local).getUTCDay()];
  if (match[1] && match[1].toLowerCase() !== weekday) {
    const right = `${weekday?.[0]?.toUpperCase()}${weekday?.slice(1)}`;
    spot.reject(wrongWeekday, date, `but that day is a ${right}`, `Write \`${right}\`, or correct the date.`);
  }
  if (!recommendedForm.test(date)) {
    spot.reject(problematicRssDate, date, "which readers understand in different ways");
  }
  checkPlausible(at, date, spot);
};

export const implausibleDate = defineProblem("value/date-implausible", {
  severity: "warning",
  title: "A date that is not plausible",
  why: "Dates in the future or long before the web keep an entry on top for ever or hide it.",
  fix: "Write the date of publication.",
  spec: `${specs.profile}#data-types-datetime`,
});

const oldDate = defineProblem("portability/old-date", {
  severity: "warning",
  title: "A date before 1971",
  why: "Feedbin and others take it for a mistake and use the present moment.",
  fix: "Write the date of publication.",
  spec: specs.profile,
});

function checkPlausible(at: number, value: string, spot: Spot): void {
  if (at > spot.document.now + oneDay) spot.reject(implausibleDate, value, "which is in the future");
  else if (at === 0 && isEmptyFeed(spot)) return;
  else if (at < oneYear) spot.reject(oldDate, value, "which readers take for a mistake");
  else if (new Date(at).getUTCFullYear() < firstYear) {
    spot.reject(implausibleDate, value, "which is before there were feeds");
  }
}

/** Atom requires a date of every feed; one without entries may give the beginning of time. */
function isEmptyFeed({ element }: Spot): boolean {
  const feed = element.parent;
  return feed?.local === "feed" && !feed.children.some(({ local }) => local === "entry");
}

const invalidAtomDate = defineProblem("value/atom-date", {
  severity: "error",
  title: "Not an RFC 3339 date",
  why: "Readers that cannot read the date sort the entry wrongly or drop it.",
  fix: "Write `2026-11-23T08:30:00Z` or `2026-11-23T15:30:00+07:00`, with upper-case T and Z.",
  spec: "https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
});

const checkAtomDate: ValueCheck = (value, spot) => {
  const at = readAtomDate(value.trim());
  if (at === undefined) spot.reject(invalidAtomDate, value, "which is not an RFC 3339 date-time");
  else checkPlausible(at, value, spot);
};

const invalidW3cDate = defineProblem("value/w3c-date", {
  severity: "error",
  title: "Not a W3C date",
  why: "Readers that cannot read the date ignore it.",
  fix: "Write `2026-11-23` or `2026-11-23T08:30:00Z`; a time needs a zone.",
  spec: "https://www.w3.org/TR/NOTE-datetime",
});

const checkW3cDate: ValueCheck = (value, spot) => {
  const date = value.trim();
  const at = readW3cDate(date);
  if (at === undefined) return spot.reject(invalidW3cDate, value, "which is not a W3C date");
  if (/T/.test(date) && !/(Z|[+-]\d\d:\d\d)$/.test(date)) {
    return spot.reject(invalidW3cDate, value, "a time without a zone");
  }
  checkPlausible(at, value, spot);
};

/** Dates of events may lie ahead and may leave out the zone. */
const checkEventDate: ValueCheck = (value, spot) => {
  if (readW3cDate(value) === undefined) spot.reject(invalidW3cDate, value, "which is not a W3C date");
};

export const dateValues = {
  "rss-date": checkRssDate,
  "atom-date": checkAtomDate,
  "bare-atom-date": bare(checkAtomDate),
  "w3c-date": checkW3cDate,
  "event-date": checkEventDate,
} satisfies Record<string, ValueCheck>;
