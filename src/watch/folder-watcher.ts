import { existsSync, lstatSync, readdirSync, realpathSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import { Readable } from "node:stream";
import { FSWatcher } from "chokidar";

/** Only inotify reports a new name and a write as different events. */
const reportsRenames = process.platform === "linux";

export interface FolderEvents {
  /** Only files directly in these folders are reported. */
  readonly shallow: readonly string[];
  /** Paths that are skipped with everything below them. */
  readonly ignored: readonly string[];
  /**
   * Something happened to this path or directly beside it; a folder is reported again once it is watched. `named`: the
   * name now means another file, or none; writing into a file never counts as that.
   */
  readonly onTouched: (path: string, named: boolean) => void;
  /** Every folder is watched. */
  readonly onReady: () => void;
  readonly onError: (error: NodeJS.ErrnoException) => void;
}

/**
 * chokidar watches every file that it lists, and lists a folder again, with a stat for each file, whenever something in
 * it changes: at 100,000 posts 100,000 inotify watches, and seconds of work for each save. The watch on the folder alone
 * reports which name was touched, as `raw`. So this watcher lists every folder as empty, and reports when it watches one.
 */
class FolderOnlyWatcher extends FSWatcher {
  constructor(onWatched: (folder: string) => void) {
    super({ ignoreInitial: true, followSymlinks: false });
    const handler = this._nodeFsHandler;
    const place = handler._watchWithNodeFs.bind(handler);
    handler._watchWithNodeFs = (path) => {
      // Its own listener would list the folder again.
      const closer = place(path, () => undefined);
      if (closer !== undefined) onWatched(path);
      return closer;
    };
  }

  /** Files that are not listed are not deleted. */
  override _remove(): void {}

  override _readdirp(): ReturnType<FSWatcher["_readdirp"]> {
    return Readable.from([], { objectMode: true }) as unknown as ReturnType<FSWatcher["_readdirp"]>;
  }
}

/**
 * Watches folders with everything below them, except hidden files and `node_modules`: one watch for each folder. A folder is listed after its watch has begun, never before, so that nothing created in
 * between is missed; one that was removed, moved or replaced is watched again under its name.
 */
export class FolderWatcher {
  readonly #folders: readonly string[];
  readonly #events: FolderEvents;
  readonly #watcher: FolderOnlyWatcher;
  /** The names of linked folders, by real path. */
  readonly #links = new Map<string, string>();
  /** The folders that are watched or soon will be, by path. */
  readonly #watched = new Map<string, { readonly real: string; readonly ino: number }>();
  #isReady = false;

  constructor(folders: readonly string[], events: FolderEvents) {
    this.#folders = folders;
    this.#events = events;
    this.#watcher = new FolderOnlyWatcher((folder) => this.#enter(this.#nameOf(folder)));
    this.#watcher.on("raw", (event, name, details) => {
      const { watchedPath } = details as { watchedPath: string };
      this.#notice(this.#nameOf(watchedPath), name ? String(name) : undefined, event === "rename");
    });
    this.#watcher.on("ready", () => {
      this.#isReady = true;
      events.onReady();
    });
    this.#watcher.on("error", (error) => events.onError(error as NodeJS.ErrnoException));
    for (const folder of folders) this.#watch(folder);
    if (this.#watched.size === 0) queueMicrotask(events.onReady);
  }

  close(): Promise<void> {
    return this.#watcher.close();
  }

  #notice(folder: string, name: string | undefined, isRename: boolean): void {
    // An event of the folder itself comes without a name or with the folder's own.
    const own = name === undefined || (name === basename(folder) && !existsSync(join(folder, name)));
    const path = own ? folder : join(folder, name);
    if (own) this.#forget(folder);
    this.#watch(path);
    this.#events.onTouched(path, isRename && reportsRenames);
  }

  /** Watches a path if it is a folder that should be watched; stops watching one that is gone or was replaced. */
  #watch(path: string): void {
    const isAsked = this.#folders.includes(path);
    if (!isAsked && this.#isIgnored(path)) return;
    const real = isAsked ? realOf(path) : path;
    const stat = real === undefined ? undefined : lstatSync(real, { throwIfNoEntry: false });
    const known = this.#watched.get(path);
    if (known !== undefined && known.ino !== stat?.ino) this.#forget(path);
    if (real === undefined || !stat?.isDirectory() || this.#watched.has(path)) return;
    this.#watched.set(path, { real, ino: stat.ino });
    if (real !== path) this.#links.set(real, path);
    this.#watcher.add(real);
  }

  /** Watches the folders in a folder whose own watch has begun. */
  #enter(folder: string): void {
    if (!this.#watched.has(folder)) return;
    if (!this.#events.shallow.includes(folder)) {
      for (const name of listFolders(folder)) this.#watch(join(folder, name));
    }
    if (this.#isReady) this.#events.onTouched(folder, false);
  }

  #forget(folder: string): void {
    for (const [path, { real }] of [...this.#watched]) {
      if (path !== folder && !path.startsWith(folder + sep)) continue;
      this.#watched.delete(path);
      // Not `unwatch`, which would ignore the path from then on.
      this.#watcher._closePath(real);
    }
  }

  /** The path under which a real path is watched. */
  #nameOf(real: string): string {
    for (const [target, link] of this.#links) {
      if (real === target) return link;
      if (real.startsWith(target + sep)) return link + real.slice(target.length);
    }
    return real;
  }

  #isIgnored(path: string): boolean {
    const { shallow, ignored } = this.#events;
    const name = basename(path);
    return (
      name === "node_modules" ||
      name.startsWith(".") ||
      ignored.includes(path) ||
      shallow.includes(dirname(path))
    );
  }
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function listFolders(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    );
  } catch {
    // It is gone already; the watch on the folder above reports that.
    return [];
  }
}
