import { parseISO } from "date-fns/parseISO";
import { offsetAt } from "./zone-offsets.ts";

/** `bare`: written without a time, so that it means the start of that day in the site's zone. */
export interface Instant {
  readonly ms: number;
  readonly bare: boolean;
}

export interface DateProblem {
  readonly problem: string;
  readonly hint: string;
}

const minute = 60_000;
const day = 86_400_000;
/** The first instant whose year has five digits. */
const maxInstant = Date.UTC(10_000, 0, 1);
const example = "Write a date such as 2026-03-01T09:30:00+07:00.";

/** Names that mean one offset everywhere: hours east of UTC. Others, such as EST or IST, are ambiguous. */
const namedZones = new Map([
  ["Z", 0],
  ["UTC", 0],
  ["GMT", 0],
  ["UT", 0],
  ["WIB", 7],
  ["WITA", 8],
  ["WIT", 9],
]);
/** Names that RFC 2822 (4.3) gives an offset; read in dates of that form only. */
const mailZones = new Map([
  ["EST", -5],
  ["EDT", -4],
  ["CST", -6],
  ["CDT", -5],
  ["MST", -7],
  ["MDT", -6],
  ["PST", -8],
  ["PDT", -7],
]);

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const monthName =
  "(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";
const time = "(\\d{2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?";
const zone = "([Zz]|[A-Z]{2,5}|[+-]\\d{2}(?::?\\d{2})?)";
const iso = new RegExp(`^(\\d{4,6})-(\\d{2})-(\\d{2})(?:(?:[Tt]|[ \\t]+)${time}(?:[ \\t]*${zone})?)?$`);
const mail = new RegExp(
  `^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},?\\s+)?(\\d{1,2})\\s+${monthName}\\s+(\\d{4,6})(?:\\s+${time}(?:\\s*${zone})?)?$`,
  "i",
);
const monthFirst = new RegExp(`^${monthName}\\.?\\s+(\\d{1,2}),?\\s+(\\d{4,6})$`, "i");

/** The parts of a written date; absent time means a bare date, absent zone means the site's. */
interface Parts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly time?: string;
  readonly zone?: string;
  readonly fromMail: boolean;
}

/**
 * Reads ISO 8601 and RFC 3339 dates in their usual spellings, RFC 2822 dates, and dates with an English month name.
 * Without a zone the site's counts. A time that the clock skips when summer time begins moves forward by the gap;
 * one that comes twice when it ends is the first of the two. The process's own zone never matters.
 */
export function parseDate(text: string, timeZone: string): Instant | DateProblem {
  const ms = parseTimestamp(text);
  if (ms !== undefined) return { ms, bare: false };
  const written = text.trim();
  const parts = splitDate(written);
  if (!parts)
    return {
      problem: `${JSON.stringify(written.slice(0, 60))} is not a date that can be read.`,
      hint: example,
    };
  const year = Number(parts.year);
  if (year < 1970 || year > 9999)
    return { problem: `The year ${parts.year} is outside 1970 to 9999.`, hint: example };
  const wall = wallTime(parts);
  if (Number.isNaN(wall))
    return {
      problem: `${JSON.stringify(written)} is not on the calendar or not on the clock.`,
      hint: example,
    };
  const offset = parts.zone === undefined ? undefined : zoneOffset(parts.zone, parts.fromMail);
  if (offset === null)
    return {
      problem: `The time zone ${JSON.stringify(parts.zone)} is not one that means a single offset.`,
      hint: "Write the offset, such as +07:00, or Z.",
    };
  const instant = offset === undefined ? instantOfWall(wall, timeZone) : wall - offset;
  const inRange = instant >= 0 && instant < maxInstant;
  if (!inRange)
    return { problem: `${JSON.stringify(written)} is outside 1970 to 9999 in UTC.`, hint: example };
  return { ms: instant, bare: parts.time === undefined };
}

/** RFC 3339 as feeds and most programs write it. */
const timestamp =
  /^(?:19[789]|[2-9]\d\d)\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
/** Days that a month has in every year. */
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The two digits at a place, as a number. */
function twoDigits(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;
}

/** Milliseconds of a timestamp in its usual form: nine of ten dates, which need no calendar; undefined for all else. */
function parseTimestamp(text: string): number | undefined {
  if (!timestamp.test(text)) return undefined;
  const month = twoDigits(text, 5) - 1;
  const dayOfMonth = twoDigits(text, 8);
  if (dayOfMonth > (monthLengths[month] ?? 0)) return undefined;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const wall = Date.UTC(
    year,
    month,
    dayOfMonth,
    twoDigits(text, 11),
    twoDigits(text, 14),
    twoDigits(text, 17),
  );
  if (text.length === 20) return wall;
  const offset = (twoDigits(text, 20) * 60 + twoDigits(text, 23)) * minute;
  const ms = text.charCodeAt(19) === 0x2d ? wall + offset : wall - offset;
  return ms >= 0 && ms < maxInstant ? ms : undefined;
}

/** The written day and time as if in UTC; NaN for one that is not on the calendar or not on the clock. */
function wallTime({ year, month, day: dayOfMonth, time: clock = "00:00:00" }: Parts): number {
  const hour = +clock.slice(0, 2);
  const minutes = +clock.slice(3, 5);
  const seconds = +clock.slice(6);
  // Every month has 28 days: only the days after them need a calendar, which costs more than the rest of the date.
  const sure = month >= "01" && month <= "12" && dayOfMonth >= "01" && dayOfMonth <= "28";
  if (sure && hour < 24 && minutes < 60 && seconds < 60)
    return Date.UTC(+year, +month - 1, +dayOfMonth, hour, minutes) + Math.round(seconds * 1000);
  return parseISO(`${year}-${month}-${dayOfMonth}T${clock}Z`).getTime();
}

function splitDate(written: string): Parts | undefined {
  if (written.length > 80) return undefined;
  const match = iso.exec(written);
  if (match) {
    const [, year = "", month = "", dayOfMonth = ""] = match;
    return { year, month, day: dayOfMonth, ...splitTime(match), fromMail: false };
  }
  const letter = mail.exec(written);
  if (letter) {
    const [, dayOfMonth = "", month = "", year = ""] = letter;
    return { year, ...namedMonth(month, dayOfMonth), ...splitTime(letter), fromMail: true };
  }
  const spoken = monthFirst.exec(written);
  if (!spoken) return undefined;
  const [, month = "", dayOfMonth = "", year = ""] = spoken;
  return { year, ...namedMonth(month, dayOfMonth), fromMail: false };
}

function splitTime(match: RegExpExecArray): { time?: string; zone?: string } {
  const [, , , , hour, minutes, seconds = "00", fraction] = match;
  if (hour === undefined) return {};
  const named = match[8];
  const time = `${hour}:${minutes}:${seconds}${fraction === undefined ? "" : `.${fraction.slice(0, 3).padEnd(3, "0")}`}`;
  return { time, ...(named !== undefined && { zone: named }) };
}

function namedMonth(name: string, dayOfMonth: string): { month: string; day: string } {
  const month = months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  return { month: String(month).padStart(2, "0"), day: dayOfMonth.padStart(2, "0") };
}

/** Milliseconds east of UTC, or null for a name that is not known or an impossible offset. */
function zoneOffset(written: string, fromMail: boolean): number | null {
  const sign = written.charCodeAt(0);
  if (sign !== 0x2b && sign !== 0x2d) {
    const name = written.toUpperCase();
    const hours = namedZones.get(name) ?? (fromMail ? mailZones.get(name) : undefined);
    return hours === undefined ? null : hours * 60 * minute;
  }
  const digits = written.slice(1).replace(":", "").padEnd(4, "0");
  const hours = Number(digits.slice(0, 2));
  const minutes = Number(digits.slice(2));
  if (hours > 23 || minutes > 59) return null;
  return (sign === 0x2d ? -1 : 1) * (hours * 60 + minutes) * minute;
}

/** Offsets of days on which the clock is not turned, by zone: asking Intl costs more than all the rest. */
const steadyDays = new Map<string, Map<number, number | null>>();

/** The instant at which clocks of a zone show a wall time (given as if it were UTC). */
function instantOfWall(wall: number, timeZone: string): number {
  if (timeZone === "UTC") return wall;
  const days = steadyDays.get(timeZone) ?? new Map<number, number | null>();
  steadyDays.set(timeZone, days);
  const number = Math.floor(wall / day);
  let steady = days.get(number);
  if (steady === undefined) {
    const before = offsetAt((number - 1) * day, timeZone);
    steady = before === offsetAt((number + 2) * day, timeZone) ? before : null;
    days.set(number, steady);
  }
  return steady === null ? instantNearChange(wall, timeZone) : wall - steady;
}

function instantNearChange(wall: number, timeZone: string): number {
  const before = offsetAt(wall - day, timeZone);
  const after = offsetAt(wall + day, timeZone);
  for (const offset of [Math.max(before, after), Math.min(before, after)]) {
    if (offsetAt(wall - offset, timeZone) === offset) return wall - offset;
  }
  return wall - before;
}
