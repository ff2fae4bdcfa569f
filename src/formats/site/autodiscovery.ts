import type { Config } from "../../model/config.ts";
import type { OutputFile } from "../../model/plan.ts";
import { html } from "../page/markup.ts";
import { documentsOf, type FeedHead, groupFeeds } from "./feed-list.ts";

/**
 * The <link> tags by which browsers and readers find feeds (rssboard.org/rss-autodiscovery). One tag a document; the
 * site's own feed first, since some software takes the first and no other. Ends in a line break.
 */
export function makeAutodiscovery(feeds: readonly FeedHead[], { site }: Pick<Config, "site">): string {
  const tags = groupFeeds(feeds).flatMap(({ feeds: members }) =>
    members.flatMap((feed) =>
      documentsOf(feed, site.url).map(({ label, mediaType, url }) => {
        const title = `${feed.title.replace(/\s+/g, " ")} (${label})`;
        return html`<link rel="alternate" type="${mediaType}" title="${title}" href="${url}">\n`.text;
      }),
    ),
  );
  return tags.join("");
}

/** The same tags as a file that other pages include. */
export function makeAutodiscoveryFile(feeds: readonly FeedHead[], config: Pick<Config, "site">): OutputFile {
  return { path: "autodiscovery.html", mediaType: "text/html", content: makeAutodiscovery(feeds, config) };
}
