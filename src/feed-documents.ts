// In come a plan and the entries of its posts; out go its documents, none larger than the plan allows.
import { join, relative } from "node:path";
import type { Entry, EntryStore } from "./entries.ts";
import { type Fate, fitEntries } from "./feeds/fit-entries.ts";
import { packFeed } from "./formats/serialize.ts";
import { diagnose } from "./model/codes.ts";
import type { Config } from "./model/config.ts";
import type { Diagnostic } from "./model/diagnostic.ts";
import { type FeedPlan, type Format, type PackedFile, type PackedFragment, variantOf } from "./model/plan.ts";

/** Bytes that may stand between two entries of a document. */
const between = 2;

/** A feed's documents, in the formats of its plan. */
export function makeDocuments(
  plan: FeedPlan,
  entries: readonly Entry[],
  store: EntryStore,
  config: Config,
): { file: PackedFile; diagnostics: Diagnostic[] }[] {
  const variant = variantOf(plan);
  const parts = plan.formats.map((): PackedFragment[] => []);
  // Entry by entry and not format by format: what two formats have in common is then made once.
  for (const entry of entries)
    for (const [i, format] of plan.formats.entries()) parts[i]?.push(store.fragment(entry, format, variant));
  const made = plan.formats.map((format, i) =>
    makeDocument(plan, format, entries, parts[i] ?? [], store, config),
  );
  if (plan.history?.current !== undefined) store.release(entries);
  return made;
}

/** A feed's document in one format. Entries that it has no room for are left out or shortened, and a hint says so. */
function makeDocument(
  plan: FeedPlan,
  format: Format,
  entries: readonly Entry[],
  parts: readonly PackedFragment[],
  store: EntryStore,
  config: Config,
): { file: PackedFile; diagnostics: Diagnostic[] } {
  const variant = variantOf(plan);
  const summary = { ...variant, content: "summary" } as const;
  const whole = packFeed(plan, format, parts, config);
  const limit = plan.maxBytes;
  if (limit === undefined) return { file: whole, diagnostics: [] };
  const bytes = whole.content.reduce((sum, { length }) => sum + length, 0);
  if (bytes <= limit.bytes) return { file: whole, diagnostics: [] };
  const sizes = entries.map((entry, i) => ({
    full: (parts[i]?.bytes.length ?? 0) + between,
    summary: store.fragment(entry, format, summary).bytes.length + between,
  }));
  const head = bytes - sizes.reduce((sum, { full }) => sum + full, 0);
  const fates = fitEntries(sizes, head, limit);
  const kept = entries.slice(0, fates.filter((fate) => fate !== "drop").length);
  const fragments = kept.map((entry, i) =>
    store.fragment(entry, format, fates[i] === "summary" ? summary : variant),
  );
  const posts = kept.map(({ post }) => post);
  const file = packFeed({ ...plan, posts }, format, fragments, config);
  return { file, diagnostics: [describeFates(file.path, bytes, limit.bytes, fates, config)] };
}

function describeFates(
  path: string,
  bytes: number,
  most: number,
  fates: readonly Fate[],
  config: Config,
): Diagnostic {
  const count = (fate: Fate) => fates.filter((one) => one === fate).length;
  const [dropped, shortened] = [count("drop"), count("summary")];
  const done = [
    ...(dropped > 0 ? [`left out at its end: ${dropped}`] : []),
    ...(shortened > 0 ? [`turned to summaries: ${shortened}`] : []),
  ];
  const document = relative(config.root, join(config.out, path)).replaceAll("\\", "/");
  return diagnose(
    "feed/over-limit",
    document,
    `This document would have ${bytes} bytes, and ${most} are allowed. Of its ${fates.length} entries ${done.join("; ")}.`,
    { hint: "Raise `feeds.maxBytes`, lower the feed's `limit`, or let it carry summaries." },
  );
}
