// In come paths below a folder; out go files replaced whole and synced, and folders as they really stand.
import type * as nodeFs from "node:fs/promises";
import { dirname, relative, sep } from "node:path";

/** What the target needs of a file system; tests make each call fail in turn. */
export type TargetFileSystem = Pick<
  typeof nodeFs,
  "mkdir" | "open" | "readFile" | "readdir" | "realpath" | "rename" | "rmdir" | "unlink"
>;

/** Undefined where there is nothing; any other trouble stays one. */
export function unlessMissing(error: unknown): undefined {
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

export async function readOrNone(fs: TargetFileSystem, path: string): Promise<Buffer | undefined> {
  return fs.readFile(path).catch(unlessMissing);
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
