// In comes a repository's history; out goes when each post last changed in it, in one pass. For `dates.updated: "git"`.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Config } from "../model/config.ts";
import { Failure } from "../model/failure.ts";

/**
 * The newest commit time of each file below the posts folder, in milliseconds, by path below that folder.
 * @throws Failure `config-invalid` where there is no history to read: no repository, no git, or a shallow clone
 */
export async function readGitDates(config: Config): Promise<ReadonlyMap<string, number>> {
  if ((await runGit(config, ["rev-parse", "--is-shallow-repository"])).join("").trim() === "true") {
    throw new Failure(
      "config-invalid",
      'dates.updated is "git", but this is a shallow clone: its history is cut off.',
      {
        hint: "Fetch the whole history (in GitHub Actions: `fetch-depth: 0`), or write `updated` in the posts.",
      },
    );
  }
  const dates = new Map<string, number>();
  let time = 0;
  const history = await runGit(config, [
    "log",
    "--format=%x01%ct",
    "--name-only",
    "--relative",
    "--no-renames",
    "-z",
    "--",
    ".",
  ]);
  for (const piece of history.join("\n").split("\0")) {
    const name = piece.replace(/^\n/, "");
    if (name.startsWith("\u0001")) time = Number(name.slice(1)) * 1000;
    else if (name !== "" && !dates.has(name)) dates.set(name, time);
  }
  return dates;
}

async function runGit(config: Config, args: string[]): Promise<string[]> {
  const git = spawn("git", ["-C", config.posts.dir, "-c", "core.quotePath=false", ...args], {
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
