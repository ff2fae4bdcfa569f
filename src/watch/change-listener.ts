import { existsSync } from "node:fs";
import { dirname, isAbsolute, relative } from "node:path";
import type { Config } from "../model/config.ts";
import type { Site } from "../site/site.ts";
import { type Batch, ChangeBatches } from "./change-batches.ts";
import { isCheckingOut, maySpringFromCheckout } from "./checkout.ts";
import { type FolderWatcher, watchFolders } from "./folder-watcher.ts";
import type { NamedTimers } from "./named-timers.ts";

/** What is to be done next. */
export interface Request {
  /** Posts to read, by their paths below the posts folder. */
  readonly files?: readonly string[];
  /** Look at the whole folder. */
  readonly everything?: boolean;
  /** Load the configuration anew. */
  readonly reload?: boolean;
}

/** What a listener has to know of the site, and whom it tells. */
export interface ListenerHost {
  readonly config: () => Config;
  readonly site: () => Site | undefined;
  readonly timers: NamedTimers;
  /** Once this is given, no folder is watched anew. */
  readonly ended: AbortSignal;
  /** Whether the configuration file is another one than was loaded. */
  readonly hasOtherConfig: () => boolean;
  readonly onRequest: (request: Request) => void;
  /** From now on every change is heard of, once what is asked for here has been done. */
  readonly onReady: (request: Request) => void;
  /** The system refuses to watch; all files are looked at from time to time instead. */
  readonly onRefused: (error: NodeJS.ErrnoException) => void;
}

/** Milliseconds. A posts folder that is gone is looked for as often as this. */
const absenceDelay = 200;
/** A folder's own watch begins a little after the folder: what was put into it meanwhile is looked for after this. */
export const folderDelay = 300;
/** The configuration is read when its file has been left alone for this long. */
const configDelay = 50;
/** Where nothing can be watched, all files are looked at this often. */
const refusedInterval = 2000;

/** Hears of what changes in the folders of a site. */
export class ChangeListener {
  readonly #host: ListenerHost;
  /** Looks at all files every so many milliseconds, in place of watching. */
  readonly #interval: number | undefined;
  #folders: FolderWatcher | undefined;
  #batches: ChangeBatches | undefined;

  constructor(host: ListenerHost, interval: number | undefined) {
    this.#host = host;
    this.#interval = interval;
  }

  /** Begins to watch the folders of the present configuration. */
  listen(): void {
    if (this.#host.ended.aborted) return;
    this.#batches?.close();
    const batches = this.#openBatches();
    this.#batches = batches;
    if (this.#interval === undefined) this.#folders = this.#watchFolders(batches);
    else {
      this.#poll(this.#interval);
      this.#host.onReady({});
    }
  }

  /** Stops watching the folders; what was heard of before is still told. */
  async deafen(): Promise<void> {
    await this.#folders?.close();
  }

  async close(): Promise<void> {
    this.#batches?.close();
    await this.#folders?.close();
  }

  /** The posts folder is gone: nothing is unpublished for that; when it is back it is watched anew. */
  awaitFolder(): void {
    const { dir } = this.#host.config().posts;
    this.#host.timers.after("absence", absenceDelay, () => {
      if (!existsSync(dir)) return this.awaitFolder();
      void this.#folders?.close().then(() => this.listen());
      this.#host.onRequest({ everything: true });
    });
  }

  /** Looks at the whole folder a little later. */
  lookLater(): void {
    this.#host.timers.after("folder", folderDelay, () => this.#host.onRequest({ everything: true }));
  }

  #openBatches(): ChangeBatches {
    const { site } = this.#host;
    return new ChangeBatches({
      toPost: (path) => site()?.toPost(path),
      known: (post) => site()?.stampOf(post),
      endsAsBefore: (post) => site()?.endsAsBefore(post) === true,
      isFolder: (path) => site()?.hasPostsBelow(path) === true,
      onBatch: (batch) => this.#take(batch),
    });
  }

  #watchFolders(batches: ChangeBatches): FolderWatcher {
    const config = this.#host.config();
    const folders = [config.posts.dir, ...(config.assets.dir === undefined ? [] : [config.assets.dir])];
    const around = [config.root, dirname(config.posts.dir), dirname(config.file ?? config.posts.dir)];
    const above = around.filter((folder) => !folders.includes(folder));
    return watchFolders([...folders, ...new Set(above)], {
      shallow: above,
      ignored: [config.out],
      onTouched: (path, named) => this.#touch(path, named, batches),
      // What changed between the first look and the last watch was not told: one more look.
      onReady: () => this.#host.onReady({ everything: true }),
      onError: (error) => {
        if (!this.#host.timers.has("poll")) this.#host.onRefused(error);
        this.#poll(refusedInterval);
      },
    });
  }

  #touch(path: string, named: boolean, batches: ChangeBatches): void {
    const { config, timers, onRequest } = this.#host;
    const { file, posts, assets } = config();
    if (path === file) timers.after("reload", configDelay, () => onRequest({ reload: true }));
    else if (isWithin(path, posts.dir) || (assets.dir !== undefined && isWithin(path, assets.dir))) {
      if (path === posts.dir && !existsSync(path)) this.awaitFolder();
      batches.touch(path, named);
    }
  }

  #take({ posts, gone, others, everything }: Batch): void {
    const { config, site, timers, onRequest } = this.#host;
    // An update would be held back all the same, once it had read what git is about to write.
    if (maySpringFromCheckout(posts.length, gone || everything) && isCheckingOut(config().root)) {
      const all = { posts: [], gone, others: [], everything: true };
      timers.after("folder", folderDelay, () => this.#take(all));
      return;
    }
    const dependents = others.flatMap((path) => site()?.dependentsOf(path) ?? []);
    if (everything) this.lookLater();
    if (everything || posts.length + dependents.length > 0)
      onRequest({ files: [...posts, ...dependents], everything });
  }

  #poll(interval: number): void {
    const { timers, hasOtherConfig, onRequest } = this.#host;
    timers.after("poll", interval, () => {
      onRequest({ everything: true, reload: hasOtherConfig() });
      this.#poll(interval);
    });
  }
}

function isWithin(path: string, folder: string): boolean {
  const below = relative(folder, path);
  return !below.startsWith("..") && !isAbsolute(below);
}
