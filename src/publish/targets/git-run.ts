// In come arguments for git; out goes what it printed, with no shell, no prompt, no hook, and no secret in arguments or errors.
import { spawn } from "node:child_process";
import { pipeline, Readable } from "node:stream";
import { Failure } from "../../model/failure.ts";
import { redact } from "../../model/secrets.ts";

/** Runs git in the work repository. @throws GitError when it fails, Failure `target` when there is no git or time is up. */
export type GitRunner = (args: readonly string[], input?: Iterable<string | Uint8Array>) => Promise<Buffer>;

/** Git ended with an error; the text is already free of secrets. */
export class GitError extends Error {
  readonly output: string;

  constructor(args: readonly string[], output: string) {
    super(`git ${args[0] ?? ""} failed: ${output}`);
    this.output = output;
  }
}

export interface GitRunOptions {
  readonly directory: string;
  /** Where requests may go: the protocols git may use. */
  readonly protocols: string;
  /** Further configuration, passed through the environment: command lines are visible to every process. */
  readonly config: readonly (readonly [name: string, value: string])[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly secrets: readonly string[];
  /** Milliseconds for one call. */
  readonly timeoutMs: number;
}

/** What git may inherit. Tracing, other repositories and other configuration stay outside. */
const inherited =
  /^(PATH|HOME|USERPROFILE|APPDATA|LOCALAPPDATA|SYSTEMROOT|TMPDIR|TEMP|TMP|USER|LOGNAME|XDG_CONFIG_HOME|SSH_AUTH_SOCK|SSH_AGENT_PID|GIT_SSH|GIT_SSH_COMMAND|GIT_ASKPASS|GIT_(AUTHOR|COMMITTER)_(NAME|EMAIL)|SSL_CERT_(FILE|DIR)|GIT_SSL_CAINFO)$/i;

/** Makes a runner for one repository. */
export function createGitRunner(options: GitRunOptions): GitRunner {
  const env = gitEnvironment(options);
  return (args, input) =>
    new Promise((resolve, reject) => {
      const child = spawn("git", [...args], { cwd: options.directory, env, windowsHide: true });
      const out: Buffer[] = [];
      const errors: Buffer[] = [];
      const clean = (pieces: Buffer[]) =>
        redact(Buffer.concat(pieces).toString("utf8"), options.secrets).trim().slice(-2000);
      let timedOut = false;
      const timer = setTimeout(() => {
        timedOut = true;
        child.kill("SIGKILL");
      }, options.timeoutMs);
      child.stdout.on("data", (piece: Buffer) => out.push(piece));
      child.stderr.on("data", (piece: Buffer) => errors.push(piece));
      child.on("error", () => {
        clearTimeout(timer);
        reject(
          new Failure("target", "The program git cannot be started.", {
            hint: "Install git, or choose another target.",
          }),
        );
      });
      child.on("close", (code) => {
        clearTimeout(timer);
        if (timedOut)
          reject(
            new Failure("target", `git ${args[0]} gave no answer within ${options.timeoutMs / 1000} s.`),
          );
        else if (code === 0) resolve(Buffer.concat(out));
        else reject(new GitError(args, clean([...errors, ...out])));
      });
      pipeline(Readable.from(input ?? []), child.stdin, (error) => {
        // A git that ended early says why itself; a file that cannot be read is our own trouble.
        if (!error || ["EPIPE", "ERR_STREAM_PREMATURE_CLOSE", "ECONNRESET"].includes(error.code ?? ""))
          return;
        child.kill("SIGKILL");
        reject(error);
      });
    });
}

function gitEnvironment(options: GitRunOptions): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(options.environment))
    if (inherited.test(name)) env[name] = value;
  const config: (readonly [string, string])[] = [
    ["core.hooksPath", "/dev/null"],
    ["core.autocrlf", "false"],
    ["core.fsmonitor", "false"],
    ["gc.auto", "0"],
    ["maintenance.auto", "false"],
    ["commit.gpgSign", "false"],
    ["push.gpgSign", "false"],
    ["push.followTags", "false"],
    ["http.sslVerify", "true"],
    ["http.followRedirects", "false"],
    ["protocol.ext.allow", "never"],
    ["submodule.recurse", "false"],
    ...options.config,
  ];
  config.forEach(([name, value], at) => {
    env[`GIT_CONFIG_KEY_${at}`] = name;
    env[`GIT_CONFIG_VALUE_${at}`] = value;
  });
  return {
    ...env,
    GIT_CONFIG_COUNT: String(config.length),
    GIT_ALLOW_PROTOCOL: options.protocols,
    GIT_TERMINAL_PROMPT: "0",
    GCM_INTERACTIVE: "never",
    GIT_AUTHOR_NAME: env.GIT_AUTHOR_NAME ?? "feedwright",
    GIT_AUTHOR_EMAIL: env.GIT_AUTHOR_EMAIL ?? "feedwright@localhost",
    GIT_COMMITTER_NAME: env.GIT_COMMITTER_NAME ?? "feedwright",
    GIT_COMMITTER_EMAIL: env.GIT_COMMITTER_EMAIL ?? "feedwright@localhost",
    LC_ALL: "C",
  };
}
