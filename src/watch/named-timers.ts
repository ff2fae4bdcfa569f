/** Timers of which a new one replaces the waiting one of the same name. */
export class NamedTimers {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #ended: AbortSignal;

  /** Once `ended` is given, no timer is started. */
  constructor(ended: AbortSignal) {
    this.#ended = ended;
  }

  /** Whether a timer of this name was ever started. */
  has(name: string): boolean {
    return this.#timers.has(name);
  }

  /** `delay` in milliseconds. */
  after(name: string, delay: number, action: () => void): void {
    clearTimeout(this.#timers.get(name));
    if (!this.#ended.aborted) this.#timers.set(name, setTimeout(action, delay));
  }

  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }
}
