import { join } from "node:path";
import { readStamp } from "../files/stamp.ts";

/** This many changed posts at once, or a deleted one, may be a checkout. */
const manyPosts = 64;
/** A checkout is waited for, but not for longer than this, in milliseconds: a lock that stays is a leftover. */
const longestCheckout = 60_000;

/** Whether so much is another than before that git may have done it. */
export function maySpringFromCheckout(changes: number, gone: boolean): boolean {
  return gone || changes > manyPosts;
}

/** Whether git is at it: posts are gone meanwhile that come back in a moment. */
export function isCheckingOut(root: string): boolean {
  const lock = readStamp(join(root, ".git", "index.lock"));
  return lock !== undefined && Date.now() - lock.ctimeMs < longestCheckout;
}

/** Another text after each checkout; undefined in the middle of one. */
export function readCheckout(root: string): string | undefined {
  return isCheckingOut(root) ? undefined : JSON.stringify(readStamp(join(root, ".git", "index")) ?? null);
}
