// In come changes in a site's folders, its configuration and the clock; out come updates of its feeds, by the path of `build`.
import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, relative } from "node:path";
import type { BuildResult } from "./build.ts";
import type { Config } from "./model/config.ts";
import { Failure } from "./model/failure.ts";
import { FolderHeld, Site } from "./site.ts";
import { isRacy, readStamp, type Stamp, sameStamp } from "./stamp.ts";
import { type Batch, ChangeBatches } from "./watch/change-batches.ts";
import { EventQueue } from "./watch/event-queue.ts";
import { type FolderWatcher, watchFolders } from "./watch/folder-watcher.ts";
import { NamedTimers } from "./watch/named-timers.ts";
import { describeFailure, describeRefusal, type WatchEvent, type WatchOptions } from "./watch/watch-event.ts";

export type { WatchEvent, WatchOptions } from "./watch/watch-event.ts";

/** Milliseconds. A failed update is tried again after this; a posts folder that is gone is looked for as often. */
const retryDelay = 1000;
const absenceDelay = 200;
/** A folder's own watch begins a little after the folder: what was put into it meanwhile is looked for after this. */
const folderDelay = 300;
/** Once nothing has happened for this long, what was learned is kept for the next process. */
const idleDelay = 2000;
/** This many changed posts at once, or a deleted one, may be a checkout, which is waited for, but not for longer than this. */
const manyPosts = 64;
const longestCheckout = 60_000;
/** Timers cannot wait for longer. */
const longestWait = 2 ** 31 - 1;

/**
 * Watches a site and keeps its feeds in step; a cold build comes first. `load` gives the configuration, at the start
 * and whenever its file changes. A broken post keeps its last good version; the problem is told with every update.
 */
export function watch(load: () => Promise<Config>, options: WatchOptions = {}): AsyncIterable<WatchEvent> {
  const queue = new EventQueue<WatchEvent>();
  const watcher = new SiteWatcher(load, options, (event) => queue.push(event));
  void watcher.run().then(
    () => queue.end(),
    (error: unknown) => queue.fail(error),
  );
  return queue.iterate(() => watcher.stop());
}

class SiteWatcher {
  readonly #load: () => Promise<Config>;
  readonly #options: WatchOptions;
  readonly #emit: (event: WatchEvent) => void;
  readonly #abort = new AbortController();
  #config: Config | undefined;
  #configStamp: Stamp | undefined;
  #site: Site | undefined;
  #folders: FolderWatcher | undefined;
  #batches: ChangeBatches | undefined;
  /** What is to be done next; `undefined` files mean everything. */
  #todo: { files: Set<string>; everything: boolean; reload: boolean } = {
    files: new Set(),
    everything: true,
    reload: true,
  };
  #work: Promise<void> | undefined;
  #last: BuildResult | undefined;
  #stopped: () => void = () => {};
  readonly #timers = new NamedTimers();

  constructor(load: () => Promise<Config>, options: WatchOptions, emit: (event: WatchEvent) => void) {
    this.#load = load;
    this.#options = options;
    this.#emit = emit;
  }

  /** @throws Failure when the configuration cannot be loaded at the start */
  async run(): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      this.#stopped = resolve;
    });
    this.#options.signal?.addEventListener("abort", () => this.stop(), { once: true });
    await this.#open(await this.#read());
    this.#todo.reload = false;
    if (this.#options.signal?.aborted) this.stop();
    else {
      this.#listen();
      this.#kick();
    }
    await ended;
    await this.#work;
    await this.#close();
    this.#emit({ event: "stopped" });
  }

  stop(): void {
    this.#abort.abort();
    this.#stopped();
  }

  /** Loads the configuration, and remembers which state of its file that was. */
  async #read(): Promise<Config> {
    const started = Date.now();
    let file = this.#config?.file;
    try {
      const config = await this.#load();
      file = config.file;
      return config;
    } finally {
      const stamp = file === undefined ? undefined : readStamp(file);
      this.#configStamp = stamp !== undefined && isRacy(stamp, started) ? { ...stamp, size: -1 } : stamp;
    }
  }

  #hasOtherConfig(): boolean {
    const file = this.#config?.file;
    const stamp = file === undefined ? undefined : readStamp(file);
    return stamp !== undefined && !sameStamp(stamp, this.#configStamp);
  }

  async #open(config: Config): Promise<void> {
    this.#config = config;
    this.#site = new Site(config, {
      ...this.#options,
      keepLast: true,
      saveLater: true,
      isHeld: (changes, gone) => (gone || changes > manyPosts) && this.#isCheckedOut(),
      signal: this.#abort.signal,
    });
  }

  async #close(): Promise<void> {
    this.#timers.clear();
    this.#batches?.close();
    await this.#folders?.close();
    if (this.#last !== undefined) this.#site?.save(this.#last);
    this.#site?.close();
  }

  /** Begins to watch the folders of the present configuration. */
  #listen(): void {
    if (this.#abort.signal.aborted) return;
    const config = this.#config as Config;
    this.#batches?.close();
    this.#batches = new ChangeBatches({
      toPost: (path) => this.#site?.toPost(path),
      known: (post) => this.#site?.stampOf(post),
      endsAsBefore: (post) => this.#site?.endsAsBefore(post) === true,
      isFolder: (path) => this.#site?.hasPostsBelow(path) === true,
      onBatch: (batch) => this.#take(batch),
    });
    const batches = this.#batches;
    if (this.#options.poll !== undefined) {
      this.#poll(this.#options.poll);
      this.#kick(() => this.#emit({ event: "ready" }));
      return;
    }
    const folders = [config.posts.dir, ...(config.assets.dir === undefined ? [] : [config.assets.dir])];
    const around = [config.root, dirname(config.posts.dir), dirname(config.file ?? config.posts.dir)];
    const above = around.filter((folder) => !folders.includes(folder));
    this.#folders = watchFolders([...folders, ...new Set(above)], {
      shallow: above,
      ignored: [config.out],
      onTouched: (path, named) => this.#touch(path, named, batches),
      onReady: () => {
        // What changed between the first look and the last watch was not told: one more look.
        this.#todo.everything = true;
        this.#kick(() => this.#emit({ event: "ready" }));
      },
      onError: (error) => this.#complain(error),
    });
  }

  #touch(path: string, named: boolean, batches: ChangeBatches): void {
    const config = this.#config as Config;
    if (path === config.file) this.#after("reload", 50, () => this.#ask({ reload: true }));
    else if (
      isWithin(path, config.posts.dir) ||
      (config.assets.dir !== undefined && isWithin(path, config.assets.dir))
    ) {
      if (path === config.posts.dir && !existsSync(path)) this.#awaitFolder();
      batches.touch(path, named);
    }
  }

  /** The posts folder is gone: nothing is unpublished for that; when it is back it is watched anew. */
  #awaitFolder(): void {
    const { dir } = (this.#config as Config).posts;
    this.#after("absence", absenceDelay, () => {
      if (!existsSync(dir)) return this.#awaitFolder();
      void this.#folders?.close().then(() => this.#listen());
      this.#ask({ everything: true });
    });
  }

  #take({ posts, gone, others, everything }: Batch): void {
    if ((everything || gone || posts.length > manyPosts) && this.#isCheckedOut()) {
      const all = { posts: [], gone, others: [], everything: true };
      this.#after("folder", folderDelay, () => this.#take(all));
      return;
    }
    const dependents = others.flatMap((path) => this.#site?.dependentsOf(path) ?? []);
    if (everything) this.#after("folder", folderDelay, () => this.#ask({ everything: true }));
    if (everything || posts.length + dependents.length > 0)
      this.#ask({ files: [...posts, ...dependents], everything });
  }

  /** While git rewrites the folder, posts are gone that come back in a moment. A lock that stays is a leftover. */
  #isCheckedOut(): boolean {
    const lock = readStamp(join((this.#config as Config).root, ".git", "index.lock"));
    return lock !== undefined && Date.now() - lock.ctimeMs < longestCheckout;
  }

  #ask(more: { files?: readonly string[]; everything?: boolean; reload?: boolean }): void {
    for (const file of more.files ?? []) this.#todo.files.add(file);
    this.#todo.everything ||= more.everything === true;
    this.#todo.reload ||= more.reload === true;
    this.#kick();
  }

  /** Works off what is to be done, one update at a time. */
  #kick(afterwards?: () => void): void {
    this.#work = (this.#work ?? Promise.resolve()).then(async () => {
      const { files, everything, reload } = this.#todo;
      if (!this.#abort.signal.aborted && (files.size > 0 || everything || reload)) {
        this.#todo = { files: new Set(), everything: false, reload: false };
        await this.#step(everything || reload ? undefined : [...files], reload);
      }
      if (!this.#abort.signal.aborted) afterwards?.();
    });
  }

  async #step(files: readonly string[] | undefined, reload: boolean): Promise<void> {
    try {
      if (reload) {
        const config = await this.#read();
        if (this.#last !== undefined) this.#site?.save(this.#last);
        this.#site?.close();
        await this.#open(config);
        await this.#folders?.close();
        this.#listen();
      }
      const site = this.#site as Site;
      const result = await site.update(this.#options.now ?? Date.now(), files);
      this.#tell(result);
      this.#schedule(result, site);
    } catch (error) {
      if (error instanceof FolderHeld) {
        this.#after("folder", folderDelay, () => this.#ask({ everything: true }));
        return;
      }
      if (!(error instanceof Failure)) throw error;
      if (error.code === "interrupted") return;
      this.#emit(describeFailure(error));
      if (error.code === "posts-missing") this.#awaitFolder();
      else if (!reload) this.#after("retry", retryDelay, () => this.#ask({ everything: true }));
    }
  }

  /** Says what an update did; one that changed nothing and found nothing new is not worth a word. */
  #tell(result: BuildResult): void {
    const first = this.#last === undefined;
    const told = JSON.stringify(this.#last?.diagnostics) === JSON.stringify(result.diagnostics);
    const { written, removed } = result.files;
    this.#last = result;
    if (!result.ok && !told) {
      this.#emit({
        event: "problem",
        message: "Some posts have to be mended.",
        diagnostics: result.diagnostics,
      });
    }
    if (first || written.length > 0 || removed.length > 0 || !told) this.#emit({ event: "built", result });
  }

  #schedule(result: BuildResult, site: Site): void {
    this.#after("idle", idleDelay, () => site.save(result));
    if (result.nextDue !== undefined && this.#options.now === undefined) {
      const wait = Math.min(Math.max(0, result.nextDue - Date.now()), longestWait);
      this.#after("due", wait, () => this.#ask({ everything: true }));
    }
  }

  #poll(interval: number): void {
    this.#after("poll", interval, () => {
      this.#ask({ everything: true, reload: this.#hasOtherConfig() });
      this.#poll(interval);
    });
  }

  /** The system refuses to watch: said aloud, and looked at all files from time to time instead. */
  #complain(error: NodeJS.ErrnoException): void {
    if (!this.#timers.has("poll")) this.#emit(describeRefusal(error));
    this.#poll(2000);
  }

  /** Runs something later; a second call of the same name takes the place of the first. */
  #after(name: string, delay: number, action: () => void): void {
    if (this.#abort.signal.aborted) this.#timers.cancel(name);
    else this.#timers.set(name, delay, action);
  }
}

function isWithin(path: string, folder: string): boolean {
  const below = relative(folder, path);
  return !below.startsWith("..") && !isAbsolute(below);
}
