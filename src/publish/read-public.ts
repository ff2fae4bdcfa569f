// In come a session with a target and the new set; out goes what is public, as far as the set is concerned.
import type { FeedBytes } from "./compare.ts";
import { isFeedDocument, type SetFile } from "./file-set.ts";
import { runInParallel } from "./in-parallel.ts";
import type { PublicFile, PublicSet } from "./plan.ts";
import { parseRecord, recordPath } from "./record.ts";
import type { TargetSession } from "./targets/target.ts";

type Reader = Pick<TargetSession, "list" | "get" | "versionOf">;

/** Reads versions of everything, and the bytes of feed documents that differ or are to go. */
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
