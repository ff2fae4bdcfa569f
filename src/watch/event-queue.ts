/** Events in the order in which they were pushed, to be iterated once. */
export class EventQueue<T> {
  readonly #events: T[] = [];
  #wake: (() => void) | undefined;
  #ended = false;
  #error: unknown;

  push(event: T): void {
    this.#events.push(event);
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  fail(error: unknown): void {
    this.#error = error;
    this.end();
  }

  /** `onReturn` is called when the iteration is left early. */
  async *iterate(onReturn: () => void): AsyncGenerator<T, void, void> {
    try {
      for (;;) {
        while (this.#events.length > 0) yield this.#events.shift() as T;
        if (this.#error !== undefined) throw this.#error;
        if (this.#ended) return;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      onReturn();
    }
  }
}
