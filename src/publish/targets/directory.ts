import { createHash } from "node:crypto";
import * as nodeFs from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { Failure } from "../../model/failure.ts";
import { takeLock } from "../../output/lock.ts";
import { recordFile } from "../deploy/record.ts";
import { assertSafePath } from "../plan/file-set.ts";
import { type Target, type TargetSession, WriteConflict } from "./target.ts";

/** Ours inside the folder: the lock. Hidden, so that servers pass it over. */
const stateFolder = ".feedwright";
const strayMark = ".feedwright-publish-tmp";

/** A folder on this machine. One publisher at a time writes to it. */
export function openDirectory(
  options: { path: string; lockWaitMs?: number },
  fs: TargetFileSystem = nodeFs,
): Target {
  const root = options.path;
  const session: Target["session"] = async (work, readOnly = false) => {
    if (readOnly) return work(await orFail(root, () => openSession(root, fs, readOnly)));
    await orFail(root, () => fs.mkdir(root, { recursive: true }));
    const lock = await orFail(root, () => takeLock(join(root, stateFolder), options.lockWaitMs ?? 60_000));
    try {
      return await work(await orFail(root, () => openSession(root, fs, readOnly)));
    } finally {
      lock.release();
    }
  };
  return {
    name: `the folder ${root}`,
    writes: "locked",
    session,
    amendRecord: (record, expected) =>
      session(async ({ put }) => void (await put(recordFile(record), expected))),
  };
}

async function openSession(root: string, fs: TargetFileSystem, readOnly: boolean): Promise<TargetSession> {
  const real = await fs.realpath(root).catch(undefinedIfMissing);
  if (real === undefined) return emptySession;
  const place = makePlacer(fs, root, real);
  const sweep = readOnly ? async () => {} : makeSweeper(fs);
  const current = async (path: string) => {
    const bytes = await readIfExists(fs, await place(path));
    return bytes && { bytes, version: versionOf(bytes) };
  };
  return {
    versionOf,
    list: (paths) =>
      orFail(root, async () => {
        const found = new Map<string, { version: string }>();
        for (const path of paths) {
          const full = await place(path);
          await sweep(dirname(full));
          const bytes = await readIfExists(fs, full);
          if (bytes) found.set(path, { version: versionOf(bytes) });
        }
        return found;
      }),
    get: (path) => orFail(root, () => current(path)),
    put: (file, expected) =>
      orFail(root, async () => {
        if ((await current(file.path))?.version !== expected) throw new WriteConflict(file.path);
        const bytes = file.read();
        await replace(fs, await place(file.path), bytes, strayMark);
        return versionOf(bytes);
      }),
    remove: (path, expected) =>
      orFail(root, async () => {
        if ((await current(path))?.version !== expected) throw new WriteConflict(path);
        await fs.unlink(await place(path));
        await removeEmptyFolders(fs, real, dirname(join(real, path)));
      }),
    commit: async () => {},
  };
}

/** Says where a path stands on the disk. @throws Failure for what leads out of the folder */
function makePlacer(fs: TargetFileSystem, root: string, real: string): (path: string) => Promise<string> {
  return async (path) => {
    assertSafePath(path);
    const full = join(real, path);
    const folder = await realFolder(fs, dirname(full));
    if (folder !== undefined && !isInside(real, folder))
      throw new Failure("target", `${path} leads out of the folder ${root} through a link.`);
    return full;
  };
}

/** Removes what a killed publisher left behind, once in each folder. */
function makeSweeper(fs: TargetFileSystem): (folder: string) => Promise<void> {
  const swept = new Set<string>();
  return async (folder) => {
    if (swept.has(folder)) return;
    swept.add(folder);
    for (const name of await fs.readdir(folder).catch(() => []))
      if (name.endsWith(strayMark)) await fs.unlink(join(folder, name));
  };
}

/** A folder that is not there yet, looked at without making it. */
const emptySession: TargetSession = {
  versionOf,
  list: async () => new Map(),
  get: async () => undefined,
  put: () => Promise.reject(new WriteConflict("read only")),
  remove: () => Promise.reject(new WriteConflict("read only")),
  commit: async () => {},
};

function versionOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function orFail<Result>(root: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WriteConflict || error instanceof Failure) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    throw new Failure("target", `Could not work in the folder ${root} (${code}).`, {
      hint:
        code === "ENOSPC"
          ? "The disk is full; make room and publish again."
          : "Check the folder's permissions and publish again.",
      cause: error,
    });
  }
}

/** What the target needs of a file system; tests make each call fail in turn. */
export type TargetFileSystem = Pick<
  typeof nodeFs,
  "mkdir" | "open" | "readFile" | "readdir" | "realpath" | "rename" | "rmdir" | "unlink"
>;

/** Undefined where there is nothing; any other trouble stays one. */
export function undefinedIfMissing(error: unknown): undefined {
  if (!["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
}

/** Temporary file beside it, synced, then renamed; the folder is synced so that the name survives a power cut too. */
export async function replace(
  fs: TargetFileSystem,
  path: string,
  bytes: Uint8Array,
  mark: string,
): Promise<void> {
  const folder = dirname(path);
  await fs.mkdir(folder, { recursive: true });
  const temporary = `${path}.${process.pid}${mark}`;
  try {
    const handle = await fs.open(temporary, "w", 0o644);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await fs.rename(temporary, path);
  } catch (error) {
    await fs.unlink(temporary).catch(() => {});
    throw error;
  }
  await syncFolder(fs, folder);
}

async function syncFolder(fs: TargetFileSystem, folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await fs.open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function readIfExists(fs: TargetFileSystem, path: string): Promise<Buffer | undefined> {
  return fs.readFile(path).catch(undefinedIfMissing);
}

/** The real path of the nearest folder above that exists. */
export async function realFolder(fs: TargetFileSystem, folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    try {
      return await fs.realpath(at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || dirname(at) === at) throw error;
    }
  }
}

export async function removeEmptyFolders(fs: TargetFileSystem, root: string, folder: string): Promise<void> {
  for (let at = folder; at !== root && isInside(root, at); at = dirname(at)) {
    try {
      await fs.rmdir(at);
    } catch {
      return;
    }
  }
}

export function isInside(root: string, path: string): boolean {
  const below = relative(root, path);
  return below === "" || !(below === ".." || below.startsWith(`..${sep}`));
}
