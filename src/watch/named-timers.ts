export class NamedTimers {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #ended: AbortSignal;

  /** Once this signal is given, nothing begins to wait any more. */
  constructor(ended: AbortSignal) {
    this.#ended = ended;
  }

  /** Whether there has been an action of this name. */
  has(name: string): boolean {
    return this.#timers.has(name);
  }

  /** Runs an action after so many milliseconds, in place of the one of this name that waits. */
  after(name: string, delay: number, action: () => void): void {
    clearTimeout(this.#timers.get(name));
    if (!this.#ended.aborted) this.#timers.set(name, setTimeout(action, delay));
  }

  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }
}
