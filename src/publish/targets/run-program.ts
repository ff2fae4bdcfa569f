// In comes a program with its arguments; out goes its end, or a Failure that says how it failed and what it said, without secrets.
import { spawn } from "node:child_process";
import { Failure } from "../../model/failure.ts";
import { redact, secretsOf } from "../../model/secrets.ts";

/** A program and how it is run. */
export interface ProgramOptions {
  readonly run: readonly string[];
  /** Where it runs. */
  readonly root: string;
  /** Milliseconds. */
  readonly timeoutMs: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Runs a program without a shell, and ends it with all that it started when its time is up. @throws Failure `target` */
export function runProgram(options: ProgramOptions, added: Record<string, string>): Promise<void> {
  const [program = "", ...args] = options.run;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.root,
      env: { ...options.environment, ...added },
      stdio: ["ignore", "pipe", "pipe"],
      shell: false,
      windowsHide: true,
      detached: process.platform !== "win32",
    });
    let tail = "";
    const keep = (piece: Buffer) => {
      tail = (tail + piece.toString("utf8")).slice(-20_000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      endGroup(child.pid, () => child.kill("SIGKILL"));
    }, options.timeoutMs);
    const settle = (problem: string | undefined) => {
      clearTimeout(timer);
      if (problem === undefined) return resolve();
      const said = redact(tail, secretsOf(options.environment)).trim().slice(-1500);
      reject(
        new Failure("target", `The program ${program} ${problem}.${said && ` It said: ${said}`}`, {
          hint: "Run it by hand to see why; it gets FEEDWRIGHT_FOLDER and FEEDWRIGHT_CHANGES.",
        }),
      );
    };
    child.on("error", (error) =>
      settle(`cannot be started (${(error as NodeJS.ErrnoException).code ?? "error"})`),
    );
    child.on("close", (code, signal) => {
      if (timedOut) settle(`did not end within ${options.timeoutMs / 1000} s`);
      else settle(code === 0 ? undefined : `ended with ${signal ?? `code ${code}`}`);
    });
  });
}

/** The program and whatever it started. */
function endGroup(pid: number | undefined, otherwise: () => void): void {
  try {
    if (pid !== undefined && process.platform !== "win32") process.kill(-pid, "SIGKILL");
    else otherwise();
  } catch {
    otherwise();
  }
}
