// The time from a save until the feed on disk has the new title.
import { readFileSync, statSync, watch } from "node:fs";
import { dirname } from "node:path";

/** A feed is read again for this long after it changed: times of files are coarse, and some programs write in pieces. */
const settleMs = 20;

/** Milliseconds from the beginning of `save` until `feed` holds `token`; undefined after `mostMs`. */
export function timeSave(
  save: () => void,
  feed: string,
  token: string,
  mostMs: number,
): Promise<number | undefined> {
  return new Promise((resolve) => {
    let seen = look(feed);
    let changed = Number.NEGATIVE_INFINITY;
    const begun = performance.now();
    const watcher = watch(dirname(feed), () => check());
    watcher.on("error", () => {}); // The folder was replaced: the clock below goes on looking.
    const clock = setInterval(() => check(), 1);
    const finish = (result: number | undefined) => {
      watcher.close();
      clearInterval(clock);
      resolve(result);
    };
    const check = () => {
      const now = performance.now();
      const current = look(feed);
      if (current !== seen) {
        seen = current;
        changed = now;
      }
      if (now - changed < settleMs && holds(feed, token)) finish(performance.now() - begun);
      else if (now - begun > mostMs) finish(undefined);
    };
    save();
  });
}

function look(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? "" : `${found.ino} ${found.size} ${found.mtimeNs}`;
}

function holds(path: string, token: string): boolean {
  try {
    return readFileSync(path).includes(token);
  } catch {
    return false; // Between removal and rename.
  }
}
