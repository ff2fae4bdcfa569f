/** The worklist of an update: feeds whose documents on disk are out of date. Making an entry may add to it. */
export class StaleFeeds {
  readonly #waiting = new Set<string>();
  /** Feeds that were taken and whose documents are not in place yet. */
  readonly #taken = new Set<string>();

  /** How many feeds were taken, and how many wait. */
  get counts(): { readonly taken: number; readonly waiting: number } {
    return { taken: this.#taken.size, waiting: this.#waiting.size };
  }

  add(key: string): void {
    this.#waiting.add(key);
  }

  /** Puts a feed before all others, if it waits. */
  moveToFront(key: string): void {
    if (!this.#waiting.delete(key)) return;
    const others = [...this.#waiting];
    this.#waiting.clear();
    for (const one of [key, ...others]) this.#waiting.add(one);
  }

  waiting(): string[] {
    return [...this.#waiting];
  }

  /** Takes feed after feed, those that are added meanwhile too. */
  *[Symbol.iterator](): IterableIterator<string> {
    for (const key of this.#waiting) {
      this.#waiting.delete(key);
      this.#taken.add(key);
      yield key;
    }
  }

  wasTaken(key: string): boolean {
    return this.#taken.has(key);
  }

  /** The documents of every feed that was taken are in place. */
  done(): void {
    this.#taken.clear();
  }

  /** Ends an update: feeds that were taken, and whose documents did not get into place, wait again. Returns how many. */
  putBack(): number {
    const { size } = this.#taken;
    for (const key of this.#taken) this.#waiting.add(key);
    this.#taken.clear();
    return size;
  }
}
