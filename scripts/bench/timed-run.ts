// Time, processor time and peak memory of a whole process.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Run {
  /** Seconds from spawn to exit. */
  readonly wall: number;
  /** Seconds of processor time, user and system, children included. */
  readonly cpu: number;
  /** Largest resident size of any one process, in megabytes (10^6). */
  readonly memory: number;
}

export type Outcome = { readonly run: Run } | { readonly failed: string };

/**
 * What measured programs see: this process's own settings of Node would count against them. Node 20 reads certificates
 * named by the environment at every start, which takes it longer than all the rest of the start.
 */
export const cleanEnvironment: NodeJS.ProcessEnv = {
  ...process.env,
  NODE_OPTIONS: undefined,
  NODE_PATH: undefined,
  NODE_EXTRA_CA_CERTS: undefined,
  SOURCE_DATE_EPOCH: undefined,
  ASTRO_TELEMETRY_DISABLED: "1",
  PYTHONWARNINGS: "ignore",
};

/** Runs to the end. GNU time reads processor time and memory (`wait4`); the clock here is finer than its own. */
export function runTimed(command: readonly string[], cwd: string, timeoutMs: number): Outcome {
  const report = join(tmpdir(), `feedwright-bench-${process.pid}`);
  const [program = "", ...args] = command;
  const begun = process.hrtime.bigint();
  const done = spawnSync("/usr/bin/time", ["-q", "-o", report, "-f", "%U %S %M", program, ...args], {
    cwd,
    env: cleanEnvironment,
    stdio: ["ignore", "ignore", "pipe"],
    maxBuffer: 64 << 20,
    timeout: timeoutMs,
    killSignal: "SIGKILL",
  });
  const wall = Number(process.hrtime.bigint() - begun) / 1e9;
  if (done.error) return { failed: done.error.message };
  if (done.status !== 0) return { failed: `exit ${done.status ?? done.signal}: ${firstLine(done.stderr)}` };
  const [user = 0, system = 0, kilobytes = 0] = readFileSync(report, "utf8").trim().split(" ").map(Number);
  rmSync(report, { force: true });
  return { run: { wall, cpu: user + system, memory: (kilobytes * 1024) / 1e6 } };
}

function firstLine(bytes: Buffer | null): string {
  const text = (bytes?.toString("utf8") ?? "").split("\n").find((line) => line.trim() !== "");
  return (text ?? "said nothing").slice(0, 160);
}
