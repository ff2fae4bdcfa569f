import { Failure } from "../../model/failure.ts";
import { runInParallel } from "../../net/in-parallel.ts";
import { type PublishedRecord, parseRecord, recordPath } from "../deploy/record.ts";
import { type TargetSession, TransientFailure } from "../targets/target.ts";
import type { FeedBytes } from "./compare.ts";
import { digestOf, isFeedDocument, type SetFile } from "./file-set.ts";
import type { PublicFile, PublicSet } from "./plan.ts";

type Reader = Pick<TargetSession, "list" | "get" | "versionOf">;

/** A file with a recorded version must have the recorded digest: an answer cut short would make entries look new. */
function assertUndamaged(
  path: string,
  now: { readonly bytes: Uint8Array; readonly version: string },
  record: PublishedRecord | undefined,
): void {
  const put = record?.files[path];
  if (put === undefined || put.version !== now.version || put.digest === digestOf(now.bytes)) return;
  throw new TransientFailure(
    new Failure("target", `${path} is not as it was written: the target's answers are damaged.`, {
      hint: "Check proxies between here and the target, and publish again.",
    }),
  );
}

/** Reads all versions, and the bytes of feed documents that differ or will be removed. */
export async function readPublic(session: Reader, files: readonly SetFile[]): Promise<PublicSet> {
  const stored = await session.get(recordPath);
  const record = parseRecord(stored?.bytes);
  const wanted = new Map(files.map((file) => [file.path, file]));
  const paths = new Set([...wanted.keys(), ...Object.keys(record?.files ?? {})]);
  paths.delete(recordPath);
  const found = new Map<string, PublicFile>();
  for (const [path, { version }] of await session.list(paths)) {
    const file = wanted.get(path);
    found.set(path, { version, same: file !== undefined && session.versionOf(file.read()) === version });
  }
  const feeds: FeedBytes[] = [];
  const differing = [...found].filter(([path, { same }]) => !same && isFeedDocument(path));
  await runInParallel(differing, 8, async ([path]) => {
    const now = await session.get(path);
    if (now === undefined) return void found.delete(path);
    assertUndamaged(path, now, record);
    const file = wanted.get(path);
    const same = file !== undefined && Buffer.compare(file.read(), now.bytes) === 0;
    found.set(path, { version: now.version, same });
    if (!same) feeds.push({ path, bytes: now.bytes });
  });
  return {
    files: found,
    feeds,
    ...(record !== undefined && { record }),
    ...(stored !== undefined && { recordVersion: stored.version }),
    recordUnreadable: stored !== undefined && record === undefined,
  };
}
