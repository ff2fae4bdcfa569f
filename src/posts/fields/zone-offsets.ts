import { tzOffset } from "@date-fns/tz/tzOffset";

const minute = 60_000;
const day = 86_400_000;
const week = 7 * day;
/** Offsets at the beginnings of weeks, by zone: no zone changes its clock twice within one. */
const weekOffsets = new Map<string, Map<number, number>>();

/** Milliseconds that a zone is east of UTC at an instant; 0 for a zone the system does not know. */
export function offsetAt(ms: number, timeZone: string): number {
  if (timeZone === "UTC") return 0;
  let offsets = weekOffsets.get(timeZone);
  if (offsets === undefined) {
    offsets = new Map();
    weekOffsets.set(timeZone, offsets);
  }
  const number = Math.floor(ms / week);
  const start = offsetOfWeek(number, timeZone, offsets);
  const end = offsetOfWeek(number + 1, timeZone, offsets);
  return start === end ? start : askOffset(ms, timeZone);
}

function offsetOfWeek(number: number, timeZone: string, offsets: Map<number, number>): number {
  let offset = offsets.get(number);
  if (offset === undefined) {
    offset = askOffset(number * week, timeZone);
    offsets.set(number, offset);
  }
  return offset;
}

function askOffset(ms: number, timeZone: string): number {
  const minutes = tzOffset(timeZone, new Date(ms));
  return Number.isNaN(minutes) ? 0 : Math.round(minutes * minute);
}

/** A day on the calendar, each part with its leading zeros. */
export interface CalendarDay {
  readonly year: string;
  readonly month: string;
  readonly day: string;
}

const twoDigitTexts = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, "0"));

/**
 * The calendar day of an instant in a zone. Days are counted in eras of 400 years that begin with March, so that a
 * leap day is the last of its year.
 */
export function calendarDay(ms: number, timeZone: string): CalendarDay {
  const sinceEra = Math.floor((ms + offsetAt(ms, timeZone)) / day) + 719_468;
  const era = Math.floor(sinceEra / 146_097);
  const ofEra = sinceEra - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * ofYear + 2) / 153);
  const dayOfMonth = ofYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return {
    year: String(year).padStart(4, "0"),
    month: twoDigitTexts[month] ?? "",
    day: twoDigitTexts[dayOfMonth] ?? "",
  };
}

/** What a placeholder such as `:year` is at an instant; undefined for one that is not about time. */
export function timePart(name: string, ms: number, timeZone: string): string | undefined {
  switch (name) {
    case "year":
    case "month":
    case "day":
      return calendarDay(ms, timeZone)[name];
    case "short_year":
      return calendarDay(ms, timeZone).year.slice(-2);
    case "i_month":
      return String(Number(calendarDay(ms, timeZone).month));
    case "i_day":
      return String(Number(calendarDay(ms, timeZone).day));
    case "y_day":
      return dayOfYear(ms, timeZone);
    case "hour":
      return twoDigitTexts[Math.floor(timeOfDay(ms, timeZone) / 3_600_000)];
    case "minute":
      return twoDigitTexts[Math.floor(timeOfDay(ms, timeZone) / minute) % 60];
    case "second":
      return twoDigitTexts[Math.floor(timeOfDay(ms, timeZone) / 1000) % 60];
    default:
      return undefined;
  }
}

function timeOfDay(ms: number, timeZone: string): number {
  return (((ms + offsetAt(ms, timeZone)) % day) + day) % day;
}

/** Three digits, from 001 on. */
function dayOfYear(ms: number, timeZone: string): string {
  const { year } = calendarDay(ms, timeZone);
  const first = Date.parse(`${year}-01-01T00:00:00Z`);
  return String(Math.floor((ms + offsetAt(ms, timeZone) - first) / day) + 1).padStart(3, "0");
}
