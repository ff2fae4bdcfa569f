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
  pushCommit,
  type RepositoryOptions,
  readTree,
  type StagedFile,
  updateIndex,
  withRepository,
} from "./git-repository.ts";
import type { Target, TargetSession, TargetType } from "./target.ts";

/** `FEEDWRIGHT_GIT_TOKEN` in the environment holds the token for https remotes. */
export interface GitTargetOptions extends Omit<GitRemoteOptions, "token">, RepositoryOptions {
  readonly branch: string;
  /** Folder inside the branch: empty, or ending in `/`. */
  readonly prefix: string;
  /** First line of the commits' messages. */
  readonly message?: string;
}

export const gitTarget: TargetType<"git"> = {
  type: "git",
  open: (options, context) => openGit({ ...options, ...context }),
};

/** A branch of a repository, which one commit changes, pushed without force. @throws Failure `target` */
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
  const { prefix, message } = options;
  const place = { address: remote.address, branch, prefix, ...(message !== undefined && { message }) };
  return {
    name: `branch ${branch} of ${remote.shown}`,
    writes: "atomic",
    session: (work) => inRepository(async (git) => work(await openSession(git, place))),
    amendRecord: (record, version) => inRepository((git) => writeNote(git, place, record, version)),
  };
}

interface Place {
  readonly address: string;
  readonly branch: string;
  readonly prefix: string;
  readonly message?: string;
}

/** Without this file, GitHub Pages has Jekyll build the branch, and Jekyll leaves out `_headers` and `.well-known`. */
const noJekyll = ".nojekyll";

async function openSession(
  git: GitRunner,
  { address, branch, prefix, message }: Place,
): Promise<TargetSession> {
  const ref = `refs/heads/${branch}`;
  const notesRef = notesRefOf(branch);
  const fetched = await fetchRefs(git, address, [ref, notesRef]);
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
      return { bytes: amendFromNotes(bytes, version, await readNotes(git, fetched.get(notesRef))), version };
    },
    put: async (file) => {
      const version = blobId(file.read());
      staged.set(full(file.path), { version, read: () => file.read() });
      return version;
    },
    remove: async (path) => void staged.set(full(path), undefined),
    commit: async (summary) => {
      if (staged.size === 0) return;
      if (branch === "gh-pages" && !tree.has(noJekyll) && !tree.has("_config.yml"))
        staged.set(noJekyll, { version: blobId(new Uint8Array()), read: () => new Uint8Array() });
      await updateIndex(git, staged);
      const text = message === undefined ? summary : summary.replace(/^.*/, () => message);
      const commit = await commitTree(git, base, text);
      if (commit !== undefined) await pushCommit(git, address, ref, base, commit);
    },
  };
}

/**
 * What is pending is noted in a ref beside the branch, so that no commit of the branch is needed for it: by the version of
 * the record that it amends, because two sites may share a branch, and two publishers a site.
 */
type Notes = Readonly<Record<string, readonly RecordedNotification[]>>;

const notesFile = "announced.json";
/** Older notes amend records that have been replaced. */
const maxNotes = 8;

function notesRefOf(branch: string): string {
  return `refs/feedwright/announced/${branch}`;
}

/** Reads the notes in a commit. What cannot be read counts as none. */
async function readNotes(git: GitRunner, commit: string | undefined): Promise<Notes> {
  if (commit === undefined) return {};
  try {
    const text = (await git(["cat-file", "blob", `${commit}:${notesFile}`])).toString("utf8");
    const notes = (JSON.parse(text) as { notes?: unknown } | null)?.notes;
    if (typeof notes !== "object" || notes === null) return {};
    return Object.fromEntries(Object.entries(notes).map(([version, list]) => [version, parseRecorded(list)]));
  } catch {
    return {};
  }
}

/** The record with the pending notifications of its note. */
function amendFromNotes(record: Uint8Array, version: string, notes: Notes): Uint8Array {
  const pending = Object.hasOwn(notes, version) ? notes[version] : undefined;
  const parsed = pending && parseRecord(record);
  return parsed ? printRecord({ ...parsed, pending }) : record;
}

/** @throws WriteConflict when somebody else wrote a note meanwhile */
async function writeNote(
  git: GitRunner,
  { address, branch }: Place,
  record: Uint8Array,
  version: string,
): Promise<void> {
  const ref = notesRefOf(branch);
  const base = (await fetchRefs(git, address, [ref])).get(ref);
  const others = Object.entries(await readNotes(git, base)).filter(([id]) => id !== version);
  const own = [version, parseRecord(record)?.pending ?? []] as const;
  const notes = Object.fromEntries([...others, own].slice(-maxNotes));
  const text = `${JSON.stringify({ notes }, undefined, 1)}\n`;
  const blob = (await git(["hash-object", "-w", "--stdin"], [text])).toString("utf8").trim();
  await git(["update-index", "-z", "--index-info"], [`100644 ${blob}\t${notesFile}\0`]);
  const commit = await commitTree(git, base, "feedwright: announced\n");
  if (commit !== undefined) await pushCommit(git, address, ref, base, commit);
}
