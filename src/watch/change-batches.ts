// In come touched paths, one by one; out come batches of posts that read whole, or the advice to look at everything.
import { lstatSync } from "node:fs";

/** What a batch says to take in. */
export interface Batch {
  /** Posts that were written or deleted; paths below the posts folder. */
  readonly posts: readonly string[];
  /** Other files, absolute: pictures, recordings. */
  readonly others: readonly string[];
  /** Folders came or went, or more changed than can be named: look at the whole folder. */
  readonly everything: boolean;
}

/** What the batches need to know of the site. */
export interface BatchSource {
  /** The path below the posts folder of what may be a post; absent for everything else. */
  readonly toPost: (path: string) => string | undefined;
  /** Size and inode of a post as it was last read; absent for one never read. */
  readonly known: (post: string) => { readonly size: number; readonly ino: number } | undefined;
  /** Whether posts are known below this path. */
  readonly isFolder: (path: string) => boolean;
  readonly onBatch: (batch: Batch) => void;
}

/** All in milliseconds. */
export const delays = {
  /** The events of one save come within this. */
  gather: 2,
  /** A file that is being written in place is looked at again after this, until it has not changed for as long. */
  settle: 6,
  /** A file that is empty, or shorter than before, is more likely half written. */
  shrink: 40,
  /** Some editors delete and write anew: a post that is gone is believed gone after this. */
  gone: 500,
  /** While events pour in (a checkout), nothing is done until they pause for this long. */
  pause: 60,
  /** Nothing waits longer than this. */
  most: 2000,
} as const;

/** More touched paths than this at once are a burst. */
const burst = 64;

interface Waiting {
  /** When it was first and last touched. */
  readonly since: number;
  touched: number;
  /** Size and mtime when it was last looked at. */
  seen?: { readonly size: number; readonly mtimeMs: number; readonly at: number };
}

/**
 * Decides when a touched file may be read: when it has stood still for a moment. One that is empty, or written in
 * place and shorter than before, has to stand still longer.
 */
export class ChangeBatches {
  readonly #source: BatchSource;
  readonly #waiting = new Map<string, Waiting>();
  #everything = 0;
  #lastTouch = 0;
  #timer: NodeJS.Timeout | undefined;
  #due = Number.POSITIVE_INFINITY;

  constructor(source: BatchSource) {
    this.#source = source;
  }

  touch(path: string): void {
    const now = performance.now();
    const waiting = this.#waiting.get(path);
    if (waiting === undefined) this.#waiting.set(path, { since: now, touched: now });
    else waiting.touched = now;
    this.#lastTouch = now;
    this.#wake(now + delays.gather);
  }

  /** Asks for a look at everything. */
  touchEverything(): void {
    this.#everything ||= performance.now();
    this.#wake(performance.now() + delays.gather);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#waiting.clear();
  }

  #wake(at: number): void {
    if (at >= this.#due) return;
    this.#due = at;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#due = Number.POSITIVE_INFINITY;
        this.#decide();
      },
      Math.max(0, at - performance.now()),
    );
  }

  #decide(): void {
    const now = performance.now();
    const many = this.#waiting.size > burst;
    const first = this.#everything || (this.#waiting.values().next().value?.since ?? now);
    if ((many || this.#everything > 0) && now - this.#lastTouch < delays.pause && now - first < delays.most) {
      this.#wake(this.#lastTouch + delays.pause);
      return;
    }
    const posts: string[] = [];
    const others: string[] = [];
    const gone: [string, string, Waiting][] = [];
    let fresh = false;
    for (const [path, waiting] of this.#waiting) {
      const post = this.#source.toPost(path);
      const stat = lstatSync(path, { throwIfNoEntry: false });
      const known = post === undefined ? undefined : this.#source.known(post);
      if (
        stat?.isDirectory() ||
        stat?.isSymbolicLink() ||
        (stat === undefined && this.#source.isFolder(path))
      ) {
        this.#everything ||= now;
        this.#waiting.delete(path);
      } else if (post === undefined) {
        others.push(path);
        this.#waiting.delete(path);
      } else if (stat === undefined) {
        if (known === undefined) this.#waiting.delete(path);
        else gone.push([path, post, waiting]);
      } else if (many || this.#isWhole(stat, known, waiting, now)) {
        posts.push(post);
        fresh ||= known === undefined;
        this.#waiting.delete(path);
      }
    }
    // A post that appears while another is gone is a rename: the old name must not stay beside the new one.
    for (const [path, post, waiting] of gone) {
      if (fresh || many || this.#everything > 0 || now - waiting.touched >= delays.gone) {
        posts.push(post);
        this.#waiting.delete(path);
      } else this.#wake(waiting.touched + delays.gone);
    }
    const everything = this.#everything > 0;
    this.#everything = 0;
    if (everything || posts.length > 0 || others.length > 0)
      this.#source.onBatch({ posts, others, everything });
  }

  #isWhole(
    stat: { readonly size: number; readonly mtimeMs: number; readonly ino: number },
    known: { readonly size: number; readonly ino: number } | undefined,
    waiting: Waiting,
    now: number,
  ): boolean {
    if (now - waiting.since >= delays.most) return true;
    const inPlace = known !== undefined && stat.ino === known.ino;
    const shrunk = stat.size === 0 || (inPlace && stat.size < known.size);
    const still = shrunk ? delays.shrink : delays.settle;
    const { seen } = waiting;
    const same = seen !== undefined && seen.size === stat.size && seen.mtimeMs === stat.mtimeMs;
    if (same && now - seen.at >= still) return true;
    if (!same) waiting.seen = { size: stat.size, mtimeMs: stat.mtimeMs, at: now };
    this.#wake((waiting.seen?.at ?? now) + still);
    return false;
  }
}
