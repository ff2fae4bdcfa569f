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
const time = "(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?";
const offset = "[+-]\\d{1,2}(?::?\\d{2})?";
const zone = `([Zz]|[A-Z]{2,5}|${offset})`;
const weekday = "(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},?\\s+)?";
const iso = new RegExp(
  `^(\\d{4,6})([-/])(\\d{1,2})\\2(\\d{1,2})(?:(?:[Tt]|[ \\t]+)${time}(?:[ \\t]*(?![AP]M$)${zone})?)?$`,
);
const mail = new RegExp(
  `^${weekday}(\\d{1,2})\\s+${monthName}\\s+(\\d{4,6})(?:\\s+${time}(?:\\s*${zone})?)?$`,
  "i",
);
/** As Americans write it, as JavaScript prints it (`Thu Mar 05 2026 10:00:00 GMT+0700 (WIB)`), and as Obsidian's Linter does. */
const monthFirst = new RegExp(
  `^${weekday}${monthName}\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4,6})(?:,?\\s+${time}(?:\\s*([ap]m)|\\s+(?:GMT|UTC)?(${offset})(?: \\([^()]{1,40}\\))?|\\s+([A-Z]{1,5}))?)?$`,
  "i",
);

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
 * Reads ISO 8601 and RFC 3339 dates in their usual spellings, also with slashes and with parts of one digit, RFC 2822
 * dates, and dates with an English month name.
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
      hint: suggest(written),
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
    const [, year = "", , month = "", dayOfMonth = "", hour, minutes, seconds, fraction, zone] = match;
    const day = { year, month: month.padStart(2, "0"), day: dayOfMonth.padStart(2, "0") };
    return { ...day, ...joinTime(hour, minutes, seconds, fraction, zone), fromMail: false };
  }
  const letter = mail.exec(written);
  if (letter) {
    const [, dayOfMonth = "", month = "", year = "", ...clock] = letter;
    const [hour, minutes, seconds, fraction, zone] = clock;
    const clockParts = joinTime(hour, minutes, seconds, fraction, zone);
    return { year, ...namedMonth(month, dayOfMonth), ...clockParts, fromMail: true };
  }
  const spoken = monthFirst.exec(written);
  if (!spoken) return undefined;
  const [, month = "", dayOfMonth = "", year = "", hour, minutes, seconds, fraction, half, east, name] =
    spoken;
  const whole = half === undefined ? hour : hourOf24(hour, half);
  const clock = joinTime(whole, minutes, seconds, fraction, east ?? name);
  return { year, ...namedMonth(month, dayOfMonth), ...clock, fromMail: name !== undefined };
}

function joinTime(
  hour: string | undefined,
  minutes: string | undefined,
  seconds = "00",
  fraction: string | undefined,
  zone: string | undefined,
): { time?: string; zone?: string } {
  if (hour === undefined) return {};
  const thousandths = fraction === undefined ? "" : `.${fraction.slice(0, 3).padEnd(3, "0")}`;
  const time = `${hour.padStart(2, "0")}:${minutes}:${seconds}${thousandths}`;
  return { time, ...(zone !== undefined && { zone }) };
}

/** The hour of the day; one that is not on such a clock (`13 pm`) becomes an hour that is on none. */
function hourOf24(hour: string | undefined, half: string): string {
  const number = Number(hour);
  if (number < 1 || number > 12) return "99";
  return String((number % 12) + (half.toLowerCase() === "pm" ? 12 : 0));
}

const half = /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})[T ]+(\d{1,2}):(\d{2})((?::\d{2})?) ?([ap])\.?m\.?$/i;
const dayOrMonthFirst = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)/;

/** What to write in place of a date whose parts are in another order, or whose clock has twelve hours. */
function suggest(written: string): string {
  const clock = half.exec(written);
  if (clock) {
    const [, year, , month = "", dayOfMonth = "", hour, minutes, seconds, letter] = clock;
    const whole = hourOf24(hour, `${letter}m`).padStart(2, "0");
    if (whole !== "99")
      return `Write ${year}-${month.padStart(2, "0")}-${dayOfMonth.padStart(2, "0")} ${whole}:${minutes}${seconds}.`;
  }
  const short = dayOrMonthFirst.exec(written);
  if (short) {
    const [, first = "", , second = "", year] = short;
    const read = (month: string, dayOfMonth: string): string | undefined =>
      +month >= 1 && +month <= 12 && +dayOfMonth >= 1 && +dayOfMonth <= 31
        ? `${year}-${month.padStart(2, "0")}-${dayOfMonth.padStart(2, "0")}`
        : undefined;
    const ways = [...new Set([read(second, first), read(first, second)])].filter((way) => way !== undefined);
    if (ways.length === 2) return `Write ${ways.join(" or ")}; which of the two it is cannot be told.`;
    if (ways[0] !== undefined) return `Write ${ways[0]}.`;
  }
  const digits = /^((?:19|20)\d\d)(\d\d)(\d\d)$/.exec(written);
  return digits ? `Write ${digits[1]}-${digits[2]}-${digits[3]}.` : example;
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
  const [, hour, rest = "0"] = /^[+-](\d{1,2}?):?(\d{2})?$/.exec(written) ?? [];
  const hours = Number(hour);
  const minutes = Number(rest);
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
