/** What has to be done in a site that is watched. */
export interface WatchRequest {
  /** Posts to read, by their paths below the posts folder. */
  readonly files?: readonly string[];
  /** Scan the whole folder. */
  readonly everything?: boolean;
  /** Load the configuration again. */
  readonly reload?: boolean;
}

/** Handles one request after another; those that come meanwhile are handled as one. */
export class RequestQueue {
  readonly #handle: (request: WatchRequest) => Promise<void>;
  readonly #ended: AbortSignal;
  #files = new Set<string>();
  #everything = false;
  #reload = false;
  #running: Promise<void> = Promise.resolve();

  /** Once `ended` is given, nothing more is handled. */
  constructor(handle: (request: WatchRequest) => Promise<void>, ended: AbortSignal) {
    this.#handle = handle;
    this.#ended = ended;
  }

  /** `afterwards` is called when the request has been handled. */
  add({ files = [], everything = false, reload = false }: WatchRequest, afterwards?: () => void): void {
    for (const file of files) this.#files.add(file);
    this.#everything ||= everything;
    this.#reload ||= reload;
    this.#running = this.#running.then(async () => {
      if (!this.#ended.aborted) await this.#handleAll();
      if (!this.#ended.aborted) afterwards?.();
    });
  }

  /** Resolves when nothing is being handled any more. */
  idle(): Promise<void> {
    return this.#running;
  }

  async #handleAll(): Promise<void> {
    const request = { files: [...this.#files], everything: this.#everything, reload: this.#reload };
    if (request.files.length === 0 && !request.everything && !request.reload) return;
    this.#files = new Set();
    this.#everything = false;
    this.#reload = false;
    await this.#handle(request);
  }
}
