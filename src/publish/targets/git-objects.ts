// In come files and commits of the work repository; out go blobs, trees and commits made of them. Nothing here reaches the network.
import { createHash } from "node:crypto";
import type { GitRunner } from "./git-run.ts";

/** A file on its way into a commit. */
export interface StagedFile {
  readonly version: string;
  read(): Uint8Array;
}

/** Writes all blobs in one go, then puts them into the index and takes removed paths out. */
export async function updateIndex(
  git: GitRunner,
  staged: ReadonlyMap<string, StagedFile | undefined>,
): Promise<void> {
  await git(["fast-import", "--quiet"], blobStream([...staged.values()]));
  const none = "0".repeat(40);
  const lines = [...staged].map(
    ([path, file]) => `${file === undefined ? "0" : "100644"} ${file?.version ?? none}\t${path}\0`,
  );
  await git(["update-index", "-z", "--index-info"], [lines.join("")]);
}

/** The form of git-fast-import: one blob after another, each read when its turn comes. */
function* blobStream(files: readonly (StagedFile | undefined)[]): Generator<string | Uint8Array> {
  for (const file of files) {
    if (file === undefined) continue;
    const bytes = file.read();
    yield `blob\ndata ${bytes.length}\n`;
    yield bytes;
    yield "\n";
  }
}

/** A commit of the index on top of `base`; undefined when nothing differs. */
export async function commitTree(
  git: GitRunner,
  base: string | undefined,
  summary: string,
): Promise<string | undefined> {
  const tree = (await git(["write-tree"])).toString("utf8").trim();
  if (base !== undefined) {
    const before = (await git(["rev-parse", `${base}^{tree}`])).toString("utf8").trim();
    if (before === tree) return undefined;
  }
  const parent = base === undefined ? [] : ["-p", base];
  return (await git(["commit-tree", tree, ...parent, "-F", "-"], [summary])).toString("utf8").trim();
}

/** The files of a commit, by path. */
export async function readTree(git: GitRunner, commit: string): Promise<Map<string, { version: string }>> {
  const listed = (await git(["ls-tree", "-r", "-z", "--full-tree", commit])).toString("utf8");
  const files = new Map<string, { version: string }>();
  for (const line of listed.split("\0")) {
    const found = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s.exec(line);
    // A symbolic link is not a file of ours; it is replaced like any other thing in the way.
    if (found?.[2] !== undefined && found[3] !== undefined) files.set(found[3], { version: found[2] });
  }
  return files;
}

/** The id that Git gives a file (gitformat: `blob <length>\0<bytes>`). */
export function blobId(bytes: Uint8Array): string {
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
