import type { Ages } from "../feed-name.ts";
import type { PostRow } from "../post-row.ts";

/** Whether readers see a post at `now`, in milliseconds since the epoch. */
export function isVisible({ hidden, date, expires }: RowTimes, now: number): boolean {
  return hidden === undefined && date <= now && expires > now;
}

/** Whether a post of this age, in milliseconds, is in a feed with these ages. */
export function isOfAge(ages: Ages, age: number): boolean {
  return ages.some(([from, until]) => age >= from && age < until);
}

/** The next instant after `now` at which a row appears, leaves, or changes feeds; infinite when there is none. */
export function nextChange(row: RowTimes & Pick<PostRow, "feeds">, now: number): number {
  if (row.hidden !== undefined || row.expires <= now) return Number.POSITIVE_INFINITY;
  if (row.date > now) return row.date;
  let next = row.expires;
  for (const { ages } of row.feeds) {
    if (ages === undefined) continue;
    for (const age of ages.flat()) {
      const instant = row.date + age;
      if (instant > now && instant < next) next = instant;
    }
  }
  return next;
}

/** What decides whether readers see a post. */
export type RowTimes = Pick<PostRow, "date" | "expires" | "hidden">;
