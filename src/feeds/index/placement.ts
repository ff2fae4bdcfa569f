// In come many rows as columns, and an instant; out go the feeds that show them, newest first, and the rows that will change with the time.
import type { FeedName } from "../feed-name.ts";
import { isOfAge, isVisible, nextChange, type RowTimes } from "./row-times.ts";

/** One value a row, in order of the files' names. */
export interface RowColumns {
  /** Milliseconds since the epoch. */
  readonly date: Float64Array;
  readonly expires: Float64Array;
  /** Places in {@link hiddenWords}. */
  readonly hidden: Uint8Array;
  /** 1 for a row that was taken back, or may have translations. */
  readonly linked: Uint8Array;
  readonly feedNames: readonly FeedName[];
  /** For each row the end of its part of `feedRefs`. */
  readonly feedEnds: Uint32Array;
  readonly feedRefs: Uint32Array;
}

/** Why a row is in no feed. */
export const hiddenWords = [undefined, "draft", "unlisted", "private"] as const;

/** Where rows stand at one instant. */
export interface Placement {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Every feed with posts. */
  readonly orders: readonly PlacedFeed[];
  /** Rows that change with the time, were taken back, or may have translations. */
  readonly special: Uint32Array;
}

export interface PlacedFeed {
  /** In the newest post's spelling. */
  readonly name: FeedName;
  /** Newest first; posts of one instant in order of their files' names. */
  readonly rows: Uint32Array;
  /** Whether some of the rows will leave it by their age. */
  readonly isAged: boolean;
}

interface Order {
  readonly name: FeedName;
  readonly rows: number[];
  isAged: boolean;
}

/** Places rows as `PostIndex` does one by one; `now` in milliseconds since the epoch. */
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

/** Where one row stands in time. */
export function timesOf({ date, expires, hidden }: RowColumns, number: number): RowTimes {
  const times = { date: date[number] as number, expires: expires[number] as number };
  const word = hiddenWords[hidden[number] as number];
  return word === undefined ? times : { ...times, hidden: word };
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
  const standing = timesOf(columns, number);
  // Nearly every row: its feeds need not be looked up.
  if (standing.date <= now && standing.expires === Number.POSITIVE_INFINITY && !hasAges) return false;
  return nextChange({ ...standing, feeds: feedsOfRow(columns, number) }, now) !== Number.POSITIVE_INFINITY;
}
