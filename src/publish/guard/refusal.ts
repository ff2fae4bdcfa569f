import { printable } from "../../check/report/printable.ts";
import type { EntryNote } from "../plan/feed-change.ts";

/** Why a plan is refused: stable codes, each with the flag that allows it. */
export const refusalFlags = {
  "publish/older-set": "--allow-older",
  "publish/ids-changed": "--allow-id-changes",
  "publish/many-new": "--allow-many-new",
  "publish/feed-emptied": "--allow-shrink",
  "publish/feed-shrunk": "--allow-shrink",
  "publish/feed-removed": "--allow-shrink",
  "publish/date-backwards": "--allow-date-changes",
  "publish/too-large": "--allow-large",
  "publish/check-errors": "--allow-check-errors",
  "publish/hidden-post": "--allow-hidden",
  "publish/many-removals": "--allow-removals",
  "publish/foreign-file": "--allow-overwrite",
  "publish/public-unreadable": "--allow-unreadable",
} as const;

export type RefusalCode = keyof typeof refusalFlags;

export interface Refusal {
  readonly code: RefusalCode;
  /** What would happen: names the thing and the value. */
  readonly message: string;
  /** What to write, and where. */
  readonly hint: string;
}

export function refuse(code: RefusalCode, words: { message: string; hint: string }): Refusal {
  return {
    code,
    message: words.message,
    hint: `${words.hint} To publish anyway: ${refusalFlags[code]}.`,
  };
}

/** A title, or whatever else identifies the entry for people. */
export function nameEntry(note: EntryNote): string {
  const name = note.title === "" ? (note.post ?? note.id) : `“${note.title}”`;
  return printable(name.replace(/\s+/g, " "));
}

export function listSome<Item>(items: readonly Item[], show: (item: Item) => string, between = ", "): string {
  const shown = items.slice(0, 5).map(show).join(between);
  return items.length > 5 ? `${shown}${between}and ${items.length - 5} more` : shown;
}

export function pluralize(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

export function formatInstant(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}
