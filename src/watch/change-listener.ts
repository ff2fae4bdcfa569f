import { existsSync } from "node:fs";
import { dirname, isAbsolute, relative } from "node:path";
import type { Site } from "../site/site.ts";
import { type Batch, ChangeBatches } from "./change-batches.ts";
import { isCheckingOut, mayBeCheckout } from "./checkout.ts";
import type { ConfigLoader } from "./config-loader.ts";
import { FolderWatcher } from "./folder-watcher.ts";
import type { NamedTimers } from "./named-timers.ts";
import type { WatchRequest } from "./request-queue.ts";

export interface ListenerHost {
  readonly config: Pick<ConfigLoader, "current" | "hasChanged">;
  readonly site: () => Site | undefined;
  readonly timers: NamedTimers;
  /** Once this is given, no folder is watched any more. */
  readonly ended: AbortSignal;
  /** Scan all files every so many milliseconds instead of watching. */
  readonly pollInterval: number | undefined;
  readonly onRequest: (request: WatchRequest) => void;
  /** Every later change will be seen, once this request has been handled. */
  readonly onReady: (request: WatchRequest) => void;
  /** The system refuses to watch; all files are scanned from time to time instead. */
  readonly onRefused: (error: NodeJS.ErrnoException) => void;
}

/** Milliseconds. How often a missing posts folder is looked for. */
const absenceDelay = 200;
/** A new folder is watched a little later than it appears: what was put into it meanwhile is found after this. */
const folderDelay = 300;
/** The configuration is read once its file has not changed for this long. */
const configDelay = 50;
/** How often all files are scanned when the system refuses to watch. */
const refusedInterval = 2000;

/** Turns changes in a site's folders and configuration file into requests. */
export class ChangeListener {
  readonly #host: ListenerHost;
  #folders: FolderWatcher | undefined;
  #batches: ChangeBatches | undefined;

  constructor(host: ListenerHost) {
    this.#host = host;
  }

  /** Begins to watch the folders of the present configuration. */
  listen(): void {
    const { ended, pollInterval, onReady } = this.#host;
    if (ended.aborted) return;
    this.#batches?.close();
    const batches = this.#openBatches();
    this.#batches = batches;
    if (pollInterval === undefined) this.#folders = this.#watchFolders(batches);
    else {
      this.#poll(pollInterval);
      onReady({});
    }
  }

  /** Stops watching the folders; changes that were seen before still lead to requests. */
  async stopListening(): Promise<void> {
    await this.#folders?.close();
  }

  async close(): Promise<void> {
    this.#batches?.close();
    await this.#folders?.close();
  }

  /** After the posts folder disappeared: nothing is unpublished, and it is watched again when it is back. */
  awaitFolder(): void {
    const { dir } = this.#host.config.current.posts;
    this.#host.timers.after("absence", absenceDelay, () => {
      if (!existsSync(dir)) return this.awaitFolder();
      void this.#folders?.close().then(() => this.listen());
      this.#host.onRequest({ everything: true });
    });
  }

  /** Asks for a scan of the whole folder a little later. */
  scanLater(): void {
    this.#host.timers.after("folder", folderDelay, () => this.#host.onRequest({ everything: true }));
  }

  #openBatches(): ChangeBatches {
    const { site } = this.#host;
    return new ChangeBatches({
      toPost: (path) => site()?.toPost(path),
      known: (post) => site()?.stampOf(post),
      endsAsBefore: (post) => site()?.endsAsBefore(post) === true,
      isFolder: (path) => site()?.hasPostsBelow(path) === true,
      onBatch: (batch) => this.#takeBatch(batch),
    });
  }

  #watchFolders(batches: ChangeBatches): FolderWatcher {
    const config = this.#host.config.current;
    const folders = [config.posts.dir, ...(config.assets.dir === undefined ? [] : [config.assets.dir])];
    const around = [config.root, dirname(config.posts.dir), dirname(config.file ?? config.posts.dir)];
    const above = around.filter((folder) => !folders.includes(folder));
    return new FolderWatcher([...folders, ...new Set(above)], {
      shallow: above,
      ignored: [config.out],
      onTouched: (path, named) => this.#touch(path, named, batches),
      // Changes between the first scan and the last watch were not seen.
      onReady: () => this.#host.onReady({ everything: true }),
      onError: (error) => {
        if (!this.#host.timers.has("poll")) this.#host.onRefused(error);
        this.#poll(refusedInterval);
      },
    });
  }

  #touch(path: string, named: boolean, batches: ChangeBatches): void {
    const { config, timers, onRequest } = this.#host;
    const { file, posts, assets } = config.current;
    if (path === file) timers.after("reload", configDelay, () => onRequest({ reload: true }));
    else if (isWithin(path, posts.dir) || (assets.dir !== undefined && isWithin(path, assets.dir))) {
      if (path === posts.dir && !existsSync(path)) this.awaitFolder();
      batches.touch(path, named);
    }
  }

  #takeBatch({ posts, gone, others, everything }: Batch): void {
    const { config, site, timers, onRequest } = this.#host;
    // The update would be put off as well, but only after reading what git is about to write.
    if (mayBeCheckout(posts.length, gone || everything) && isCheckingOut(config.current.root)) {
      const all = { posts: [], gone, others: [], everything: true };
      timers.after("folder", folderDelay, () => this.#takeBatch(all));
      return;
    }
    const dependents = others.flatMap((path) => site()?.dependentsOf(path) ?? []);
    if (everything) this.scanLater();
    if (everything || posts.length + dependents.length > 0)
      onRequest({ files: [...posts, ...dependents], everything });
  }

  #poll(interval: number): void {
    const { timers, config, onRequest } = this.#host;
    timers.after("poll", interval, () => {
      onRequest({ everything: true, reload: config.hasChanged() });
      this.#poll(interval);
    });
  }
}

function isWithin(path: string, folder: string): boolean {
  const below = relative(folder, path);
  return !below.startsWith("..") && !isAbsolute(below);
}
