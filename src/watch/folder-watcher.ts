// In come folders; out come the paths of what was touched in them. chokidar's only importer.
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import { FSWatcher } from "chokidar";

export interface FolderEvents {
  /** Of these folders only what stands right in them is told. */
  readonly shallow: readonly string[];
  /** Paths that are passed over with all that is below them. */
  readonly ignored: readonly string[];
  /** Something happened to this path, or right beside it. */
  readonly onTouched: (path: string) => void;
  /** Every folder is watched. */
  readonly onReady: () => void;
  readonly onError: (error: NodeJS.ErrnoException) => void;
}

/**
 * chokidar watches every file it lists, and lists a folder anew, with a stat for each file, whenever something in it
 * changes: at 100,000 posts 100,000 inotify watches and seconds of work a save. The watch on the folder alone says
 * which name was touched, through `raw`. So this watcher is shown folders only; they are what it recurses into.
 */
class FolderOnlyWatcher extends FSWatcher {
  override _readdirp(root: string, options: object): ReturnType<FSWatcher["_readdirp"]> {
    const { directoryFilter } = options as {
      directoryFilter: (entry: { fullPath: string; path: string }) => boolean;
    };
    const stream = Readable.from(listFolders(root, directoryFilter), { objectMode: true });
    return stream as unknown as ReturnType<FSWatcher["_readdirp"]>;
  }
}

async function* listFolders(root: string, wanted: (entry: { fullPath: string; path: string }) => boolean) {
  let entries: Awaited<ReturnType<typeof listEntries>>;
  try {
    entries = await listEntries(root);
  } catch {
    // Gone already: the watch on the folder above tells.
    return;
  }
  for (const entry of entries) {
    const found = { path: entry.name, fullPath: join(root, entry.name), basename: entry.name, stats: entry };
    if (entry.isDirectory() && wanted(found)) yield found;
  }
}

function listEntries(root: string) {
  return readdir(root, { withFileTypes: true });
}

export interface FolderWatcher {
  close(): Promise<void>;
}

/** Watches folders with all that is below them, except what is hidden or in `node_modules`. */
export function watchFolders(folders: readonly string[], events: FolderEvents): FolderWatcher {
  const watcher = new FolderOnlyWatcher({
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path) => isPassedOver(path, folders, events),
  });
  watcher.on("raw", (_event, name, details) => {
    const { watchedPath } = details as { watchedPath: string };
    // The event of a folder itself comes without a name or with its own: it is the folder that was touched.
    const own = !name || (name === basename(watchedPath) && !existsSync(join(watchedPath, name)));
    events.onTouched(own ? watchedPath : join(watchedPath, String(name)));
  });
  watcher.on("ready", events.onReady);
  watcher.on("error", (error) => events.onError(error as NodeJS.ErrnoException));
  watcher.add([...folders]);
  return { close: () => watcher.close() };
}

function isPassedOver(path: string, folders: readonly string[], { ignored, shallow }: FolderEvents): boolean {
  if (folders.includes(path)) return false;
  const name = basename(path);
  if (name === "node_modules" || (name.startsWith(".") && name !== ".") || ignored.includes(path))
    return true;
  return shallow.includes(dirname(path));
}
