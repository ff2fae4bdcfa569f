// In comes a remote; out go a work repository, the refs fetched into it, and commits pushed from it without force.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "../../model/failure.ts";
import { secretsOf } from "../../model/secrets.ts";
import type { GitRemote } from "./git-remote.ts";
import { createGitRunner, GitError, type GitRunner } from "./git-run.ts";
import { Conflict, Interruption } from "./target.ts";

export interface RepositoryOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds for one call of git. Default two minutes. */
  readonly timeoutMs?: number;
}

/** What git and curl say of networks and servers that may be better in a moment. */
const passing =
  /could not resolve host|temporary failure|timed out|connection (reset|refused|closed)|early eof|hung up unexpectedly|unexpected disconnect|returned error: (429|5\d\d)/i;

/** Runs `work` in a repository of its own, which goes away afterwards. @throws Failure, Interruption */
export async function withRepository<Result>(
  options: RepositoryOptions,
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

/** The commits that refs stand at, fetched together and without their history; a ref that is not there is left out. */
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

/** Pushes without force. Where the branch has moved meanwhile, that is a Conflict; any other refusal is an error. */
export async function push(
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
