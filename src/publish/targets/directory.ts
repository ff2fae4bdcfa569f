import * as nodeFs from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { Failure } from "../../model/failure.ts";
import { takeLock } from "../../output/lock.ts";
import { recordFile } from "../deploy/record.ts";
import { assertSafePath, digestOf } from "../plan/file-set.ts";
import { type Target, type TargetSession, type TargetType, WriteConflict } from "./target.ts";

/** Holds the lock. Hidden, so that servers do not serve it. */
const stateFolder = ".feedwright";
const temporaryMark = ".feedwright-publish-tmp";

export const directoryTarget: TargetType<"directory"> = {
  type: "directory",
  open: (options) => openDirectory(options),
};

/** A folder on this machine. Files change one by one, each replaced whole; one publisher at a time writes. */
export function openDirectory(
  options: { path: string; lockWaitMs?: number },
  fs: TargetFileSystem = nodeFs,
): Target {
  const root = options.path;
  const session: Target["session"] = async (work, readOnly = false) => {
    if (readOnly) return work(await asFailure(root, () => openSession(root, fs, readOnly)));
    await asFailure(root, () => fs.mkdir(root, { recursive: true }));
    const lock = await asFailure(root, () => takeLock(join(root, stateFolder), options.lockWaitMs ?? 60_000));
    try {
      return await work(await asFailure(root, () => openSession(root, fs, readOnly)));
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
  const resolvePath = pathResolver(fs, root, real);
  const removeTemporaryFiles = readOnly ? async () => {} : temporaryFileRemover(fs);
  const current = async (path: string) => {
    const bytes = await readIfExists(fs, await resolvePath(path));
    return bytes && { bytes, version: digestOf(bytes) };
  };
  return {
    versionOf: digestOf,
    list: (paths) =>
      asFailure(root, async () => {
        const found = new Map<string, { version: string }>();
        for (const path of paths) {
          const full = await resolvePath(path);
          await removeTemporaryFiles(dirname(full));
          const bytes = await readIfExists(fs, full);
          if (bytes) found.set(path, { version: digestOf(bytes) });
        }
        return found;
      }),
    get: (path) => asFailure(root, () => current(path)),
    put: (file, expected) =>
      asFailure(root, async () => {
        if ((await current(file.path))?.version !== expected) throw new WriteConflict(file.path);
        const bytes = file.read();
        await replaceWhole(fs, await resolvePath(file.path), bytes);
        return digestOf(bytes);
      }),
    remove: (path, expected) =>
      asFailure(root, async () => {
        if ((await current(path))?.version !== expected) throw new WriteConflict(path);
        await fs.unlink(await resolvePath(path));
        await removeEmptyFolders(fs, real, dirname(join(real, path)));
      }),
    commit: async () => {},
  };
}

/** Finds the path of a file on disk. @throws Failure for a path that leads out of the folder */
function pathResolver(fs: TargetFileSystem, root: string, real: string): (path: string) => Promise<string> {
  return async (path) => {
    assertSafePath(path);
    const full = join(real, path);
    const folder = await realFolder(fs, dirname(full));
    if (folder !== undefined && !isInside(real, folder))
      throw new Failure("target", `${path} leads out of the folder ${root} through a link.`);
    return full;
  };
}

/** Removes temporary files of a killed publisher, once in each folder. */
function temporaryFileRemover(fs: TargetFileSystem): (folder: string) => Promise<void> {
  const done = new Set<string>();
  return async (folder) => {
    if (done.has(folder)) return;
    done.add(folder);
    for (const name of await fs.readdir(folder).catch(() => []))
      if (name.endsWith(temporaryMark)) await fs.unlink(join(folder, name));
  };
}

/** For a folder that does not exist yet and must not be created. */
const emptySession: TargetSession = {
  versionOf: digestOf,
  list: async () => new Map(),
  get: async () => undefined,
  put: () => Promise.reject(new WriteConflict("read only")),
  remove: () => Promise.reject(new WriteConflict("read only")),
  commit: async () => {},
};

async function asFailure<Result>(root: string, work: () => Promise<Result>): Promise<Result> {
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

function undefinedIfMissing(error: unknown): undefined {
  if (!["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
}

/** Writes a temporary file, syncs and renames it; the folder is synced too, so that the name survives a power cut. */
async function replaceWhole(fs: TargetFileSystem, path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path);
  await fs.mkdir(folder, { recursive: true });
  const temporary = `${path}.${process.pid}${temporaryMark}`;
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

async function readIfExists(fs: TargetFileSystem, path: string): Promise<Buffer | undefined> {
  return fs.readFile(path).catch(undefinedIfMissing);
}

/** The real path of the nearest folder above that exists. */
async function realFolder(fs: TargetFileSystem, folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    try {
      return await fs.realpath(at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || dirname(at) === at) throw error;
    }
  }
}

async function removeEmptyFolders(fs: TargetFileSystem, root: string, folder: string): Promise<void> {
  for (let at = folder; at !== root && isInside(root, at); at = dirname(at)) {
    try {
      await fs.rmdir(at);
    } catch {
      return;
    }
  }
}

function isInside(root: string, path: string): boolean {
  const below = relative(root, path);
  return below === "" || !(below === ".." || below.startsWith(`..${sep}`));
}
