import { Failure } from "../../model/failure.ts";
import type { GuardedFetch } from "../../net/guarded-fetch.ts";
import { runInParallel } from "../../net/in-parallel.ts";
import { parseRecord, recordPath } from "../deploy/record.ts";
import { digestOf, fileKindOf, isFeedDocument, publicUrl } from "../plan/file-set.ts";
import type { Target, TargetContext, TargetSession } from "./target.ts";

interface PublicBytes {
  readonly bytes: Uint8Array;
  readonly version: string;
}

/** Reads what is public at the public addresses themselves. `notices` says which answers it ignored. */
export function createPublicReader({
  siteUrl,
  fetchSite,
}: Pick<TargetContext, "siteUrl" | "fetchSite">): Required<Pick<TargetSession, "list" | "get" | "notices">> {
  const known = new Map<string, Promise<PublicBytes | undefined>>();
  const notices: string[] = [];
  const read = (path: string) => {
    const asked = known.get(path) ?? fetchPublic(publicUrl(siteUrl, path), fetchSite);
    known.set(path, asked);
    return asked;
  };
  const get = async (path: string) => {
    const file = await read(path);
    if (path !== recordPath || file === undefined || !isPage(file.bytes)) return file;
    const notice = `${publicUrl(siteUrl, path)} answers with a page, as many servers do for a missing file, so it counts as no record. If there was a record, what an earlier run left pending is not known here.`;
    if (!notices.includes(notice)) notices.push(notice);
    return undefined;
  };
  return {
    get,
    notices,
    list: async (paths) => {
      // The record knows whether a large file has changed, so it need not be fetched.
      const recorded = parseRecord((await get(recordPath))?.bytes)?.files ?? {};
      const isRecorded = (path: string) => Object.hasOwn(recorded, path);
      const found = new Map<string, { readonly version: string; readonly bytes?: Uint8Array }>();
      for (const path of paths)
        if (!isFeedDocument(path) && isRecorded(path))
          found.set(path, { version: recorded[path]?.digest ?? "" });
      const feeds = [...paths].filter(isFeedDocument);
      await runInParallel(feeds, 8, async (path) => {
        const file = await read(path);
        if (file) found.set(path, file);
      });
      for (const path of pagesForMissingFeeds(found, isRecorded)) found.delete(path);
      return found;
    },
  };
}

/** Where another program deploys: what is public is read at the public addresses, and nothing is written. */
export function openPublicSite(context: Pick<TargetContext, "siteUrl" | "fetchSite">): Target {
  return {
    name: "the live site, which another program deploys",
    writes: "atomic",
    session: (work) => {
      // No `notices`: nobody writes a record to this site, so a missing one is normal.
      const { get, list } = createPublicReader(context);
      return work({
        versionOf: digestOf,
        get,
        list,
        put: async (file) => digestOf(file.read()),
        remove: async () => {},
        commit: async () => {},
      });
    },
  };
}

/**
 * Many servers answer with a page for a missing file. A page in place of a feed that was never published counts as missing
 * if a main feed of the site is served. Otherwise the whole site may be down, and nothing can be planned.
 */
function pagesForMissingFeeds(
  found: ReadonlyMap<string, { readonly bytes?: Uint8Array }>,
  isRecorded: (path: string) => boolean,
): string[] {
  const feeds = [...found].filter(([path]) => isFeedDocument(path));
  const pages = feeds.filter(([, { bytes }]) => bytes !== undefined && isPage(bytes)).map(([path]) => path);
  const alive = feeds.some(([path]) => fileKindOf(path) === "feed" && !pages.includes(path));
  return alive ? pages.filter((path) => !isRecorded(path)) : [];
}

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
