import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Config } from "../../model/config.ts";
import { Failure } from "../../model/failure.ts";

/** When each post last changed, and what proves that nothing has changed in that since. */
export interface GitHistory {
  /** The newest commit time of each file below the posts folder, in milliseconds, by path below that folder. */
  readonly dates: ReadonlyMap<string, number>;
  /** See {@link findHistoryKey}. */
  readonly key: string | undefined;
}

/** Git's settings that change what it prints: the user's own must not count. */
const settings = {
  "core.quotePath": "false",
  "log.diffMerges": "off",
  "log.follow": "false",
  "log.showRoot": "true",
  "log.showSignature": "false",
};

/** @throws Failure `config-invalid` where there is no history to read: no repository, no git, or a shallow clone */
export async function readGitDates(config: Config): Promise<GitHistory> {
  const key = await findHistoryKey(config);
  if (key === undefined) await assertWhole(config);
  // Commits that are made meanwhile are not part of what the key means.
  const dates = await readDates(config, key?.split(" ", 1)[0] ?? "HEAD");
  return { dates, key };
}

/** Names hold every character but NUL: a commit is an empty piece, its time, and its names, the first after a line break. */
async function readDates(config: Config, commit: string): Promise<Map<string, number>> {
  const dates = new Map<string, number>();
  const named = ["--name-only", "--relative", "--no-renames", "-z"];
  let [time, before]: [number, "" | "time" | "name"] = [0, "name"];
  for await (const piece of runGit(config, ["log", "--format=%x00%ct", ...named, commit, "--", "."], "\0")) {
    if (piece === "") before = "";
    else if (before === "") {
      time = Number(piece) * 1000;
      before = "time";
    } else {
      const name = before === "time" ? piece.replace(/^\n/, "") : piece;
      if (!dates.has(name)) dates.set(name, time);
      before = "name";
    }
  }
  return dates;
}

/**
 * What the dates depend on, in far less time than they take: the commit that is checked out, and where the posts folder
 * stands in it. Undefined where that proves nothing: history is cut off or replaced, or cannot be read at all.
 */
export async function findHistoryKey(config: Config): Promise<string | undefined> {
  try {
    const [facts, replaced] = await Promise.all([
      readLines(config, [
        "rev-parse",
        "--is-shallow-repository",
        "--show-prefix",
        "--git-path",
        "info/grafts",
        "HEAD",
      ]),
      readLines(config, ["for-each-ref", "--count=1", "refs/replace"]),
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
  const [shallow] = await readLines(config, ["rev-parse", "--is-shallow-repository"]);
  if (shallow !== "true") return;
  throw new Failure(
    "config-invalid",
    'dates.updated is "git", but this is a shallow clone: its history is cut off.',
    {
      hint: "Fetch the whole history (in GitHub Actions: `fetch-depth: 0`), or write `updated` in the posts.",
    },
  );
}

async function readLines(config: Config, args: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of runGit(config, args, "\n")) lines.push(line);
  return lines;
}

/** What git says, in pieces that each end with `end`. */
async function* runGit(config: Config, args: readonly string[], end: string): AsyncGenerator<string> {
  const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const git = spawn("git", ["-C", config.posts.dir, ...options, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let complaint = "";
  git.stderr.on("data", (piece) => {
    complaint += String(piece);
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    git.on("error", reject);
    git.on("close", resolve);
  });
  try {
    let rest = "";
    for await (const chunk of git.stdout.setEncoding("utf8")) {
      const pieces = `${rest}${String(chunk)}`.split(end);
      rest = pieces.pop() ?? "";
      yield* pieces;
    }
    if (rest !== "") yield rest;
    if ((await ended) === 0) return;
  } catch (cause) {
    complaint ||= String(cause);
  }
  throw new Failure(
    "config-invalid",
    `dates.updated is "git", but git cannot read the history: ${complaint.trim()}.`,
    {
      hint: 'Build inside the repository with git installed, or set dates.updated to "front-matter".',
    },
  );
}
