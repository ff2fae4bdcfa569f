import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { FeedEntry } from "../../check/compare/read-entries.ts";
import { Failure } from "../../model/failure.ts";
import { createGuardedFetch } from "../../net/guarded-fetch.ts";
import { readPublicEntries } from "../plan/entries.ts";

/** Reads a feed that readers know. @throws Failure `usage`, `network` */
export async function loadOldFeed(
  source: string,
  options: { allowPrivate?: boolean } = {},
): Promise<readonly FeedEntry[]> {
  const bytes = /^https?:\/\//i.test(source)
    ? await fetchFeed(source, options.allowPrivate ?? false)
    : readFeed(source);
  const { entries, problem } = readPublicEntries(bytes, new URL(source, "file:///").pathname);
  if (entries.length === 0)
    throw new Failure("usage", `${source} has no entries${problem === undefined ? "" : `: ${problem}`}.`, {
      hint: "Give the feed that readers were subscribed to, as a file or as its address.",
    });
  return entries;
}

function readFeed(source: string): Uint8Array {
  try {
    return readFileSync(resolve(source));
  } catch (cause) {
    throw new Failure("usage", `The feed ${source} cannot be read.`, {
      hint: "Give the path of a feed document, or its address.",
      cause,
    });
  }
}

async function fetchFeed(source: string, allowPrivate: boolean): Promise<Uint8Array> {
  const answer = await createGuardedFetch({ allowedHosts: "any", allowPrivate })(source);
  if (answer.status !== 200)
    throw new Failure("network", `${source} answered with status ${answer.status}.`, {
      hint: "Save the feed from a backup and give its path.",
    });
  return answer.body;
}
