import type { BuildResult } from "../build.ts";
import type { Config } from "../model/config.ts";
import { Failure } from "../model/failure.ts";
import { CheckoutInProgress, Site } from "../site/site.ts";
import { ChangeListener, type Request } from "./change-listener.ts";
import { maySpringFromCheckout, readCheckout } from "./checkout.ts";
import { EventQueue } from "./event-queue.ts";
import { LoadedConfig } from "./loaded-config.ts";
import { NamedTimers } from "./named-timers.ts";
import { describeFailure, describeRefusal, type WatchEvent, type WatchOptions } from "./watch-event.ts";

export type { WatchEvent, WatchOptions } from "./watch-event.ts";

/** Milliseconds. A failed update is tried again after this. */
const retryDelay = 1000;
/** Once nothing has happened for this long, what was learned is kept for the next process. */
const idleDelay = 2000;
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

/** Works off what the listener hears of, one update at a time. */
class SiteWatcher {
  readonly #loaded: LoadedConfig;
  readonly #options: WatchOptions;
  readonly #emit: (event: WatchEvent) => void;
  readonly #abort = new AbortController();
  readonly #timers = new NamedTimers(this.#abort.signal);
  readonly #listener: ChangeListener;
  #config: Config | undefined;
  #site: Site | undefined;
  /** What is to be done next. */
  #todo = { files: new Set<string>(), everything: true, reload: false };
  #work: Promise<void> | undefined;
  #last: BuildResult | undefined;
  #stopped: () => void = () => {};

  constructor(load: () => Promise<Config>, options: WatchOptions, emit: (event: WatchEvent) => void) {
    this.#loaded = new LoadedConfig(load);
    this.#options = options;
    this.#emit = emit;
    this.#listener = this.#makeListener();
  }

  /** @throws Failure when the configuration cannot be loaded at the start */
  async run(): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      this.#stopped = resolve;
    });
    this.#options.signal?.addEventListener("abort", () => this.stop(), { once: true });
    this.#open(await this.#loaded.load());
    if (this.#options.signal?.aborted) this.stop();
    else {
      this.#listener.listen();
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

  #makeListener(): ChangeListener {
    return new ChangeListener(
      {
        config: () => this.#config as Config,
        site: () => this.#site,
        timers: this.#timers,
        ended: this.#abort.signal,
        hasOtherConfig: () => this.#loaded.isOther(),
        onRequest: (request) => this.#ask(request),
        onReady: (request) => this.#ask(request, () => this.#emit({ event: "ready" })),
        onRefused: (error) => this.#emit(describeRefusal(error)),
      },
      this.#options.poll,
    );
  }

  #open(config: Config): void {
    this.#config = config;
    this.#site = new Site(config, {
      ...this.#options,
      keepLast: true,
      saveLater: true,
      checkout: {
        isSuspicious: maySpringFromCheckout,
        mark: () => readCheckout(config.root),
      },
      signal: this.#abort.signal,
    });
  }

  async #close(): Promise<void> {
    this.#timers.clear();
    await this.#listener.close();
    if (this.#last !== undefined) this.#site?.save(this.#last);
    this.#site?.close();
  }

  #ask({ files, everything, reload }: Request, afterwards?: () => void): void {
    for (const file of files ?? []) this.#todo.files.add(file);
    this.#todo.everything ||= everything === true;
    this.#todo.reload ||= reload === true;
    this.#kick(afterwards);
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
      if (reload) await this.#reload();
      const site = this.#site as Site;
      const result = await site.update(this.#options.now ?? Date.now(), files);
      this.#tell(result);
      this.#schedule(result, site);
    } catch (error) {
      if (error instanceof CheckoutInProgress) this.#listener.lookLater();
      else if (!(error instanceof Failure)) throw error;
      else if (error.code !== "interrupted") this.#recover(error, reload);
    }
  }

  /** Goes on with the configuration as it is now. */
  async #reload(): Promise<void> {
    const config = await this.#loaded.load();
    if (this.#last !== undefined) this.#site?.save(this.#last);
    this.#site?.close();
    this.#open(config);
    await this.#listener.deafen();
    this.#listener.listen();
  }

  /** An update failed: it is tried again, unless something has to come back or to be mended first. */
  #recover(failure: Failure, reload: boolean): void {
    this.#emit(describeFailure(failure));
    if (failure.code === "posts-missing") this.#listener.awaitFolder();
    else if (!reload) this.#timers.after("retry", retryDelay, () => this.#ask({ everything: true }));
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
    this.#timers.after("idle", idleDelay, () => site.save(result));
    if (result.nextDue !== undefined && this.#options.now === undefined) {
      const wait = Math.min(Math.max(0, result.nextDue - Date.now()), longestWait);
      this.#timers.after("due", wait, () => this.#ask({ everything: true }));
    }
  }
}
