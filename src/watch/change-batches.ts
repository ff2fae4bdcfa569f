import { lstatSync } from "node:fs";

/** What a batch says to take in. */
export interface Batch {
  /** Posts that were written or deleted; paths below the posts folder. */
  readonly posts: readonly string[];
  /** Whether some of them were deleted. */
  readonly gone: boolean;
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
  readonly known: (post: string) => Look | undefined;
  /** Whether a post on disk ends with the words that it ended with when it was last read. */
  readonly endsAsBefore: (post: string) => boolean;
  /** Whether posts are known below this path. */
  readonly isFolder: (path: string) => boolean;
  readonly onBatch: (batch: Batch) => void;
}

/** All in milliseconds. */
export const delays = {
  /** The events of one save come within this. */
  gather: 1,
  /** A file that is being written in place is looked at again after this, until it has not changed for as long. */
  settle: 6,
  /** A file that is shorter than before is more likely half written. */
  shrink: 30,
  /** An empty one nearly always is. */
  empty: 40,
  /** Some editors delete and write anew: a post that is gone is believed gone after this. */
  gone: 500,
  /** While events pour in (a checkout), nothing is done until they pause for this long. */
  pause: 60,
  /** Nothing waits longer than this. */
  most: 2000,
} as const;

/** A file as it was last read, or as it is. */
interface Look {
  readonly size: number;
  readonly ino: number;
}

/** More touched paths than this at once are a burst. */
const burst = 64;

interface Waiting {
  /** When it was first and last touched. */
  readonly since: number;
  touched: number;
  /** Whether anything was written into the file under this name: it was not moved here whole. */
  written: boolean;
  /** Size and mtime when it was last looked at. */
  seen?: { readonly size: number; readonly mtimeMs: number; readonly at: number };
}

/**
 * Decides when a touched file may be read. At once when it was moved here, for nobody writes into it under this name;
 * and when it is of another size than before and ends as before, for then it was written to its end. Else when it has
 * stood still for a moment; one that is empty, or written in place and shorter than before, has to stand still longer.
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

  /** `named`: the name stands for another file now, or for none; nothing was written into a file. */
  touch(path: string, named = false): void {
    const now = performance.now();
    const waiting = this.#waiting.get(path);
    if (waiting === undefined) this.#waiting.set(path, { since: now, touched: now, written: !named });
    else {
      waiting.touched = now;
      waiting.written ||= !named;
    }
    this.#lastTouch = now;
    this.#wake(now + delays.gather);
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
    let fewer = false;
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
      } else if (many || this.#isWhole(post, stat, known, waiting)) {
        posts.push(post);
        fresh ||= known === undefined;
        this.#waiting.delete(path);
      }
    }
    // A post that appears while another is gone is a rename: the old name must not stay beside the new one.
    for (const [path, post, waiting] of gone) {
      if (fresh || many || this.#everything > 0 || now - waiting.touched >= delays.gone) {
        posts.push(post);
        fewer = true;
        this.#waiting.delete(path);
      } else this.#wake(waiting.touched + delays.gone);
    }
    const everything = this.#everything > 0;
    this.#everything = 0;
    if (everything || posts.length > 0 || others.length > 0)
      this.#source.onBatch({ posts, gone: fewer, others, everything });
  }

  #isWhole(
    post: string,
    stat: Look & { readonly mtimeMs: number },
    known: Look | undefined,
    waiting: Waiting,
  ): boolean {
    const now = performance.now();
    if (now - waiting.since >= delays.most) return true;
    const { seen } = waiting;
    const isStill = seen !== undefined && seen.size === stat.size && seen.mtimeMs === stat.mtimeMs;
    if (!isStill) waiting.seen = { size: stat.size, mtimeMs: stat.mtimeMs, at: now };
    // What was written before the first look is told before the second: the events of that time have come by then.
    if (!waiting.written && stat.size > 0) {
      if (isStill) return true;
      setImmediate(() => this.#decide());
      return false;
    }
    const inPlace = known !== undefined && stat.ino === known.ino;
    // One that is overwritten without being emptied first keeps its size, and its end, until it is finished.
    if (inPlace && stat.size !== known.size && this.#source.endsAsBefore(post)) return true;
    const shrunk = inPlace && stat.size < known.size;
    const still = stat.size === 0 ? delays.empty : shrunk ? delays.shrink : delays.settle;
    if (isStill && now - seen.at >= still) return true;
    this.#wake((waiting.seen?.at ?? now) + still);
    return false;
  }
}
