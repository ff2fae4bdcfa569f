import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Failure } from "../../model/failure.ts";
import { redact, secretsOf } from "../../model/secrets.ts";
import { recordFile, recordPath } from "../deploy/record.ts";
import { assertSafePath, digestOf } from "../plan/file-set.ts";
import { createPublicReader } from "./public-site.ts";
import {
  type Target,
  type TargetContext,
  type TargetSession,
  type TargetType,
  WriteConflict,
} from "./target.ts";

export interface CommandTargetOptions
  extends Pick<TargetContext, "root" | "siteUrl" | "files" | "environment" | "fetchSite"> {
  readonly run: readonly string[];
  /** Milliseconds. */
  readonly timeoutMs: number;
  /** Whether the program may run once more for the record alone. Default false. */
  readonly remember?: boolean;
}

export const commandTarget: TargetType<"command"> = {
  type: "command",
  open: (options, context) => openCommand({ ...options, ...context }),
};

/** One line of the list that the program may read. */
interface ListedChange {
  readonly path: string;
  readonly digest?: string;
  readonly mediaType?: string;
}

/** A program that deploys, run without a shell. It gets the whole set in a folder, and the changes in the order of publishing. */
export function openCommand(options: CommandTargetOptions): Target {
  return {
    name: `the program ${options.run[0] ?? ""}`,
    writes: "atomic",
    session: (work) => work(makeSession(options)),
    ...(options.remember === true && {
      amendRecord: (record: Uint8Array, expected: string) => amendRecord(options, record, expected),
    }),
  };
}

/** Only while the public record is unchanged: a newer set of another publisher must not be replaced by this one. */
async function amendRecord(
  options: CommandTargetOptions,
  record: Uint8Array,
  expected: string,
): Promise<void> {
  const now = await createPublicReader(options).get(recordPath);
  if (now?.version !== expected) throw new WriteConflict(recordPath);
  const { path, mediaType } = recordFile(record);
  const put = [{ path, digest: digestOf(record), mediaType }];
  await deploy(options, new Map([[path, record]]), { put, removed: [] });
}

function makeSession(options: CommandTargetOptions): TargetSession {
  const extra = new Map<string, Uint8Array>();
  const put: ListedChange[] = [];
  const removed: ListedChange[] = [];
  const live = createPublicReader(options);
  return {
    versionOf: digestOf,
    ...live,
    put: async (file) => {
      const bytes = file.read();
      extra.set(file.path, bytes);
      put.push({ path: file.path, digest: digestOf(bytes), mediaType: file.mediaType });
      return digestOf(bytes);
    },
    remove: async (path) => void removed.push({ path }),
    commit: async () => {
      const changed = put.some(({ path }) => path !== recordPath) || removed.length > 0;
      if (changed) await deploy(options, extra, { put, removed });
    },
  };
}

async function deploy(
  options: CommandTargetOptions,
  extra: ReadonlyMap<string, Uint8Array>,
  changes: { put: readonly ListedChange[]; removed: readonly ListedChange[] },
): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), "feedwright-set-"));
  try {
    const folder = join(work, "files");
    const whole = new Map(options.files.map((file) => [file.path, () => file.read()]));
    for (const [path, bytes] of extra) whole.set(path, () => bytes);
    for (const [path, read] of whole) {
      assertSafePath(path);
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), read());
    }
    const list = join(work, "changes.json");
    await writeFile(list, `${JSON.stringify(changes, undefined, 1)}\n`);
    await runDeployProgram(options, { FEEDWRIGHT_FOLDER: folder, FEEDWRIGHT_CHANGES: list });
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Ends the program with all that it started when its time is up. @throws Failure `target` */
function runDeployProgram(options: CommandTargetOptions, added: Record<string, string>): Promise<void> {
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
