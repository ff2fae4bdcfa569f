// In come actions with a name and a delay; each runs in its time, unless another of its name takes its place.

export class NamedTimers {
  readonly #timers = new Map<string, NodeJS.Timeout>();

  /** Whether there has been an action of this name. */
  has(name: string): boolean {
    return this.#timers.has(name);
  }

  /** Runs an action after so many milliseconds, in place of the one of this name that waits. */
  set(name: string, delay: number, action: () => void): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.set(name, setTimeout(action, delay));
  }

  cancel(name: string): void {
    clearTimeout(this.#timers.get(name));
  }

  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }
}
