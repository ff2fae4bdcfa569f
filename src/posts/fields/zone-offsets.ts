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
