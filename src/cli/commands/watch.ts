import { spawn } from "node:child_process";
import pc from "picocolors";
import type { Config } from "../../model/config.ts";
import { Failure } from "../../model/failure.ts";
import { type WatchEvent, type WatchOptions, watch } from "../../watch/watch.ts";
import { describeBuild, toJson } from "../build-summary.ts";
import { loadFlaggedConfig, readInstant } from "../flags.ts";
import { note, print, printJson } from "../print.ts";
import { catchSignals } from "../signals.ts";
import { type BuildFlags, describeBuildFindings } from "./build.ts";

interface WatchFlags extends BuildFlags {
  readonly poll?: string | true;
  readonly exec?: string;
}

const defaultPollMs = 2000;

/** Watches until a signal stops it. Exit code 0, or 1 when posts still have errors. */
export async function runWatch(flags: WatchFlags): Promise<number> {
  let config: Config | undefined;
  const load = async () => {
    config = await loadFlaggedConfig(flags);
    return config;
  };
  const signals = catchSignals();
  let ok = true;
  try {
    for await (const event of watch(load, { ...readOptions(flags), signal: signals.signal })) {
      if (event.event === "built") ok = event.result.ok;
      if (flags.json) printJson(toLine(event));
      else if (config !== undefined) show(event, config, flags);
      if (event.event === "built" && flags.exec !== undefined) await runExec(flags.exec, event, config);
    }
  } finally {
    signals.release();
  }
  return ok ? 0 : 1;
}

function readOptions(flags: WatchFlags): WatchOptions {
  const { drafts, keepGoing, strict, allowEmpty } = flags;
  return {
    ...(flags.now !== undefined && { now: readInstant(flags.now) }),
    ...(flags.poll !== undefined && { poll: readInterval(flags.poll) }),
    drafts,
    keepGoing,
    strict,
    allowEmpty,
  };
}

function readInterval(flag: string | true): number {
  if (flag === true) return defaultPollMs;
  if (/^\d{2,8}$/.test(flag)) return Number(flag);
  throw new Failure("usage", `--poll ${flag} is not a number of milliseconds.`, {
    hint: "Write 2000, for example.",
  });
}

function toLine(event: WatchEvent): Record<string, unknown> {
  return event.event === "built" ? { event: "built", ...toJson(event.result) } : { ...event };
}

function show(event: WatchEvent, config: Config, flags: WatchFlags): void {
  const { quiet } = flags;
  if (event.event === "problem") {
    if (event.diagnostics.length === 0) note(`${pc.red("problem")} ${event.message}`);
    if (event.hint !== undefined) note(`  ${event.hint}`);
  } else if (event.event === "built") {
    const summary = describeBuild(event.result, config, pc, { changedOnly: true });
    const findings = describeBuildFindings(event.result, summary, config, flags);
    if (findings !== "") note(findings);
    if (!quiet) print(summary);
  } else if (!quiet) {
    print(event.event === "ready" ? pc.dim("watching; stop with Ctrl-C") : pc.dim("stopped"));
  }
}

/** Runs the user's own command in a shell. File names go into the environment, where the shell does not interpret them. */
async function runExec(
  command: string,
  event: WatchEvent & { event: "built" },
  config?: Config,
): Promise<void> {
  const { written, removed } = event.result.files;
  if (written.length === 0 && removed.length === 0) return;
  const child = spawn(command, {
    shell: true,
    stdio: ["ignore", process.stderr, process.stderr],
    cwd: config?.root,
    env: {
      ...process.env,
      FEEDWRIGHT_OUT: config?.out ?? "",
      FEEDWRIGHT_WRITTEN: written.join("\n"),
      FEEDWRIGHT_REMOVED: removed.join("\n"),
    },
  });
  const code = await new Promise<number | string>((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (status, signal) => resolve(status ?? signal ?? 1));
  });
  if (code !== 0) note(`${pc.yellow("warning")} --exec ${command} ended with ${code}`);
}
