import type { BuildOptions, BuildResult } from "../build.ts";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { Failure } from "../model/failure.ts";
import { CheckoutInProgress, Site } from "../site/site.ts";
import { ChangeListener } from "./change-listener.ts";
import { checkoutSignal } from "./checkout.ts";
import { ConfigLoader } from "./config-loader.ts";
import { EventQueue } from "./event-queue.ts";
import { NamedTimers } from "./named-timers.ts";
import { RequestQueue, type WatchRequest } from "./request-queue.ts";

export interface WatchOptions extends Omit<BuildOptions, "saveLater" | "checkout" | "signal"> {
  /** Fixes the clock, milliseconds since the epoch. Default: the clock, read at each update. */
  readonly now?: number;
  /** Scan all files every so many milliseconds, for drives that do not report changes. */
  readonly poll?: number;
  /** Ends the watch; an update in progress is finished or has no effect. */
  readonly signal?: AbortSignal;
}

export type WatchEvent =
  /** Every later change will be seen. */
  | { readonly event: "ready" }
  /** The output folder was updated; `result` is that of `build`. */
  | { readonly event: "built"; readonly result: BuildResult }
  /** Something has to be fixed; the watch goes on. `code` is that of the failure; posts with errors have none. */
  | {
      readonly event: "problem";
      readonly code?: Failure["code"];
      readonly message: string;
      readonly hint?: string;
      readonly diagnostics: readonly Diagnostic[];
    }
  /** The configuration, which could not be used, can be used again. */
  | { readonly event: "recovered"; readonly message: string }
  | { readonly event: "stopped" };

/** Milliseconds. A failed update is tried again after this. */
const retryDelay = 1000;
/** The cache is saved once nothing has happened for this long. */
const idleDelay = 2000;
/** Timers cannot wait for longer. */
const longestWait = 2 ** 31 - 1;

/**
 * Watches a site and keeps its feeds up to date; a full build comes first. `load` gives the configuration, at the start
 * and whenever its file changes. A broken post keeps its last good version; every update reports the problem.
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

/** Updates a site when the listener, a timer or a failure asks for it. */
class SiteWatcher {
  readonly #config: ConfigLoader;
  readonly #options: WatchOptions;
  readonly #emit: (event: WatchEvent) => void;
  readonly #abort = new AbortController();
  readonly #timers = new NamedTimers(this.#abort.signal);
  readonly #requests = new RequestQueue((request) => this.#update(request), this.#abort.signal);
  readonly #listener: ChangeListener;
  #site: Site | undefined;
  #last: BuildResult | undefined;
  #isConfigBroken = false;

  constructor(load: () => Promise<Config>, options: WatchOptions, emit: (event: WatchEvent) => void) {
    this.#config = new ConfigLoader(load);
    this.#options = options;
    this.#emit = emit;
    this.#listener = new ChangeListener({
      config: this.#config,
      site: () => this.#site,
      timers: this.#timers,
      ended: this.#abort.signal,
      pollInterval: options.poll,
      onRequest: (request) => this.#requests.add(request),
      onReady: (request) => this.#requests.add(request, () => emit({ event: "ready" })),
      onRefused: (error) => emit(describeRefusal(error)),
    });
  }

  /** Runs until `stop`. @throws Failure when the configuration cannot be loaded at the start */
  async run(): Promise<void> {
    const { signal } = this.#options;
    const stopped = new Promise<void>((resolve) => {
      this.#abort.signal.addEventListener("abort", () => resolve());
    });
    signal?.addEventListener("abort", () => this.stop(), { once: true });
    this.#open(await this.#config.load());
    if (signal?.aborted) this.stop();
    this.#requests.add({ everything: true });
    this.#listener.listen();
    await stopped;
    await this.#requests.idle();
    this.#timers.clear();
    await this.#listener.close();
    this.#closeSite();
    this.#emit({ event: "stopped" });
  }

  stop(): void {
    this.#abort.abort();
  }

  async #update({ files, everything, reload }: WatchRequest): Promise<void> {
    try {
      if (reload) await this.#reload();
      const site = this.#site as Site;
      const result = await site.update(
        this.#options.now ?? Date.now(),
        everything || reload ? undefined : files,
      );
      this.#report(result);
      this.#schedule(result, site);
    } catch (error) {
      if (error instanceof CheckoutInProgress) this.#listener.scanLater();
      else if (!(error instanceof Failure)) throw error;
      else if (error.code !== "interrupted") this.#recover(error, reload === true);
    }
  }

  /** Opens the site again with the configuration as it is now. */
  async #reload(): Promise<void> {
    const wasBroken = this.#isConfigBroken;
    this.#isConfigBroken = true;
    const config = await this.#config.load();
    this.#isConfigBroken = false;
    if (wasBroken) this.#emit({ event: "recovered", message: "The configuration can be used again." });
    this.#closeSite();
    this.#open(config);
    await this.#listener.stopListening();
    this.#listener.listen();
  }

  #open(config: Config): void {
    this.#site = new Site(config, {
      ...this.#options,
      saveLater: true,
      checkout: checkoutSignal(config.root),
      signal: this.#abort.signal,
    });
  }

  #closeSite(): void {
    if (this.#last !== undefined) this.#site?.save(this.#last);
    this.#site?.close();
  }

  /** Tries a failed update again, unless the posts folder has to come back or the configuration to be fixed first. */
  #recover(failure: Failure, isConfig: boolean): void {
    const { code, message, hint, diagnostics } = failure;
    this.#emit({ event: "problem", code, message, ...(hint !== undefined && { hint }), diagnostics });
    if (failure.code === "posts-missing") this.#listener.awaitFolder();
    else if (!isConfig)
      this.#timers.after("retry", retryDelay, () => this.#requests.add({ everything: true }));
  }

  /** Emits what an update did, unless it changed nothing and found nothing new. */
  #report(result: BuildResult): void {
    const isFirst = this.#last === undefined;
    const isKnown = JSON.stringify(this.#last?.diagnostics) === JSON.stringify(result.diagnostics);
    const { written, removed } = result.files;
    this.#last = result;
    if (!result.ok && !isKnown) {
      const message = "Some posts have to be fixed.";
      this.#emit({ event: "problem", message, diagnostics: result.diagnostics });
    }
    if (isFirst || written.length > 0 || removed.length > 0 || !isKnown)
      this.#emit({ event: "built", result });
  }

  #schedule(result: BuildResult, site: Site): void {
    this.#timers.after("idle", idleDelay, () => site.save(result));
    if (result.nextDue !== undefined && this.#options.now === undefined) {
      const wait = Math.min(Math.max(0, result.nextDue - Date.now()), longestWait);
      this.#timers.after("due", wait, () => this.#requests.add({ everything: true }));
    }
  }
}

/** The system refuses to watch files. */
function describeRefusal(error: NodeJS.ErrnoException): WatchEvent {
  const isScarce = error.code === "ENOSPC" || error.code === "EMFILE" || error.code === "ENFILE";
  const reason = isScarce ? "The system allows no more file watches" : `Watching failed: ${error.message}`;
  return {
    event: "problem",
    message: `${reason}; all files are scanned every two seconds instead.`,
    hint: isScarce
      ? "Raise fs.inotify.max_user_watches (sysctl), or run with --poll."
      : "Run with --poll to choose this from the start.",
    diagnostics: [],
  };
}
