import { documentsOf, makeAutodiscovery } from "../../formats/site/feed-list.ts";
import { listFeeds } from "../../site/list-feeds.ts";
import { loadFlaggedConfig, readInstant, type SiteFlags } from "../flags.ts";
import { print, printJson } from "../print.ts";

/** Writes nothing to disk, and reports no problems in posts: `build` does. */
export async function runLinks(flags: SiteFlags): Promise<number> {
  const config = await loadFlaggedConfig(flags);
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
    printJson(listed);
  } else print(makeAutodiscovery(feeds, config).trimEnd());
  return 0;
}
