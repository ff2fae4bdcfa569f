// In comes a branch of a repository; out goes a target that changes it by one commit at a time, pushed without force.
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseGitBranch } from "../../config/publish-values.ts";
import { Failure } from "../../model/failure.ts";
import { assertSafePath } from "../file-set.ts";
import { secretsOf } from "../secrets.ts";
import { type GitRemote, type GitRemoteOptions, resolveGitRemote } from "./git-remote.ts";
import { createGitRunner, GitError, type GitRunner } from "./git-run.ts";
import { Conflict, Interruption, type Target, type TargetSession } from "./target.ts";

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
  const noteRef = `refs/feedwright/announced/${branch}`;
  return {
    name: `branch ${branch} of ${remote.shown}`,
    writes: "atomic",
    session: (work) =>
      inRepository(async (git) => work(await openSession(git, remote.address, branch, options.prefix))),
    note: {
      read: () =>
        inRepository(async (git) => {
          const at = await fetchRef(git, remote.address, noteRef);
          return at && (await git(["cat-file", "blob", `${at}:announced.json`])).toString("utf8");
        }),
      write: (text) => inRepository((git) => writeNote(git, remote.address, noteRef, text)),
    },
  };
}

/** What git and curl say of networks and servers that may be better in a moment. */
const passing =
  /could not resolve host|temporary failure|timed out|connection (reset|refused|closed)|early eof|hung up unexpectedly|unexpected disconnect|returned error: (429|5\d\d)/i;

async function withRepository<Result>(
  options: GitTargetOptions,
  remote: GitRemote,
  work: (git: GitRunner) => Promise<Result>,
): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), "feedwright-git-"));
  try {
    const git = createGitRunner({
      directory,
      protocols: remote.protocols,
      config: remote.config,
      environment: options.environment,
      secrets: secretsOf(options.environment),
      timeoutMs: options.timeoutMs ?? 120_000,
    });
    await git(["init", "--quiet", "--bare", "--template="]);
    return await work(git);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    const failure = new Failure("target", `Could not work with ${remote.shown}: ${error.message}`, {
      hint: "For https, put a token that may write into FEEDWRIGHT_GIT_TOKEN; for ssh, load a key.",
    });
    throw passing.test(error.output) ? new Interruption(failure) : failure;
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The commit that a ref stands at, fetched without its history; undefined when there is no such ref. */
async function fetchRef(git: GitRunner, address: string, ref: string): Promise<string | undefined> {
  const listed = (await git(["ls-remote", "--", address, ref])).toString("utf8");
  const line = listed.split("\n").find((each) => each.endsWith(`\t${ref}`));
  if (line === undefined) return undefined;
  await git([
    "fetch",
    "--quiet",
    "--no-tags",
    "--depth=1",
    "--no-write-fetch-head",
    "--",
    address,
    `+${ref}:refs/heads/base`,
  ]);
  return (await git(["rev-parse", "refs/heads/base"])).toString("utf8").trim();
}

interface StagedFile {
  readonly version: string;
  read(): Uint8Array;
}

async function openSession(
  git: GitRunner,
  address: string,
  branch: string,
  prefix: string,
): Promise<TargetSession> {
  const ref = `refs/heads/${branch}`;
  const base = await fetchRef(git, address, ref);
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
      return version === undefined ? undefined : { bytes: await git(["cat-file", "blob", version]), version };
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

/** Writes all blobs in one go, then puts them into the index and takes removed paths out. */
async function updateIndex(
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
async function commitTree(
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

/** Pushes without force. Where the branch has moved meanwhile, that is a Conflict; any other refusal is an error. */
async function push(
  git: GitRunner,
  address: string,
  ref: string,
  base: string | undefined,
  commit: string,
): Promise<void> {
  try {
    await git(["push", "--quiet", "--porcelain", "--", address, `${commit}:${ref}`]);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    const listed = (await git(["ls-remote", "--", address, ref])).toString("utf8");
    const now = listed
      .split("\n")
      .find((each) => each.endsWith(`\t${ref}`))
      ?.split("\t")[0];
    if (now === commit) return;
    if (now !== base || /cannot lock ref|incorrect old value|failed to update ref/.test(error.output))
      throw new Conflict(ref);
    throw error;
  }
}

async function readTree(git: GitRunner, commit: string): Promise<Map<string, { version: string }>> {
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
function blobId(bytes: Uint8Array): string {
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

/** A ref of its own, so that noting what was announced makes no commit on the branch. Last writer wins: both announced it. */
async function writeNote(git: GitRunner, address: string, ref: string, text: string): Promise<void> {
  const base = await fetchRef(git, address, ref);
  const blob = (await git(["hash-object", "-w", "--stdin"], [text])).toString("utf8").trim();
  await git(["update-index", "-z", "--index-info"], [`100644 ${blob}\tannounced.json\0`]);
  const commit = await commitTree(git, base, "feedwright: announced\n");
  if (commit !== undefined) await push(git, address, ref, base, commit);
}
