// In comes a program of the site's own; out goes a target that hands it the whole set in a folder, without a shell.
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Failure } from "../../model/failure.ts";
import { redact, secretsOf } from "../../model/secrets.ts";
import type { GuardedFetch } from "../../net/guarded-fetch.ts";
import { assertSafePath, digestOf, isFeedDocument, type SetFile } from "../file-set.ts";
import { publicUrl } from "../plan.ts";
import { parseRecord, recordFile, recordPath } from "../record.ts";
import { Conflict, type Target, type TargetSession } from "./target.ts";

export interface CommandTargetOptions {
  readonly run: readonly string[];
  /** Where the program runs: the project root. */
  readonly root: string;
  /** Milliseconds. */
  readonly timeoutMs: number;
  /** Passed through: the program may need its own secrets. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Ends with `/`: what is public is read from there. */
  readonly siteUrl: string;
  readonly fetch: GuardedFetch;
  /** Whether the program may run once more for the record alone. Default false. */
  readonly remember?: boolean;
  /** The whole set, changed or not. */
  readonly files: readonly SetFile[];
}

/** One line of the list that the program may read. */
interface ListedChange {
  readonly path: string;
  readonly digest?: string;
  readonly mediaType?: string;
}

/** A program that deploys. It gets the set in a folder, and the changes in the order in which they should go out. */
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

/** Only where the record is still public as it was: another publisher's newer set must not be replaced by this one. */
async function amendRecord(
  options: CommandTargetOptions,
  record: Uint8Array,
  expected: string,
): Promise<void> {
  const now = await makeLiveReader(options).get(recordPath);
  if (now?.version !== expected) throw new Conflict(recordPath);
  const { path, mediaType } = recordFile(record);
  const put = [{ path, digest: digestOf(record), mediaType }];
  await deploy(options, new Map([[path, record]]), { put, removed: [] });
}

function makeSession(options: CommandTargetOptions): TargetSession {
  const extra = new Map<string, Uint8Array>();
  const put: ListedChange[] = [];
  const removed: ListedChange[] = [];
  const live = makeLiveReader(options);
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

/** What is public, read through the public addresses themselves. */
export function makeLiveReader(options: {
  readonly siteUrl: string;
  readonly fetch: GuardedFetch;
}): Pick<TargetSession, "list" | "get"> {
  const known = new Map<string, Promise<{ bytes: Uint8Array; version: string } | undefined>>();
  const get = (path: string) => {
    const asked = known.get(path) ?? fetchPublic(options, path);
    known.set(path, asked);
    return asked;
  };
  return {
    get,
    list: async (paths) => {
      const found = new Map<string, { version: string }>();
      // A film is not fetched to learn that it has not changed: the record knows.
      const recorded = parseRecord((await get(recordPath))?.bytes)?.files ?? {};
      const queue = [...paths].filter((path) => isFeedDocument(path) || path === recordPath);
      for (const path of paths) {
        const file = isFeedDocument(path) || path === recordPath ? undefined : recorded[path];
        if (file) found.set(path, { version: file.digest });
      }
      const worker = async () => {
        for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
          const file = await get(path);
          if (file) found.set(path, { version: file.version });
        }
      };
      await Promise.all(Array.from({ length: 8 }, worker));
      return found;
    },
  };
}

async function fetchPublic(
  options: { siteUrl: string; fetch: GuardedFetch },
  path: string,
): Promise<{ bytes: Uint8Array; version: string } | undefined> {
  const url = publicUrl(options.siteUrl, path);
  const { status, body } = await options.fetch(url, { headers: { "cache-control": "no-cache" } });
  if (status === 404 || status === 410) return undefined;
  if (status !== 200) throw new Failure("network", `${url} answered with status ${status}.`);
  // Many servers answer with a page, and with 200, where there is nothing.
  if (path === recordPath && /^[\s\ufeff]*</.test(new TextDecoder().decode(body.subarray(0, 100))))
    return undefined;
  return { bytes: body, version: digestOf(body) };
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
    await runProgram(options, { FEEDWRIGHT_FOLDER: folder, FEEDWRIGHT_CHANGES: list });
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 3 });
  }
}

function runProgram(options: CommandTargetOptions, added: Record<string, string>): Promise<void> {
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
