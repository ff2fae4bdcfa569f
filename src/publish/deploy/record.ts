import { parseRecorded, type RecordedNotification } from "../notify/recorded.ts";
import type { SetFile } from "../plan/file-set.ts";
import { type KnownEntries, parseKnown, printKnown } from "../plan/known-entries.ts";

/** Name of the record's file in a target. */
export const recordPath = "feedwright.published.json";

/**
 * Which of two sets is the newer: by the time of the commit it was built from, then by the time of the build.
 * Both in milliseconds since 1970-01-01T00:00Z; `source` is 0 where nothing is known of it.
 */
export interface Edition {
  readonly source: number;
  readonly built: number;
}

/** A file as it was written; `version` is the target's own token for those bytes. */
export interface RecordedFile {
  readonly digest: string;
  readonly version: string;
}

export interface PublishedRecord {
  readonly edition: Edition;
  /** `open` while a publish is under way, or when one was cut off. */
  readonly state: "open" | "complete";
  /** The files that are ours: nothing else in the target is ever removed. */
  readonly files: Readonly<Record<string, RecordedFile>>;
  /** What hubs and services have not been notified of yet. */
  readonly pending: readonly RecordedNotification[];
  /** What each feed ever showed. */
  readonly known?: KnownEntries;
}

export function recordFile(bytes: Uint8Array): Pick<SetFile, "path" | "mediaType" | "read"> {
  return { path: recordPath, mediaType: "application/json", read: () => bytes };
}

/** Negative when `a` is older than `b`. */
export function compareEditions(a: Edition, b: Edition): number {
  return a.source !== b.source ? a.source - b.source : a.built - b.built;
}

/** Undefined for what cannot be read, too. */
export function parseRecord(bytes: Uint8Array | undefined): PublishedRecord | undefined {
  if (bytes === undefined) return undefined;
  try {
    const data = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    const edition = data.edition as Partial<Edition> | undefined;
    if (data.version !== 1 || !Number.isFinite(edition?.source) || !Number.isFinite(edition?.built))
      return undefined;
    const files: Record<string, RecordedFile> = Object.create(null);
    for (const [path, file] of Object.entries(
      (data.files ?? {}) as Record<string, Partial<RecordedFile> | null>,
    )) {
      if (typeof file?.digest === "string" && typeof file.version === "string")
        files[path] = { digest: file.digest, version: file.version };
    }
    const { source, built } = edition as Edition;
    return {
      edition: { source, built },
      state: data.state === "open" ? "open" : "complete",
      files,
      pending: parseRecorded(data.owed),
      known: parseKnown(data.known),
    };
  } catch {
    return undefined;
  }
}

/** The same record always gives the same bytes. */
export function printRecord(record: PublishedRecord): Uint8Array {
  const paths = Object.keys(record.files).sort();
  const files = Object.fromEntries(paths.map((path) => [path, record.files[path]]));
  const { edition, state, pending: owed } = record;
  const known = record.known && record.known.size > 0 && { known: printKnown(record.known) };
  const data = { version: 1, state, edition, files, ...(owed.length > 0 && { owed }), ...known };
  return new TextEncoder().encode(`${JSON.stringify(data, undefined, 1)}\n`);
}
