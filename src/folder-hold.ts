// In comes how much an update would change; out goes whether it has to wait, for the folder was rewritten while it was read.
import { FolderHeld, type Hold } from "./site-options.ts";

/** Holds updates back that may have seen half of a folder. */
export class FolderHold {
  readonly #hold: Hold | undefined;
  #wasHeld = false;

  constructor(hold: Hold | undefined) {
    this.#hold = hold;
  }

  /** Whether the last update was held back: what it saw may be half of the folder, and the index may have it by now. */
  get wasHeld(): boolean {
    return this.#wasHeld;
  }

  /**
   * Begins an update that was about to look when the hold's mark was `mark`. Gives what is to be called before its
   * changes are used, and again before they are written. @throws FolderHeld then
   */
  begin(changes: number, gone: boolean, mark: string | undefined): () => void {
    const isConcerned = this.#wasHeld || this.#hold?.concerns(changes, gone) === true;
    this.#wasHeld = false;
    return () => {
      if (!isConcerned) return;
      const present = this.#hold?.mark();
      if (present !== undefined && present === mark) return;
      this.#wasHeld = true;
      throw new FolderHeld();
    };
  }
}
