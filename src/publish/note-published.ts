// In come the entries that were built, and the receipt of publishing them; out goes, with the state of the site, that readers know them by their ids.
import { join } from "node:path";
import type { Config } from "../model/config.ts";
import { noteKnownIds } from "../output/known-entries.ts";
import type { KnownEntry } from "../output/manifest.ts";
import { exitCodeOf, type Receipt } from "./receipt.ts";

/** What was published under an id is known under it from now on. */
export async function notePublished(
  config: Config,
  entries: readonly KnownEntry[],
  receipt: Receipt,
): Promise<void> {
  if (receipt.dryRun || exitCodeOf(receipt) !== 0) return;
  const published = new Set(entries.map(({ id }) => id));
  try {
    await noteKnownIds(join(config.root, ".feedwright"), config.out, ({ id }) =>
      published.has(id) ? id : undefined,
    );
  } catch {
    // It is public whatever keeps this from being written, and the next publish notes it.
  }
}
