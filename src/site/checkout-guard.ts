/** Lets an update find out that Git rewrote the posts folder while it was read: what it saw may be half of a checkout. */
export interface CheckoutSignal {
  /** Whether so many changed posts, or the deletion of one, may come from a checkout. */
  readonly isSuspicious: (changes: number, hasDeletions: boolean) => boolean;
  /** A text that differs after every checkout; undefined during one. Read before the folder is, and until documents are written. */
  readonly mark: () => string | undefined;
}

/** The posts folder is being rewritten. What was read is kept; update again a little later. */
export class CheckoutInProgress extends Error {}

/** Stops updates that may have read half of a checkout. */
export class CheckoutGuard {
  readonly #signal: CheckoutSignal | undefined;
  #isSuspicious = false;
  #mark: string | undefined;
  #wasStopped = false;

  constructor(signal: CheckoutSignal | undefined) {
    this.#signal = signal;
  }

  /** Whether the last update was stopped: the index may hold half of a checkout, so the whole folder has to be read. */
  get wasStopped(): boolean {
    return this.#wasStopped;
  }

  /** Begins an update that found these changes. `mark` is the signal's mark from before the folder was read. */
  begin(changes: number, hasDeletions: boolean, mark: string | undefined): void {
    this.#isSuspicious = this.#wasStopped || this.#signal?.isSuspicious(changes, hasDeletions) === true;
    this.#mark = mark;
    this.#wasStopped = false;
  }

  /** @throws CheckoutInProgress when there was a checkout since the update began, or one is going on */
  check(): void {
    if (!this.#isSuspicious) return;
    const mark = this.#signal?.mark();
    if (mark !== undefined && mark === this.#mark) return;
    this.#wasStopped = true;
    throw new CheckoutInProgress();
  }
}
