// In comes a repository's history; out goes when each post last changed in it, in one pass, or what proves that this is as it was. For `dates.updated: "git"`.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Config } from "../model/config.ts";
import { Failure } from "../model/failure.ts";

/** When each post last changed, and what proves that nothing has changed in that since. */
export interface GitDates {
  /** The newest commit time of each file below the posts folder, in milliseconds, by path below that folder. */
  readonly dates: ReadonlyMap<string, number>;
  /** See {@link findHistoryKey}. */
  readonly key: string | undefined;
}

/** How the history is told is not left to the settings of whoever asks. */
const settings = {
  "core.quotePath": "false",
  "log.diffMerges": "off",
  "log.follow": "false",
  "log.showRoot": "true",
  "log.showSignature": "false",
};

/** @throws Failure `config-invalid` where there is no history to read: no repository, no git, or a shallow clone */
export async function readGitDates(config: Config): Promise<GitDates> {
  const key = await findHistoryKey(config);
  if (key === undefined) await assertWhole(config);
  const dates = new Map<string, number>();
  let time = 0;
  const history = await runGit(config, [
    "log",
    "--format=%x01%ct",
    "--name-only",
    "--relative",
    "--no-renames",
    "-z",
    // What is committed meanwhile is not what the key stands for.
    key?.split(" ", 1)[0] ?? "HEAD",
    "--",
    ".",
  ]);
  for (const piece of history.join("\n").split("\0")) {
    const name = piece.replace(/^\n/, "");
    if (name.startsWith("\u0001")) time = Number(name.slice(1)) * 1000;
    else if (name !== "" && !dates.has(name)) dates.set(name, time);
  }
  return { dates, key };
}

/**
 * What the dates depend on, in far less time than they take: the commit that is checked out, and where the posts folder
 * stands in it. Undefined where that proves nothing: history is cut off or replaced, or cannot be read at all.
 */
export async function findHistoryKey(config: Config): Promise<string | undefined> {
  try {
    const [facts, replaced] = await Promise.all([
      runGit(config, [
        "rev-parse",
        "--is-shallow-repository",
        "--show-prefix",
        "--git-path",
        "info/grafts",
        "HEAD",
      ]),
      runGit(config, ["for-each-ref", "--count=1", "refs/replace"]),
    ]);
    const [shallow, prefix, grafts, commit = ""] = facts;
    const isWhole =
      shallow === "false" && replaced.length === 0 && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit);
    if (!isWhole || grafts === undefined || existsSync(resolve(config.posts.dir, grafts))) return undefined;
    return `${commit} ${prefix}`;
  } catch {
    return undefined;
  }
}

async function assertWhole(config: Config): Promise<void> {
  const [shallow] = await runGit(config, ["rev-parse", "--is-shallow-repository"]);
  if (shallow !== "true") return;
  throw new Failure(
    "config-invalid",
    'dates.updated is "git", but this is a shallow clone: its history is cut off.',
    {
      hint: "Fetch the whole history (in GitHub Actions: `fetch-depth: 0`), or write `updated` in the posts.",
    },
  );
}

async function runGit(config: Config, args: string[]): Promise<string[]> {
  const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const git = spawn("git", ["-C", config.posts.dir, ...options, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  let complaint = "";
  git.stderr.on("data", (piece) => {
    complaint += String(piece);
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    git.on("error", reject);
    git.on("close", resolve);
  });
  try {
    for await (const line of createInterface({ input: git.stdout })) lines.push(line);
    if ((await ended) === 0) return lines;
  } catch (cause) {
    complaint ||= String(cause);
  }
  throw new Failure(
    "config-invalid",
    `dates.updated is "git", but git cannot tell the history: ${complaint.trim()}.`,
    {
      hint: 'Build inside the repository with git installed, or set dates.updated to "front-matter".',
    },
  );
}
