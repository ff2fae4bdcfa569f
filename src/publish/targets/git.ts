// In comes a branch of a repository; out goes a target that changes it by one commit at a time, pushed without force.
import { parseGitBranch } from "../../config/values.ts";
import { Failure } from "../../model/failure.ts";
import { parseRecord, recordPath } from "../deploy/record.ts";
import { assertSafePath } from "../plan/file-set.ts";
import { fetchRefs, push, withRepository } from "./git-exchange.ts";
import { amend, noteRefOf, readNotes, writeNote } from "./git-note.ts";
import { blobId, commitTree, readTree, type StagedFile, updateIndex } from "./git-objects.ts";
import { type GitRemoteOptions, resolveGitRemote } from "./git-remote.ts";
import type { GitRunner } from "./git-run.ts";
import type { Target, TargetSession } from "./target.ts";

export interface GitTargetOptions extends Omit<GitRemoteOptions, "token"> {
  readonly branch: string;
  /** Folder inside the branch: empty, or ending in `/`. */
  readonly prefix: string;
  /** `FEEDWRIGHT_GIT_TOKEN` holds the token for https remotes. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds for one call of git. Default two minutes. */
  readonly timeoutMs?: number;
}

/** A branch of a repository. A lost race is a Conflict; nothing is ever forced. @throws Failure `target` */
export async function openGit(options: GitTargetOptions): Promise<Target> {
  const branch = parseGitBranch(options.branch);
  if (branch === undefined)
    throw new Failure("target", `${JSON.stringify(options.branch)} is not the name of a branch.`, {
      hint: 'Write a name such as "gh-pages" in publish.target.branch.',
    });
  const token = options.environment.FEEDWRIGHT_GIT_TOKEN;
  const remote = await resolveGitRemote({ ...options, ...(token !== undefined && { token }) });
  const inRepository = <Result>(work: (git: GitRunner) => Promise<Result>) =>
    withRepository(options, remote, work);
  const place = { address: remote.address, branch, prefix: options.prefix };
  return {
    name: `branch ${branch} of ${remote.shown}`,
    writes: "atomic",
    session: (work) => inRepository(async (git) => work(await openSession(git, place))),
    amendRecord: (record, version) =>
      inRepository((git) =>
        writeNote(
          git,
          { address: remote.address, ref: noteRefOf(branch) },
          version,
          parseRecord(record)?.owed ?? [],
        ),
      ),
  };
}

async function openSession(
  git: GitRunner,
  { address, branch, prefix }: { address: string; branch: string; prefix: string },
): Promise<TargetSession> {
  const ref = `refs/heads/${branch}`;
  const noteRef = noteRefOf(branch);
  const fetched = await fetchRefs(git, address, [ref, noteRef]);
  const base = fetched.get(ref);
  const tree = base === undefined ? new Map<string, { version: string }>() : await readTree(git, base);
  if (base !== undefined) await git(["read-tree", base]);
  const staged = new Map<string, StagedFile | undefined>();
  const full = (path: string) => {
    assertSafePath(path);
    return `${prefix}${path}`;
  };
  return {
    versionOf: blobId,
    list: async (paths) =>
      new Map(
        [...paths].flatMap((path) => {
          const file = tree.get(full(path));
          return file === undefined ? [] : [[path, file] as const];
        }),
      ),
    get: async (path) => {
      const version = tree.get(full(path))?.version;
      if (version === undefined) return undefined;
      const bytes = await git(["cat-file", "blob", version]);
      if (path !== recordPath) return { bytes, version };
      return { bytes: amend(bytes, version, await readNotes(git, fetched.get(noteRef))), version };
    },
    put: async (file) => {
      const version = blobId(file.read());
      staged.set(full(file.path), { version, read: () => file.read() });
      return version;
    },
    remove: async (path) => void staged.set(full(path), undefined),
    commit: async (summary) => {
      if (staged.size === 0) return;
      await updateIndex(git, staged);
      const commit = await commitTree(git, base, summary);
      if (commit !== undefined) await push(git, address, ref, base, commit);
    },
  };
}
