import { runInParallel } from "../../net/in-parallel.ts";
import type { RecordedNotification } from "../notify/recorded.ts";
import { digestOf, groupByPublishOrder, type SetFile } from "../plan/file-set.ts";
import type { PlannedFile, PublicSet, PublishPlan } from "../plan/plan.ts";
import { type Target, type TargetSession, WriteConflict } from "../targets/target.ts";
import { type PublishedRecord, printRecord, type RecordedFile, recordFile, recordPath } from "./record.ts";

/** A file that this publisher wrote, and what was there before. */
export interface DeployedFile {
  readonly version: string;
  readonly mediaType: string;
  readonly before?: Uint8Array;
}

export interface Deployment {
  readonly target: Target;
  readonly session: TargetSession;
  readonly plan: PublishPlan;
  readonly current: PublicSet;
  /** The whole set. */
  readonly files: readonly SetFile[];
  /** What is pending until hubs and services have been notified. */
  readonly pending: readonly RecordedNotification[];
  /** What was written so far, attempts before this one included. */
  readonly written: Map<string, DeployedFile>;
}

/** The record that a target holds. */
export interface StoredRecord {
  readonly record: PublishedRecord;
  readonly version: string;
}

/**
 * Writes files group by group, removes files, and writes the record before and after. Readers never see a document that
 * points to something missing, wherever this is cut off, and the next run finishes it. Returns the record that the
 * target holds afterwards, if any. @throws WriteConflict, Failure
 */
export async function deploy(deployment: Deployment): Promise<StoredRecord | undefined> {
  const { target, session, plan, current, files, pending } = deployment;
  if (!hasWork(deployment)) {
    const { record, recordVersion: version } = current;
    return record && version !== undefined ? { record, version } : undefined;
  }
  const ofSet = files.map((file): [string, RecordedFile] => {
    const now = current.files.get(file.path);
    const version = now?.same ? now.version : session.versionOf(file.read());
    return [file.path, { digest: file.digest, version }];
  });
  const owned = Object.fromEntries([...keptFiles(deployment), ...ofSet]);
  let version = current.recordVersion;
  const putRecord = async (state: PublishedRecord["state"], owns: PublishedRecord["files"]) => {
    const record: PublishedRecord = { edition: plan.edition, state, files: owns, pending, known: plan.known };
    version = await session.put(recordFile(printRecord(record)), version);
    return { record, version };
  };
  // First, so that it lists every file that may be ours from now on, and stops older publishers.
  if (target.writes !== "atomic") await putRecord("open", { ...current.record?.files, ...owned });
  for (const group of groupByPublishOrder(
    plan.put.map((planned) => ({ path: planned.file.path, planned })),
  )) {
    if (target.writes === "shared") await assertRecordUnchanged(session, version);
    await runInParallel(group, 6, async ({ planned }) => {
      owned[planned.file.path] = await putFile(deployment, planned);
    });
  }
  if (plan.remove.length > 0 && target.writes === "shared") await assertRecordUnchanged(session, version);
  for (const { path, expected } of plan.remove.toReversed()) await session.remove(path, expected);
  const stored = await putRecord("complete", owned);
  await session.commit(summarizePlan(plan));
  return stored;
}

/** A set of a newer commit is recorded even when it changes nothing, so that older sets are refused. */
function hasWork({ plan, current: { record } }: Deployment): boolean {
  if (plan.put.length > 0 || plan.remove.length > 0 || record?.state !== "complete") return true;
  return record.edition.source < plan.edition.source;
}

/** Recorded files that the set has no more and that are not removed because somebody changed them. They stay recorded, so that they are removed if they turn out to be ours again. */
function keptFiles({ plan, current, files }: Deployment): [string, RecordedFile][] {
  const settled = new Set([...files, ...plan.remove].map(({ path }) => path));
  const recorded = Object.entries(current.record?.files ?? {});
  return recorded.filter(([path]) => !settled.has(path) && current.files.has(path));
}

async function assertRecordUnchanged(session: TargetSession, version: string | undefined): Promise<void> {
  if ((await session.get(recordPath))?.version !== version) throw new WriteConflict(recordPath);
}

async function putFile(
  { target, session, current, written }: Deployment,
  { file, expected }: PlannedFile,
): Promise<RecordedFile> {
  let before: Uint8Array | undefined;
  if (target.writes === "shared" && expected !== undefined) {
    before =
      current.feeds.find(({ path }) => path === file.path)?.bytes ?? (await session.get(file.path))?.bytes;
  }
  const version = await session.put(file, expected);
  const earlier = written.get(file.path);
  written.set(file.path, {
    version,
    mediaType: file.mediaType,
    ...(earlier === undefined ? before && { before } : earlier.before && { before: earlier.before }),
  });
  return { digest: file.digest, version };
}

/**
 * After a newer set was published meanwhile: undoes what this publisher wrote over it, where nobody has changed it since.
 * The newer publisher corrects the rest itself, because its writes are conditional too.
 */
export async function withdraw(
  session: TargetSession,
  written: ReadonlyMap<string, DeployedFile>,
  newer: PublishedRecord,
): Promise<void> {
  for (const [path, own] of written) {
    const now = await session.get(path);
    if (now?.version !== own.version || newer.files[path]?.digest === digestOf(now.bytes)) continue;
    const { before, mediaType } = own;
    try {
      if (before !== undefined) await session.put({ path, mediaType, read: () => before }, own.version);
      else await session.remove(path, own.version);
    } catch (error) {
      if (!(error instanceof WriteConflict)) throw error;
    }
  }
}

function summarizePlan({ put, remove, feeds }: PublishPlan): string {
  const names = [...new Set(feeds.flatMap((feed) => feed.new.map(({ title }) => title)))].filter(Boolean);
  const head = `Publish ${put.length} ${put.length === 1 ? "file" : "files"}${remove.length > 0 ? `, remove ${remove.length}` : ""}`;
  return `${head}\n${names.length > 0 ? `\nNew: ${names.slice(0, 10).join(", ")}\n` : ""}`;
}
