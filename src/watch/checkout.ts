// In comes how much changed at once in a site's folder; out goes whether git may be rewriting it just now.
import { join } from "node:path";
import { readStamp } from "../stamp.ts";

/** This many changed posts at once, or a deleted one, may be a checkout, which is waited for, but not for longer than this. */
const manyPosts = 64;
const longestCheckout = 60_000;

/** While git rewrites the folder, posts are gone that come back in a moment. A lock that stays is a leftover. */
export function mayBeCheckout(root: string, changes: number, gone: boolean): boolean {
  if (!gone && changes <= manyPosts) return false;
  const lock = readStamp(join(root, ".git", "index.lock"));
  return lock !== undefined && Date.now() - lock.ctimeMs < longestCheckout;
}
