import type { ByteLimit } from "../model/config.ts";

/** How an entry appears: whole, as its summary, or not at all. */
export type Fate = "full" | "summary" | "drop";

/** Bytes of one entry, either way. */
export interface EntrySize {
  readonly full: number;
  readonly summary: number;
}

/**
 * Lets entries go from the end of the document, the oldest first, until the rest fits. No entry is cut.
 * With `summary` they shrink before any goes. `head` is what the document has without entries, in bytes.
 */
export function fitEntries(sizes: readonly EntrySize[], head: number, limit: ByteLimit): Fate[] {
  const fates: Fate[] = sizes.map(() => "full");
  let total = head + sizes.reduce((sum, { full }) => sum + full, 0);
  const steps = limit.over === "summary" ? (["summary", "drop"] as const) : (["drop"] as const);
  for (const step of steps) {
    for (let i = sizes.length - 1; i >= 0 && total > limit.bytes; i -= 1) {
      total -= weigh(sizes[i], fates[i]) - weigh(sizes[i], step);
      fates[i] = step;
    }
  }
  return fates;
}

function weigh(size: EntrySize | undefined, fate: Fate | undefined): number {
  return size === undefined || fate === undefined || fate === "drop" ? 0 : size[fate];
}
