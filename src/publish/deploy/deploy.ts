import { runInParallel } from "../../net/in-parallel.ts";
import type { RecordedNotification } from "../notify/recorded.ts";
import { digestOf, groupByPublishOrder, type SetFile } from "../plan/file-set.ts";
import type { PlannedFile, PublicSet, PublishPlan } from "../plan/plan.ts";
import { type Target, type TargetSession, WriteConflict } from "../targets/target.ts";
import { type PublishedRecord, printRecord, type RecordedFile, recordFile, recordPath } from "./record.ts";

/** A file that this publisher wrote, and what stood there before. */
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
  /** What will be left to tell until it is told. */
  readonly owed: readonly RecordedNotification[];
  /** What was written so far, attempts before this one included. */
  readonly written: Map<string, DeployedFile>;
}

/** Whether there is anything to write. A set of a newer commit is noted even when it changes nothing: older ones must lose to it. */
export function hasWork({ plan, current }: Pick<Deployment, "plan" | "current">): boolean {
  const { record } = current;
  if (plan.put.length > 0 || plan.remove.length > 0 || record?.state !== "complete") return true;
  return record.edition.source < plan.edition.source;
}

/**
 * Writes files group by group, then the record; removals come last. Cut off anywhere, what is public hangs together,
 * and the next run finishes it. Out goes the record as it stands then, if there is one. @throws Conflict, Failure
 */
export async function deploy(deployment: Deployment): Promise<StoredRecord | undefined> {
  const { target, session, plan, current, files, owed } = deployment;
  if (!hasWork(deployment)) return storedRecord(current);
  const now: Record<string, RecordedFile> = {
    ...leftStanding(deployment),
    ...Object.fromEntries(
      files.map((file): [string, RecordedFile] => [
        file.path,
        {
          digest: file.digest,
          version: current.files.get(file.path)?.same
            ? versionNow(current, file.path)
            : session.versionOf(file.read()),
        },
      ]),
    ),
  };
  let version = current.recordVersion;
  const note = async (state: PublishedRecord["state"], owned: Readonly<Record<string, RecordedFile>>) => {
    const record: PublishedRecord = { edition: plan.edition, state, files: owned, owed };
    version = await session.put(recordFile(printRecord(record)), version);
    return { record, version };
  };
  // The claim comes first: it names every file that may be ours from now on, and tells older publishers to stop.
  if (target.writes !== "atomic") await note("open", { ...current.record?.files, ...now });
  for (const group of groupByPublishOrder(
    plan.put.map((planned) => ({ path: planned.file.path, planned })),
  )) {
    if (target.writes === "shared") await assertOurs(session, version);
    await runInParallel(group, 6, async ({ planned }) => {
      now[planned.file.path] = await putOne(deployment, planned);
    });
  }
  if (plan.remove.length > 0 && target.writes === "shared") await assertOurs(session, version);
  for (const { path, expected } of plan.remove.toReversed()) await session.remove(path, expected);
  const stored = await note("complete", now);
  await session.commit(summarize(plan));
  return stored;
}

/** A record as it stands in a target. */
export interface StoredRecord {
  readonly record: PublishedRecord;
  readonly version: string;
}

function storedRecord({ record, recordVersion: version }: PublicSet): StoredRecord | undefined {
  return record && version !== undefined ? { record, version } : undefined;
}

/** What was ours, is not wanted any more and was not removed, because it looks different: should it turn out to be ours after all, it goes. */
function leftStanding({ plan, current, files }: Deployment): Record<string, RecordedFile> {
  const settled = new Set([...files, ...plan.remove].map(({ path }) => path));
  const left = Object.entries(current.record?.files ?? {}).filter(([path]) => !settled.has(path));
  return Object.fromEntries(left.filter(([path]) => current.files.has(path)));
}

function versionNow(current: PublicSet, path: string): string {
  return current.files.get(path)?.version ?? "";
}

async function assertOurs(session: TargetSession, version: string | undefined): Promise<void> {
  if ((await session.get(recordPath))?.version !== version) throw new WriteConflict(recordPath);
}

async function putOne(
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
 * A newer set was published meanwhile: what this publisher wrote over it is put back, where it still stands.
 * The newer publisher corrects the rest itself, for its writes are conditional too.
 */
export async function withdraw(
  session: TargetSession,
  written: ReadonlyMap<string, DeployedFile>,
  newer: PublishedRecord,
): Promise<void> {
  for (const [path, mine] of written) {
    const now = await session.get(path);
    if (now?.version !== mine.version || newer.files[path]?.digest === digestOf(now.bytes)) continue;
    const { before, mediaType } = mine;
    try {
      if (before !== undefined) await session.put({ path, mediaType, read: () => before }, mine.version);
      else await session.remove(path, mine.version);
    } catch (error) {
      if (!(error instanceof WriteConflict)) throw error;
    }
  }
}

function summarize({ put, remove, feeds }: PublishPlan): string {
  const names = [...new Set(feeds.flatMap((feed) => feed.new.map(({ title }) => title)))].filter(Boolean);
  const head = `Publish ${put.length} ${put.length === 1 ? "file" : "files"}${remove.length > 0 ? `, remove ${remove.length}` : ""}`;
  return `${head}\n${names.length > 0 ? `\nNew: ${names.slice(0, 10).join(", ")}\n` : ""}`;
}
