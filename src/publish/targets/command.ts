// In comes a program of the site's own; out goes a target that hands it the whole set in a folder, without a shell.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { GuardedFetch } from "../../net/guarded-fetch.ts";
import { recordFile, recordPath } from "../deploy/record.ts";
import { assertSafePath, digestOf, type SetFile } from "../plan/file-set.ts";
import { makeLiveReader } from "./live-reader.ts";
import { runProgram } from "./run-program.ts";
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
