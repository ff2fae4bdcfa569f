import type { FeedName, PostRow } from "../post-row.ts";
import { isOfAge, isVisible, nextChange, type RowTimes } from "./row-times.ts";

/** Rows as columns: one value per row, in order of the files' names. */
export interface RowColumns {
  /** Milliseconds since the epoch. */
  readonly date: Float64Array;
  readonly expires: Float64Array;
  /** Indexes of {@link hiddenReasons}. */
  readonly hidden: Uint8Array;
  /** 1 for a row that was retracted, or may have translations. */
  readonly linked: Uint8Array;
  readonly feedNames: readonly FeedName[];
  /** Where each row's part of `feedRefs` ends. */
  readonly feedEnds: Uint32Array;
  /** Indexes of `feedNames`. */
  readonly feedRefs: Uint32Array;
}

/** Why a row is in no feed. */
export const hiddenReasons = [undefined, "draft", "unlisted", "private"] as const;

/** Which rows are in which feed at one instant. */
export interface Placement {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Every feed with posts. */
  readonly orders: readonly PlacedFeed[];
  /** Rows that will appear, leave or change feeds with the time, were retracted, or may have translations. */
  readonly special: Uint32Array;
}

export interface PlacedFeed {
  /** In the newest post's spelling. */
  readonly name: FeedName;
  /** Numbers of rows, newest first; posts of one instant in order of their files' names. */
  readonly rows: Uint32Array;
  /** Whether some of the rows are in it only at certain ages. */
  readonly isAged: boolean;
}

/** Many rows and their feeds, as an index takes them over. A row is made when it is asked for, and then stays the same object. */
export interface CachedRows {
  readonly count: number;
  /** When they were placed, milliseconds since the epoch. */
  readonly now: number;
  row(number: number): PostRow;
  /** The number of a file's row; -1 when there is none. */
  find(file: string): number;
  /** The number of the visible row with the id or permalink of this one; -1 when there is none. No two rows share one. */
  findSame(kind: "id" | "url", row: PostRow): number;
  /** When a row is visible, without making it. */
  times(number: number): RowTimes;
  readonly feeds: Placement["orders"];
  readonly special: Placement["special"];
}

interface Order {
  readonly name: FeedName;
  readonly rows: number[];
  isAged: boolean;
}

/**
 * Places all rows at once, at `now` (milliseconds since the epoch). `PostIndex.apply`, which places them one by one, takes a
 * third longer and half as much memory again for a hundred thousand of them.
 */
export function placeRows(columns: RowColumns, now: number): Placement {
  const { date, feedNames, feedEnds, feedRefs } = columns;
  const byKey = new Map<string, Order>();
  const byRef: (Order | undefined)[] = new Array(feedNames.length);
  for (const number of listShown(columns, now)) {
    const end = feedEnds[number] as number;
    for (let at = number === 0 ? 0 : (feedEnds[number - 1] as number); at < end; at += 1) {
      const ref = feedRefs[at] as number;
      const name = feedNames[ref] as FeedName;
      if (name.ages !== undefined && !isOfAge(name.ages, now - (date[number] as number))) continue;
      let order = byRef[ref] ?? byKey.get(name.key);
      if (order === undefined) {
        order = { name, rows: [], isAged: false };
        byKey.set(name.key, order);
      }
      byRef[ref] = order;
      order.rows.push(number);
      if (name.ages !== undefined) order.isAged = true;
    }
  }
  const orders = Array.from(byKey.values(), ({ name, rows, isAged }) => ({
    name,
    rows: new Uint32Array(rows),
    isAged,
  }));
  return { now, orders, special: listSpecial(columns, now) };
}

/** The names of one row's feeds. */
export function feedsOfRow({ feedNames, feedEnds, feedRefs }: RowColumns, number: number): FeedName[] {
  const refs = feedRefs.subarray(number === 0 ? 0 : feedEnds[number - 1], feedEnds[number]);
  return Array.from(refs, (ref) => feedNames[ref] as FeedName);
}

/** When one row is visible. */
export function timesOf({ date, expires, hidden }: RowColumns, number: number): RowTimes {
  const times = { date: date[number] as number, expires: expires[number] as number };
  const reason = hiddenReasons[hidden[number] as number];
  return reason === undefined ? times : { ...times, hidden: reason };
}

/** The rows that readers see, newest first. */
function listShown(columns: RowColumns, now: number): Uint32Array {
  const { date } = columns;
  const shown = new Uint32Array(date.length);
  let count = 0;
  for (let number = 0; number < date.length; number += 1)
    if (isVisible(timesOf(columns, number), now)) shown[count++] = number;
  return shown.subarray(0, count).sort((a, b) => (date[b] as number) - (date[a] as number) || a - b);
}

function listSpecial(columns: RowColumns, now: number): Uint32Array {
  const { linked, feedNames } = columns;
  const hasAges = feedNames.some(({ ages }) => ages !== undefined);
  const special: number[] = [];
  for (let number = 0; number < linked.length; number += 1)
    if (linked[number] === 1 || mayChange(columns, number, now, hasAges)) special.push(number);
  return new Uint32Array(special);
}

function mayChange(columns: RowColumns, number: number, now: number, hasAges: boolean): boolean {
  const times = timesOf(columns, number);
  // Nearly every row: its feeds do not matter.
  if (times.date <= now && times.expires === Number.POSITIVE_INFINITY && !hasAges) return false;
  return nextChange({ ...times, feeds: feedsOfRow(columns, number) }, now) !== Number.POSITIVE_INFINITY;
}
