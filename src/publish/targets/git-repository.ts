import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline, Readable } from "node:stream";
import { Failure } from "../../model/failure.ts";
import { redact, secretsOf } from "../../model/secrets.ts";
import type { GitRemote } from "./git-remote.ts";
import { TransientFailure, WriteConflict } from "./target.ts";

/** Runs git in a temporary repository. @throws GitError when git fails, Failure `target` without git or after the time limit */
export type GitRunner = (args: readonly string[], input?: Iterable<string | Uint8Array>) => Promise<Buffer>;

/** Git ended with an error; the text is already free of secrets. */
class GitError extends Error {
  readonly output: string;

  constructor(args: readonly string[], output: string) {
    super(`git ${args[0] ?? ""} failed: ${output}`);
    this.output = output;
  }
}

export interface RepositoryOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds for one call of git. Default two minutes. */
  readonly timeoutMs?: number;
  /** Of the commits. Default: what git's own variables say, else `feedwright <feedwright@localhost>`. */
  readonly author?: { readonly name: string; readonly email: string };
}

/** What git and curl say of networks and servers that may work again in a moment. */
const transientErrors =
  /could not resolve host|temporary failure|timed out|connection (reset|refused|closed)|early eof|hung up unexpectedly|unexpected disconnect|returned error: (429|5\d\d)/i;

/** Runs `work` in a temporary repository. @throws Failure, TransientFailure, WriteConflict */
export async function withRepository<Result>(
  options: RepositoryOptions,
  remote: GitRemote,
  work: (git: GitRunner) => Promise<Result>,
): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), "feedwright-git-"));
  try {
    const git = createGitRunner(directory, remote, options);
    await git(["init", "--quiet", "--bare", "--template="]);
    return await work(git);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    const failure = new Failure("target", `Could not work with ${remote.shown}: ${error.message}`, {
      hint: "For https, put a token that may write into FEEDWRIGHT_GIT_TOKEN; for ssh, load a key.",
    });
    throw transientErrors.test(error.output) ? new TransientFailure(failure) : failure;
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

function createGitRunner(directory: string, remote: GitRemote, options: RepositoryOptions): GitRunner {
  const env = gitEnvironment(remote, options);
  const secrets = secretsOf(options.environment);
  const { timeoutMs = 120_000 } = options;
  return (args, input) =>
    new Promise((resolve, reject) => {
      const child = spawn("git", [...args], { cwd: directory, env, windowsHide: true });
      const out: Buffer[] = [];
      const errors: Buffer[] = [];
      let timedOut = false;
      const timer = setTimeout(() => {
        timedOut = true;
        child.kill("SIGKILL");
      }, timeoutMs);
      child.stdout.on("data", (piece: Buffer) => out.push(piece));
      child.stderr.on("data", (piece: Buffer) => errors.push(piece));
      child.on("error", () => {
        clearTimeout(timer);
        const hint = "Install git, or choose another target.";
        reject(new Failure("target", "The program git cannot be started.", { hint }));
      });
      child.on("close", (code) => {
        clearTimeout(timer);
        if (timedOut)
          reject(new Failure("target", `git ${args[0]} gave no answer within ${timeoutMs / 1000} s.`));
        else if (code === 0) resolve(Buffer.concat(out));
        else {
          const text = redact(Buffer.concat([...errors, ...out]).toString("utf8"), secrets);
          reject(new GitError(args, text.trim().slice(-2000)));
        }
      });
      pipeline(Readable.from(input ?? []), child.stdin, (error) => {
        // A git that ended early says why itself; any other error is about reading our own files.
        if (!error || ["EPIPE", "ERR_STREAM_PREMATURE_CLOSE", "ECONNRESET"].includes(error.code ?? ""))
          return;
        child.kill("SIGKILL");
        reject(error);
      });
    });
}

/** What git may inherit. Tracing, other repositories and other configuration stay outside. */
const inherited =
  /^(PATH|HOME|USERPROFILE|APPDATA|LOCALAPPDATA|SYSTEMROOT|TMPDIR|TEMP|TMP|USER|LOGNAME|XDG_CONFIG_HOME|SSH_AUTH_SOCK|SSH_AGENT_PID|GIT_SSH|GIT_SSH_COMMAND|GIT_ASKPASS|GIT_(AUTHOR|COMMITTER)_(NAME|EMAIL)|SSL_CERT_(FILE|DIR)|GIT_SSL_CAINFO)$/i;

/** Configuration is passed through the environment: command lines are visible to every process. */
function gitEnvironment(remote: GitRemote, { environment, author }: RepositoryOptions): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(environment)) if (inherited.test(name)) env[name] = value;
  const config: (readonly [string, string])[] = [
    ["core.hooksPath", "/dev/null"],
    ["core.autocrlf", "false"],
    ["core.fsmonitor", "false"],
    ["gc.auto", "0"],
    ["maintenance.auto", "false"],
    ["commit.gpgSign", "false"],
    ["push.gpgSign", "false"],
    ["push.followTags", "false"],
    ["http.sslVerify", "true"],
    ["http.followRedirects", "false"],
    ["protocol.ext.allow", "never"],
    ["submodule.recurse", "false"],
    ...remote.config,
  ];
  config.forEach(([name, value], at) => {
    env[`GIT_CONFIG_KEY_${at}`] = name;
    env[`GIT_CONFIG_VALUE_${at}`] = value;
  });
  return {
    ...env,
    GIT_CONFIG_COUNT: String(config.length),
    GIT_ALLOW_PROTOCOL: remote.protocols,
    GIT_TERMINAL_PROMPT: "0",
    GCM_INTERACTIVE: "never",
    GIT_AUTHOR_NAME: author?.name ?? env.GIT_AUTHOR_NAME ?? "feedwright",
    GIT_AUTHOR_EMAIL: author?.email ?? env.GIT_AUTHOR_EMAIL ?? "feedwright@localhost",
    GIT_COMMITTER_NAME: author?.name ?? env.GIT_COMMITTER_NAME ?? "feedwright",
    GIT_COMMITTER_EMAIL: author?.email ?? env.GIT_COMMITTER_EMAIL ?? "feedwright@localhost",
    LC_ALL: "C",
  };
}

/** A file of the next commit. */
export interface StagedFile {
  readonly version: string;
  read(): Uint8Array;
}

/** Writes all blobs with one call of git, adds them to the index, and takes removed paths (undefined) out of it. */
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

/** The input format of git-fast-import. */
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
    if (found?.[2] !== undefined && found[3] !== undefined) files.set(found[3], { version: found[2] });
  }
  return files;
}

/** The id that Git gives a file (gitformat: `blob <length>\0<bytes>`). */
export function blobId(bytes: Uint8Array): string {
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

/** Fetches refs together, without their history. Returns their commits; a ref that does not exist is left out. */
export async function fetchRefs(
  git: GitRunner,
  address: string,
  refs: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const listed = (await git(["ls-remote", "--", address, ...refs])).toString("utf8").split("\n");
  const there = refs.filter((ref) => listed.some((line) => line.endsWith(`\t${ref}`)));
  if (there.length === 0) return new Map();
  await git([
    "fetch",
    "--quiet",
    "--no-tags",
    "--depth=1",
    "--no-write-fetch-head",
    "--",
    address,
    ...there.map((ref, at) => `+${ref}:refs/heads/fetched-${at}`),
  ]);
  const names = there.map((_, at) => `refs/heads/fetched-${at}`);
  const commits = (await git(["rev-parse", ...names])).toString("utf8").trim().split("\n");
  return new Map(there.map((ref, at) => [ref, commits[at] ?? ""]));
}

/** Pushes without force. @throws WriteConflict when the branch has moved meanwhile */
export async function pushCommit(
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
      throw new WriteConflict(ref);
    throw error;
  }
}
