// In comes the address of a site; out goes what it serves: files by path, as far as a publish needs them.
import { Failure } from "../../model/failure.ts";
import type { GuardedFetch } from "../../net/guarded-fetch.ts";
import { digestOf, isFeedDocument } from "../file-set.ts";
import { publicUrl } from "../plan.ts";
import { parseRecord, recordPath } from "../record.ts";
import type { TargetSession } from "./target.ts";

/** What is public, read through the public addresses themselves. */
export function makeLiveReader(options: {
  readonly siteUrl: string;
  readonly fetch: GuardedFetch;
}): Pick<TargetSession, "list" | "get"> {
  const known = new Map<string, Promise<{ bytes: Uint8Array; version: string } | undefined>>();
  const get = (path: string) => {
    const asked = known.get(path) ?? fetchPublic(options, path);
    known.set(path, asked);
    return asked;
  };
  return {
    get,
    list: async (paths) => {
      const found = new Map<string, { version: string }>();
      // A film is not fetched to learn that it has not changed: the record knows.
      const recorded = parseRecord((await get(recordPath))?.bytes)?.files ?? {};
      const queue = [...paths].filter((path) => isFeedDocument(path) || path === recordPath);
      for (const path of paths) {
        const file = isFeedDocument(path) || path === recordPath ? undefined : recorded[path];
        if (file) found.set(path, { version: file.digest });
      }
      const worker = async () => {
        for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
          const file = await get(path);
          if (file) found.set(path, { version: file.version });
        }
      };
      await Promise.all(Array.from({ length: 8 }, worker));
      return found;
    },
  };
}

async function fetchPublic(
  options: { siteUrl: string; fetch: GuardedFetch },
  path: string,
): Promise<{ bytes: Uint8Array; version: string } | undefined> {
  const url = publicUrl(options.siteUrl, path);
  const { status, body } = await options.fetch(url, { headers: { "cache-control": "no-cache" } });
  if (status === 404 || status === 410) return undefined;
  if (status !== 200) throw new Failure("network", `${url} answered with status ${status}.`);
  // Many servers answer with a page, and with 200, where there is nothing.
  if (path === recordPath && /^[\s\ufeff]*</.test(new TextDecoder().decode(body.subarray(0, 100))))
    return undefined;
  return { bytes: body, version: digestOf(body) };
}
