import { lstatSync } from "node:fs";

/** Changed files that can be read now. */
export interface Batch {
  /** Posts that were written or deleted; paths below the posts folder. */
  readonly posts: readonly string[];
  /** Whether some of them were deleted. */
  readonly gone: boolean;
  /** Other files, absolute: pictures, recordings. */
  readonly others: readonly string[];
  /** Folders came or went: the whole folder has to be scanned. */
  readonly everything: boolean;
}

/** What the batches have to know about the site. */
export interface BatchSource {
  /** The path below the posts folder of what may be a post; undefined for everything else. */
  readonly toPost: (path: string) => string | undefined;
  /** Undefined for a post that was never read. */
  readonly known: (post: string) => FileIdentity | undefined;
  /** Whether a post on disk ends with the same words as when it was last read. */
  readonly endsAsBefore: (post: string) => boolean;
  /** Whether posts are known below this path. */
  readonly isFolder: (path: string) => boolean;
  readonly onBatch: (batch: Batch) => void;
}

/** All in milliseconds. */
export const delays = {
  /** The events of one save come within this. */
  gather: 1,
  /** A file that is written in place has to be unchanged for this long. */
  settle: 6,
  /** The same for a file that is shorter than before: it may be half written. */
  shrink: 30,
  /** The same for an empty file, which nearly always is half written. */
  empty: 40,
  /** Some editors delete a file and write it again: a post counts as deleted after this. */
  gone: 500,
  /** During a burst of events, such as a checkout, nothing is read until they pause for this long. */
  pause: 60,
  /** Nothing waits longer than this. */
  most: 2000,
} as const;

/** Size and inode of a file. */
interface FileIdentity {
  readonly size: number;
  readonly ino: number;
}

/** More touched paths than this at once are a burst. */
const burst = 64;

interface TouchedFile {
  /** When it was touched first and last. */
  readonly since: number;
  last: number;
  /** Whether the file was written under this name; if not, it was moved here complete. */
  written: boolean;
  /** As it was when it was last checked. */
  seen?: { readonly size: number; readonly mtimeMs: number; readonly at: number };
}

/**
 * Decides when a touched file may be read. At once when it was moved here, because nobody writes into it under this name.
 * At once, too, when it was written in place and has another size but the same end as before: it was written to its end.
 * Otherwise when it has not changed for a moment, which is longer for an empty file or one that became shorter.
 */
export class ChangeBatches {
  readonly #source: BatchSource;
  readonly #touched = new Map<string, TouchedFile>();
  #rescanSince = 0;
  #lastTouch = 0;
  #timer: NodeJS.Timeout | undefined;
  #due = Number.POSITIVE_INFINITY;

  constructor(source: BatchSource) {
    this.#source = source;
  }

  /** `named`: the name now means another file, or none; nothing was written into a file. */
  touch(path: string, named = false): void {
    const now = performance.now();
    const known = this.#touched.get(path);
    if (known === undefined) this.#touched.set(path, { since: now, last: now, written: !named });
    else {
      known.last = now;
      known.written ||= !named;
    }
    this.#lastTouch = now;
    this.#wake(now + delays.gather);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#touched.clear();
  }

  #wake(at: number): void {
    if (at >= this.#due) return;
    this.#due = at;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#due = Number.POSITIVE_INFINITY;
        this.#releaseFiles();
      },
      Math.max(0, at - performance.now()),
    );
  }

  #releaseFiles(): void {
    const now = performance.now();
    const isBurst = this.#touched.size > burst;
    const first = this.#rescanSince || (this.#touched.values().next().value?.since ?? now);
    const isOver = now - this.#lastTouch >= delays.pause || now - first >= delays.most;
    if ((isBurst || this.#rescanSince > 0) && !isOver) {
      this.#wake(this.#lastTouch + delays.pause);
      return;
    }
    const posts: string[] = [];
    const others: string[] = [];
    const gone: [string, string, TouchedFile][] = [];
    let hasNew = false;
    let hasGone = false;
    for (const [path, touched] of this.#touched) {
      const post = this.#source.toPost(path);
      const stat = lstatSync(path, { throwIfNoEntry: false });
      const known = post === undefined ? undefined : this.#source.known(post);
      if (
        stat?.isDirectory() ||
        stat?.isSymbolicLink() ||
        (stat === undefined && this.#source.isFolder(path))
      ) {
        this.#rescanSince ||= now;
        this.#touched.delete(path);
      } else if (post === undefined) {
        others.push(path);
        this.#touched.delete(path);
      } else if (stat === undefined) {
        if (known === undefined) this.#touched.delete(path);
        else gone.push([path, post, touched]);
      } else if (isBurst || this.#isWhole(post, stat, known, touched)) {
        posts.push(post);
        hasNew ||= known === undefined;
        this.#touched.delete(path);
      }
    }
    // A post that appears while another is gone is a rename: the old name must not stay beside the new one.
    for (const [path, post, touched] of gone) {
      if (hasNew || isBurst || this.#rescanSince > 0 || now - touched.last >= delays.gone) {
        posts.push(post);
        hasGone = true;
        this.#touched.delete(path);
      } else this.#wake(touched.last + delays.gone);
    }
    const everything = this.#rescanSince > 0;
    this.#rescanSince = 0;
    if (everything || posts.length > 0 || others.length > 0)
      this.#source.onBatch({ posts, gone: hasGone, others, everything });
  }

  #isWhole(
    post: string,
    stat: FileIdentity & { readonly mtimeMs: number },
    known: FileIdentity | undefined,
    touched: TouchedFile,
  ): boolean {
    const now = performance.now();
    if (now - touched.since >= delays.most) return true;
    const { seen } = touched;
    const isStill = seen !== undefined && seen.size === stat.size && seen.mtimeMs === stat.mtimeMs;
    if (!isStill) touched.seen = { size: stat.size, mtimeMs: stat.mtimeMs, at: now };
    // Events of what was written before the first check have come by the second.
    if (!touched.written && stat.size > 0) {
      if (isStill) return true;
      setImmediate(() => this.#releaseFiles());
      return false;
    }
    const inPlace = known !== undefined && stat.ino === known.ino;
    // A file that is overwritten without being emptied keeps its size and its end until it is finished.
    if (inPlace && stat.size !== known.size && this.#source.endsAsBefore(post)) return true;
    const shrunk = inPlace && stat.size < known.size;
    const still = stat.size === 0 ? delays.empty : shrunk ? delays.shrink : delays.settle;
    if (isStill && now - seen.at >= still) return true;
    this.#wake((touched.seen?.at ?? now) + still);
    return false;
  }
}
