import { spawn } from "node:child_process";
import pc from "picocolors";
import type { BuildResult } from "../../build.ts";
import { printable } from "../../check/report/printable.ts";
import type { Config } from "../../model/config.ts";
import { Failure } from "../../model/failure.ts";
import { type WatchEvent, type WatchOptions, watch } from "../../watch/watch.ts";
import { describeBuild, toJson } from "../build-summary.ts";
import { describeCauses } from "../describe-failure.ts";
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
  const screen = new WatchScreen(flags);
  let ok = true;
  try {
    for await (const event of watch(load, { ...readOptions(flags), signal: signals.signal })) {
      if (event.event === "built") ok = event.result.ok;
      if (flags.json) printJson(toLine(event));
      else if (config !== undefined) screen.show(event, config);
      if (event.event === "built" && flags.exec !== undefined)
        await runExec(flags.exec, event, config, signals.signal);
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

/** What people see of a watch: what happened, and when. */
class WatchScreen {
  readonly #flags: WatchFlags;
  #lastProblem: string | undefined;

  constructor(flags: WatchFlags) {
    this.#flags = flags;
  }

  show(event: WatchEvent, config: Config): void {
    const { quiet } = this.#flags;
    if (event.event === "problem") this.#showProblem(event);
    else this.#lastProblem = undefined;
    if (event.event === "built") this.#showBuild(event.result, config);
    else if (event.event === "recovered") note(withTime(`${pc.green("fixed")}  ${printable(event.message)}`));
    else if (event.event === "ready" && !quiet) print(withTime(pc.dim("watching; stop with Ctrl-C")));
    else if (event.event === "stopped" && !quiet) print(withTime(pc.dim("stopped")));
  }

  /** A failed update is tried again and again: the same reason is said once. Errors in posts come with the build. */
  #showProblem(problem: WatchEvent & { event: "problem" }): void {
    const text = [`${pc.red("problem")}  ${printable(problem.message)}`, ...describeCauses(problem)].join(
      "\n",
    );
    const isPosts = problem.code === undefined && problem.diagnostics.length > 0;
    if (!isPosts && text !== this.#lastProblem) note(withTime(text));
    this.#lastProblem = text;
  }

  #showBuild(result: BuildResult, config: Config): void {
    const summary = describeBuild(result, config, pc, { changedOnly: true });
    const findings = describeBuildFindings(result, summary, config, { ...this.#flags, indent: timeWidth });
    if (findings !== "") note(withTime(findings));
    if (!this.#flags.quiet) print(withTime(summary));
  }
}

/** Columns of {@link withTime}. */
const timeWidth = 10;

/** The time of day in front of each line. */
function withTime(text: string): string {
  const time = pc.dim(new Date().toTimeString().slice(0, 8));
  return text.replaceAll(/^(?=.)/gm, `${time}  `);
}

/** Runs the user's own command in a shell. File names go into the environment, where the shell does not interpret them. */
async function runExec(
  command: string,
  event: WatchEvent & { event: "built" },
  config: Config | undefined,
  stop: AbortSignal,
): Promise<void> {
  const { written, removed } = event.result.files;
  if (written.length === 0 && removed.length === 0) return;
  const child = spawn(command, {
    shell: true,
    stdio: ["ignore", process.stderr, process.stderr],
    cwd: config?.root,
    signal: stop,
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
  if (code !== 0 && !stop.aborted)
    note(withTime(`${pc.yellow("warning")}  --exec ${printable(command)} ended with ${code}`));
}
