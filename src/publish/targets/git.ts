import { parseGitBranch } from "../../config/values.ts";
import { Failure } from "../../model/failure.ts";
import { parseRecord, printRecord, recordPath } from "../deploy/record.ts";
import { parseRecorded, type RecordedNotification } from "../notify/recorded.ts";
import { assertSafePath } from "../plan/file-set.ts";
import { type GitRemoteOptions, resolveGitRemote } from "./git-remote.ts";
import {
  blobId,
  commitTree,
  fetchRefs,
  type GitRunner,
  push,
  readTree,
  type StagedFile,
  updateIndex,
  withRepository,
} from "./git-repository.ts";
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

/** What is left to tell, by the id of the record that it is left of: two sites may share a branch, and two publishers a site. */
type Notes = Readonly<Record<string, readonly RecordedNotification[]>>;

const fileName = "announced.json";
/** Notes of records that have been replaced since are of no use. */
const keptNotes = 8;

/** The ref for a branch; it is no branch, so nobody's site or history shows it. */
export function noteRefOf(branch: string): string {
  return `refs/feedwright/announced/${branch}`;
}

/** The notes in the commit that the ref stands at. What cannot be read is the same as none. */
export async function readNotes(git: GitRunner, commit: string | undefined): Promise<Notes> {
  if (commit === undefined) return {};
  try {
    const text = (await git(["cat-file", "blob", `${commit}:${fileName}`])).toString("utf8");
    const notes = (JSON.parse(text) as { notes?: unknown } | null)?.notes;
    if (typeof notes !== "object" || notes === null) return {};
    return Object.fromEntries(Object.entries(notes).map(([id, owed]) => [id, parseRecorded(owed)]));
  } catch {
    return {};
  }
}

/** The record as its note amends it. */
export function amend(record: Uint8Array, version: string, notes: Notes): Uint8Array {
  const owed = Object.hasOwn(notes, version) ? notes[version] : undefined;
  const parsed = owed && parseRecord(record);
  return parsed ? printRecord({ ...parsed, owed }) : record;
}

/** Notes what is left to tell of the record with this id. @throws Conflict when somebody else noted something meanwhile */
export async function writeNote(
  git: GitRunner,
  place: { address: string; ref: string },
  version: string,
  owed: readonly RecordedNotification[],
): Promise<void> {
  const base = (await fetchRefs(git, place.address, [place.ref])).get(place.ref);
  const others = Object.entries(await readNotes(git, base)).filter(([id]) => id !== version);
  const notes = Object.fromEntries([...others, [version, owed] as const].slice(-keptNotes));
  const text = `${JSON.stringify({ notes }, undefined, 1)}\n`;
  const blob = (await git(["hash-object", "-w", "--stdin"], [text])).toString("utf8").trim();
  await git(["update-index", "-z", "--index-info"], [`100644 ${blob}\t${fileName}\0`]);
  const commit = await commitTree(git, base, "feedwright: announced\n");
  if (commit !== undefined) await push(git, place.address, place.ref, base, commit);
}
