// In come the flags of `links`; out go the <link> tags of every feed, for the head of a site's pages, and the exit code.
import { makeAutodiscovery } from "../../formats/site/autodiscovery.ts";
import { documentsOf } from "../../formats/site/feed-list.ts";
import { listFeeds } from "../../site/list-feeds.ts";
import { readInstant } from "../instant.ts";
import { print } from "../print.ts";
import { loadSite, type SiteFlags } from "./build.ts";

export interface LinksFlags extends SiteFlags {
  readonly now?: string;
  readonly json?: boolean;
}

/** Writes nothing to disk. Problems in posts are for `build` to tell. */
export async function runLinks(flags: LinksFlags): Promise<number> {
  const config = await loadSite(flags);
  const feeds = await listFeeds(config, readInstant(flags.now));
  if (flags.json) {
    const listed = feeds.map((feed) => ({
      key: feed.key,
      title: feed.title,
      language: feed.language,
      documents: documentsOf(feed, config.site.url).map(({ format, mediaType, url }) => ({
        format,
        mediaType,
        url,
      })),
    }));
    print(JSON.stringify(listed));
  } else print(makeAutodiscovery(feeds, config).trimEnd());
  return 0;
}
