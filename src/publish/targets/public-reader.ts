import { Failure } from "../../model/failure.ts";
import type { GuardedFetch } from "../../net/guarded-fetch.ts";
import { runInParallel } from "../../net/in-parallel.ts";
import { parseRecord, recordPath } from "../deploy/record.ts";
import { digestOf, fileKindOf, isFeedDocument, publicUrl } from "../plan/file-set.ts";
import type { TargetSession } from "./target.ts";

interface PublicBytes {
  readonly bytes: Uint8Array;
  readonly version: string;
}

/** What is public, read through the public addresses themselves. What it takes for nothing is said in `notices`. */
export function createPublicReader(options: {
  readonly siteUrl: string;
  readonly fetch: GuardedFetch;
}): Required<Pick<TargetSession, "list" | "get" | "notices">> {
  const known = new Map<string, Promise<PublicBytes | undefined>>();
  const notices: string[] = [];
  const read = (path: string) => {
    const asked = known.get(path) ?? fetchPublic(publicUrl(options.siteUrl, path), options.fetch);
    known.set(path, asked);
    return asked;
  };
  const get = async (path: string) => {
    const file = await read(path);
    if (path !== recordPath || file === undefined || !isPage(file.bytes)) return file;
    const notice = `${publicUrl(options.siteUrl, path)} answers with a page, as many servers do where there is nothing: it is taken for no record. If there was one, what an earlier run left to tell is not known here.`;
    if (!notices.includes(notice)) notices.push(notice);
    return undefined;
  };
  return {
    get,
    notices,
    list: async (paths) => {
      // A film is not fetched to learn that it has not changed: the record knows.
      const recorded = parseRecord((await get(recordPath))?.bytes)?.files ?? {};
      const isKnown = (path: string) => Object.hasOwn(recorded, path);
      const found = new Map<string, { readonly version: string; readonly bytes?: Uint8Array }>();
      for (const path of paths)
        if (!isFeedDocument(path) && isKnown(path))
          found.set(path, { version: recorded[path]?.digest ?? "" });
      const feeds = [...paths].filter(isFeedDocument);
      await runInParallel(feeds, 8, async (path) => {
        const file = await read(path);
        if (file) found.set(path, file);
      });
      for (const path of takenForNothing(found, isKnown)) found.delete(path);
      return found;
    },
  };
}

/**
 * A page where a feed was never put is what a server shows where there is nothing, if a main feed of the site is served as one.
 * Where none is, the whole site may be down: then a page is no basis for a plan.
 */
function takenForNothing(
  found: ReadonlyMap<string, { readonly bytes?: Uint8Array }>,
  isKnown: (path: string) => boolean,
): string[] {
  const feeds = [...found].filter(([path]) => isFeedDocument(path));
  const pages = feeds.filter(([, { bytes }]) => bytes !== undefined && isPage(bytes)).map(([path]) => path);
  const alive = feeds.some(([path]) => fileKindOf(path) === "feed" && !pages.includes(path));
  return alive ? pages.filter((path) => !isKnown(path)) : [];
}

/** Whether it is HTML, by its first words. */
function isPage(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 1000));
  return /^[\s\ufeff]*((<!--[\s\S]*?-->|<\?xml[^>]*>)\s*)*<(!doctype\s+html|html|head|body)\b/i.test(start);
}

async function fetchPublic(url: string, fetch: GuardedFetch): Promise<PublicBytes | undefined> {
  const { status, body } = await fetch(url, { headers: { "cache-control": "no-cache" } });
  if (status === 404 || status === 410) return undefined;
  if (status !== 200) throw new Failure("network", `${url} answered with status ${status}.`);
  return { bytes: body, version: digestOf(body) };
}
