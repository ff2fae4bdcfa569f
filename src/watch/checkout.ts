// While Git checks out, posts are missing for a moment and come back.
import { join } from "node:path";
import { readStamp } from "../files/stamp.ts";
import type { CheckoutSignal } from "../site/checkout-guard.ts";

/** More changed posts than this at once, or a deleted one, may come from a checkout. */
const manyPosts = 64;
/** Milliseconds. A lock that is older was left behind by a Git that was killed. */
const longestCheckout = 60_000;

export function mayBeCheckout(changes: number, gone: boolean): boolean {
  return gone || changes > manyPosts;
}

export function isCheckingOut(root: string): boolean {
  const lock = readStamp(join(root, ".git", "index.lock"));
  return lock !== undefined && Date.now() - lock.ctimeMs < longestCheckout;
}

/** The mark changes with each checkout, and is undefined during one. */
export function checkoutSignal(root: string): CheckoutSignal {
  const index = join(root, ".git", "index");
  return {
    isSuspicious: mayBeCheckout,
    mark: () => (isCheckingOut(root) ? undefined : JSON.stringify(readStamp(index) ?? null)),
  };
}
