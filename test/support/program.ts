// The compiled program, run as users run it.
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** The compiled program. */
export const mainPath = fileURLToPath(new URL("../../lib/cli/main.js", import.meta.url));

/** The repository. */
export const repositoryRoot = fileURLToPath(new URL("../..", import.meta.url));

/** Runs the program to its end. */
export function runProgram(
  args: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv; input?: string },
) {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [mainPath, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    input: options.input ?? "",
    encoding: "utf8",
    timeout: 60_000,
    maxBuffer: 1 << 28,
  });
  return { status, signal, stdout, stderr };
}

/** Starts the program and leaves it running. */
export function startProgram(args: readonly string[], options: { cwd: string; env?: NodeJS.ProcessEnv }) {
  const child = spawn(process.execPath, [mainPath, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return child;
}
