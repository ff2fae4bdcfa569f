import { execFileSync } from "node:child_process";

/** Runs git in a folder, with an author of its own. `time` is that of a commit, in milliseconds since the epoch. */
export function git(folder: string, args: readonly string[], time = Date.UTC(2026, 0, 1)): string {
  const date = `${time / 1000} +0000`;
  return execFileSync("git", ["-C", folder, "-c", "user.name=a", "-c", "user.email=a@b.example", ...args], {
    env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    encoding: "utf8",
  });
}

/** Commits everything. */
export function commitAll(folder: string, time: number): void {
  git(folder, ["add", "-A"]);
  git(folder, ["commit", "-q", "-m", "x"], time);
}
